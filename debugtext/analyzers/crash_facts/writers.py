"""Who writes stacks or dumps, by the names of functions and packages."""

from debugtext.records.frames import Frame, Stack, split_package

_WRITING = ("dump", "stack", "trace", "goroutine", "pprof", "profile", "debug", "leak", "diagnos")
"""How words of a function's own name begin that tells of it; a package's path or a type with them says nothing: echo
is kept at github.com/labstack, and a *Profile is somebody's."""
_WRITERS = frozenset({"runtime/debug", "runtime/trace", "testing"})
_WRITERS_BY_NAME = frozenset({"pprof", "stack", "stacks", "goroutines", "goleak", "leaktest"})
"""Packages, and names of packages, that are for nothing else."""
_INNER = ("func", "gowrap", "deferwrap", "dwrap", *"0123456789")
"""What the compiler calls functions within others."""
_FRAMES_OF_A_WRITER = 4


def writes_stacks(stack: Stack) -> bool:
    """Whether a function near the top writes stacks or dumps, which the runtime's own do for other reasons."""
    return any(map(_is_writer, (frame for frame in stack.frames[:_FRAMES_OF_A_WRITER] if frame.package != "runtime")))


def _is_writer(frame: Frame) -> bool:
    """Whether its package, or a word of its own name (`DumpAll`, `print_stacks.func1`), speaks of stacks or dumps."""
    package, name = split_package(frame.function)
    if package in _WRITERS or package.rpartition("/")[2] in _WRITERS_BY_NAME:
        return True
    return any(word.startswith(_WRITING) for word in _words(_without_receiver(name)))


def _without_receiver(name: str) -> str:
    """`M.func1` of a method `(*T).M.func1` or `T.M.func1`; a function `f.func1` as it is."""
    first, dot, rest = name.replace("[...]", "").partition(".")
    is_method = dot and (first[:1] == "(" or not rest.startswith(_INNER))
    return rest if is_method else f"{first}.{rest}"


def _words(name: str) -> list[str]:
    """The words of a name in Go's way of writing, in small letters: of `printAllStacks` print, all and stacks."""
    spaced = "".join(f" {letter}" if letter.isupper() else letter if letter.isalnum() else " " for letter in name)
    return spaced.lower().split()
