"""The points of a series that count, and their times: one run of the process, heap records once a collection."""

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
"""Growth below this is nobody's trouble, by unit or by field of MemStats.

One sample of a heap profile alone stands for half a MiB; the runtime takes memory from the system in steps of 4 MiB.
"""


@dataclass(frozen=True, slots=True)
class Series:
    """`points` are indexes into the snapshots, `times` their seconds, or their order where the times are not known."""

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
        """Of heap records: those that saw a collection of their own, at the time that they stand for."""
        points = _collected(snapshots)
        return cls._at(snapshots, points, bookkeeping.record_times([snapshots[index] for index in points]))

    @classmethod
    def of_collections(cls, snapshots: Sequence[Snapshot]) -> "Series":
        """Of the live heap: at each collection, since what was allocated after it may be garbage."""
        points = _collected(snapshots)
        return cls._at(snapshots, points, bookkeeping.collection_times([snapshots[index] for index in points]))

    @classmethod
    def _at(cls, snapshots: Sequence[Snapshot], points: Sequence[int], times: Sequence[float] | None) -> "Series":
        chosen = [snapshots[index] for index in points]
        times = times or bookkeeping.fetch_times(chosen) or bookkeeping.forced_times(chosen)
        return cls(tuple(points), tuple(times or map(float, points)), "second" if times else "snapshot")

    @property
    def span(self) -> float:
        """From the first point that counts to the last, in seconds or snapshots."""
        return self.times[-1] - self.times[0]

    def fit(self, values: Sequence[float], least: float, noise: float = 0.0) -> Fit:
        """What the values do at the points that count; one value for each snapshot."""
        return fit(self.times, [values[index] for index in self.points], least=least, noise=noise)


def _collected(snapshots: Sequence[Snapshot]) -> list[int]:
    run = longest_run(snapshots)
    return [run.start + index for index in bookkeeping.new_collections([snapshots[index] for index in run])]


def longest_run(snapshots: Sequence[Snapshot]) -> range:
    """The indexes of the longest stretch without a restart, of equal ones the last."""
    edges = [0, *bookkeeping.restarts(snapshots), len(snapshots)]
    runs = (range(start, end) for start, end in pairwise(edges))
    return max(runs, key=lambda run: (len(run), run.start))
