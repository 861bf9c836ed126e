"""A profile less another one: `--base` subtracts, `--diff-base` also takes percentages of the base alone."""

from dataclasses import replace

from debugtext.errors import SettingsError
from debugtext.views.samples import BASE_LABEL, SampleTable, merged


def subtract(table: SampleTable, base: SampleTable, *, diff: bool = False) -> SampleTable:
    """The samples of both, the base's negative; equal stacks with equal labels are added up, but not for a diff.

    So pprof does it (google/pprof internal/driver/fetch.go): equal means the same addresses, and of another build of
    the program nothing is equal; then flat and cum are right, but the total counts both profiles. Raises SettingsError
    for profiles of two kinds.
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
