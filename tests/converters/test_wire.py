"""Numbers on the wire, written and read again."""

from hypothesis import given
from hypothesis import strategies as st

from debugtext.converters._wire import bytes_field, number_field, packed_field, varint
from debugtext.formats.pprof._protobuf import content, fields, number, packed, signed

INT64 = st.integers(-(1 << 63), (1 << 63) - 1)


def test_numbers_are_written_as_the_protocol_says():
    assert varint(1) == b"\x01"
    assert varint(300) == b"\xac\x02"
    assert varint(-1) == b"\xff" * 9 + b"\x01"
    assert number_field(1, 0) == b""
    assert bytes_field(2, b"testing") == b"\x12\x07testing"
    assert packed_field(4, [3, 270, 86942]) == b"\x22\x06\x03\x8e\x02\x9e\xa7\x05"


@given(INT64)
def test_a_number_is_read_as_it_was_written(value):
    """signed(written) = value, for every int64."""
    found = list(fields(memoryview(number_field(3, value))))
    assert [(field, signed(one)) for field, one in found] == ([(3, value)] if value else [])


@given(st.lists(st.integers(0, (1 << 64) - 1)))
def test_packed_numbers_are_read_as_they_were_written(values):
    """packed(written) = values, for every list of uint64."""
    found = [packed(one) for _, one in fields(memoryview(packed_field(1, values)))]
    assert found == ([values] if values else [])


@given(st.binary(), st.integers(1, 1000))
def test_fields_follow_one_another(text, value):
    message = bytes_field(6, text) + number_field(12, value)
    (first, one), (second, other) = fields(memoryview(message))
    assert (first, bytes(content(one)), second, number(other)) == (6, text, 12, value)
