"""A text that holds several dumps of one program, one after the other: cut into snapshots."""

from collections.abc import Sequence
from dataclasses import replace

from debugtext.errors import DebugtextError
from debugtext.records.captures import Capture, Reading


def snapshots(readings: Sequence[Reading], command: str) -> Sequence[Reading]:
    """The readings in time order; of one alone the snapshots in it.

    Raises DebugtextError where there is but one snapshot: then `command` has nothing to compare.
    """
    found = snapshots_in(readings[0]) if len(readings) == 1 else readings
    if len(found) == 1:
        raise DebugtextError(
            f"{command} compares snapshots of one program, and {found[0].name} is one: name at least two"
        )
    return found


def snapshots_in(reading: Reading) -> tuple[Reading, ...]:
    """The reading, cut before each capture of a kind that the snapshot has already; at least one.

    So a heap and a goroutine profile of each minute make a snapshot a minute. Problems go with the lines they are at.
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
            problems=tuple(one for one in reading.problems if start <= one.line and (end is None or one.line < end)),
        )
        for captures, start, end in zip(rounds, starts, ends, strict=True)
    )
