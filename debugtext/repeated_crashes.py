"""Of a crash, or a stack, that an input tells of again and again the first reports are kept, and the others counted.

A week of the log of a program that crashes each time it starts holds the same report 200,000 times: nobody reads them,
and each takes some KiB. What is counted was read like all others, and is the same in everything but ids, addresses of
arguments and of clients, and line numbers; a report of which anything could not be read is kept. Reports that differ,
a million panics each with a message of its own, are kept up to a bound; how many more there are is told.
"""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from debugtext.records.captures import Capture, Problem, Repeats

if TYPE_CHECKING:
    from debugtext.records.crashes import Crash

KEPT = 100
"""So many reports of one crash are kept."""
MOST_OF_A_KIND, MOST_CHARACTERS = 5_000, 32 << 20
"""So many panics are kept, so many dumps, and so on; and so much of what all of them say."""


@dataclass(slots=True)
class Counted:
    """Texts that are counted and not kept: how many, and from which line to which."""

    times: int = 0
    first_line: int = 0
    last_line: int = 0

    def add(self, first_line: int, last_line: int) -> None:
        """Counts one more."""
        self.times += 1
        self.first_line = self.first_line or first_line
        self.last_line = max(self.last_line, last_line)


@dataclass(slots=True)
class _FirstReport:
    """The place of the first report of a crash among those kept, how many of it are kept, and what is counted."""

    place: int
    kept: int = 0
    more: Counted = field(default_factory=Counted)


class Kept:
    """The captures of one input, few of each; the first report of a crash tells how many more there were, and where."""

    def __init__(self) -> None:
        self._captures: list[Capture] = []
        self._told: dict[Hashable, _FirstReport] = {}
        self._of_kind: Counter[tuple[str, str]] = Counter()
        self._characters = 0
        self.left_out = Counted()
        self.goes_on = False
        """Whether what follows may be the stack of the last one."""

    def take(self, capture: Capture) -> Counted | None:
        """Keeps a capture, or counts it; with what, if it is like one that is kept."""
        same = None if self.goes_on else _same(capture)
        self.goes_on = capture.format == "crash" and not capture.goroutines
        told = None if same is None else self._told.get(same)
        kind = capture.format, getattr(capture.body, "kind", "")
        is_full = self._of_kind[kind] >= MOST_OF_A_KIND or self._characters >= MOST_CHARACTERS
        if is_full or (told and told.kept == KEPT):
            (told.more if told else self.left_out).add(capture.first_line, capture.last_line)
            return told.more if told else None
        if same is not None:
            told = self._told.setdefault(same, _FirstReport(len(self._captures)))
            told.kept += 1
        self._of_kind[kind] += 1
        self._characters += sum(len(panic.text) for panic in getattr(capture.body, "panics", ()))
        self._captures.append(capture)
        return None

    def captures(self) -> tuple[Capture, ...]:
        """What was kept."""
        captures = [*self._captures]
        for told in self._told.values():
            if more := told.more.times:
                repeats = Repeats(more, told.more.first_line, told.more.last_line)
                captures[told.place] = replace(captures[told.place], repeats=repeats)
        return tuple(captures)

    def problems(self) -> tuple[Problem, ...]:
        """What is neither kept nor like anything that is."""
        left = self.left_out
        if not left.times:
            return ()
        message = f"{left.times:,} texts up to line {left.last_line:,} are left out: each is unlike those kept"
        return (Problem(left.first_line, message),)


def _same(capture: Capture) -> Hashable | None:
    """What two reports of one crash have in common; None of what is always kept."""
    if capture.problems or capture.truncated or not capture.goroutines:
        return None
    if capture.format != "crash":
        return _own_stack(capture)
    crash = cast("Crash", capture.body)
    if crash.was_requested:
        return None  # a dump that somebody asked for shows another moment
    return (
        *(crash.kind, crash.reason, crash.fatal, crash.signal, crash.runtime_messages, crash.runtime_tracebacks),
        *(crash.registers, crash.threads, crash.locks, crash.exit_status),
        *((test.name, test.failed, test.passed) for test in crash.tests),
        crash.package and crash.package.name,
        crash.killed_after_seconds,
        tuple((panic.text, panic.recovered, panic.repanicked, panic.goexit) for panic in crash.panics),
        frozenset((group.stack, group.state, group.count, group.labels) for group in crash.groups()),
    )


def _own_stack(capture: Capture) -> Hashable | None:
    """The stack that a program has printed of itself, when it recovered or wondered; other dumps show moments."""
    if capture.format != "goroutine-dump" or capture.goroutines != 1:
        return None
    (group,) = capture.groups()
    return (group.stack, group.state, group.labels) if group.state and group.state.status == "running" else None
