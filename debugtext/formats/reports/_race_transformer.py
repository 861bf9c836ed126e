"""Builds the record of a race report from its lines. Importing this module imports Lark."""

from dataclasses import replace
from sys import intern
from typing import Any

from lark import Token, Transformer, v_args

from debugtext.formats.grammar import matched, parser
from debugtext.formats.stack_lines import unescape
from debugtext.records.frames import Frame, Stack
from debugtext.records.lock_reports import LockPlace
from debugtext.records.races import RaceAccess, RaceCreation, RaceLocation, RaceReport


def read_report(text: str, numbers: list[int]) -> RaceReport:
    """Reads the lines of one report, from its warning on; `numbers` are their lines in the original input."""
    report: RaceReport = parser("race", RaceTransformer).parse(text)  # type: ignore[assignment] # the transformer's
    accesses = tuple(replace(access, line=numbers[access.line - 1]) for access in report.accesses)
    return replace(report, accesses=accesses, line=numbers[0])


def read_locks(text: str, numbers: list[int]) -> tuple[LockPlace, ...]:
    """Reads the places in a report about locks, in the order in which the locks were taken."""
    places: tuple[LockPlace, ...] = parser("race", LockTransformer).parse(text)  # type: ignore[assignment]
    return tuple(replace(place, line=numbers[place.line - 1]) for place in places)


def _number(digits: str | None, radix: int = 10) -> int | None:
    return None if digits is None else int(digits, radix)


class RaceTransformer(Transformer[Token, object]):
    """Builds the parts of a race report."""

    @v_args(inline=True)
    def frame(self, call: Token, location: Token | None = None) -> Frame:
        function = intern(unescape(matched("race", call)["function"]))
        if location is None or location.type == "HALF_LOCATION":
            return Frame(function)
        place = matched("race", location)
        return Frame(function, intern(place["file"]), int(place["line"]), _number(place["offset"], 16))

    def part(self, children: list[Any]) -> object:
        heading = children[0]
        frames = tuple(child for child in children if isinstance(child, Frame))
        if heading.type == "ACCESS":
            match = matched("race", heading)
            address, by = _number(match["address"], 16), _number(match["by"])
            return RaceAccess(match["operation"], address, by, frames, line=heading.line)
        if heading.type == "CREATION":
            match = matched("race", heading)
            return RaceCreation(int(match["created"]), match["status"], frames)
        return RaceLocation(heading.strip(), frames)

    def ending(self, lines: list[Token]) -> dict[str, int]:
        found = {}
        for line in lines:
            match = matched("race", line)
            if line.type == "SUM":
                found["total"] = int(match["races"])
            else:
                found["exit_status"] = int(match["exit_status"])
        return found

    def start(self, children: list[Any]) -> object:
        ending: dict[str, int] = next((child for child in children if isinstance(child, dict)), {})
        return RaceReport(
            accesses=tuple(child for child in children if isinstance(child, RaceAccess)),
            creations=tuple(child for child in children if isinstance(child, RaceCreation)),
            locations=tuple(child for child in children if isinstance(child, RaceLocation)),
            **ending,
        )


class LockTransformer(RaceTransformer):
    """Builds the places of a report about locks: one lock taken twice, or pairs (a lock is taken, another is held)."""

    def part(self, children: list[Any]) -> object:
        heading = children[0]
        if heading.type not in ("LOCKING", "LOCKED"):
            return super().part(children)
        match = matched("race", heading)
        stack = Stack(tuple(child for child in children if isinstance(child, Frame)))
        if heading.type == "LOCKED":
            return LockPlace("before", stack, line=heading.line)
        return LockPlace("again" if match["locking"] == match["holding"] else "after", stack, line=heading.line)

    def start(self, children: list[Any]) -> object:
        places = [child for child in children if isinstance(child, LockPlace)]
        if any(place.role == "again" for place in places):
            return tuple(replace(place, role="previous") if place.role == "before" else place for place in places)
        pairs = zip(places[1::2], places[::2], strict=False)  # the lock that is held is printed after the other
        return tuple(place for pair in pairs for place in pair)
