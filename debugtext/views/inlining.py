"""Finds which frames of a stack were inlined into which, and makes one location of frames at the same address."""

from collections.abc import Iterator

from debugtext.records.frames import Frame, Stack
from debugtext.views.samples import Location

_ADDRESSES = 1 << 64


def locations_of(stack: Stack) -> tuple[Location, ...]:
    """The stack's locations, leaf first: inlined frames together with the physical function that holds them.

    The locations of a stack without symbols are bare addresses: those of the calls, one less than the return addresses.
    A single address is that of runtime.goexit, which is never shown: the goroutine has not run yet.
    """
    if not stack.frames:
        return tuple(map(_nameless, stack.addresses)) if len(stack.addresses) > 1 else ()
    padding = (_nameless(address) for address in stack.addresses if not address)
    return (*(Location(frames, frames[0].address or 0) for frames in _physical_frames(stack.frames)), *padding)


def _nameless(address: int) -> Location:
    """The location of a return address; zeros pad stacks of threads (runtime/mprof.go threadCreateProfileInternal)."""
    return Location((), (address - 1) % _ADDRESSES)


def _physical_frames(frames: tuple[Frame, ...]) -> Iterator[tuple[Frame, ...]]:
    """The frames in groups, each of which ends with its physical function.

    A traceback says which frames are inlined. In debug=1 texts the address minus the offset is the entry of the
    physical function: adjacent frames with the same entry form a group, and the one nearest to the root is the physical
    one. If its name occurs more than once in the group, the function called itself, and the group ends there: inlined
    functions cannot call themselves (runtime/pprof/proto.go pcDeck).
    """
    start = 0
    while start < len(frames):
        end = start + 1
        entry = _entry(frames[start])
        if entry is None:
            while frames[end - 1].inlined and end < len(frames) and _entry(frames[end]) is None:
                end += 1
        else:
            while end < len(frames) and _entry(frames[end]) == entry:
                end += 1
            physical = frames[end - 1].function
            end = next(i for i in range(start, end) if frames[i].function == physical) + 1
        yield frames[start:end]
        start = end


def _entry(frame: Frame) -> int | None:
    """The address at which the physical function begins; None in tracebacks, whose offsets are of another kind."""
    if frame.inlined or frame.address is None or frame.offset is None:
        return None
    return frame.address - frame.offset
