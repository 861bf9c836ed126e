"""What the store holds of some targets as one report: the trends of all snapshots, the findings of the newest texts."""

from collections.abc import Iterable
from dataclasses import replace

from debugtext.analysis import analyze, together
from debugtext.errors import UnreadableInputError
from debugtext.growth.snapshots import Snapshot
from debugtext.growth.trends import snapshot_trends
from debugtext.history.kept import Entry
from debugtext.history.runs import numbered_by_runs
from debugtext.history.store import Store
from debugtext.reading import read
from debugtext.records.captures import Reading
from debugtext.records.reports import Report
from debugtext.settings import Settings


def report_on_targets(store: Store, targets: Iterable[str], settings: Settings, since: float = 0.0) -> Report:
    """One report on the snapshots of the targets from a time on; raises UnreadableInputError if there are none."""
    loaded = {target: store.snapshots(target, since) for target in dict.fromkeys(targets)}
    series = numbered_by_runs({target: snapshots for target, snapshots in loaded.items() if snapshots})
    if not series:
        raise UnreadableInputError("the store holds no snapshot of it")
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
    return analyze([stored_reading(store, entry) for entry in ends], settings, snapshot_trends(snapshots))


def stored_reading(store: Store, entry: Entry) -> Reading:
    """A text of the store read again. Raises UnreadableInputError if it was forgotten."""
    text = store.text(entry.number)
    if text is None:
        raise UnreadableInputError(f"the store holds no snapshot {entry.number}")
    return replace(read(text, name=entry.target), taken_at=entry.taken_at)
