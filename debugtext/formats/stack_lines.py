"""Reads the lines below a debug=1 sample (frames and labels), each distinct line once."""

import re
from sys import intern, maxunicode

from debugtext.formats.grammar import terminal
from debugtext.records.frames import Frame
from debugtext.records.goroutines import Labels

_ESCAPES = re.compile("(?:%[0-9a-f]{2})+")
_PAIR = re.compile(r'"((?:[^"\\]|\\.)*+)": ?"((?:[^"\\]|\\.)*+)"(?:, ?)?')
_SIMPLE_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_QUOTED_ESCAPE = re.compile(r"(?:\\x[0-9a-f]{2})+|\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|\\.")


class FrameLines(dict[str, Frame | None]):
    r"""Maps a `#` line (without its "\n") to its frame, or None for an address without a symbol.

    Raises KeyError for other lines. The tabs in a line depend on the other lines of its record, so that lines that
    differ only in tabs share one frame.
    """

    def __init__(self) -> None:
        super().__init__()
        self.bare = False
        """Whether any line was an address without a symbol."""
        self._match_frame = terminal("go_tokens", "FRAME").fullmatch
        self._frames: dict[tuple[str, ...], Frame] = {}

    def __missing__(self, line: str) -> Frame | None:
        """Reads a line that was not seen before."""
        match = self._match_frame(line)
        if match is None:
            if terminal("go_tokens", "BARE_ADDRESS").fullmatch(line) is None:
                raise KeyError(line)
            self.bare = True
            self[line] = None
            return None
        cells = match.groups()
        frame = self._frames.get(cells)
        if frame is None:
            address, function, offset, file, number = cells
            is_known = file != "?"  # runtime/symtab.go funcline1: `?:0`
            where = intern(file) if is_known else None
            frame = Frame(
                intern(unescape(function)), where, int(number) if is_known else None, *_known(offset, address)
            )
            self._frames[cells] = frame
        self[line] = frame
        return frame


def unplaced_frame(line: str) -> Frame | None:
    """The frame of a line that was copied without its file; None for other lines."""
    match = terminal("go_tokens", "UNPLACED").match(line + "\n")
    if match is None:
        return None
    address, function, offset = match.groups()
    known_offset, known_address = _known(offset, address)
    return Frame(intern(unescape(function)), offset=known_offset, address=known_address)


def _known(offset: str, address: str) -> tuple[int | None, int | None]:
    """The offset and the address as numbers; an address of 0 is unknown, and if both are 0, so is the offset."""
    pc, distance = int(address, 16), int(offset, 16)
    return distance if pc or distance else None, pc or None


class LabelLines(dict[str, Labels]):
    """Maps a `# labels: {…}` line to its pairs; raises KeyError for other lines."""

    def __missing__(self, line: str) -> Labels:
        """Reads a line that was not seen before."""
        match = terminal("go_tokens", "LABELS").fullmatch(line)
        if match is None:
            raise KeyError(line)
        labels = self[line] = quoted_pairs(match["labels"])
        return labels


class Addresses(dict[str, int]):
    """Maps a hexadecimal word to its number, so that equal addresses are one object."""

    def __missing__(self, word: str) -> int:
        """Reads a word that was not seen before."""
        number = self[word] = int(word, 16)
        return number


def unescape(function: str) -> str:
    """The function's name with `%2e` and the like decoded (cmd/internal/objabi/path.go PathToPrefix escapes paths).

    Escapes of control characters and of invalid UTF-8 stay as printed. `(_T)` becomes `(*T)`: Markdown changed it.
    """
    if ".(_" in function:
        function = function.replace(".(_", ".(*")
    return _ESCAPES.sub(_unescaped, function) if "%" in function else function


def _unescaped(match: re.Match[str]) -> str:
    try:
        text = bytes.fromhex(match[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return match[0]
    return text if text.isprintable() else match[0]


def quoted_pairs(text: str) -> Labels:
    """`"k":"v", "a":"b"` as pairs, up to the first text that is no pair."""
    pairs = []
    match = _PAIR.match(text)
    while match:
        pairs.append((unquote(match[1]), unquote(match[2])))
        match = _PAIR.match(text, match.end())
    return tuple(pairs)


def unquote(word: str) -> str:
    """The string that the inside of a Go string literal stands for (fmt %q; runtime/print.go printquoted)."""
    return _QUOTED_ESCAPE.sub(_unquoted, word) if "\\" in word else word


def _unquoted(match: re.Match[str]) -> str:
    escape = match[0]
    if escape[1] == "x" and len(escape) >= len(r"\x00"):
        # Go writes \xNN for bytes that are not UTF-8, and for control characters
        return bytes.fromhex(escape.replace("\\x", "")).decode("utf-8", "surrogateescape")
    if escape[1] in "uU" and len(escape) > len(r"\u"):
        code = int("0x" + escape[2:], 0)
        return chr(code) if code <= maxunicode else "\N{REPLACEMENT CHARACTER}"
    return _SIMPLE_ESCAPES.get(escape[1], escape[1])
