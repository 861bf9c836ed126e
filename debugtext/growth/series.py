"""The snapshots of a series that count, and their times: one run of the process, heap records once a collection."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from debugtext.growth import bookkeeping
from debugtext.growth.shapes import Fit, fit
from debugtext.growth.snapshots import Snapshot

LEAST = {
    "bytes": 256 << 10,
    "count": 3,
    "heap_objects": 1000,
    "heap_alloc_bytes": 1 << 20,
    "stack_inuse_bytes": 1 << 20,
    "held_bytes": 4 << 20,
}
"""Growth below this is ignored, by unit or by field of MemStats.

A single sample of a heap profile stands for half a MiB; the runtime takes memory from the system in steps of 4 MiB.
"""


@dataclass(frozen=True, slots=True)
class Series:
    """`points` are indexes into the snapshots, `times` their seconds, or their positions if the times are unknown.

    `per` is the unit of `times`: `second` or `snapshot`.
    """

    points: tuple[int, ...]
    times: tuple[float, ...]
    per: str

    @classmethod
    def of(cls, snapshots: Sequence[Snapshot]) -> "Series":
        """The longest run of the process, at the times of the texts."""
        run = longest_run(snapshots)
        return cls._at(snapshots, run, None)

    @classmethod
    def of_records(cls, snapshots: Sequence[Snapshot]) -> "Series":
        """For heap records: the snapshots with new records, at the moments whose heap these records show."""
        points = _collected(snapshots)
        return cls._at(snapshots, points, bookkeeping.record_times([snapshots[index] for index in points]))

    @classmethod
    def of_collections(cls, snapshots: Sequence[Snapshot]) -> "Series":
        """For the live heap: at each collection, because what was allocated after it may be garbage."""
        points = _collected(snapshots)
        return cls._at(snapshots, points, bookkeeping.collection_times([snapshots[index] for index in points]))

    @classmethod
    def _at(cls, snapshots: Sequence[Snapshot], points: Sequence[int], times: Sequence[float] | None) -> "Series":
        chosen = [snapshots[index] for index in points]
        times = times or bookkeeping.fetch_times(chosen) or bookkeeping.forced_times(chosen)
        return cls(tuple(points), tuple(times or map(float, points)), "second" if times else "snapshot")

    @property
    def span(self) -> float:
        """The time from the first point to the last, in seconds or snapshots."""
        return self.times[-1] - self.times[0]

    def fit(self, values: Sequence[float], least: float, noise: float = 0.0) -> Fit:
        """What the values do at the points of this series; `values` has one value for each snapshot."""
        return fit(self.times, [values[index] for index in self.points], least=least, noise=noise)


def _collected(snapshots: Sequence[Snapshot]) -> list[int]:
    run = longest_run(snapshots)
    return [run.start + index for index in bookkeeping.new_collections([snapshots[index] for index in run])]


def longest_run(snapshots: Sequence[Snapshot]) -> range:
    """The indexes of the longest stretch without a restart; of equally long ones, the last."""
    edges = [0, *bookkeeping.restarts(snapshots), len(snapshots)]
    runs = (range(start, end) for start, end in pairwise(edges))
    return max(runs, key=lambda run: (len(run), run.start))
