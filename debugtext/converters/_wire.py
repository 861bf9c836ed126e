"""Protocol buffers on the wire, written: a message is its fields one after the other.

https://protobuf.dev/programming-guides/encoding; zeros are left out, as proto3 does.
"""

from collections.abc import Iterable

_VARINT, _LENGTH = 0, 2


def varint(number: int) -> bytes:
    """A number of 64 bits, seven in a byte, the lowest first; a negative one in two's complement."""
    number &= (1 << 64) - 1
    parts = bytearray()
    while number > 0x7F:  # noqa: PLR2004 - the high bit says that more follows
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    parts.append(number)
    return bytes(parts)


def number_field(field: int, number: int) -> bytes:
    """A number; nothing for 0."""
    return varint(field << 3 | _VARINT) + varint(number) if number else b""


def bytes_field(field: int, content: bytes) -> bytes:
    """A string or a message inside a message."""
    return varint(field << 3 | _LENGTH) + varint(len(content)) + content


def packed_field(field: int, numbers: Iterable[int]) -> bytes:
    """A repeated number; nothing for none."""
    content = b"".join(map(varint, numbers))
    return bytes_field(field, content) if content else b""
