"""Decides if a function keeps all that it makes: what it allocated between two texts still lives in the second.

40960: 83886080 [40960: 83886080] @ …     first text
73728: 150994944 [73728: 150994944] @ …   second text: what the records count as made is what they count as live
"""

from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Reading
from debugtext.records.frames import Frame, Stack
from debugtext.records.heap import HeapProfile
from debugtext.stacks.places import words_of

_LOADING = frozenset({"load", "read", "parse", "open", "init", "setup", "import", "restore", "preload", "warm", "fill"})
"""First words of functions that load something which then stays."""
_MAKING = frozenset({"new", "make", "build"})
"""First words of functions that make one thing at each call."""
_LEAST_SHARE_KEPT = 0.85
"""From this part on, a function keeps nearly all that it makes."""


def keeps_whole(subject: Subject, front: Frame | None, stack: Stack) -> bool:
    """Whether nearly all that a function ever made is alive, and nearly all that it made since the first text.

    False if an own function on the stack says by its name that it loads data.
    """
    if front is None or any(is_loading(one.function) for one in stack.frames if subject.ownership.is_own(one)):
        return False
    before, after = subject.once(_first_and_last)
    (live, made), (lives, makes) = before.get(front.function, (0, 0)), after.get(front.function, (0, 0))
    return makes > 0 and lives >= _LEAST_SHARE_KEPT * makes and lives - live >= _LEAST_SHARE_KEPT * (makes - made)


def is_loading(function: str) -> bool:
    """Whether a function's name says that it loads data, which then stays."""
    return not _LOADING.isdisjoint(words_of(function)[:1])


def is_made_once(function: str) -> bool:
    """Whether a function's name says that it makes its objects once: it loads data, or makes one thing."""
    return is_loading(function) or not _MAKING.isdisjoint(words_of(function)[:1])


def _first_and_last(subject: Subject) -> list[dict[str, tuple[int, int]]]:
    """For the first and the last text, by function to open: (bytes in use, bytes ever allocated).

    Stacks without an object in use in either text are left out: they make garbage beside what is kept.
    """
    texts = [_by_stack(reading) for reading in (subject.readings[0], subject.last)]
    keeping = {stack for text in texts for stack, (live, _) in text.items() if live}
    return [_by_function(subject, {stack: text[stack] for stack in keeping & text.keys()}) for text in texts]


def _by_stack(reading: Reading) -> dict[Stack, tuple[int, int]]:
    """By stack: (bytes in use, bytes ever allocated), as estimated from the samples."""
    sums: dict[Stack, tuple[int, int]] = {}
    for heap in (capture.body for capture in reading.captures if isinstance(capture.body, HeapProfile)):
        for sample in heap.samples:
            live, made = sums.get(sample.stack, (0, 0))
            inuse, alloc = sample.inuse.estimated(heap.rate), sample.alloc.estimated(heap.rate)
            sums[sample.stack] = live + inuse.bytes, made + alloc.bytes
    return sums


def _by_function(subject: Subject, stacks: dict[Stack, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The same by the function to open of each stack."""
    sums: dict[str, tuple[int, int]] = {}
    for stack, (inuse, alloc) in stacks.items():
        if (frame := subject.ownership.front_frame(stack)) is not None:
            live, made = sums.get(frame.function, (0, 0))
            sums[frame.function] = live + inuse, made + alloc
    return sums
