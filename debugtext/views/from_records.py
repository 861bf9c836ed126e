"""Turns a record that was read into the table on which the views work."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from debugtext.errors import UnreadableInputError
from debugtext.records.captures import Capture
from debugtext.records.contention import ContentionProfile
from debugtext.records.counts import CountProfile
from debugtext.records.crashes import Crash
from debugtext.records.frames import Stack
from debugtext.records.goroutines import GoroutineDump, Labels
from debugtext.records.heap import HeapProfile
from debugtext.records.memstats import MemStats
from debugtext.records.pprof_tops import TopTable
from debugtext.records.races import RaceReport
from debugtext.records.samples import Profile, SampleKind
from debugtext.records.values import ValueProfile
from debugtext.views.from_dump import dump_table
from debugtext.views.inlining import locations_of
from debugtext.views.samples import Location, NumericLabel, Sample, SampleTable

if TYPE_CHECKING:
    from collections.abc import Callable

Viewable = HeapProfile | CountProfile | ContentionProfile | GoroutineDump | Crash | Profile
WITHOUT_STACKS = (MemStats, RaceReport, TopTable)
"""Records without stacks, which have no view, picture or conversion."""


def capture_table(capture: Capture) -> SampleTable:
    """The table of a capture; raises UnreadableInputError for a text without stacks."""
    if isinstance(capture.body, WITHOUT_STACKS):
        raise UnreadableInputError(f"a text of the kind {capture.format} holds no samples that a view could show")
    return sample_table(capture.body)


def sample_table(record: Viewable) -> SampleTable:
    """The table of a record: its stacks, in its order, each with its numbers of all kinds."""
    locations = _Locations()
    match record:
        case Crash():
            return dump_table(record.dump, locations)
        case GoroutineDump():
            return dump_table(record, locations)
        case HeapProfile():
            samples = _heap_samples(record, locations)
        case CountProfile():
            samples = (Sample(locations(s.stack), (s.count,), _without_empty(s.labels)) for s in record.samples)
        case ContentionProfile():
            samples = (Sample(locations(s.stack), (s.count, record.delay_ns(s.cycles))) for s in record.samples)
        case ValueProfile():
            samples = (
                Sample(
                    locations(s.stack),
                    s.values,
                    _without_empty(s.labels),
                    tuple(NumericLabel(*n, "") for n in s.numbers),
                )
                for s in record.samples
            )
        case _:
            samples = _any_samples(record, locations)
    return SampleTable(record.sample_kinds, tuple(samples), default_kind(record))


def default_kind(profile: Profile) -> SampleKind:
    """The kind of numbers to show if the user asks for none: the one that the profile names, else its last."""
    name = _default_name(profile)
    return next((kind for kind in profile.sample_kinds if kind.name == name), profile.sample_kinds[-1])


def _default_name(profile: Profile) -> str:
    """The name of the profile's default kind; empty if it has none.

    A text of `allocs` does not name `alloc_space` as its default, but the binary profile does.
    """
    if isinstance(profile, HeapProfile):
        return "alloc_space" if profile.header_kind == "allocs" else ""
    return profile.default_kind if isinstance(profile, ValueProfile) else ""


def _without_empty(labels: Labels) -> Labels:
    """The labels without empty values, which a binary profile cannot hold (google/pprof profile/encode.go)."""
    return tuple((key, value) for key, value in labels if value)


def _heap_samples(profile: HeapProfile, locations: "Callable[[Stack], tuple[Location, ...]]") -> Iterator[Sample]:
    """Samples with estimates of all four kinds, and the size of an object as the label `bytes`.

    Go's own binary profiles have this label (runtime/pprof/protomem.go writeHeapProto).
    """
    for sample in profile.samples:
        alloc, inuse = sample.alloc.estimated(profile.rate), sample.inuse.estimated(profile.rate)
        size = sample.alloc.bytes // sample.alloc.objects if sample.alloc.objects > 0 else 0
        yield Sample(
            locations(sample.stack),
            (alloc.objects, alloc.bytes, inuse.objects, inuse.bytes),
            numbers=(NumericLabel("bytes", size, ""),) if size else (),
        )


def _any_samples(profile: Profile, locations: "Callable[[Stack], tuple[Location, ...]]") -> Iterator[Sample]:
    """The samples of any other profile, which must give its stacks in the same order for each kind."""
    columns = [list(profile.weighted_stacks(kind)) for kind in profile.sample_kinds]
    if any(len(one) != len(other) for one, other in pairwise(columns)):
        raise ValueError("a profile must give the same stacks for each kind")
    for row in zip(*columns, strict=True):
        yield Sample(locations(row[0][0]), tuple(value for _, value in row))


class _Locations:
    """Computes the locations of stacks: of each stack once, with equal locations shared."""

    def __init__(self) -> None:
        self._by_stack: dict[int, tuple[Stack, tuple[Location, ...]]] = {}
        self._shared: dict[Location, Location] = {}

    def __call__(self, stack: Stack) -> tuple[Location, ...]:
        known = self._by_stack.get(id(stack))
        if known is None:
            locations = tuple(self._shared.setdefault(one, one) for one in locations_of(stack))
            known = self._by_stack[id(stack)] = stack, locations
        return known[1]
