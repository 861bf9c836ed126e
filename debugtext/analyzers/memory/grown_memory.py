"""The rule about memory that has grown, as one heap text alone shows: a slice, buffers, or objects all kept."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.memory.holdings import Holding, largest_holding, part_of_heap
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.heap import HeapProfile
from debugtext.sizes import MEBIBYTE, bytes_in_words
from debugtext.stacks.wording import percent, ratio

_BUFFERS = ("bytes.(*Buffer).", "bytes.growSlice", "bytes.makeSlice", "strings.(*Builder).",
            "io.ReadAll", "io/ioutil.ReadAll", "io/ioutil.readAll")  # fmt: skip
_FEWEST_STEPS = 3
"""Fewer steps of growth than this may be chance."""
_FEW_OBJECTS = 64
"""The header of an excerpt tells about steps of growth only if no more objects than this were ever made."""
_MORE_THAN_NOW = 1.5
"""What was ever made in an excerpt must be this many times what lives, to have been steps of growth."""
_OLD_AND_NEW = 2
"""The live objects of one map that grows: the old table is kept until all of it has moved (runtime/map.go, up to Go
1.23)."""


class GrownMemory(Rule):
    """Nearly all of a large heap has grown: one slice step by step, buffers, or objects that are never given back.

    **What it sees.** A heap text in which one function of your own holds nearly all memory, hundreds of megabytes, and
    the records show that it grew. They may show that in three ways:

    - one live object beside smaller ones that were each made once (append);

    - buffers (`bytes.Buffer`, `strings.Builder`, `io.ReadAll`) that were kept;

    - gigabytes in very many objects, nearly all ever made there still alive.

    **Why it is trouble.** Nothing limits it: each step of growth needs the old and the new memory at once, and the next
    step is larger.

    **When it is not.** A table that is read once at the start and then stays is what the program needs. Very many
    objects made by a function whose name speaks of loading are not reported.

    **What to do.** Cap the slice or buffer, stream it in pieces, or reset it. `debugtext diff` with a text taken some
    minutes later says whether it still grows.
    """

    id = "DT412"
    name = "grown-memory"
    verdict = Verdict.GROWTH
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {
        "share": 0.8,
        "least_bytes": 256 * MEBIBYTE,
        "kept_share": 0.25,
        "hoard_bytes": 1024 * MEBIBYTE,
        "hoard_objects": 1000,
        "hoard_kept_share": 0.95,
    }
    fires_on: ClassVar = ("heap/appends-go1.26.txt", "heap/buffers-go1.26.txt")
    quiet_on: ClassVar = ("heap/slice-append-go1.26.txt", "heap/queue-backlog-go1.26.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for each heap text; none for a series of texts, in which DT401 reports what grew."""
        if len(subject.readings) > 1 or subject.known_trends is not None:
            return
        for name, capture in subject.captures():
            if not isinstance(capture.body, HeapProfile):
                continue
            held = largest_holding(subject, capture.body, "inuse_space")
            if not (how := self._how(subject, capture.body, held)):
                continue
            yield self.finding(
                f"{held.front.function} holds {bytes_in_words(held.bytes)}, "
                f"{part_of_heap(capture.body, held.bytes, held.total)}, in {how}",
                severity=Severity.WARNING,
                functions=subject.functions(held.stack, held.front),
                front=held.front,
                stack=held.stack,
                count=held.bytes // MEBIBYTE,
                source=(name, capture.first_line),
                evidence={"inuse_bytes": held.bytes, "live_bytes": held.total, "share": ratio(held.share)},
                advice="Cap it, stream it in pieces, or reset it; a second text "
                "(`debugtext diff`) says whether it still grows.",
            )

    def _how(self, subject: Subject, profile: HeapProfile, held: Holding) -> str:
        """What grew, in words; empty if it is not nearly all of the heap, or the records do not show that it grew."""
        large = held.bytes >= self.threshold(subject, "least_bytes")
        if not large or held.share < self.threshold(subject, "share"):
            return ""
        records = [sample for sample in profile.samples if sample.stack == held.stack]
        live = sum(record.inuse.estimated(profile.rate).objects for record in records)
        if live <= _OLD_AND_NEW and steps_of(profile, held) >= _FEWEST_STEPS:
            return "one slice or map that has grown step by step"
        above = held.stack.functions[: held.stack.frames.index(held.front)]
        kept = sum(record.inuse.bytes for record in records) / max(1, sum(record.alloc.bytes for record in records))
        if _fills_buffers(above) and kept >= self.threshold(subject, "kept_share"):
            return (
                f"{live:,} buffers that grow as they are filled" if live > 1 else "a buffer that grows as it is filled"
            )
        many = live >= self.threshold(subject, "hoard_objects") and held.bytes >= self.threshold(subject, "hoard_bytes")
        if many and kept >= self.threshold(subject, "hoard_kept_share") and not _is_made_once(held.front.function):
            return f"{live:,} objects; {percent(kept)} of what it ever made is still there"
        return ""


def _fills_buffers(functions: tuple[str, ...]) -> bool:
    """Whether the functions fill a buffer that grows; strings.Join, Repeat and the like make one of the final size."""
    made_once = any(f.startswith("strings.") and not f.startswith("strings.(") for f in functions)
    return not made_once and any(f.startswith(_BUFFERS) for f in functions)


def _is_made_once(function: str) -> bool:
    from debugtext.analyzers.memory.kept_whole import is_made_once  # noqa: PLC0415 - few heaps are so large

    return is_made_once(function)


def steps_of(profile: HeapProfile, held: Holding) -> int:
    """How often the one live object was copied to a larger one: the number of dead objects that its stack made once.

    An excerpt has only the largest records. Then the header tells, if few objects were ever made, and together they are
    far larger than the one that lives.
    """
    steps = [s for s in profile.samples if s.stack == held.stack and not s.inuse.objects and s.alloc.objects == 1]
    ever = profile.header_alloc
    shown = sum(sample.alloc.objects for sample in profile.samples)
    if steps or ever is None or shown >= ever.objects or ever.objects > _FEW_OBJECTS:
        return len(steps)
    return ever.objects - shown if ever.bytes >= _MORE_THAN_NOW * held.bytes else 0
