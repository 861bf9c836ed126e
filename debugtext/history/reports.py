"""What the store holds of some targets as one report: the trends of all snapshots, the findings of the newest texts."""

from collections.abc import Iterable
from dataclasses import replace

from debugtext.analysis import analyze
from debugtext.comparing import joined
from debugtext.errors import UnreadableInputError
from debugtext.growth.trends import snapshot_trends
from debugtext.history.store import Entry, Store
from debugtext.reading import read
from debugtext.records.captures import Reading
from debugtext.records.reports import Report
from debugtext.settings import Settings


def report_on_targets(store: Store, targets: Iterable[str], settings: Settings, since: float = 0.0) -> Report:
    """One report on the snapshots of the targets from a time on; raises UnreadableInputError if there are none."""
    chosen = {target: [e for e in store.entries(target) if e.taken_at >= since] for target in targets}
    reports = [_report(store, entries, settings, since) for entries in chosen.values() if entries]
    if not reports:
        raise UnreadableInputError("the store holds no snapshot of it")
    if len(reports) == 1:
        return reports[0]
    named = [target for target, entries in chosen.items() if entries]
    return joined(
        [
            replace(report, trends=tuple(replace(trend, source=target) for trend in report.trends))
            for target, report in zip(named, reports, strict=True)
        ]
    )


def _report(store: Store, entries: list[Entry], settings: Settings, since: float) -> Report:
    trends = snapshot_trends(store.snapshots(entries[0].target, since))
    ends = entries if len(entries) == 1 else [entries[0], entries[-1]]
    return analyze([stored_reading(store, entry) for entry in ends], settings, trends)


def stored_reading(store: Store, entry: Entry) -> Reading:
    """A text of the store read again."""
    text = store.text(entry.number)
    if text is None:
        raise UnreadableInputError(f"the store holds no snapshot {entry.number}")
    return replace(read(text, name=entry.target), taken_at=entry.taken_at)
