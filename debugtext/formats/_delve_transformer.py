"""Reads the goroutines that delve lists. Importing this module imports Lark."""

from dataclasses import dataclass

from lark import Token, Transformer

from debugtext.formats._grammar import matched, parser

_ROOTS = ("runtime.goexit", "runtime.main")
"""Below every goroutine; Go's own dumps do not show them."""


@dataclass(frozen=True, slots=True)
class Call:
    """A frame; `index` and `last_index` are those of its first and its last line."""

    function: str
    file: str
    line: int
    index: int
    last_index: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A goroutine: its state, if that is printed, and its stack, of which a list shows but one frame."""

    id: int
    state: str
    calls: tuple[Call, ...]
    index: int


def read_goroutines(text: str) -> tuple[Listed, ...]:
    r"""The goroutines in these lines, each of which ends in "\n"."""
    listed: tuple[Listed, ...] = parser("delve", GoroutineTransformer).parse(text)  # type: ignore[assignment]
    return listed


def _index(token: Token) -> int:
    return (token.line or 1) - 1


class GoroutineTransformer(Transformer[Token, tuple[Listed, ...]]):
    """Builds the goroutines."""

    def goroutine(self, tokens: list[Token]) -> Listed:
        head, index = matched("delve", tokens[0]), _index(tokens[0])
        calls = [token for token in tokens if token.type == "CALL"]
        places = [token for token in tokens if token.type == "PLACE"]
        stack = [_call(call, place) for call, place in zip(calls, places, strict=True)]
        while stack and stack[-1].function in _ROOTS:
            stack.pop()
        alone = Call(head["function"], head["file"], int(head["line"]), index, index)
        return Listed(int(head["id"]), head["state"] or "", tuple(stack) or (alone,), index)

    def start(self, children: list[Listed | Token]) -> tuple[Listed, ...]:
        return tuple(child for child in children if isinstance(child, Listed))


def _call(call: Token, place: Token) -> Call:
    at = matched("delve", place)
    return Call(matched("delve", call)["called"], at["at_file"], int(at["at_line"]), _index(call), _index(place))
