"""Every stack of a profile with its labels and its number, as `go tool pprof -traces` prints it."""

from collections.abc import Iterator

from debugtext.renderers.untrusted import one_line
from debugtext.views.options import ViewOptions
from debugtext.views.places import places_of
from debugtext.views.samples import Sample, SampleTable
from debugtext.views.selection import Selection, select
from debugtext.views.units import in_unit

_SEPARATOR = "-----------+-------------------------------------------------------"


def render_traces(table: SampleTable, options: ViewOptions) -> str:
    """The stacks in the order of the table, without those that have no frames."""
    selection = select(table, options)
    units = table.number_units()
    lines = [f"Type: {one_line(selection.kind.name)}"]
    for sample in selection.samples:
        frames = list(_frames(sample, options))
        if frames:
            lines += [_SEPARATOR, *_labels(sample, units), *_stack(sample, selection, options, frames)]
    return "\n".join([*lines, _SEPARATOR]) + "\n"


def _frames(sample: Sample, options: ViewOptions) -> Iterator[str]:
    for location in sample.locations:
        places = places_of(location, options.granularity)
        if options.noinlines:
            places = places[-1:]
        for position, place in enumerate(places):
            yield one_line(place.name) + (" (inline)" if position < len(places) - 1 else "")


def _labels(sample: Sample, units: dict[str, str]) -> list[str]:
    """The lines of the labels, then those of the numeric labels; values of the same name share a line."""
    texts: dict[str, list[str]] = {}
    for key, value in sample.labels:
        texts.setdefault(key, []).append(value)
    numbers: dict[str, list[str]] = {}
    for number in sample.numbers:
        numbers.setdefault(number.key, []).append(in_unit(number.value, units[number.key]))
    return [
        f"{one_line(key):>10}:  {one_line(' '.join(values))}"
        for group in (texts, numbers)
        for key, values in sorted(group.items(), key=lambda item: f"{item[0]:>10}:  {' '.join(item[1])}")
    ]


def _stack(sample: Sample, selection: Selection, options: ViewOptions, frames: list[str]) -> Iterator[str]:
    value = in_unit(sample.values[selection.index], selection.kind.unit, options.unit)
    for frame in frames:
        yield f"{value:>10}   {frame}"
        value = ""
