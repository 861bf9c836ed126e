"""Reports of the race detector (compiler-rt tsan; the strings stand in runtime/race/*.syso)."""

from dataclasses import dataclass

from debugtext.records.frames import Frame


@dataclass(frozen=True, slots=True)
class RaceAccess:
    """`Write at 0x… by goroutine 11:` and its stack; goroutine None = the main goroutine.

    The number is the race runtime's own, not the goroutine id of a traceback. `frames` is empty where the detector
    "failed to restore the stack".
    """

    operation: str
    address: int
    goroutine: int | None
    frames: tuple[Frame, ...]
    line: int


@dataclass(frozen=True, slots=True)
class RaceCreation:
    """`Goroutine 11 (running) created at:` and the stack of its `go` statement."""

    goroutine: int
    status: str
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class RaceReport:
    """One `WARNING: DATA RACE`; `location` is the heap block or global variable line as printed, if any."""

    accesses: tuple[RaceAccess, ...]
    creations: tuple[RaceCreation, ...] = ()
    location: str | None = None
    location_frames: tuple[Frame, ...] = ()
    line: int = 1
