"""Frames and stacks: where a goroutine is, or where memory was allocated; the leaf comes first."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """One function call of a stack.

    `function` is the name as printed, with escapes like `%2e` decoded (`gopkg.in/yaml.v2.Unmarshal`); type arguments
    stay as printed (`[...]`). `file` and `line` are None if the text has none.
    `offset` is the number after `+0x`: in debug=1 texts it is relative to the physical (outer) function and one less
    than in a traceback (runtime/symtab.go Frames.Next). `address` is the `#` column of debug=1 or `pc=` of a traceback.
    `inlined`: a traceback prints such a frame as `f(...)` without an offset (runtime/traceback.go printFuncFrame).
    """

    function: str
    file: str | None = None
    line: int | None = None
    offset: int | None = None
    address: int | None = None
    inlined: bool = False

    @property
    def package(self) -> str:
        """The import path: `net/http` of `net/http.(*conn).serve`."""
        return split_package(self.function)[0]

    @property
    def name(self) -> str:
        """The function without its import path: `(*conn).serve` of `net/http.(*conn).serve`."""
        return split_package(self.function)[1]

    @property
    def place(self) -> str:
        """`/src/server/server.go:88`; empty if the text has no file."""
        return place_in_source(self.file, self.line)

    @property
    def short_place(self) -> str:
        """`server.go:88`; empty if the text has no file."""
        return short_place_in_source(self.file, self.line)

    @property
    def spot(self) -> "Frame":
        """The frame without addresses and offsets: equal for all calls at the same line of the source."""
        return Frame(self.function, self.file, self.line)


def place_in_source(file: str | None, line: int | None) -> str:
    """`/src/server/server.go:88`, or the file alone; empty without a file."""
    if not file:
        return ""
    return file if line is None else f"{file}:{line}"


def short_place_in_source(file: str | None, line: int | None) -> str:
    """`server.go:88`: the place without the folders, also those of a Windows path."""
    return place_in_source((file or "").replace("\\", "/").rpartition("/")[2], line)


def split_package(function: str) -> tuple[str, str]:
    """(import path, name) of a function: cut at the first dot after the last slash that precedes any bracket.

    The rule stands in cmd/internal/objabi/path.go PathToPrefix. A last path element may hold dots once unescaped
    (`gopkg.in/yaml.v2.Unmarshal`): there the version-like part stays with the path.
    """
    head = len(function)
    for bracket in "([{":
        position = function.find(bracket)
        if 0 <= position < head:
            head = position
    slash = function.rfind("/", 0, head)
    dot = function.find(".", slash + 1)
    if dot < 0:
        return "", function
    after = function[dot + 1 :]
    version = after.partition(".")[0]
    if slash >= 0 and version[:1] == "v" and version[1:].isdigit() and "." in after:
        dot += 1 + len(version)
    return function[:dot], function[dot + 1 :]


def receiver_type(function: str) -> str:
    """`pkg.(*T)` of `pkg.(*T).Method`; empty for a plain function."""
    start = function.find("(")
    end = function.find(")", start)
    return function[: end + 1] if 0 <= start < end else ""


@dataclass(frozen=True, slots=True)
class Elision:
    """A gap in a traceback: `...51 frames elided...` after `position` frames; a count of None is "additional"."""

    position: int
    count: int | None


@dataclass(frozen=True, slots=True)
class Ancestor:
    """`[originating from goroutine 7]:` and its stack: what led to this goroutine (GODEBUG=tracebackancestors)."""

    goroutine_id: int
    frames: tuple[Frame, ...]
    created_by: Frame | None = None
    elided: bool = False


@dataclass(frozen=True, slots=True)
class Stack:
    """A call stack, leaf first, shared by all goroutines or samples with this stack.

    `addresses` is the `@` list of a debug=1 record: return addresses, also those of runtime frames that have no `#`
    line. `created_by` is the `go` statement that started the goroutine (tracebacks only). `unavailable`: the runtime
    printed "goroutine running on other thread; stack unavailable".
    """

    frames: tuple[Frame, ...] = ()
    addresses: tuple[int, ...] = ()
    created_by: Frame | None = None
    elisions: tuple[Elision, ...] = ()
    ancestors: tuple[Ancestor, ...] = ()
    unavailable: bool = False

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the frames, leaf first."""
        return tuple(frame.function for frame in self.frames)
