r"""Reads heap and allocs profiles at debug=1 (runtime/pprof/pprof.go writeHeapInternal).

heap profile: 107: 6588384 [520: 36972656] @ heap/1048576
0: 0 [411: 30302208] @ 0x48a31a 0x48e7c9 0x6bc445 0x6bd6e5 0x453467 0x4935c1
#	0x6bc444	example.com/srv/yaml%2ev2.Alloc+0x24	/src/m/yaml.v2/y.go:12
#	0x6bd6e4	main.main+0xe84				/src/m/main.go:140
"""

import re
from functools import lru_cache

from debugtext.formats.grammar import terminal
from debugtext.formats.profiles._one_profile import OneProfile
from debugtext.formats.profiles._sample_reading import sample_reader
from debugtext.formats.profiles._samples import SampleReader, SampleText
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture, Problem
from debugtext.records.frames import Stack
from debugtext.records.goroutines import Labels
from debugtext.records.heap import DEFAULT_RATE, Allocation, HeapProfile, HeapSample
from debugtext.sizes import bytes_in_words


def recognizes(line: str) -> bool:
    """Whether a line is the header, or a sample line of a paste that has lost its header."""
    if line.startswith("heap profile:"):
        return terminal("heap", "HEADER").fullmatch(line) is not None
    return "] @ 0x" in line and terminal("heap", "SAMPLE").fullmatch(line) is not None


def parse(cursor: Cursor) -> Capture:
    """Reads one profile and its MemStats."""
    cursor.more()
    first_line = cursor.line_number()
    header = terminal("heap", "HEADER").fullmatch(cursor.line())
    if header:
        cursor.skip_line()
    reader = sample_reader(SAMPLES)
    if _profile(header, reader).rate == DEFAULT_RATE:  # a second one without a header is read with this rate
        reader.one_profile = OneProfile(_totals(header), _numbers, _identity)
    reader.read(cursor)
    reader.last_line = reader.last_line or first_line  # there may be only a header
    profile = _profile(header, reader)
    missing = _missing(profile, reader)
    return Capture(
        format="heap",
        first_line=first_line,
        last_line=reader.last_line,
        body=profile,
        problems=(*reader.problems, *missing),
        truncated=reader.ends_in_line or (header is not None and not reader.memstats.complete),
    )


def _sample(match: re.Match[str], stack: Stack, line: int, _: Labels) -> HeapSample:
    inuse_objects, inuse_bytes, alloc_objects, alloc_bytes = match.group(1, 2, 3, 4)
    return HeapSample(_allocation(inuse_objects, inuse_bytes), _allocation(alloc_objects, alloc_bytes), stack, line)


@lru_cache(maxsize=4096)
def _allocation(objects: str, size: str) -> Allocation:
    """The allocation of two printed numbers; cached, because most are zero, or one object of a common size."""
    return Allocation(int(objects), int(size))


def _totals(header: re.Match[str] | None) -> tuple[int, ...] | None:
    return (int(header["header_inuse_bytes"]), int(header["header_alloc_objects"])) if header else None


def _numbers(sample: HeapSample) -> tuple[int, ...]:
    return sample.inuse.bytes, sample.alloc.objects


def _identity(sample: HeapSample) -> tuple[int, int] | None:
    """The stack and the size of its objects, which no two records share; None without addresses or objects.

    `id` is enough, because equal stacks of one text are one object.
    """
    if not sample.stack.addresses or not sample.alloc.objects:
        return None
    return id(sample.stack), sample.alloc.bytes // sample.alloc.objects


def _profile(header: re.Match[str] | None, reader: SampleReader[HeapSample]) -> HeapProfile:
    samples, memstats = tuple(reader.samples), reader.memstats.record()
    if header is None:
        return HeapProfile(samples, DEFAULT_RATE, header_kind="", memstats=memstats)
    return HeapProfile(
        samples=samples,
        rate=_rate(header["header_kind"], int(header["header_rate"] or 0)),
        header_inuse=Allocation(int(header["header_inuse_objects"]), int(header["header_inuse_bytes"])),
        header_alloc=Allocation(int(header["header_alloc_objects"]), int(header["header_alloc_bytes"])),
        header_kind=header["header_kind"],
        memstats=memstats,
    )


def _rate(kind: str, printed: int) -> int:
    """The sampling rate; only `heap` is printed doubled (google/pprof profile/legacy_profile.go parseHeapHeader)."""
    if kind == "heapprofile":
        return 1
    return printed // 2 if kind == "heap" else printed


def _missing(profile: HeapProfile, reader: SampleReader[HeapSample]) -> list[Problem]:
    """A problem if the records do not add up to the header's totals, or the MemStats are cut off.

    Empty if there are other problems, which may explain it.
    """
    if profile.header_inuse is None or profile.header_alloc is None or reader.problems:
        return []
    totals = Allocation(
        sum(sample.inuse.objects for sample in profile.samples), sum(sample.inuse.bytes for sample in profile.samples)
    )
    allocated = sum(sample.alloc.objects for sample in profile.samples)
    if totals != profile.header_inuse or allocated != profile.header_alloc.objects:
        there, in_all = profile.header_inuse, profile.header_alloc.objects
        lacks = totals.bytes < there.bytes or totals.objects < there.objects or allocated < in_all
        held, told = bytes_in_words(totals.bytes), bytes_in_words(there.bytes)
        if held == told:
            partly = f"{allocated:,} of the {in_all:,} allocated objects in the header"
        else:
            partly = f"{held} of the {told} in the header ({allocated:,} of {in_all:,} objects)"
        message = (
            f"incomplete: the records hold {partly}"
            if lacks
            else f"inconsistent: the records hold {held} ({allocated:,} objects), the header counts {told} ({in_all:,})"
        )
        return [Problem(reader.last_line, message)]
    if reader.memstats.complete:
        return []
    return [Problem(reader.last_line, "the text ends before the end of its MemStats", "# runtime.MemStats")]


SAMPLES = SampleText("a heap profile", "heap", _sample, has_memstats=True)
