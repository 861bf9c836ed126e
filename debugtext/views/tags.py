"""The weight of each label and value in a profile, for `tags` (google/pprof internal/report/report.go printTags)."""

from dataclasses import dataclass

from debugtext.views.options import ViewOptions
from debugtext.views.samples import SampleTable
from debugtext.views.selection import Selection, select
from debugtext.views.units import in_unit


@dataclass(frozen=True, slots=True)
class LabelValues:
    """One label: the total weight of its samples, and its values with their weights, the heaviest first."""

    key: str
    total: int
    values: tuple[tuple[str, int], ...]


def labels_of(table: SampleTable, options: ViewOptions) -> tuple[Selection, tuple[LabelValues, ...]]:
    """The selection and its labels, by name; numeric values are in the unit that the options ask for."""
    selection = select(table, options)
    units = table.number_units()
    weights: dict[str, dict[str, int]] = {}
    for sample in selection.samples:
        numbers = ((one.key, in_unit(one.value, units[one.key], options.unit)) for one in sample.numbers)
        for key, value in (*sample.labels, *numbers):
            values = weights.setdefault(key, {})
            values[value] = values.get(value, 0) + sample.values[selection.index]
    return selection, tuple(_label(key, weights[key]) for key in sorted(weights))


def _label(key: str, values: dict[str, int]) -> LabelValues:
    heaviest_first = sorted(values.items(), key=lambda item: (-abs(item[1]), item[0]))
    return LabelValues(key, sum(values.values()), tuple(heaviest_first))
