"""The places that nodes of a view stand for: functions, files, lines or addresses, depending on the granularity."""

from enum import StrEnum
from os.path import normpath
from typing import NamedTuple

from debugtext.views.samples import Location

UNKNOWN = "<unknown>"


class Granularity(StrEnum):
    """pprof's five granularities; the default is functions."""

    FUNCTIONS = "functions"
    FILEFUNCTIONS = "filefunctions"
    FILES = "files"
    LINES = "lines"
    ADDRESSES = "addresses"


class Place(NamedTuple):
    """The key by which samples are added up; parts that the granularity does not use are empty."""

    function: str = ""
    file: str = ""
    line: int = 0
    address: int = 0

    @property
    def name(self) -> str:
        """The place as pprof prints it."""
        return " ".join(self.words)

    @property
    def words(self) -> tuple[str, ...]:
        """Address, function and file:line, without empty ones; `<unknown>` if all are empty."""
        words = [f"{self.address:016x}"] if self.address else []
        if self.function:
            words.append(self.function)
        if self.line:
            words.append(f"{self.file}:{self.line}")
        elif self.file:
            words.append(self.file)
        elif not self.function:
            words.append(UNKNOWN)
        return tuple(words)


def places_of(location: Location, granularity: Granularity) -> tuple[Place, ...]:
    """The places of a location's frames, leaf first; a place with only the address if it has no frames."""
    address = location.address if granularity is Granularity.ADDRESSES else 0
    if not location.frames:
        return (Place(address=address),)
    with_function = granularity is not Granularity.FILES
    with_file = granularity is not Granularity.FUNCTIONS
    with_line = granularity in (Granularity.LINES, Granularity.ADDRESSES)
    return tuple(
        Place(
            frame.function if with_function else "",
            normpath(frame.file) if with_file and frame.file else "",
            frame.line or 0 if with_line else 0,
            address,
        )
        for frame in location.frames
    )
