"""Reports of the race detector (compiler-rt tsan; the strings stand in runtime/race/*.syso)."""

from dataclasses import dataclass

from debugtext.records.frames import Frame


@dataclass(frozen=True, slots=True)
class RaceAccess:
    """`Write at 0x… by goroutine 11:` and its stack.

    `operation` is one of Read, Write, Previous read, Previous write. `goroutine` is the race runtime's own number, not
    the id in a traceback; None is the main goroutine. `address` is None up to Go 1.7, which does not print it. `frames`
    is empty if the detector "failed to restore the stack".
    """

    operation: str
    address: int | None
    goroutine: int | None
    frames: tuple[Frame, ...]
    line: int

    @property
    def writes(self) -> bool:
        """True if this access changed the memory."""
        return self.operation.lower().endswith("write")


@dataclass(frozen=True, slots=True)
class RaceCreation:
    """`Goroutine 11 (running) created at:` and the stack of its `go` statement; `status` is running or finished."""

    goroutine: int
    status: str
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class RaceLocation:
    """The memory concerned, as printed: `Heap block of size … allocated by …:` with its stack, or `Global var …`."""

    text: str
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class RaceReport:
    """One `WARNING: DATA RACE`: two accesses, where their goroutines were started, and the memory concerned.

    `total` (`Found 2 data race(s)`) and `exit_status` (66 by default) come after the last report, when the program
    ends. `line` is that of the warning.
    """

    accesses: tuple[RaceAccess, ...]
    creations: tuple[RaceCreation, ...] = ()
    locations: tuple[RaceLocation, ...] = ()
    total: int | None = None
    exit_status: int | None = None
    line: int = 1

    @property
    def location(self) -> str | None:
        """The line that names the memory; None if there is none."""
        return self.locations[0].text if self.locations else None

    @property
    def location_frames(self) -> tuple[Frame, ...]:
        """The stack that allocated the heap block; empty if none is printed."""
        return self.locations[0].frames if self.locations else ()
