"""The order in which groups of goroutines are shown: those with a finding first, the runtime's own last."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from debugtext.records.findings import Finding
from debugtext.records.frames import Stack
from debugtext.renderers.frames_shown import is_the_runtimes

if TYPE_CHECKING:  # a heap is shown without loading the records of goroutines
    from debugtext.records.goroutines import GoroutineGroup


def ranks_of_stacks(findings: Iterable[Finding]) -> dict[int, int]:
    """For each stack with a finding, by `id(stack)`, the position of its first finding.

    By identity, because an equal stack of another text is not meant, and hashing 100,000 stacks takes longer than
    reading them.
    """
    ranks: dict[int, int] = {}
    for rank, finding in enumerate(findings):
        if finding.stack is not None:
            ranks.setdefault(id(finding.stack), rank)
    return ranks


def in_order_shown(
    groups: "Iterable[GoroutineGroup]", ranks: Mapping[int, int], shown_above: Stack | None = None
) -> "tuple[GoroutineGroup, ...]":
    """Groups with a finding first, in the order of the findings, then the others as given, the runtime's own last.

    The stack that is `shown_above` the table has no claim to the first rows.
    """
    others = max(ranks.values(), default=0) + 1

    def rank(group: "GoroutineGroup") -> int:
        known = None if group.stack is shown_above else ranks.get(id(group.stack))
        return others + is_the_runtimes(group.stack) if known is None else known

    return tuple(sorted(groups, key=rank))


def by_size(groups: "Iterable[GoroutineGroup]") -> "tuple[GoroutineGroup, ...]":
    """The groups that were chosen to be shown, the largest first, the runtime's own last."""
    return tuple(sorted(groups, key=lambda group: (is_the_runtimes(group.stack), -group.count)))
