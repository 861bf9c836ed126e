"""Subtracts a profile from another: `--base`, and `--diff-base`, where percentages refer to the base."""

from dataclasses import replace

from debugtext.errors import SettingsError
from debugtext.views.samples import BASE_LABEL, SampleTable, merged


def subtract(table: SampleTable, base: SampleTable, *, diff: bool = False) -> SampleTable:
    """The samples of both, those of the base negative; samples with equal stacks and labels are added up.

    If `diff`, samples of the base have a label of their own, and so are not added to others. Stacks are equal if their
    addresses are, as in pprof (google/pprof internal/driver/fetch.go): no stacks of different builds are. Then flat and
    cum are right, but the total counts both profiles. Raises SettingsError for profiles of different kinds.
    """
    if [kind.name for kind in table.kinds] != [kind.name for kind in base.kinds]:
        raise SettingsError(
            f"the base holds {_names(base)}, the profile {_names(table)}: two profiles of one kind can be compared"
        )
    mark = (BASE_LABEL,) if diff else ()
    negative = tuple(
        replace(sample, values=tuple(-value for value in sample.values), labels=(*sample.labels, *mark))
        for sample in base.samples
    )
    return replace(table, samples=merged((*table.samples, *negative)))


def _names(table: SampleTable) -> str:
    return ", ".join(kind.name for kind in table.kinds)
