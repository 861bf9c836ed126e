"""profile.proto, compressed with gzip, which `go tool pprof`, speedscope, Pyroscope and others open.

See https://github.com/google/pprof/blob/main/proto/profile.proto. It has functions and lines, so that the program's
binary is not needed.
"""

import gzip
from collections.abc import Iterator

from debugtext.converters._wire import bytes_field, number_field, packed_field
from debugtext.records.captures import Capture
from debugtext.records.contention import ContentionProfile
from debugtext.records.frames import Frame
from debugtext.records.heap import HeapProfile
from debugtext.records.samples import SampleKind
from debugtext.views.from_records import capture_table
from debugtext.views.samples import Location, Sample, SampleTable

_PAGE = 4096
_HIGHEST = (1 << 64) - _PAGE
_MAPPING_ID = 1


def convert(capture: Capture, kind: str = "") -> Iterator[bytes]:
    """The whole profile with all kinds of numbers; readers show `kind` first."""
    table = capture_table(capture)
    period = _period(capture, table)
    message = _Message().profile(table, *period, default=kind or _default(table))
    yield gzip.compress(message, mtime=0)


def _default(table: SampleTable) -> str:
    """The name of the default kind; empty for the last kind, which readers show anyway."""
    return "" if table.default_kind == table.kinds[-1] else table.default_kind.name


def _period(capture: Capture, table: SampleTable) -> tuple[SampleKind, int]:
    """The kind and number of what one sample stands for, as Go writes them: bytes between heap samples, else 1."""
    if isinstance(capture.body, HeapProfile):
        return SampleKind("space", "bytes"), capture.body.rate
    if isinstance(capture.body, ContentionProfile):
        return SampleKind("contentions", "count"), 1
    return table.kinds[0], 1


class _Message:
    """One profile.proto message while it is written: tables of strings, functions and locations."""

    def __init__(self) -> None:
        self._strings: dict[str, int] = {"": 0}
        self._functions: dict[tuple[str, str], int] = {}
        self._locations: dict[Location, int] = {}
        self._parts: list[bytes] = []

    def profile(self, table: SampleTable, period_kind: SampleKind, period: int, default: str) -> bytes:
        """The bytes of the message."""
        parts = self._parts
        parts += (bytes_field(1, self._kind(kind)) for kind in table.kinds)
        parts += (bytes_field(2, self._sample(sample)) for sample in table.samples)
        parts.append(bytes_field(3, self._mapping()))
        parts.append(bytes_field(11, self._kind(period_kind)))
        parts.append(number_field(12, period))
        parts.append(number_field(14, self._string(default)))
        parts += (bytes_field(6, text.encode("utf-8", "surrogateescape")) for text in self._strings)
        return b"".join(parts)

    def _kind(self, kind: SampleKind) -> bytes:
        return number_field(1, self._string(kind.name)) + number_field(2, self._string(kind.unit))

    def _sample(self, sample: Sample) -> bytes:
        labels = (
            number_field(1, self._string(key)) + number_field(2, self._string(text)) for key, text in sample.labels
        )
        numbers = (
            number_field(1, self._string(one.key))
            + number_field(3, one.value)
            + number_field(4, self._string(one.unit))
            for one in sample.numbers
        )
        return (
            packed_field(1, map(self._location, sample.locations))
            + packed_field(2, sample.values)
            + b"".join(bytes_field(3, label) for label in (*labels, *numbers))
        )

    def _location(self, location: Location) -> int:
        known = self._locations.get(location)
        if known is None:
            known = self._locations[location] = len(self._locations) + 1
            lines = (
                bytes_field(4, number_field(1, self._function(frame)) + number_field(2, frame.line or 0))
                for frame in location.frames
            )
            head = number_field(1, known) + number_field(2, _MAPPING_ID) + number_field(3, location.address)
            self._parts.append(bytes_field(4, head + b"".join(lines)))
        return known

    def _function(self, frame: Frame) -> int:
        key = (frame.function, frame.file or "")
        known = self._functions.get(key)
        if known is None:
            known = self._functions[key] = len(self._functions) + 1
            name, file = self._string(key[0]), self._string(key[1])
            fields = (1, known), (2, name), (3, name), (4, file)
            self._parts.append(bytes_field(5, b"".join(number_field(field, number) for field, number in fields)))
        return known

    def _mapping(self) -> bytes:
        """One mapping around all addresses, marked as symbolized: otherwise pprof would look for the binary."""
        addresses = [location.address for location in self._locations] or [0]
        start = min(addresses) // _PAGE * _PAGE
        end = min(max(addresses) // _PAGE * _PAGE + _PAGE, _HIGHEST)
        symbolized = b"".join(number_field(field, 1) for field in (7, 8, 9, 10))
        return number_field(1, _MAPPING_ID) + number_field(2, start) + number_field(3, end) + symbolized

    def _string(self, text: str) -> int:
        return self._strings.setdefault(text, len(self._strings))
