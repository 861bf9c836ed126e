"""Splits a text that holds several dumps of one program, one after the other, into snapshots."""

from collections.abc import Sequence
from dataclasses import replace

from debugtext.errors import DebugtextError
from debugtext.records.captures import Capture, Reading


def snapshots(readings: Sequence[Reading]) -> Sequence[Reading]:
    """The readings as snapshots in time order; a single reading is split into the snapshots that it holds.

    Raises DebugtextError if there are fewer than two snapshots, as there is nothing to compare then.
    """
    found = snapshots_in(readings[0]) if len(readings) == 1 else readings
    if len(found) > 1:
        return found
    what = f"{found[0].name} is one" if found else "there is none"
    raise DebugtextError(f"only snapshots of one program can be compared, and {what}: name at least two")


def snapshots_in(reading: Reading) -> tuple[Reading, ...]:
    """The reading, split before each capture of a kind that the current snapshot has already; at least one part.

    A heap and a goroutine profile taken every minute thus make one snapshot a minute. Each problem goes with the
    snapshot that holds its line.
    """
    rounds: list[list[Capture]] = [[]]
    seen: set[tuple[str, str, str]] = set()
    for capture in reading.captures:
        kind = (capture.format, getattr(capture.body, "kind", ""), getattr(capture.body, "name", ""))
        if kind in seen:
            rounds.append([])
            seen.clear()
        seen.add(kind)
        rounds[-1].append(capture)
    if len(rounds) == 1:
        return (reading,)
    starts = [0, *(captures[0].first_line for captures in rounds[1:])]
    ends = [*starts[1:], None]
    return tuple(
        replace(
            reading,
            captures=tuple(captures),
            problems=tuple(it for it in reading.problems if start <= it.line and (end is None or it.line < end)),
        )
        for captures, start, end in zip(rounds, starts, ends, strict=True)
    )
