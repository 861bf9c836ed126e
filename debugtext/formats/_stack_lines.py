"""The lines below a debug=1 sample: frames and labels; each distinct frame line is read once."""

import re
from functools import lru_cache
from sys import intern

from debugtext.formats._grammar import terminal
from debugtext.records.frames import Frame
from debugtext.records.goroutines import Labels

_ESCAPE = re.compile("%([0-9a-f]{2})")


@lru_cache(maxsize=100_000)
def frame_of(line: str) -> Frame | None:
    r"""The frame of a `#` line (given with its "\n"); None for an address without a symbol, or no such line."""
    match = terminal("go_tokens", "FRAME").fullmatch(line)
    if match is None:
        return None
    return Frame(
        function=intern(unescape(match["frame_function"])),
        file=intern(match["frame_file"]),
        line=int(match["frame_line"]),
        offset=int(match["frame_offset"], 16),
        address=int(match["frame_address"], 16),
    )


def unescape(function: str) -> str:
    """Turns `%2e` and its like back (cmd/internal/objabi/path.go PathToPrefix escapes bytes of the import path)."""
    if "%" not in function:
        return function
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), function)


def labels_of(line: str) -> Labels:
    """The pairs of a `# labels: {…}` line; Go quotes both sides with %q."""
    match = terminal("go_tokens", "LABELS").fullmatch(line)
    return quoted_pairs(match["labels"]) if match else ()


_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SIMPLE_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_QUOTED_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))")


def quoted_pairs(text: str) -> Labels:
    """`"k":"v", "a":"b"` as pairs."""
    words = [unquote(word) for word in _QUOTED.findall(text)]
    return tuple(zip(words[::2], words[1::2], strict=False))


def unquote(word: str) -> str:
    """The inside of a Go string literal as the string it stands for (fmt %q; runtime/print.go printquoted)."""

    def character(match: re.Match[str]) -> str:
        number = match[1] or match[2] or match[3]
        if number:
            code = int(number, 16)
            return chr(code) if code < 0x110000 else "�"
        return _SIMPLE_ESCAPES.get(match[4], match[4])

    return _QUOTED_ESCAPE.sub(character, word)
