"""Filters for streams of bytes: gzip is unpacked up to a limit, NULs are removed, other encodings become UTF-8.

Other compressions are refused.
"""

import io
from collections.abc import Iterator
from typing import Protocol

from debugtext.errors import UnreadableInputError


class Readable(Protocol):
    """Anything with a binary `read`: a file, a pipe, an HTTP response."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; empty only at the end."""


MOST_UNPACKED_BYTES = 4 << 30
SURE_UNPACKED_BYTES = 16 << 20
"""Up to this size the compression ratio is not checked."""
MOST_TIMES_UNPACKED = 500
"""A higher compression ratio is taken for a gzip bomb: not even a dump of one repeated stack compresses so well."""
GZIP_MAGIC = b"\x1f\x8b"
PACKED = {
    b"PK\x03\x04": ("a ZIP archive", "unzip -p"),
    b"\x28\xb5\x2f\xfd": ("packed with zstd", "zstd -dc"),
    b"\xfd7zXZ\x00": ("packed with xz", "xz -dc"),
    b"BZh": ("packed with bzip2", "bzip2 -dc"),
}
"""Compressed files that are not unpacked here: their first bytes, their name, the command that unpacks them."""


def refuse_packed(head: bytes) -> None:
    """Raises UnreadableInputError if these first bytes are of a compressed file that is not unpacked here."""
    for magic, (what, command) in PACKED.items():
        if head.startswith(magic) and (magic != b"BZh" or head[4:10] == b"1AY&SY"):
            raise UnreadableInputError(f"this is {what}: unpack it first (`{command} FILE | debugtext check -`)")


class WithoutNuls:
    """A stream whose NULs are removed: a file with holes, an archive, UTF-16 appended to other text."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; empty only at the end."""
        while content := self._stream.read(size):
            if text := content.replace(b"\x00", b""):
                return text
        return b""


class Encoded:
    """Decoded text as a stream of UTF-8, so that one function alone decides where a text is cut into pieces."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts

    def read(self, size: int, /) -> bytes:
        """At least `size` bytes, up to the end of one of the texts; fewer only at the end of the last."""
        parts: list[bytes] = []
        while sum(map(len, parts)) < size and (text := next(self._texts, None)) is not None:
            parts.append(_encoded(text))
        return b"".join(parts)


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half of a pair, as JSON may escape it
        return text.encode("utf-8", "surrogatepass")


class Unpacked:
    """A gzip stream, unpacked as it is read, up to a limit."""

    def __init__(self, head: bytes, rest: Readable, troubles: list[str]) -> None:
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
        """Up to `size` bytes; raises UnreadableInputError if the data is broken or unpacks to too much."""
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
        """Whether packed data is left; a stream that ends within a gzip member was cut off."""
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
        """Continues with the data behind a gzip member: another member, or something that is not gzip."""
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
