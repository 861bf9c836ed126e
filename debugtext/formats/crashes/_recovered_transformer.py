"""Reads the frames of a recovered panic's stack. Importing this module imports Lark."""

from dataclasses import replace

from lark import Token, Transformer, v_args

from debugtext.formats.dumps.written import Call
from debugtext.formats.grammar import matched, parser
from debugtext.formats.import_paths import import_path

_SIGNALS = ("signal_", "sigpanic_")
"""The beginnings of the runtime's files, in different versions of Go, in which a fault becomes a panic."""


class ShortCall(Call):
    """A frame whose function is printed without its package."""


def read_calls(text: str) -> tuple[Call, ...]:
    r"""The frames, leaf first, in the lines of a stack, each ending in "\n"."""
    calls: tuple[Call, ...] = parser("recovered", CallTransformer).parse(text)  # type: ignore[assignment] # not a tree
    main = {_folder(call.file) for call in calls if isinstance(call, ShortCall) and _is_main(call)}
    return tuple(_with_package(call, main) if isinstance(call, ShortCall) else call for call in calls)


def _with_package(call: Call, main: set[str]) -> Call:
    """The frame with the package of its file, which is `main` in a folder with function main."""
    package = "main" if _folder(call.file) in main else import_path(call.file)
    return replace(call, function=f"{package}.{call.function}") if package else call


def _is_main(call: Call) -> bool:
    """Whether a frame is function main, or a closure in it; not runtime.main, or a library's inlined into one."""
    is_main = call.function == "main" or call.function.startswith("main.func")
    return is_main and import_path(call.file) != "runtime"


def _folder(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[0]


def _named_for(file: str) -> str:
    """A name for a function that is not printed: its file; in the runtime gopanic or sigpanic, by the file."""
    path, name = import_path(file), file.replace("\\", "/").rpartition("/")[2]
    if path == "runtime":
        name = "gopanic" if name == "panic.go" else "sigpanic" if name.startswith(_SIGNALS) else name
    return f"{path}.{name}" if path else name


class CallTransformer(Transformer[Token, tuple[Call, ...]]):
    """Builds the frames."""

    @v_args(inline=True)
    def frame(self, first: Token, second: Token | None = None) -> Call:
        head, index = matched("recovered", first), (first.line or 1) - 1
        if second is None:
            return Call(_named_for(head["lone_file"]), head["lone_file"], int(head["lone_line"]), index, index)
        below = matched("recovered", second)
        if second.type == "PLACE":
            function = head["panicked" if first.type == "ARROW" else "function"]
            return Call(function, below["file"], int(below["line"]), index, index + 1)
        return ShortCall(below["short_function"], head["counted_file"], int(head["counted_line"]), index, index + 1)

    def start(self, children: list[Call | Token]) -> tuple[Call, ...]:
        return tuple(child for child in children if isinstance(child, Call))
