"""Writes protocol buffers: a message is its fields, one after the other.

See https://protobuf.dev/programming-guides/encoding. As in proto3, fields that are zero are left out.
"""

from collections.abc import Iterable

_VARINT, _LENGTH = 0, 2


def varint(number: int) -> bytes:
    """A 64-bit number as bytes of seven bits each, the lowest bits first; negative numbers in two's complement."""
    number &= (1 << 64) - 1
    parts = bytearray()
    while number > 0x7F:  # noqa: PLR2004 - the high bit says that more follows
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    parts.append(number)
    return bytes(parts)


def number_field(field: int, number: int) -> bytes:
    """A field with a number; empty for 0."""
    return varint(field << 3 | _VARINT) + varint(number) if number else b""


def bytes_field(field: int, content: bytes) -> bytes:
    """A field with a string, or with a message inside this message."""
    return varint(field << 3 | _LENGTH) + varint(len(content)) + content


def packed_field(field: int, numbers: Iterable[int]) -> bytes:
    """A field with several numbers; empty if there are none."""
    content = b"".join(map(varint, numbers))
    return bytes_field(field, content) if content else b""
