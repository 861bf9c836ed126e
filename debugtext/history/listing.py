"""Lists the contents of a store as lines of text."""

from collections.abc import Sequence
from datetime import UTC, datetime

from debugtext.history.kept import Entry, Event, Target
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import bytes_in_words, counted, seconds_in_words


def targets_table(targets: Sequence[Target]) -> str:
    """A line for each target: since when it was watched, for how long, and the number and size of its snapshots."""
    return "".join(f"{_target(target)}\n" for target in targets) or "The store is empty.\n"


def entries_table(entries: Sequence[Entry], events: Sequence[Event]) -> str:
    """A line for each snapshot and event of a target, in time order."""
    lines = [(e.taken_at, f"#{e.number:<7} {bytes_in_words(e.text_bytes):>9}") for e in entries]
    lines += [(event.happened_at, one_line(event.words)) for event in events]
    return (
        "".join(f"{_moment(at)}  {words}\n" for at, words in sorted(lines))
        or "The store holds no snapshot of this target.\n"
    )


def _target(target: Target) -> str:
    count, span = counted(target.snapshots, "snapshot"), seconds_in_words(target.last_at - target.first_at)
    size = bytes_in_words(target.text_bytes)
    return f"{_moment(target.first_at)}  {count:>16}  over {span:>8}  {size:>9}  {one_line(target.name)}"


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")
