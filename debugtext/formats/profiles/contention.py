r"""Reads block and mutex profiles at debug=1 (runtime/pprof/pprof.go writeProfileInternal).

--- mutex:
cycles/second=2250004370
sampling period=5
516817365 75 @ 0x6be392 0x6be31a 0x4935c1
#	0x6be391	sync.(*Mutex).Unlock+0x91	/go/src/sync/mutex.go:65
"""

import re

from debugtext.formats.grammar import terminal
from debugtext.formats.limits import MOST_FOREIGN_LINES
from debugtext.formats.profiles import counts
from debugtext.formats.profiles._sample_reading import sample_reader
from debugtext.formats.profiles._samples import SampleText
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture, Problem
from debugtext.records.contention import ContentionProfile, ContentionSample
from debugtext.records.frames import Stack
from debugtext.records.goroutines import Labels


def recognizes(line: str) -> bool:
    """Whether a line is the title, or the first attribute or a sample line of a paste that has lost its title."""
    if line.startswith("--- "):
        return terminal("contention", "TITLE").fullmatch(line) is not None
    if line.startswith("cycles/second"):
        return terminal("contention", "ATTRIBUTE").fullmatch(line) is not None
    return " @ 0x" in line and terminal("contention", "SAMPLE").fullmatch(line) is not None


def parse(cursor: Cursor) -> Capture:
    """Reads one profile."""
    cursor.more()
    first_line = cursor.line_number()
    title = terminal("contention", "TITLE").fullmatch(cursor.line())
    last_line = first_line
    if title:
        cursor.skip_line()
    strangers = _before_attributes(cursor) if title else []
    attributes: dict[str, int] = {}
    while cursor.skip_blank_lines() and (attribute := terminal("contention", "ATTRIBUTE").fullmatch(cursor.line())):
        attributes[attribute["attribute"]] = int(attribute["value"])
        last_line = cursor.line_number()
        cursor.skip_line()
    reader = sample_reader(SAMPLES if title else HEADLESS_SAMPLES)
    reader.read(cursor)
    samples = tuple(reader.samples)
    profile = ContentionProfile(
        kind=_kind(title["title"] if title else "", attributes, samples),
        cycles_per_second=attributes.get("cycles/second", 0),
        samples=samples,
        sampling_period=attributes.get("sampling period"),
    )
    return Capture(
        format="contention",
        first_line=first_line,
        last_line=max(last_line, reader.last_line),
        body=profile,
        problems=(*strangers, *reader.problems),
        truncated=reader.ends_in_line,
    )


def _before_attributes(cursor: Cursor) -> list[Problem]:
    """Skips and reports a few foreign lines between the title and the first attribute."""
    index = cursor.index_at(cursor.position)
    foreign: list[Problem] = []
    for line in cursor.lines()[index : index + MOST_FOREIGN_LINES + 1]:
        if terminal("contention", "ATTRIBUTE").fullmatch(line):
            cursor.skip_lines(len(foreign))
            return foreign
        if not line.strip() or cursor.begins(line):
            break
        message = "this line is not part of a contention profile"
        foreign.append(Problem(cursor.piece.line_at(index + len(foreign)), message, "attribute", line[:120]))
    return []


def _kind(title: str, attributes: dict[str, int], samples: tuple[ContentionSample, ...]) -> str:
    """`mutex` or `block`, by the title; without one, a mutex profile has a sampling period, or unlocks as leaves.

    It is taken where a lock is released (runtime/mprof.go mutexevent).
    """
    if title:
        return "mutex" if title == "mutex" else "block"
    leaves = {sample.stack.frames[0].name.lower() for sample in samples if sample.stack.frames}
    return "mutex" if "sampling period" in attributes or any("unlock" in leaf for leaf in leaves) else "block"


def _sample(match: re.Match[str], stack: Stack, line: int, _: Labels) -> ContentionSample:
    return ContentionSample(int(match["cycles"]), int(match["count"]), stack, line)


def _is_half_a_sample(line: str) -> bool:
    """Whether a line may be a sample line that has lost its cycles: it then looks like a count profile's."""
    return " profile: total " not in line and counts.recognizes(line)


SAMPLES = SampleText("a contention profile", "contention", _sample, may_be_broken=_is_half_a_sample)
HEADLESS_SAMPLES = SampleText("a contention profile", "contention", _sample)
