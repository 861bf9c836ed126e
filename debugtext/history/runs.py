"""The runs of a process: a restart that one of its texts shows holds for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from debugtext.growth.bookkeeping import restarts
from debugtext.growth.snapshots import Snapshot


def numbered_by_runs(series: Mapping[str, Sequence[Snapshot]]) -> dict[str, list[Snapshot]]:
    """The snapshots of each target with the number of their run.

    A goroutine profile has no counter that would fall at a restart; the heap text of the same server has.
    """
    moments: dict[str, list[float]] = {}
    for target, snapshots in series.items():
        moments.setdefault(server_of(target), []).extend(_between(snapshots))
    return {
        target: [replace(one, run=sum(moment < (one.taken_at or 0.0) for moment in found)) for one in snapshots]
        if (found := moments[server_of(target)])
        else list(snapshots)
        for target, snapshots in series.items()
    }


def server_of(target: str) -> str:
    """The scheme and host of a URL, or the path of its socket."""
    if target.startswith("unix:"):
        return target.rpartition(":")[0]
    scheme, _, rest = target.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


def _between(snapshots: Sequence[Snapshot]) -> list[float]:
    """In the middle between the last text of one run and the first of the next."""
    ends = ((snapshots[index - 1].taken_at, snapshots[index].taken_at) for index in restarts(snapshots))
    return [(before + after) / 2 for before, after in ends if before is not None and after is not None]
