"""Selects the samples of a view: the kind of numbers that the user asks for, and what the filters leave."""

from collections.abc import Callable
from dataclasses import dataclass

from debugtext.errors import SettingsError
from debugtext.records.samples import SampleKind
from debugtext.views.label_frames import labels_as_frames
from debugtext.views.name_filters import NameFilter, prune_from, show_from
from debugtext.views.options import ViewOptions
from debugtext.views.patterns import pattern
from debugtext.views.samples import Sample, SampleTable
from debugtext.views.tag_filters import filter_by_tags, labels_kept, tag_filter

Step = Callable[[tuple[Sample, ...]], tuple[tuple[Sample, ...], tuple[str, ...]]]
_PATTERNS = ("focus", "ignore", "hide", "show", "show_from", "tagshow", "taghide", "prune_from")


@dataclass(frozen=True, slots=True)
class Selection:
    """The samples that the filters leave, and the kind of numbers to show of them.

    `index` is the kind's index in the samples' values. `total` is that of all samples: percentages refer to it, as in
    pprof. `filters` are those that are set, `unmatched` those that matched nothing.
    """

    kind: SampleKind
    index: int
    total: int
    samples: tuple[Sample, ...]
    filters: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()


def select(table: SampleTable, options: ViewOptions) -> Selection:
    """The samples of the table that the options select."""
    kind = kind_named(table, options.sample_index)
    index = table.kinds.index(kind)
    samples, unmatched = _filtered(table, options)
    counted = samples if options.relative_percentages else table.samples
    return Selection(kind, index, _total(counted, index), samples, options.active_filters(), unmatched)


def kind_named(table: SampleTable, name: str) -> SampleKind:
    """The kind of this name or number; the table's default for an empty name. Raises SettingsError if there is none."""
    if not name:
        return table.default_kind
    if name.isdecimal() and int(name) < len(table.kinds):
        return table.kinds[int(name)]
    for kind in table.kinds:
        if kind.name in (name, name.removeprefix("inuse_")):
            return kind
    names = ", ".join(kind.name for kind in table.kinds)
    raise SettingsError(f"--sample-index: there is no {name!r} here; choose one of {names}")


def _filtered(table: SampleTable, options: ViewOptions) -> tuple[tuple[Sample, ...], tuple[str, ...]]:
    """(samples, filters that matched nothing); the order of the filters is that of pprof.

    See google/pprof internal/driver/driver_focus.go applyFocus.
    """
    chosen = {name: pattern(name, getattr(options, name)) for name in _PATTERNS}
    units = table.number_units()
    tagfocus = tag_filter("tagfocus", options.tagfocus, units)
    tagignore = tag_filter("tagignore", options.tagignore, units)
    by_name = NameFilter(*(chosen[name] for name in ("focus", "ignore", "hide", "show")))
    steps: tuple[Step, ...] = (
        lambda samples: labels_as_frames(samples, options.tagroot, options.tagleaf),
        by_name,
        lambda samples: show_from(chosen["show_from"], samples),
        lambda samples: filter_by_tags(samples, tagfocus, tagignore),
        lambda samples: labels_kept(samples, chosen["tagshow"], chosen["taghide"]),
        lambda samples: (prune_from(chosen["prune_from"], samples), ()),
    )
    samples, unmatched = table.samples, list[str]()
    for step in steps:
        samples, names = step(samples)
        unmatched += names
    return samples, tuple(unmatched)


def _total(samples: tuple[Sample, ...], index: int) -> int:
    """The sum of absolute values; only of the base's samples if there are any."""
    base = sum(abs(sample.values[index]) for sample in samples if sample.is_base)
    return base or sum(abs(sample.values[index]) for sample in samples)
