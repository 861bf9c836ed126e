"""Reports of the race detector."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.rule import Rule, Subject
from debugtext.analyzers.stacks.ownership import Owner
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Frame, Stack
from debugtext.records.races import RaceAccess, RaceReport


class DataRace(Rule):
    """Two goroutines used the same memory at the same time, and at least one of them wrote.

    **What it sees.** `WARNING: DATA RACE` with both accesses and where their goroutines were started.

    **Why it is trouble.** What the program reads is undefined; it fails rarely, late, and elsewhere.

    **When it is not.** Never: the race detector reports only what really happened.

    **What to do.** Guard the variable by one mutex at both named places, or hand it over through a channel.
    """

    id = "DT609"
    name = "data-race"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    fires_on: ClassVar = ("race/test-race-go1.19.txt",)
    quiet_on: ClassVar = ("crash/nil-deref-go1.27.txt", "crash/map-writes-go1.23.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each pair of places; the same pair again only adds to the count."""
        seen: dict[tuple[str, ...], list[tuple[str, RaceReport]]] = {}
        for name, capture in subject.captures():
            if isinstance(capture.body, RaceReport):
                fronts = [self._front(subject, access.frames) for access in capture.body.accesses]
                key = tuple(front.function if front else "" for front in fronts)
                seen.setdefault(key, []).append((name, capture.body))
        for reports in seen.values():
            yield self._tell(subject, *reports[0], len(reports))

    def _tell(self, subject: Subject, name: str, report: RaceReport, count: int) -> Finding:
        fronts = [self._front(subject, access.frames) for access in report.accesses]
        places = [front.function for front in fronts if front]
        creators = [self._front(subject, creation.frames) for creation in report.creations]
        functions = dict.fromkeys((*places, *(front.function for front in creators if front)))
        first = next((front for front in fronts if front), None)
        frames = report.accesses[0].frames if report.accesses else ()
        return self.finding(
            "data race: " + " against ".join(dict.fromkeys(places)) if places else "data race",
            severity=Severity.ERROR,
            functions=tuple(functions),
            front=first,
            stack=Stack(frames=frames) if frames else None,
            count=count,
            source=(name, report.line),
            evidence={
                "accesses": [_said(access) for access in report.accesses],
                "reports": count,
                "location": report.location or "",
            },
            advice="Guard what both functions use by one mutex, or hand it over through a channel.",
        )

    def _front(self, subject: Subject, frames: tuple[Frame, ...]) -> Frame | None:
        """The frame to open; of the standard library's own code the one that uses the memory, not the outermost."""
        front = subject.ownership.front_frame(Stack(frames=frames))
        is_standard = front is None or subject.ownership.owner(front) is Owner.STANDARD
        return _first(frames) if is_standard else front


def _first(frames: tuple[Frame, ...]) -> Frame | None:
    """The innermost frame that is not the runtime's (`runtime.mapassign`)."""
    return next((frame for frame in frames if not frame.function.startswith("runtime.")), next(iter(frames), None))


def _said(access: RaceAccess) -> str:
    """The kind of access and where in memory; Go up to 1.7 does not say where."""
    return access.operation if access.address is None else f"{access.operation} at {access.address:#x}"
