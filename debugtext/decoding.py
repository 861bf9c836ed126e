"""Bytes to text: gzip, byte order marks, UTF-16 and CRLF are taken off, and the text comes in pieces of whole lines.

What is wrong and yet leaves something to read (a gzip file that ends early) is added to `troubles`.
"""

import codecs
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn, Protocol

from debugtext.errors import BinaryInputError, InputUnavailableError, UnreadableInputError
from debugtext.text import Piece


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


PIECE_BYTES = 1 << 20
LONGEST_RECORD_BYTES = 64 << 20
MOST_UNPACKED_BYTES = 4 << 30
SURE_UNPACKED_BYTES = 16 << 20
MOST_TIMES_UNPACKED = 500  # dumps of one stack alone do not shrink so far
MOST_BINARY_BYTES = 64 << 20
LONGEST_COMMAND = 1 << 16
GZIP_MAGIC = b"\x1f\x8b"

FORGOTTEN_DEBUG = (
    "this is a binary profile: fetch it again with ?debug=1 (or ?debug=2 for goroutines), "
    "or look at it with `debugtext top`"
)


COMMAND_LINE = "this is the answer of /debug/pprof/cmdline: fetch heap?debug=1 or goroutine?debug=2 instead"
EXECUTION_TRACE = (
    "this is an execution trace, which is binary: look at it with `go tool trace`; a text is goroutine?debug=2"
)


def decode_path(path: Path, troubles: list[str]) -> Iterator[Piece]:
    """The text of a file; raises InputUnavailableError where it cannot be opened."""
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


def decode_stream(stream: _Readable, troubles: list[str]) -> Iterator[Piece]:
    """The text of a stream that can be read once."""
    return _decode(stream, None, troubles)


def decode_bytes(content: bytes, troubles: list[str]) -> Iterator[Piece]:
    """The text of bytes."""
    return _decode(io.BytesIO(content), lambda start, size: content[start : start + size], troubles)


def decode_text(text: str) -> Iterator[Piece]:
    """Text that is decoded already."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not text.strip():
        _refuse_empty()
    return _cut(iter((text,)), None)


def _refuse_empty() -> NoReturn:
    raise UnreadableInputError("the input is empty: was the server reached, and did it answer?")


class _Again:
    """Reads a range of a file once more, without keeping it open."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, start: int, size: int) -> bytes:
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read(size)


def _decode(stream: _Readable, again: Callable[[int, int], bytes] | None, troubles: list[str]) -> Iterator[Piece]:
    head = stream.read(PIECE_BYTES)
    if head.startswith(GZIP_MAGIC):
        stream, again = _Unpacked(head, stream, troubles), None
        head = stream.read(PIECE_BYTES)
    start = 0
    if head.startswith(codecs.BOM_UTF8):
        start = len(codecs.BOM_UTF8)
    elif encoding := _wide_encoding(head):
        yield from _cut(_transcoded(head, stream, encoding), None)
        return
    if not head[start:].strip() and len(head) < PIECE_BYTES:
        raise UnreadableInputError("the input is empty: was the server reached, and did it answer?")
    if _is_command_line(head):
        raise UnreadableInputError(COMMAND_LINE)
    if head.startswith(b"go 1.") and b" trace\x00" in head[:32]:
        raise UnreadableInputError(EXECUTION_TRACE)
    if _is_binary(head):
        raise BinaryInputError(FORGOTTEN_DEBUG, head + stream.read(MOST_BINARY_BYTES))
    yield from _pieces(head[start:], stream, start, again)


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 by its byte order mark, or by the NULs that ASCII has in it (PowerShell's `>` writes it); UTF-32."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
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
    """Words with NULs between them (net/http/pprof Cmdline), and nothing else that is not printed."""
    return b"\x00" in head[1:LONGEST_COMMAND] and len(head) < LONGEST_COMMAND and min(head.replace(b"\x00", b" ")) >= 32  # noqa: PLR2004


def _is_binary(head: bytes) -> bool:
    """A profile.proto: many control characters that no text has."""
    sample = head[:512]
    odd = sum(byte < 9 or 14 <= byte < 27 for byte in sample)  # noqa: PLR2004 - ESC (27) begins colours
    return odd * 20 > len(sample)


class _Unpacked:
    """A gzip stream, unpacked as far as it is read, and no further than a bound."""

    def __init__(self, head: bytes, rest: _Readable, troubles: list[str]) -> None:
        import zlib  # noqa: PLC0415 - few inputs are packed

        self._packed = head
        self._rest = rest
        self._zlib = zlib
        self._unpack = zlib.decompressobj(wbits=31)
        self._troubles = troubles
        self._fresh = False
        self._packed_size = len(head)
        self._size = 0

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; raises UnreadableInputError at broken or boundless content."""
        parts: list[bytes] = []
        wanted = size
        while wanted > 0 and self._more():
            try:
                part = self._unpack.decompress(self._packed, wanted)
            except self._zlib.error:
                raise UnreadableInputError("the gzip data is broken: fetch or copy it again") from None
            self._packed = self._unpack.unconsumed_tail
            if self._unpack.eof:
                self._next_member(self._unpack.unused_data.lstrip(b"\x00"))
            parts.append(part)
            wanted -= len(part)
        self._size += size - wanted
        self._check_size()
        return b"".join(parts)

    def _more(self) -> bool:
        """Whether there is packed data left; a stream that ends within a member was cut off."""
        if not self._packed:
            self._packed = self._rest.read(1 << 16)
            self._packed_size += len(self._packed)
            if not self._packed and not self._fresh:
                self._troubles.append("the gzip data ends early: the rest of the text is missing")
                self._fresh = True
        if self._packed:
            self._fresh = False
        return bool(self._packed)

    def _next_member(self, packed: bytes) -> None:
        """A gzip file may have several members, one behind the other."""
        self._fresh = True
        self._unpack = self._zlib.decompressobj(wbits=31)
        if packed and not packed.startswith(GZIP_MAGIC[: len(packed)]):
            self._troubles.append("what stands behind the gzip data is no gzip: left out")
            packed, self._rest = b"", io.BytesIO()
        self._packed = packed

    def _check_size(self) -> None:
        bomb = self._size > SURE_UNPACKED_BYTES and self._size > MOST_TIMES_UNPACKED * self._packed_size
        if bomb or self._size > MOST_UNPACKED_BYTES:
            much = f"{MOST_TIMES_UNPACKED} times its size" if bomb else f"more than {MOST_UNPACKED_BYTES >> 30} GiB"
            raise UnreadableInputError(f"the gzip data unpacks to {much}: unpack it and look what it is")


def _transcoded(head: bytes, stream: _Readable, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    carriage = ""
    chunk = head
    while chunk:
        text = carriage + decoder.decode(chunk)
        carriage = "\r" if text.endswith("\r") else ""
        yield text.removesuffix(carriage).replace("\r\n", "\n") if carriage else text.replace("\r\n", "\n")
        chunk = stream.read(PIECE_BYTES)
    yield carriage + decoder.decode(b"", final=True)


def _pieces(head: bytes, stream: _Readable, start: int, again: Callable[[int, int], bytes] | None) -> Iterator[Piece]:
    """UTF-8 text, cut behind blank lines; bytes that are not UTF-8 are kept as surrogates."""
    line, rest, chunk = 1, b"", head
    while chunk or rest:
        content = rest + chunk if rest else chunk
        end = _cut_place(content, last=not chunk)
        if not end:
            rest, chunk = content, stream.read(PIECE_BYTES)
            continue
        text = _text(memoryview(content)[:end])  # a slice of bytes would be a copy
        reload = None if again is None else _reloader(again, start, end)
        line_ends = text.count("\n")
        yield Piece(text, line, reload=reload, known_line_ends=line_ends)
        line += line_ends
        start += end
        rest, chunk = content[end:], stream.read(PIECE_BYTES) if chunk else b""


def _cut_place(content: bytes, *, last: bool) -> int:
    """Where a piece should end: behind a blank line, or a line if there is none; 0 = read on."""
    if last:
        return len(content)
    blank = content.rfind(b"\n\n")
    if blank >= 0:
        return blank + 2
    blank = content.rfind(b"\n\r\n")
    if blank >= 0:
        return blank + 3
    if len(content) < 2 * PIECE_BYTES:
        return 0
    line = content.rfind(b"\n") + 1
    return line or (len(content) if len(content) > LONGEST_RECORD_BYTES else 0)


def _text(content: bytes | memoryview) -> str:
    text = str(content, "utf-8", "surrogateescape")
    return text.replace("\r\n", "\n") if "\r" in text else text


def _reloader(again: Callable[[int, int], bytes], start: int, size: int) -> Callable[[], str]:
    return lambda: _text(again(start, size))


def _cut(texts: Iterator[str], reload: None) -> Iterator[Piece]:
    """Decoded text, cut behind blank lines."""
    line, rest, empty = 1, "", True
    for text in texts:
        content = rest + text
        while len(content) > PIECE_BYTES:
            end = content.rfind("\n\n", 0, 4 * PIECE_BYTES) + 2
            if end < 2:  # noqa: PLR2004 - no blank line: a line's end will do
                end = content.rfind("\n", 0, 4 * PIECE_BYTES) + 1
            if not end:
                break
            piece, content = content[:end], content[end:]
            yield Piece(piece, line, reload=reload)
            line += piece.count("\n")
            empty = False
        rest = content
    if empty and not rest.strip():
        _refuse_empty()
    yield Piece(rest, line, reload=reload)
