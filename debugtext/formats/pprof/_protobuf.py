"""Reads the wire format of protocol buffers, and checks all lengths: fields of a message, numbers, packed numbers.

https://protobuf.dev/programming-guides/encoding: a field is a varint `number << 3 | type`, then a varint, eight or four
bytes, or a length and as many bytes.
"""

from collections.abc import Iterator

from debugtext.errors import UnreadableInputError

_VARINT, _EIGHT_BYTES, _LENGTH, _FOUR_BYTES = 0, 1, 2, 5
_LONGEST_VARINT = 10
Value = int | memoryview


def fields(message: memoryview) -> Iterator[tuple[int, Value]]:
    """Each field's number, and its varint or bytes; raises UnreadableInputError if the bytes are no message."""
    position, end = 0, len(message)
    while position < end:
        key, position = _varint(message, position)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, position = _varint(message, position)
            yield number, value
            continue
        if kind == _LENGTH:
            size, position = _varint(message, position)
        elif kind in (_EIGHT_BYTES, _FOUR_BYTES):
            size = 8 if kind == _EIGHT_BYTES else 4
        else:
            raise UnreadableInputError(f"the binary profile is broken: wire type {kind}")
        if number == 0 or size > end - position:
            raise UnreadableInputError("the binary profile is broken or cut off: a field reaches behind its end")
        yield number, message[position : position + size]
        position += size


def number(value: Value) -> int:
    """The unsigned number of a varint field."""
    if isinstance(value, int):
        return value
    raise UnreadableInputError("the binary profile is broken: bytes where a number belongs")


def signed(value: Value) -> int:
    """The number of an int64 field, which is written in two's complement."""
    unsigned = number(value)
    return unsigned - (1 << 64) if unsigned >> 63 else unsigned


def content(value: Value) -> memoryview:
    """The bytes of a string, message or packed field."""
    if isinstance(value, int):
        raise UnreadableInputError("the binary profile is broken: a number where bytes belong")
    return value


def packed(value: Value) -> list[int]:
    """The unsigned numbers of a repeated field, packed or one by one."""
    if isinstance(value, int):
        return [value]
    numbers, position = [], 0
    while position < len(value):
        found, position = _varint(value, position)
        numbers.append(found)
    return numbers


def _varint(message: memoryview, position: int) -> tuple[int, int]:
    """The varint at a position, and the position behind it."""
    result = shift = 0
    for byte in message[position : position + _LONGEST_VARINT]:
        position += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004 - the high bit says that more follows
            if result >> 64:
                break
            return result, position
        shift += 7
    raise UnreadableInputError("the binary profile is broken or cut off: a number does not end")
