"""Keeps the first reports of a crash, or a stack, that an input repeats again and again, and counts the others.

A program that crashes each time it starts writes the same report 200,000 times a week; each would take some KiB. A
report is only counted if it equals a kept one in all but ids, addresses of arguments and of clients, and line numbers,
and if all of it could be read. Reports that all differ (a million panics, each with its own message) are kept up to a
limit, and a problem says how many more there are.
"""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from debugtext.records.captures import Capture, Problem, Repeats

if TYPE_CHECKING:
    from debugtext.records.crashes import Crash

KEPT = 100
"""How many reports of one crash are kept."""
MOST_OF_A_KIND, MOST_CHARACTERS = 5_000, 32 << 20
"""How many captures of one kind (panics, dumps …) are kept, and how many characters of panic messages in all."""


@dataclass(slots=True)
class Counted:
    """Captures that are counted and not kept: how many, and between which lines."""

    times: int = 0
    first_line: int = 0
    last_line: int = 0

    def add(self, first_line: int, last_line: int) -> None:
        """Counts one more capture."""
        self.times += 1
        self.first_line = self.first_line or first_line
        self.last_line = max(self.last_line, last_line)


@dataclass(slots=True)
class _FirstReport:
    """The index of a crash's first report in the kept captures, how many of its reports are kept, and the others."""

    place: int
    kept: int = 0
    more: Counted = field(default_factory=Counted)


class Kept:
    """The captures of one input, a limited number of each crash; the first of each says how many more there were."""

    def __init__(self) -> None:
        self._captures: list[Capture] = []
        self._first_reports: dict[Hashable, _FirstReport] = {}
        self._of_kind: Counter[tuple[str, str]] = Counter()
        self._characters = 0
        self.left_out = Counted()
        self.goes_on = False
        """Whether the next capture may be the stack of the last crash, which had none."""

    def take(self, capture: Capture) -> Counted | None:
        """Keeps a capture and returns None, or counts it; returns the counter if it is like a kept capture."""
        same = None if self.goes_on else _same(capture)
        self.goes_on = capture.format == "crash" and not capture.goroutines
        first = None if same is None else self._first_reports.get(same)
        kind = capture.format, getattr(capture.body, "kind", "")
        is_full = self._of_kind[kind] >= MOST_OF_A_KIND or self._characters >= MOST_CHARACTERS
        if is_full or (first and first.kept == KEPT):
            (first.more if first else self.left_out).add(capture.first_line, capture.last_line)
            return first.more if first else None
        if same is not None:
            first = self._first_reports.setdefault(same, _FirstReport(len(self._captures)))
            first.kept += 1
        self._of_kind[kind] += 1
        self._characters += sum(len(panic.text) for panic in getattr(capture.body, "panics", ()))
        self._captures.append(capture)
        return None

    def captures(self) -> tuple[Capture, ...]:
        """The kept captures."""
        captures = [*self._captures]
        for first in self._first_reports.values():
            if more := first.more.times:
                repeats = Repeats(more, first.more.first_line, first.more.last_line)
                captures[first.place] = replace(captures[first.place], repeats=repeats)
        return tuple(captures)

    def problems(self) -> tuple[Problem, ...]:
        """A problem that says how many captures are neither kept nor like a kept one."""
        left = self.left_out
        if not left.times:
            return ()
        message = f"{left.times:,} texts up to line {left.last_line:,} are left out: each is unlike those kept"
        return (Problem(left.first_line, message),)


def _same(capture: Capture) -> Hashable | None:
    """A key that is equal for two reports of one crash; None for a capture that is not compared."""
    if capture.problems or capture.truncated or not capture.goroutines:
        return None
    if capture.format != "crash":
        return _own_stack(capture)
    crash = cast("Crash", capture.body)
    if crash.was_requested:
        return None  # a requested dump shows a moment of its own
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
    """A key for a stack that a goroutine printed of itself (after a recover, for example); None for other dumps."""
    if capture.format != "goroutine-dump" or capture.goroutines != 1:
        return None
    (group,) = capture.groups()
    return (group.stack, group.state, group.labels) if group.state and group.state.status == "running" else None
