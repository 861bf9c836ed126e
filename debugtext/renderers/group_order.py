"""Which groups of goroutines are shown: those that a finding is about before others, what the runtime keeps last."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from debugtext.records.findings import Finding
from debugtext.records.frames import Stack
from debugtext.renderers.frames_shown import is_the_runtimes

if TYPE_CHECKING:  # a heap is shown without loading the records of goroutines
    from debugtext.records.goroutines import GoroutineGroup


def ranks_of_stacks(findings: Iterable[Finding]) -> dict[int, int]:
    """The place of the first finding about a stack, by the stack's identity: a finding has that of its capture.

    Equal stacks of another text are not meant, and to hash each of 100,000 would cost more than to read them.
    """
    ranks: dict[int, int] = {}
    for rank, finding in enumerate(findings):
        if finding.stack is not None:
            ranks.setdefault(id(finding.stack), rank)
    return ranks


def in_order_shown(
    groups: "Iterable[GoroutineGroup]", ranks: Mapping[int, int], said: Stack | None = None
) -> "tuple[GoroutineGroup, ...]":
    """Else the largest first, as they come; the stack that is `said` elsewhere has no claim to the first row."""
    others = max(ranks.values(), default=0) + 1

    def rank(group: "GoroutineGroup") -> int:
        known = None if group.stack is said else ranks.get(id(group.stack))
        return others + is_the_runtimes(group.stack) if known is None else known

    return tuple(sorted(groups, key=rank))


def by_size(groups: "Iterable[GoroutineGroup]") -> "tuple[GoroutineGroup, ...]":
    """Those chosen to be shown, the largest first, as a reader of a table expects; what the runtime keeps last."""
    return tuple(sorted(groups, key=lambda group: (is_the_runtimes(group.stack), -group.count)))
