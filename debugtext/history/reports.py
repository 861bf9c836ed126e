"""A report on targets in the store: trends over all their snapshots, findings in the first and last texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from debugtext.analysis import analyze_series, together
from debugtext.errors import UnreadableInputError
from debugtext.growth.bookkeeping import restarts
from debugtext.growth.snapshots import Snapshot
from debugtext.growth.trends import snapshot_trends
from debugtext.history.kept import Entry
from debugtext.history.store import Store
from debugtext.reading import read
from debugtext.records.captures import Reading
from debugtext.records.reports import Report
from debugtext.settings import Settings


def report_on_targets(store: Store, targets: Iterable[str], settings: Settings, since: float = 0.0) -> Report:
    """One report on the targets' snapshots taken at `since` or later; raises UnreadableInputError if there are none."""
    names = tuple(dict.fromkeys(targets))
    with store.as_it_is_now():  # a watch may write and prune meanwhile
        loaded = {target: store.snapshots(target, since) for target in names}
        series = numbered_by_runs({target: snapshots for target, snapshots in loaded.items() if snapshots})
        if not series:
            raise UnreadableInputError(_nothing_of(names, since))
        reports = [_report(store, target, snapshots, settings, since) for target, snapshots in series.items()]
    if len(reports) == 1:
        return reports[0]
    return together(
        [
            replace(report, trends=tuple(replace(trend, source=target) for trend in report.trends))
            for target, report in zip(series, reports, strict=True)
        ]
    )


def _report(store: Store, target: str, snapshots: list[Snapshot], settings: Settings, since: float) -> Report:
    entries = [entry for entry in store.entries(target) if entry.taken_at >= since]
    ends = entries if len(entries) == 1 else [entries[0], entries[-1]]
    return analyze_series([stored_reading(store, entry) for entry in ends], settings, snapshot_trends(snapshots))


def _nothing_of(names: tuple[str, ...], since: float) -> str:
    if not names:
        return "the store is empty: `debugtext watch` fills it"
    return f"the store holds no snapshot of {' or '.join(names)}{' from this time' * bool(since)}"


def stored_reading(store: Store, entry: Entry) -> Reading:
    """The text of a snapshot, read again; raises UnreadableInputError if the text was pruned."""
    text = store.text(entry.number)
    if text is None:
        raise UnreadableInputError(f"the store holds no snapshot {entry.number}")
    return replace(read(text, name=entry.target), taken_at=entry.taken_at)


def numbered_by_runs(series: Mapping[str, Sequence[Snapshot]]) -> dict[str, list[Snapshot]]:
    """The snapshots of each target, each with the number of the run (of the process) that it belongs to.

    A restart that the text of one target shows counts for all targets of the same server: a goroutine profile has no
    counter that falls at a restart, but the heap text of the same server has.
    """
    restarts_of: dict[str, list[float]] = {}
    for target, snapshots in series.items():
        restarts_of.setdefault(server_of(target), []).extend(_restart_times(snapshots))
    return {
        target: [
            replace(snapshot, run=sum(restart < (snapshot.taken_at or 0.0) for restart in times))
            for snapshot in snapshots
        ]
        if (times := restarts_of[server_of(target)])
        else list(snapshots)
        for target, snapshots in series.items()
    }


def server_of(target: str) -> str:
    """The scheme and host of a URL, or the path of its socket."""
    if target.startswith("unix:"):
        return target.rpartition(":")[0]
    scheme, _, rest = target.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


def _restart_times(snapshots: Sequence[Snapshot]) -> list[float]:
    """When the process restarted: halfway between the last snapshot of a run and the first one of the next run."""
    ends = ((snapshots[index - 1].taken_at, snapshots[index].taken_at) for index in restarts(snapshots))
    return [(before + after) / 2 for before, after in ends if before is not None and after is not None]
