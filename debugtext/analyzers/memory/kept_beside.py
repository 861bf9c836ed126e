"""Finds contexts that are kept in more and more numbers near a function: they may be what keeps its memory.

    1: 40960 [1: 40960] @ 0x40f68d …      first text
    1: 319488 [1: 319488] @ 0x40f68d …    last text
    #   0x494468  context.(*cancelCtx).propagateCancel+0x148  …
    #   0x492d90  main.(*Yard).Build+0x50  /src/yard.go:45

A context that is not cancelled stays in its parent's map, and with it all that its values refer to. The size of such a
map is known exactly, even from one sample. (Since Go 1.24 a large map is in many pieces, whose sizes tell nothing.)
"""

from debugtext.analyzers.memory.never_ended import cure_of
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Reading
from debugtext.records.frames import Frame, Stack
from debugtext.records.heap import HeapProfile, HeapSample
from debugtext.stacks.wording import named_with_line

_MAKE_LISTS = frozenset({"context.propagateCancel", "context.(*cancelCtx).propagateCancel"})
_LARGE_BYTES = 64 << 10
"""The least size of a map with thousands of contexts."""
_FACTOR = 2
"""The map must have become this many times larger."""
_NEAREST = 2
"""How many own functions count as near: the one that the finding names, and its caller."""


def cure_of_contexts_beside(subject: Subject, stack: Stack, front: Frame | None) -> str:
    """What to do if the functions near `front` also derive contexts of which more and more are kept; else empty."""
    own = [frame for frame in stack.frames if subject.ownership.is_own(frame)]
    own = own[own.index(front) :] if front in own else own
    near = {frame.function for frame in own[:_NEAREST]}
    before, after = subject.once(_largest_lists)
    kept = max((after[function] for function in near & after.keys()), key=_size, default=None)
    first = max((_size(before[function]) for function in near & before.keys()), default=0.0)
    if kept is None or _size(kept) < max(_LARGE_BYTES, _FACTOR * first):
        return ""
    derives = subject.ownership.own_frame(kept.stack)
    where = f" of {named_with_line(derives)}" if derives else ""
    return f"Look first at the contexts{where}: more and more of them are kept. {cure_of(subject, kept.stack)}"


def _largest_lists(subject: Subject) -> tuple[dict[str, HeapSample], dict[str, HeapSample]]:
    """(in the first text, in the last text): by own function, the largest map of contexts that it derived."""
    before, after = (_by_function(subject, reading) for reading in (subject.readings[0], subject.last))
    return before, after


def _by_function(subject: Subject, reading: Reading) -> dict[str, HeapSample]:
    largest: dict[str, HeapSample] = {}
    heaps = (capture.body for capture in reading.captures if isinstance(capture.body, HeapProfile))
    for sample in (sample for heap in heaps for sample in heap.samples if sample.inuse.objects > 0):
        own = None if _MAKE_LISTS.isdisjoint(sample.stack.functions) else subject.ownership.own_frame(sample.stack)
        if own is not None:
            largest[own.function] = max(sample, largest.get(own.function, sample), key=_size)
    return largest


def _size(one: HeapSample) -> float:
    return one.inuse.bytes / one.inuse.objects
