"""Reads the goroutines that delve lists. Importing this module imports Lark."""

from dataclasses import dataclass

from lark import Token, Transformer

from debugtext.formats.dumps.written import Call
from debugtext.formats.grammar import matched, parser

_ROOTS = ("runtime.goexit", "runtime.main")
"""The lowest frames of each goroutine, which Go's own dumps do not show."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A goroutine: its state (empty if not printed), and its stack; a plain list shows only one frame of it."""

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
        alone = Call(head["function"], head["file"], int(head["line"]), index, index)
        return Listed(int(head["id"]), head["state"] or "", _above_roots(_calls(tokens)) or (alone,), index)

    def stack(self, tokens: list[Token]) -> Listed:
        calls = _calls(tokens)
        return Listed(0, "", _above_roots(calls) or calls, _index(tokens[0]))

    def start(self, children: list[Listed | Token]) -> tuple[Listed, ...]:
        return tuple(child for child in children if isinstance(child, Listed))


def _calls(tokens: list[Token]) -> tuple[Call, ...]:
    """The frames that have a place; the place of the last call may be cut off."""
    calls = (token for token in tokens if token.type == "CALL")
    places = (token for token in tokens if token.type == "PLACE")
    found = (_call(call, place) for call, place in zip(calls, places, strict=False))
    return tuple(call for call in found if call.line >= 0)


def _above_roots(calls: tuple[Call, ...]) -> tuple[Call, ...]:
    """The frames that Go's own dumps would show."""
    while calls and calls[-1].function in _ROOTS:
        calls = calls[:-1]
    return calls


def _call(call: Token, place: Token) -> Call:
    at = matched("delve", place)
    return Call(matched("delve", call)["called"], at["at_file"], int(at["at_line"]), _index(call), _index(place))
