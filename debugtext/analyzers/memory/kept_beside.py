"""Contexts that are kept beside the memory of a function: they may be what keeps it.

    1: 40960 [1: 40960] @ 0x40f68d …      first text
    1: 319488 [1: 319488] @ 0x40f68d …    last text
    #   0x494468  context.(*cancelCtx).propagateCancel+0x148  …
    #   0x492d90  main.(*Yard).Build+0x50  /src/yard.go:45

A context that is not cancelled stays in the map of its parent, and with it whatever its values refer to. The size of a
map is known exactly, however few of them are sampled; since Go 1.24 a large map is in many pieces, which do not tell.
"""

from debugtext.analyzers.crash_reports.named import named_with_line
from debugtext.analyzers.memory.never_ended import cure_of
from debugtext.analyzers.rule import Subject
from debugtext.records.captures import Reading
from debugtext.records.frames import Frame, Stack
from debugtext.records.heap import HeapProfile, HeapSample

_MAKE_LISTS = frozenset({"context.propagateCancel", "context.(*cancelCtx).propagateCancel"})
_LARGE_BYTES = 64 << 10
"""A map of thousands."""
_FACTOR = 2
_NEAREST = 2
"""The function that a finding names, and the own one that has called it."""


def cure_of_contexts_beside(subject: Subject, stack: Stack, front: Frame | None) -> str:
    """What to do where the same functions derive contexts of which more and more are kept; empty where they do not."""
    own = [frame for frame in stack.frames if subject.ownership.is_own(frame)]
    own = own[own.index(front) :] if front in own else own
    near = {frame.function for frame in own[:_NEAREST]}
    before, after = (_largest_list(subject, reading, near) for reading in (subject.readings[0], subject.last))
    if after is None or _size(after) < max(_LARGE_BYTES, _FACTOR * (_size(before) if before else 0)):
        return ""
    derives = subject.ownership.own_frame(after.stack)
    where = f" of {named_with_line(derives)}" if derives else ""
    return f"Look first at the contexts{where}: more and more of them are kept. {cure_of(subject, after.stack)}"


def _largest_list(subject: Subject, reading: Reading, near: set[str]) -> HeapSample | None:
    """The largest map of contexts that one of these functions has derived."""
    heaps = (capture.body for capture in reading.captures if isinstance(capture.body, HeapProfile))
    lists = (
        sample
        for heap in heaps
        for sample in heap.samples
        if sample.inuse.objects > 0 and not _MAKE_LISTS.isdisjoint(sample.stack.functions)
    )
    ours = [one for one in lists if (own := subject.ownership.own_frame(one.stack)) and own.function in near]
    return max(ours, key=_size, default=None)


def _size(one: HeapSample) -> float:
    return one.inuse.bytes / one.inuse.objects
