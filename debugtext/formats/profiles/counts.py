r"""Reads count profiles at debug=1: goroutine, goroutineleak, threadcreate and a program's own (printCountProfile).

goroutine profile: total 4
3 @ 0x48c68a 0x419f8e 0x419ab2 0x6be759 0x6ab7ec 0x4935c1
# labels: {"k-ey":"va l\"ue", "a":"b"}
#	0x6be758	main.main.func2+0x18	/src/m/main.go:109
"""

import re

from debugtext.formats.grammar import terminal
from debugtext.formats.profiles._one_profile import OneProfile
from debugtext.formats.profiles._sample_reading import sample_reader
from debugtext.formats.profiles._samples import SampleText
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture, Problem
from debugtext.records.counts import CountProfile, CountSample
from debugtext.records.frames import Stack
from debugtext.records.goroutines import Labels

FORMATS_BY_NAME = {
    "goroutine": "goroutine-profile",
    "goroutineleak": "goroutine-profile",
    "threadcreate": "threadcreate",
}


def recognizes(line: str) -> bool:
    """Whether a line is the header, or a sample line of a paste that has lost its header."""
    if " profile: total " in line:
        return terminal("counts", "HEADER").fullmatch(line) is not None
    return " @ 0x" in line and terminal("counts", "SAMPLE").fullmatch(line) is not None


def parse(cursor: Cursor) -> Capture:
    """Reads one profile; a paste without a header is taken for a goroutine profile."""
    cursor.more()
    first_line = cursor.line_number()
    header = terminal("counts", "HEADER").fullmatch(cursor.line())
    if header:
        cursor.skip_line()
    name, total = (header["profile_name"], int(header["total"])) if header else ("goroutine", None)
    reader = sample_reader(SAMPLES)
    if name.endswith("goroutine"):  # a second one without a header is read as a goroutine profile
        reader.one_profile = OneProfile(None if total is None else (total,), _numbers, _identity)
    reader.read(cursor)
    profile = CountProfile(name, total, tuple(reader.samples))
    last_line = reader.last_line or first_line  # only a header; `last_line` is lower if the newest line stood first
    lost = 0 if profile.total is None else profile.total - profile.count
    if lost and not reader.problems:
        told = f"of the {profile.total:,} in the header" if lost > 0 else f"but the header counts {profile.total:,}"
        message = f"{'incomplete' if lost > 0 else 'inconsistent'}: the records hold {profile.count:,} {told}"
        reader.problems.append(Problem(last_line, message))
    return Capture(
        format=FORMATS_BY_NAME.get(name.split()[-1], "count") if name.strip() else "count",
        first_line=first_line,
        last_line=last_line,
        body=profile,
        problems=tuple(reader.problems),
        truncated=reader.ends_in_line or lost > 0,
    )


def _sample(match: re.Match[str], stack: Stack, line: int, labels: Labels) -> CountSample:
    return CountSample(int(match["count"]), stack, line, labels)


def _numbers(sample: CountSample) -> tuple[int, ...]:
    return (sample.count,)


def _identity(sample: CountSample) -> tuple[int, Labels] | None:
    """The stack and the labels, which no two records share; None without addresses.

    `id` is enough, because equal stacks of one text are one object.
    """
    return (id(sample.stack), sample.labels) if sample.stack.addresses else None


SAMPLES = SampleText("a count profile", "counts", _sample, has_labels=True)
