r"""Reads the output of `go tool pprof -raw` into the record that the profile's debug=1 text would give.

Samples:
goroutineleak/count
         12: 1 2
Locations
     1: 0x48d929 M=1 runtime.gopark /usr/local/go/src/runtime/proc.go:474:0 s=457
     2: 0x72c80e M=1 example.com/shop.park /src/shop/park.go:119:0 s=118
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from debugtext.formats.grammar import terminal
from debugtext.formats.pprof._profile_proto import ProtoLine, ProtoLocation, ProtoProfile, ProtoSample
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture, Problem
from debugtext.records.samples import SampleKind

line_of = partial(terminal, "pprof_raw")

MOST_LINES_ABOVE = 4
"""How far above the samples the period is looked for."""
DEFAULT = "[dflt]"
"""Marks the kind of number that pprof shows by default."""
DIFFERENCE = "a number below zero: the profile compares two (-base or -diff_base); such samples are left out"
CUT_OFF = "the locations are missing: which functions these stacks have is not known"


def recognizes(line: str) -> bool:
    """Whether a line is the heading of the samples."""
    return line_of("SAMPLES").fullmatch(line + "\n") is not None


def parse(cursor: Cursor) -> Capture | None:
    """Reads one profile, up to its mappings; None if the kinds of numbers do not stand below the heading."""
    period, first_line = _period(cursor)
    cursor.skip_line()
    kinds = line_of("KINDS").fullmatch(cursor.line() + "\n") if cursor.more() else None
    if kinds is None:
        return None
    cursor.skip_line()
    reader = _Reader(cursor)
    reader.read()
    profile = reader.profile(kinds["kinds"].split(), period)
    if profile is None:
        return None
    from debugtext.formats.pprof.binary_profile import capture_of  # noqa: PLC0415 - few texts are from pprof

    cut_off = () if reader.lines else (Problem(reader.last_line, CUT_OFF, "Locations"),)
    problems = (*((Problem(reader.below_zero, DIFFERENCE),) if reader.below_zero else ()), *cut_off)
    found = capture_of(profile)
    return replace(found, first_line=first_line, last_line=reader.last_line, problems=problems, truncated=bool(cut_off))


def _period(cursor: Cursor) -> tuple[int, int]:
    """The period above the samples (the sampling rate of a heap profile), and its line; 0 if there is none."""
    index = cursor.index_at(cursor.position)
    for above in range(index - 1, max(index - 1 - MOST_LINES_ABOVE, -1), -1):
        if match := line_of("PERIOD").fullmatch(cursor.lines()[above] + "\n"):
            return int(match["period"]), cursor.piece.line_at(above)
    return 0, cursor.line_number()


class _Reader:
    """Reads the samples, and then the locations to which they refer."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._samples: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        self._labels: dict[int, list[tuple[str, str]]] = {}
        self._addresses: dict[int, int] = {}
        self.lines: dict[int, list[ProtoLine]] = {}
        """The functions of each location, the innermost first."""
        self.last_line = cursor.line_number()
        self.below_zero = 0
        """The line of the first sample with a number below zero."""

    def read(self) -> None:
        """Reads lines up to the first one that is not part of a profile."""
        take, latest = self._take_sample, -1
        while self._cursor.more():
            line = self._cursor.line() + "\n"
            if line_of("LOCATIONS").fullmatch(line):
                take = self._take_location
            elif line_of("MAPPINGS").fullmatch(line):
                take = self._take_mapping
            else:
                taken = take(line, latest)
                if taken is None:
                    break
                latest = taken
            self.last_line = self._cursor.line_number()
            self._cursor.skip_line()

    def _take_sample(self, line: str, latest: int) -> int | None:
        if match := line_of("SAMPLE").fullmatch(line):
            values, locations = (tuple(map(int, match[part].split())) for part in ("values", "locations"))
            if min(values) < 0:
                self.below_zero = self.below_zero or self._cursor.line_number()
            self._samples.append((values, locations))
            return len(self._samples) - 1
        match = line_of("LABELS").fullmatch(line) if self._samples else None
        if match is None:
            return None
        self._labels.setdefault(latest, []).extend(_labels(match["labels"]))
        return latest

    def _take_location(self, line: str, latest: int) -> int | None:
        if match := line_of("LOCATION").fullmatch(line):
            latest = int(match["location"])
            self._addresses[latest], self.lines[latest] = int(match["address"], 16), []
            if match["inner"]:
                self.lines[latest].append(_line(match["inner"], match["inner_line"]))
            return latest
        match = line_of("OUTER").fullmatch(line) if self.lines else None
        if match is None:
            return None
        self.lines[latest].append(_line(match["outer"], match["outer_line"]))
        return latest

    def _take_mapping(self, line: str, latest: int) -> int | None:
        return latest if line_of("MAPPING").fullmatch(line) else None

    def profile(self, kinds: list[str], period: int) -> ProtoProfile | None:
        """The profile; None if it has no sample, or a sample does not have one value for each kind."""
        if not self._samples or any(len(values) != len(kinds) for values, _ in self._samples):
            return None
        locations = {
            number: ProtoLocation(self._addresses.get(number, 0), tuple(self.lines.get(number, ())))
            for _, numbers in self._samples
            for number in numbers
        }
        samples = tuple(
            ProtoSample(tuple(map(locations.__getitem__, numbers)), values, *self._labels_of(index))
            for index, (values, numbers) in enumerate(self._samples)
            if min(values) >= 0
        )
        default = next((kind.partition("/")[0] for kind in kinds if kind.endswith(DEFAULT)), "")
        named = tuple(SampleKind(*kind.removesuffix(DEFAULT).split("/")) for kind in kinds)
        return ProtoProfile(named, samples, period, default)

    def _labels_of(self, index: int) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, int], ...]]:
        """The labels of a sample, and its numbers: `bytes` is the size of the objects in a heap profile."""
        pairs = self._labels.get(index, [])
        sizes = tuple((key, int(value)) for key, value in pairs if key == "bytes" and value.isdecimal())
        return tuple(pair for pair in pairs if pair[0] != "bytes"), sizes


def _labels(text: str) -> Iterator[tuple[str, str]]:
    """The keys and values of `shop:[a b] bytes:[16384]`; what is cut off before its "]" is left out."""
    for label in text.split("]")[:-1]:
        before, sign, value = label.partition(":[")
        if sign and (key := before.rpartition("[")[2].strip()):
            yield key, value


def _line(text: str, number: str) -> ProtoLine:
    """A function and its file, which may hold blanks if it begins with a slash."""
    function, slash, file = text.partition(" /")
    if not slash:
        function, _, file = text.rpartition(" ")
    return ProtoLine(function or file, f"/{file}" if slash else file, int(number))
