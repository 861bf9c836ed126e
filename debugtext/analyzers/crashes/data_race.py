"""The rule about reports of the race detector."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Frame, Stack
from debugtext.records.races import RaceAccess, RaceReport
from debugtext.stacks.ownership import Owner
from debugtext.stacks.wording import named_with_line

_TWO_FUNCTIONS_ADVICE = "Guard what both functions use by one mutex, or hand it over through a channel."
_ONE_FUNCTION_ADVICE = (
    "Several goroutines run this function at once: guard what they share by one mutex, or hand it over "
    "through a channel."
)


class DataRace(Rule):
    """Two goroutines used the same memory at the same time, and at least one of them wrote.

    **What it sees.** `WARNING: DATA RACE`, with both accesses and where their goroutines were started. If both accesses
    are in a library, called from the same line of your own code, the library's two functions are named as well.

    **Why it is trouble.** What the program reads is undefined; it fails rarely, late, and somewhere else.

    **When it is not.** Never: the race detector reports only what really happened.

    **What to do.** Guard the variable with one mutex at both named places, or hand it over through a channel.
    """

    id = "DT609"
    name = "data-race"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    fires_on: ClassVar = ("race/test-race-go1.19.txt",)
    quiet_on: ClassVar = ("race/map-writes-go1.27.txt", "crash/map-writes-go1.23.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each pair of functions; further reports of the same pair only add to the count."""
        seen: dict[tuple[str, ...], list[tuple[str, RaceReport, list[Frame | None]]]] = {}
        for name, capture in subject.captures():
            if isinstance(capture.body, RaceReport):
                fronts = [self._front(subject, access.frames) for access in capture.body.accesses]
                key = tuple(front.function if front else "" for front in fronts)
                seen.setdefault(key, []).append((name, capture.body, fronts))
        for reports in seen.values():
            yield self._tell(subject, *reports[0], len(reports))

    def _tell(self, subject: Subject, name: str, report: RaceReport, fronts: list[Frame | None], count: int) -> Finding:
        places = [front.function for front in fronts if front]
        creators = [self._front(subject, creation.frames) for creation in report.creations]
        inside = _inside(subject, report, fronts)
        functions = dict.fromkeys((*places, *(front.function for front in (*inside, *creators) if front)))
        first = next((front for front in fronts if front), None)
        frames = report.accesses[0].frames if report.accesses else ()
        is_with_itself = len(places) > 1 and len(set(places)) == 1
        return self.finding(
            f"data race{_title(fronts)}",
            severity=Severity.ERROR,
            functions=tuple(functions),
            front=first,
            stack=Stack(frames=frames) if frames else None,
            count=count,
            source=(name, report.line),
            evidence={
                "accesses": [
                    _access_in_words(access, front) for access, front in zip(report.accesses, fronts, strict=True)
                ],
                "reports": count,
                **({"location": report.location} if report.location else {}),
                **({"inside": [named_with_line(frame) for frame in inside]} if inside else {}),
            },
            advice=_ONE_FUNCTION_ADVICE if is_with_itself else _TWO_FUNCTIONS_ADVICE,
        )

    def _front(self, subject: Subject, frames: tuple[Frame, ...]) -> Frame | None:
        """The frame to open. If all are the standard library's, that is the one that uses the memory."""
        front = subject.ownership.front_frame(Stack(frames=frames))
        is_standard = front is None or subject.ownership.owner(front) is Owner.STANDARD
        return _first(frames) if is_standard else front


def _inside(subject: Subject, report: RaceReport, fronts: list[Frame | None]) -> list[Frame]:
    """The library's frames that use the memory, if two of its functions race below one line of own code; else none."""
    inner = [frame for access in report.accesses if (frame := _first(access.frames))]
    is_one_line = len({(front.function, front.line) if front else None for front in fronts}) == 1
    of_library = all(subject.ownership.owner(frame) is Owner.DEPENDENCY for frame in inner)
    are_two = len({frame.function for frame in inner}) == len(report.accesses) > 1
    return inner if is_one_line and of_library and are_two else []


def _first(frames: tuple[Frame, ...]) -> Frame | None:
    """The innermost frame that is not the runtime's (`runtime.mapassign`)."""
    return next((frame for frame in frames if not frame.function.startswith("runtime.")), next(iter(frames), None))


def _title(fronts: list[Frame | None]) -> str:
    """Both places, `: f (a.go:58) against g (b.go:56)`, or `: f (a.go:58) against itself`; empty if none is known."""
    known = [front for front in fronts if front is not None]
    if not known:
        return ""
    first, *others = known
    against = "".join(f" against {_itself(first, other) or named_with_line(other)}" for other in others)
    return f": {named_with_line(first)}{against}"


def _itself(first: Frame, other: Frame) -> str:
    """`itself`, or `itself (cart.go:60)` for another line of the same function; empty for another function."""
    if other.function != first.function:
        return ""
    return "itself" if other.line in {first.line, None} else f"itself ({other.short_place})"


def _access_in_words(access: RaceAccess, front: Frame | None) -> str:
    """What an access did, and where: `written at cart.go:58 in shop.(*Cart).Add`."""
    done = "written" if access.writes else "read"
    if front is None:
        return f"{done} where the detector lost the stack"
    where = f" at {place}" if (place := front.short_place) else ""
    return f"{done}{where} in {front.function.removeprefix(front.package.rpartition('/')[0]).removeprefix('/')}"
