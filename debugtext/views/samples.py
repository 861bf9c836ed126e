"""The table from which every view starts: stacks of locations with their numbers and labels."""

from dataclasses import dataclass

from debugtext.records.frames import Frame
from debugtext.records.goroutines import Labels
from debugtext.records.samples import SampleKind

BASE_LABEL = "pprof::base", "true"
"""The label that `--diff-base` gives to samples of the base, as in pprof (google/pprof internal/driver/fetch.go)."""


@dataclass(frozen=True, slots=True)
class Location:
    """One address of a stack and its frames: the inlined ones first, the physical function last.

    There are no frames if the address has no symbol. `address` is 0 if the text prints none, as tracebacks do.
    """

    frames: tuple[Frame, ...]
    address: int = 0


@dataclass(frozen=True, slots=True)
class NumericLabel:
    """A label that is a number, such as the size of the objects of a heap sample: `bytes`, 48."""

    key: str
    value: int
    unit: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One stack, leaf first, with a number for each kind."""

    locations: tuple[Location, ...]
    values: tuple[int, ...]
    labels: Labels = ()
    numbers: tuple[NumericLabel, ...] = ()

    @property
    def is_base(self) -> bool:
        """Whether the sample belongs to the base profile, to which percentages refer."""
        return BASE_LABEL in self.labels


@dataclass(frozen=True, slots=True)
class SampleTable:
    """A profile as a table: its kinds of numbers, its samples, and the kind to show if the user asks for none."""

    kinds: tuple[SampleKind, ...]
    samples: tuple[Sample, ...]
    default_kind: SampleKind

    def number_units(self) -> dict[str, str]:
        """The unit of each numeric label: the first that a sample states, else the one that its name implies."""
        units: dict[str, str] = {}
        for sample in self.samples:
            for number in sample.numbers:
                if not units.get(number.key):
                    units[number.key] = number.unit
        implied = {"alignment": "bytes", "request": "bytes"}
        return {key: unit or implied.get(key, key) for key, unit in units.items()}


def merged(samples: tuple[Sample, ...]) -> tuple[Sample, ...]:
    """The samples, those with equal stacks and labels added up, without those whose sums are all 0."""
    sums: dict[tuple[object, ...], tuple[Sample, list[int]]] = {}
    for sample in samples:
        key = (sample.locations, sample.labels, sample.numbers)
        found = sums.get(key)
        if found is None:
            sums[key] = sample, list(sample.values)
        else:
            for index, value in enumerate(sample.values):
                found[1][index] += value
    return tuple(
        Sample(sample.locations, tuple(values), sample.labels, sample.numbers)
        for sample, values in sums.values()
        if any(values)
    )
