"""What a node of a view stands for: a function, a file, a line or an address, as the granularity asks."""

from enum import StrEnum
from os.path import normpath
from typing import NamedTuple

from debugtext.views.samples import Location

UNKNOWN = "<unknown>"


class Granularity(StrEnum):
    """pprof's five; functions is its default."""

    FUNCTIONS = "functions"
    FILEFUNCTIONS = "filefunctions"
    FILES = "files"
    LINES = "lines"
    ADDRESSES = "addresses"


class Place(NamedTuple):
    """What samples are added up by; what the granularity does not ask for is empty."""

    function: str = ""
    file: str = ""
    line: int = 0
    address: int = 0

    @property
    def name(self) -> str:
        """How pprof prints it."""
        return " ".join(self.words)

    @property
    def words(self) -> tuple[str, ...]:
        """Address, function, file:line, as far as they are there."""
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
    """The places of a location's frames, leaf first; one place with its address alone if it has no frames."""
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
