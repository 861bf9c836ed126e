"""The labels of a profile and the weight of each value, as `go tool pprof -tags` prints them."""

from collections.abc import Iterator

from debugtext.renderers.untrusted import one_line
from debugtext.views.options import ViewOptions
from debugtext.views.samples import SampleTable
from debugtext.views.selection import Selection
from debugtext.views.tags import LabelValues, labels_of
from debugtext.views.units import in_unit, percentage


def render_tags(table: SampleTable, options: ViewOptions) -> str:
    """A paragraph for each label; empty if no sample has labels."""
    selection, labels = labels_of(table, options)
    return "".join(f"{line}\n" for label in labels for line in _paragraph(label, selection, options))


def _paragraph(label: LabelValues, selection: Selection, options: ViewOptions) -> Iterator[str]:
    """The label's total, a line for each value, an empty line; numbers are aligned to the right, at their colons."""
    unit, total = selection.kind.unit, selection.total

    def share(weight: int) -> str:
        return f" ({percentage(weight, total)})" if total > 0 else ""

    numbers = [f"{in_unit(weight, unit, options.unit)}{share(weight)}:" for _, weight in label.values]
    name = f"{one_line(label.key)}:"
    width = max((len(number) for number in numbers), default=0)
    totals = f"{in_unit(label.total, unit, options.unit)} of {in_unit(total, unit, options.unit)}{share(label.total)}"
    yield f" {name} Total {totals}"
    for number, (value, _) in zip(numbers, label.values, strict=True):
        yield f"{'':{len(name) + 1}} {number:>{width}} {one_line(value)}"
    yield ""
