"""Takes apart the message profile.proto, which `go tool pprof` and a forgotten `?debug=1` save.

The fields are those of https://github.com/google/pprof/blob/main/proto/profile.proto. All sizes are limited, because
the bytes may come from anywhere.
"""

import zlib
from dataclasses import dataclass, field

from debugtext.errors import UnreadableInputError
from debugtext.formats.pprof._protobuf import Value, content, fields, number, packed, signed
from debugtext.records.samples import SampleKind

MOST_BYTES = 64 << 20
"""The largest unpacked profile."""
MOST_NUMBERS = 8_000_000
"""The largest number of fields, and of locations and values in all samples."""
LAST_FIELD = 15
"""The highest number of a field in profile.proto."""
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class ProtoLine:
    """One frame of a location."""

    function: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class ProtoLocation:
    """An address and its frames, the innermost inlined one first."""

    address: int
    lines: tuple[ProtoLine, ...]


@dataclass(frozen=True, slots=True)
class ProtoSample:
    """One stack, leaf first, with its values; `labels` are pairs of texts, `numbers` pairs of a name and a number."""

    locations: tuple[ProtoLocation, ...]
    values: tuple[int, ...]
    labels: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ProtoProfile:
    """A whole profile; `period` is the heap profile's sampling rate in bytes."""

    kinds: tuple[SampleKind, ...]
    samples: tuple[ProtoSample, ...]
    period: int
    default_kind: str = ""


@dataclass(slots=True)
class _Raw:
    """The parts of the message in their order; they may refer to parts that follow them."""

    kinds: list[memoryview] = field(default_factory=list)
    samples: list[memoryview] = field(default_factory=list)
    locations: list[memoryview] = field(default_factory=list)
    functions: list[memoryview] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    period: int = 0
    default_kind: int = 0


def parse_profile(data: bytes) -> ProtoProfile:
    """The profile in these bytes, packed by gzip or not; raises UnreadableInputError if there is none."""
    raw = _Raw()
    parts = {1: raw.kinds, 2: raw.samples, 4: raw.locations, 5: raw.functions}
    for count, (field_number, value) in enumerate(fields(memoryview(_unpacked(data)))):
        if count > MOST_NUMBERS:
            raise UnreadableInputError(f"the binary profile has more than {MOST_NUMBERS:,} parts")
        if field_number in parts:
            parts[field_number].append(content(value))
        elif field_number == 6:  # noqa: PLR2004 - string_table
            raw.strings.append(bytes(content(value)).decode("utf-8", "surrogateescape"))
        elif field_number == 12:  # noqa: PLR2004 - period
            raw.period = signed(value)
        elif field_number == 14:  # noqa: PLR2004 - default_sample_type
            raw.default_kind = number(value)
    if not raw.kinds or not raw.strings:
        raise UnreadableInputError("these bytes are no Go profile: no kind of number is named in them")
    return _Reader(raw).profile()


def begins_as_profile(data: bytes) -> bool:
    """Whether a sample_type is among the first fields, and only fields of a profile stand before it.

    Go may write the period's type and the period before it.
    """
    try:
        for field_number, value in fields(memoryview(_unpacked(data))):
            if field_number == 1:
                kind = dict(fields(content(value)))
                return bool(kind) and kind.keys() <= {1, 2} and all(isinstance(name, int) for name in kind.values())
            if field_number > LAST_FIELD:
                return False
    except UnreadableInputError:
        return False
    return False


def is_whole(data: bytes) -> bool:
    """Whether the message is not cut off, and has a sample_type and strings."""
    try:
        found = {number for number, _ in fields(memoryview(_unpacked(data)))}
    except UnreadableInputError:
        return False
    return {1, 6} <= found


def _unpacked(data: bytes) -> bytes:
    if data.startswith(_GZIP_MAGIC):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            data = unpacker.decompress(data, MOST_BYTES + 1)
        except zlib.error:
            raise UnreadableInputError(
                "the gzip data of the binary profile is broken: fetch or copy it again"
            ) from None
        if not unpacker.eof and len(data) <= MOST_BYTES:
            raise UnreadableInputError("the gzip data of the binary profile is cut off")
    if len(data) > MOST_BYTES:
        raise UnreadableInputError(f"the binary profile unpacks to more than {MOST_BYTES >> 20} MiB")
    return data


class _Reader:
    """Puts the parts together: strings, then functions, then locations, then samples."""

    def __init__(self, raw: _Raw) -> None:
        self._raw = raw
        self._left = MOST_NUMBERS
        functions = dict(self._function(message) for message in raw.functions)
        self._locations = dict(self._location(message, functions) for message in raw.locations)

    def profile(self) -> ProtoProfile:
        """The profile."""
        kinds = tuple(self._kind(message) for message in self._raw.kinds)
        samples = tuple(self._sample(message, len(kinds)) for message in self._raw.samples)
        return ProtoProfile(kinds, samples, self._raw.period, self._string(self._raw.default_kind))

    def _kind(self, message: memoryview) -> SampleKind:
        found = dict(fields(message))
        return SampleKind(self._string(found.get(1, 0)), self._string(found.get(2, 0)))

    def _function(self, message: memoryview) -> tuple[int, tuple[str, str]]:
        found = dict(fields(message))
        return number(found.get(1, 0)), (self._string(found.get(2, 0)), self._string(found.get(4, 0)))

    def _location(self, message: memoryview, functions: dict[int, tuple[str, str]]) -> tuple[int, ProtoLocation]:
        numbers, lines = {1: 0, 3: 0}, []
        for field_number, value in fields(message):
            if field_number in numbers:
                numbers[field_number] = number(value)
            elif field_number == 4:  # noqa: PLR2004 - line
                line = dict(fields(content(value)))
                function = functions.get(number(line.get(1, 0)))
                if function is not None:
                    lines.append(ProtoLine(*function, signed(line.get(2, 0))))
        return numbers[1], ProtoLocation(numbers[3], tuple(lines))

    def _sample(self, message: memoryview, kinds: int) -> ProtoSample:
        locations: list[int] = []
        values: list[int] = []
        labels, numbers = [], []
        for field_number, value in fields(message):
            if field_number == 1:
                locations += self._counted(packed(value))
            elif field_number == 2:  # noqa: PLR2004 - value
                values += self._counted(list(map(signed, packed(value))))
            elif field_number == 3:  # noqa: PLR2004 - label
                key, text, amount = self._label(content(value))
                if amount:
                    numbers.append((key, amount))
                else:
                    labels.append((key, text))
        if len(values) != kinds:
            raise UnreadableInputError("the binary profile is broken: a sample without a value for each kind")
        try:
            stack = tuple(self._locations[location] for location in locations)
        except KeyError as missing:
            raise UnreadableInputError(f"the binary profile is broken: there is no location {missing}") from None
        return ProtoSample(stack, tuple(values), tuple(labels), tuple(numbers))

    def _label(self, message: memoryview) -> tuple[str, str, int]:
        """The name of a label, its text, and its number, which is 0 for a text."""
        found = dict(fields(message))
        return self._string(found.get(1, 0)), self._string(found.get(2, 0)), signed(found.get(3, 0))

    def _string(self, value: Value) -> str:
        index = number(value)
        if index >= len(self._raw.strings):
            raise UnreadableInputError(f"the binary profile is broken: there is no string {index}")
        return self._raw.strings[index]

    def _counted(self, numbers: list[int]) -> list[int]:
        self._left -= len(numbers)
        if self._left < 0:
            raise UnreadableInputError(f"the binary profile holds more than {MOST_NUMBERS:,} numbers")
        return numbers
