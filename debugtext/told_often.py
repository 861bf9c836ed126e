"""Of a crash, or a stack, that an input tells of again and again the first reports are kept, and the others counted.

A week of the log of a program that crashes each time it starts holds the same report 200,000 times: nobody reads them,
and each takes some KiB. What is counted was read like all others, and is the same in everything but ids, addresses of
arguments and of clients, and line numbers; a report of which anything could not be read is always kept.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from debugtext.records.captures import Capture, Repeats

if TYPE_CHECKING:
    from debugtext.records.crashes import Crash

KEPT = 100
"""So many reports of one crash are kept."""


@dataclass(slots=True)
class _Told:
    """How often a crash was told of, the place of the first report, and where those stand that are only counted."""

    place: int
    times: int = 0
    first_line: int = 0
    last_line: int = 0

    def count(self, capture: Capture) -> None:
        self.first_line = self.first_line or capture.first_line
        self.last_line = max(self.last_line, capture.last_line)


def few_of_each(captures: Iterable[Capture]) -> tuple[Capture, ...]:
    """The captures, of one crash no more than `KEPT`; the first of these tells how many more there were, and where."""
    kept: list[Capture] = []
    told: dict[Hashable, _Told] = {}
    goes_on = False
    for capture in captures:
        same = None if goes_on else _same(capture)
        goes_on = capture.format == "crash" and not capture.goroutines  # what follows may be its stack
        if same is not None:
            known = told.setdefault(same, _Told(len(kept)))
            known.times += 1
            if known.times > KEPT:
                known.count(capture)
                continue
        kept.append(capture)
    for known in told.values():
        if known.times > KEPT:
            repeats = Repeats(known.times - KEPT, known.first_line, known.last_line)
            kept[known.place] = replace(kept[known.place], repeats=repeats)
    return tuple(kept)


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
        *((test.name, test.failed) for test in crash.tests),
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
