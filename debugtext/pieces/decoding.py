"""Turns bytes into pieces of whole lines, without gzip, byte order marks, UTF-16 and CRLF.

If something is wrong but leaves text to read (a gzip file that ends early), a message is added to `troubles`.
"""

import codecs
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn
from zlib import crc32

from debugtext.errors import BinaryInputError, InputUnavailableError, UnreadableInputError
from debugtext.pieces.streams import GZIP_MAGIC, Encoded, Readable, Unpacked, WithoutNuls, refuse_packed
from debugtext.pieces.text import Piece

PIECE_BYTES = 1 << 20
LONGEST_RECORD_BYTES = 64 << 20
"""A line or record that is longer may be cut anywhere."""
MOST_BINARY_BYTES = 64 << 20
"""So much of a binary profile is read, for `debugtext top`."""
LONGEST_COMMAND = 1 << 16
"""An answer of /debug/pprof/cmdline is shorter."""
LONGEST_STACK = 1 << 16
"""How far from its end a text is searched for the end of a stack."""
LONGEST_HEADLINE = 1 << 12
"""How much of the line above a blank line is searched for `_HEADLINES`."""
_HEADLINES = (b"panic: ", b"fatal error: ", b"[signal ")
"""A crash report goes on behind the blank line below one of these."""
_BELOW_STACK = re.compile(rb"\n\t[^\n]*\n(?=[^\t\n][^\n]*\n[^\t\n])")
"""The last place of a stack: the line below it is no call, because no place follows that line."""

FORGOTTEN_DEBUG = (
    "this is a binary profile: fetch it again with ?debug=1 (or ?debug=2 for goroutines) and without seconds=, "
    "or look at it with `debugtext top`"
)


Again = Callable[[int, int, int], bytes]
"""Gives bytes of an input once more: where they begin, how many they are, and their checksum."""

COMMAND_LINE = "this is the answer of /debug/pprof/cmdline: fetch heap?debug=1 or goroutine?debug=2 instead"
BROKEN_GZIP = "the gzip data is broken before any of it can be unpacked: fetch or copy it again"
NUL_BYTES = "the text holds NUL bytes: they were left out"
EXECUTION_TRACE = (
    "this is an execution trace, which is binary: look at it with `go tool trace`; a text is goroutine?debug=2"
)


def decode_path(path: Path, troubles: list[str]) -> Iterator[Piece]:
    """The text of a file; raises InputUnavailableError if it cannot be opened."""
    try:
        with path.open("rb") as file:
            yield from _decode(file, _Again(path) if path.is_file() else None, troubles)
    except IsADirectoryError:
        raise InputUnavailableError(
            f"{path} is a directory: name the files in it, or quote a glob like '{path}/*.txt'"
        ) from None
    except FileNotFoundError:
        raise InputUnavailableError(f"{path}: no such file") from None
    except OSError as error:
        if path.is_dir():  # Windows says "permission denied"
            raise InputUnavailableError(f"{path} is a directory: name the files in it, or quote a glob") from None
        raise InputUnavailableError(f"{path}: {error.strerror or error}") from None


def decode_stream(stream: Readable, troubles: list[str]) -> Iterator[Piece]:
    """The text of a stream, which is read only once."""
    return _decode(stream, None, troubles)


def decode_bytes(content: bytes, troubles: list[str]) -> Iterator[Piece]:
    """The text of bytes."""
    return _decode(io.BytesIO(content), lambda start, size, _: content[start : start + size], troubles)


def decode_text(text: str) -> Iterator[Piece]:
    """The pieces of a text that is already decoded."""
    if not text or text.isspace():
        _refuse_empty()
    start = int(text.startswith("\ufeff"))
    stream = Encoded(text[place : place + PIECE_BYTES] for place in range(start, len(text), PIECE_BYTES))
    return _pieces(stream.read(PIECE_BYTES), stream, 0, None)


def _refuse_empty() -> NoReturn:
    raise UnreadableInputError("the input is empty: was the server reached, and did it answer?")


class _Again:
    """Reads a range of a file again, without keeping the file open; a log may have grown meanwhile."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()  # the working directory may be another then

    def __call__(self, start: int, size: int, checksum: int) -> bytes:
        """The bytes; raises InputUnavailableError if others stand there now."""
        try:
            with self.path.open("rb") as file:
                file.seek(start)
                content = file.read(size)
        except OSError:
            content = b""
        if crc32(content) != checksum:
            raise InputUnavailableError(
                f"{self.path} has changed or is gone since it was read, and arguments are read from it again: "
                "give a copy that stays as it is, or the file's bytes"
            )
        return content


def _decode(stream: Readable, again: Again | None, troubles: list[str]) -> Iterator[Piece]:
    head = stream.read(PIECE_BYTES)
    if head.startswith(GZIP_MAGIC):
        stream, again = Unpacked(head, stream, troubles), None
        head = _first_unpacked(stream, troubles)
    if encoding := _wide_encoding(head):
        stream, again = Encoded(_decoded(head, stream, encoding)), None
        head = stream.read(PIECE_BYTES)
    start = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    if not head[start:].strip() and len(head) < PIECE_BYTES:
        _refuse_empty()
    refuse_packed(head)
    if _is_command_line(head):
        raise UnreadableInputError(COMMAND_LINE)
    if head.startswith(b"go 1.") and b" trace\x00" in head[:32]:
        raise UnreadableInputError(EXECUTION_TRACE)
    if _is_binary(head):
        raise BinaryInputError(FORGOTTEN_DEBUG, head + stream.read(MOST_BINARY_BYTES))
    if b"\x00" in head:
        troubles.append(NUL_BYTES)
        stream, again, head = WithoutNuls(stream), None, head.replace(b"\x00", b"")
        if not head.strip() and not (head := stream.read(PIECE_BYTES)):
            _refuse_empty()
    yield from _pieces(head[start:], stream, start, again)


def _first_unpacked(stream: Unpacked, troubles: list[str]) -> bytes:
    """The first unpacked bytes; raises UnreadableInputError if the gzip data breaks off before there are any."""
    head = stream.read(PIECE_BYTES)
    if not head and troubles:
        raise UnreadableInputError(BROKEN_GZIP)
    return head


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32, by a byte order mark or by the NULs in ASCII text; None if neither.

    PowerShell's `>` writes UTF-16.
    """
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-16-le", "utf-16-be"):  # the text above the first dump need not be ASCII
        place = head.find("goroutine ".encode(encoding))
        if place >= 0 and not place % 2 and b"goroutine " not in head and head.count(b"\x00") > len(head) // 4:
            return encoding
    sample = head[:200]
    if len(sample) >= 8:  # noqa: PLR2004 - fewer bytes prove nothing
        if all(sample[:8:4]) and not any(sample[1:4] + sample[5:8]):
            return "utf-32-le"
        if not any(sample[::2]) and all(sample[1::2]):
            return "utf-16-be"
        if all(sample[::2]) and not any(sample[1::2]):
            return "utf-16-le"
    return None


def _is_command_line(head: bytes) -> bool:
    """Whether the text is words separated by NULs (net/http/pprof Cmdline), without any other control characters."""
    if b"\x00" not in head[1:LONGEST_COMMAND] or len(head) >= LONGEST_COMMAND or not head.strip(b"\x00"):
        return False
    return min(head.replace(b"\x00", b" ")) >= 32  # noqa: PLR2004


def _is_binary(head: bytes) -> bool:
    """Whether the input is a profile.proto: it has many control characters, unlike any text."""
    sample = head[:512]
    odd = sum(0 < byte < 9 or 14 <= byte < 27 for byte in sample)  # noqa: PLR2004 - ESC (27) begins colours
    return odd * 20 > len(sample)


def _decoded(head: bytes, stream: Readable, encoding: str) -> Iterator[str]:
    """The text of a stream in another encoding than UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    chunk = head
    while chunk:
        yield decoder.decode(chunk)
        chunk = stream.read(PIECE_BYTES)
    yield decoder.decode(b"", final=True)


def _pieces(head: bytes, stream: Readable, start: int, again: Again | None) -> Iterator[Piece]:
    """UTF-8 text, cut behind blank lines; bytes that are not UTF-8 are kept as surrogates.

    A small text stays in one piece to its end, because a dump may go on behind prose that follows a blank line.
    """
    line, parts, chunk = 1, [head] if head else [], head
    while parts:
        size = sum(map(len, parts))
        is_in_line = b"\n" not in chunk and size <= LONGEST_RECORD_BYTES  # a very long line has no place to cut
        if chunk and (size < PIECE_BYTES or is_in_line):
            end = 0
        else:
            parts = [content := parts[0] if len(parts) == 1 else b"".join(parts)]
            end = _cut_place(content, last=not chunk)
        if not end:
            chunk = stream.read(PIECE_BYTES)
            parts += [chunk] if chunk else []
            continue
        taken = memoryview(content)[:end]  # a slice of bytes would be a copy
        text = _text(taken)
        reload = None if again is None else _reloader(again, start, taken)
        line_ends = text.count("\n")
        yield Piece(text, line, reload=reload, known_line_ends=line_ends)
        line += line_ends
        start += end
        chunk = stream.read(PIECE_BYTES) if chunk else b""
        parts = [part for part in (content[end:], chunk) if part]


def _cut_place(content: bytes, *, last: bool) -> int:
    """Where a piece should end: behind a blank line, else behind a line; 0 if more has to be read first."""
    if last:
        return len(content)
    blank = content.rfind(b"\n\n")
    if blank >= 0:
        above = content[content.rfind(b"\n", 0, blank) + 1 : blank][:LONGEST_HEADLINE]
        goes_on = any(word in above for word in _HEADLINES)
        # Cut earlier rather than read on: the piece would grow with each report at its end.
        if goes_on and (end := _behind_stack(content) or content.rfind(b"\n\n", 0, blank) + 2) > 1:
            return end
        return blank + 2
    blank = content.rfind(b"\n\r\n")
    if blank >= 0:
        return blank + 3
    if len(content) < 2 * PIECE_BYTES:
        return 0
    line = _behind_stack(content) or content.rfind(b"\n") + 1
    return line or (len(content) if len(content) > LONGEST_RECORD_BYTES else 0)


def _behind_stack(content: bytes) -> int:
    """The end of the last stack that surely ends near the end of `content`; 0 if there is none."""
    last = None
    for last in _BELOW_STACK.finditer(content, max(len(content) - LONGEST_STACK, 0)):  # noqa: B007
        pass
    return last.end() if last else 0


def _text(content: bytes | memoryview) -> str:
    text = str(content, "utf-8", "surrogateescape")
    return text.replace("\r\n", "\n") if "\r" in text else text


def _reloader(again: Again, start: int, content: memoryview) -> Callable[[], str]:
    size, checksum = len(content), crc32(content)
    return lambda: _text(again(start, size, checksum))
