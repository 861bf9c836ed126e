"""What a goroutine wanted memory for, and how much, when there was none left."""

from collections.abc import Iterator

from debugtext.records.crashes import Crash
from debugtext.records.frames import Stack
from debugtext.sizes import bytes_in_words
from debugtext.stacks.arguments import sure_pointer

_ALLOCATIONS = (
    (("runtime.growslice", "bytes.growSlice", "bytes.(*Buffer).grow", "strings.(*Builder).grow"), "growing a slice"),
    (("runtime.hashGrow", "runtime.mapassign", "internal/runtime/maps."), "growing a map"),
    (("runtime.makemap",), "making a map"),
    (("runtime.makeslice",), "making a slice"),
    (("runtime.makechan",), "making a channel"),
    (("runtime.concatstring",), "joining strings"),
    (("runtime.stringto", "runtime.slice"), "converting a string"),
    (("runtime.newobject",), "making an object"),
)
"""How runtime functions that allocate begin (runtime/slice.go, map.go, string.go, malloc.go), and what they do."""
_FRAMES_OF_AN_ALLOCATION = 12
"""How many frames from the top of a stack may belong to one allocation."""
_SIZES = {
    "runtime.mallocgc": 0,
    "runtime.mallocgcLarge": 0,
    "runtime.largeAlloc": 0,
    "runtime.(*mcache).allocLarge": 1,
}
"""Which argument of the runtime's functions is the number of bytes asked for (runtime/malloc.go, mcache.go)."""
_NO_BLOCK, _IN_USE = "cannot allocate ", "-byte block ("
"""Parts of `runtime: out of memory: cannot allocate 4194304-byte block (1073741824 in use)`."""
_MOST_DIGITS = 20
"""The digits of the largest 64-bit number: longer words are not converted."""
_LARGE, _HUGE = 256 << 20, 16 << 30
"""Bytes of one allocation that are too many: if the bytes in use are known (and fewer), and if they are not."""
_CHECKS = {
    "growing a slice": "see why this slice becomes so long",
    "growing a map": "see why this map becomes so large",
    "joining strings": "see why this text becomes so long",
}
_CHECK = "check the length given to make"
_SIZE_ADVICE = "{} were asked for at once: {}. What comes from input needs a limit."


def asked_for(stack: Stack) -> str:
    """What a goroutine wanted memory for, by the outermost runtime frame that tells; empty if none does."""
    for function in reversed(stack.functions[:_FRAMES_OF_AN_ALLOCATION]):
        for starts, words in _ALLOCATIONS:
            if function.startswith(starts):
                return words
    return ""


def bytes_at_once(crash: Crash) -> int:
    """The bytes asked for, if this one allocation is too large by itself: larger than all memory in use; else 0.

    If the text does not say how much was in use, too large is what hardly any computer has left.
    """
    said = " ".join((*crash.runtime_messages, crash.reason)).partition(_NO_BLOCK)[2]
    block, _, rest = said.partition(_IN_USE)
    asked = max(_arguments(crash), default=_number(block) or 0)
    in_use = _number(rest.partition(" ")[0])
    return asked if asked >= (_HUGE if in_use is None else max(_LARGE, in_use)) else 0


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() and len(word) <= _MOST_DIGITS else None


def _arguments(crash: Crash) -> Iterator[int]:
    """The sizes among the arguments of the crashed goroutine's frames, without those that Go marks as stale."""
    goroutine = crash.crashed
    if goroutine is None:
        return
    for frame, words in zip(goroutine.stack.frames[:_FRAMES_OF_AN_ALLOCATION], goroutine.arguments, strict=False):
        at = _SIZES.get(frame.function)
        size = sure_pointer(words[at:]) if at is not None else None
        if size is not None:
            yield size


def advice_of_size(crash: Crash) -> str:
    """What to do about one allocation that is too large by itself; empty if its size is usual."""
    asked = bytes_at_once(crash)
    doing = asked_for(crash.crashed.stack) if crash.crashed is not None else ""
    return _SIZE_ADVICE.format(bytes_in_words(asked), _CHECKS.get(doing, _CHECK)) if asked else ""
