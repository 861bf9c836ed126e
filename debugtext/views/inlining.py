"""Which frames of a stack were inlined into which: several frames at one address become one location."""

from collections.abc import Iterator

from debugtext.records.frames import Frame, Stack
from debugtext.views.samples import Location

_ADDRESSES = 1 << 64


def locations_of(stack: Stack) -> tuple[Location, ...]:
    """The stack's frames, leaf first, each inlined one together with the physical function that holds it.

    A stack without symbols has its bare addresses, each that of the call, one before the return address. A single one
    is that of runtime.goexit, which is never shown: a goroutine that has not run yet.
    """
    if not stack.frames:
        return tuple(map(_nameless, stack.addresses)) if len(stack.addresses) > 1 else ()
    padding = (_nameless(address) for address in stack.addresses if not address)
    return (*(Location(frames, frames[0].address or 0) for frames in _physical_frames(stack.frames)), *padding)


def _nameless(address: int) -> Location:
    """The location of a return address; 0 pads the stacks of threads (runtime/mprof.go threadCreateProfileInternal)."""
    return Location((), (address - 1) % _ADDRESSES)


def _physical_frames(frames: tuple[Frame, ...]) -> Iterator[tuple[Frame, ...]]:
    """Cuts the frames behind each physical one.

    A traceback says which frames are inlined. In debug=1 texts the address less the offset is the entry of the physical
    function: frames of one entry in a row belong together, and the one nearest to the root is the physical one. Where
    its name stands in the row more than once, it called itself (inlined functions cannot, runtime/pprof/proto.go
    pcDeck).
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
    """Where the physical function begins; None in tracebacks, whose offset is counted otherwise."""
    if frame.inlined or frame.address is None or frame.offset is None:
        return None
    return frame.address - frame.offset
