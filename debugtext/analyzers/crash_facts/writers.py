"""Recognises functions that write stacks or dumps, by their names and packages."""

from debugtext.records.frames import Frame, Stack, split_package

_WRITING = ("dump", "stack", "trace", "goroutine", "pprof", "profile", "debug", "leak", "diagnos")
"""Beginnings of words that show, in a function's own name, that it writes stacks. In a package's path or a type they
prove nothing: echo is at github.com/labstack, and a *Profile may be a user's."""
_WRITERS = frozenset({"runtime/debug", "runtime/trace", "testing"})
"""Packages whose functions near the top of a stack write stacks."""
_WRITERS_BY_NAME = frozenset({"pprof", "stack", "stacks", "goroutines", "goleak", "leaktest"})
"""The last part of such packages' paths, whoever wrote them."""
_INNER = ("func", "gowrap", "deferwrap", "dwrap", *"0123456789")
"""How the compiler's names of functions within others begin."""
_FRAMES_OF_A_WRITER = 4
"""How many frames from the top of a stack are searched for a writer."""


def writes_stacks(stack: Stack) -> bool:
    """Whether a function near the top writes stacks or dumps; the runtime's own do not count, they do it in crashes."""
    return any(map(_is_writer, (frame for frame in stack.frames[:_FRAMES_OF_A_WRITER] if frame.package != "runtime")))


def _is_writer(frame: Frame) -> bool:
    """Whether the package or a word of the function's own name (`DumpAll`, `print_stacks.func1`) says so."""
    package, name = split_package(frame.function)
    if package in _WRITERS or package.rpartition("/")[2] in _WRITERS_BY_NAME:
        return True
    return any(word.startswith(_WRITING) for word in _words(_without_receiver(name)))


def _without_receiver(name: str) -> str:
    """A method's name without its type: `M.func1` for `(*T).M.func1` or `T.M.func1`; `f.func1` stays as it is."""
    first, dot, rest = name.replace("[...]", "").partition(".")
    is_method = dot and (first[:1] == "(" or not rest.startswith(_INNER))
    return rest if is_method else f"{first}.{rest}"


def _words(name: str) -> list[str]:
    """The words of a Go name in lower case: print, all, stacks for `printAllStacks`."""
    spaced = "".join(f" {letter}" if letter.isupper() else letter if letter.isalnum() else " " for letter in name)
    return spaced.lower().split()
