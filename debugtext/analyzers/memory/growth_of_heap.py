"""The rule about functions whose live memory grows from text to text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.evidence.callers import called_by
from debugtext.analyzers.evidence.grown import Grown, grown, rises_steadily
from debugtext.analyzers.memory.kept_beside import cure_of_contexts_beside
from debugtext.analyzers.memory.kept_whole import keeps_whole
from debugtext.analyzers.memory.never_ended import cure_of
from debugtext.analyzers.memory.trends_of_function import trends_of_function
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Reading
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.heap import HeapProfile
from debugtext.records.memstats import MemStats
from debugtext.sizes import MEBIBYTE, bytes_in_words
from debugtext.stacks.wording import percent, ratio

_GOAL_PER_LIVE = 2
"""NextGC is twice the live heap with GOGC=100."""
_LARGEST_PART, _HALF = 0.7, 0.5
"""A heap that gained less than this part of a function's growth has not grown with it: since the first text, and since
the text before the last."""
_TOO_FEW_ADVICE = "So few samples may err: take one more text some minutes later, and compare with it."
_HARDLY_MORE_ADVICE = (
    "HeapAlloc has hardly risen meanwhile: compare with one more text, some minutes later, before you search."
)

_KEEPS_ADVICE = (
    "See who keeps what this function allocates: bound the map, slice, cache or queue, or delete on disconnect."
)
_FILLS_ADVICE = " A cache that fills grows like this, too: one more text tells whether it goes on."


class HeapGrowth(Rule):
    """The live memory that one function allocated rises from input to input.

    **What it sees.** With five or more texts: a steady rise of a function's inuse_space (by the Mann-Kendall test) that
    is larger than sampling error and still goes on at the end. With two to four texts: a rise at every step to at least
    twice the first number, or to half as much again if that is a lot and everything made there in the meantime is still
    alive. These are notes only:

    - a single new object, or a rise that only a few samples show;

    - in two texts, what is new in the second and small, or made by a pool;

    - a rise that the total size of the heap (HeapAlloc, NextGC) does not confirm.

    **Why it is trouble.** What is allocated there is kept: a map without eviction, a slice that is only appended to, a
    cache, or a queue whose reader is slower than its writer.

    **When it is not.** Caches fill and then stay (the rise ends), and some memory comes and goes (a sawtooth). Take the
    texts some minutes apart, each with `gc=1`.

    **What to do.** Open the first function and see who keeps its result: limit it, evict, or delete on disconnect. If
    it is timers or contexts, end them as DT415 says.
    """

    id = "DT401"
    name = "heap-growth"
    verdict = Verdict.GROWTH
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {
        "least_bytes": 4 * MEBIBYTE,
        "factor": 2,
        "kept_bytes": 16 * MEBIBYTE,
        "kept_factor": 1.5,
        "least_bytes_of_new": 64 * MEBIBYTE,
        "proven_bytes": 128 << 10,
    }
    is_series = True
    fires_on: ClassVar = ("heap/map-grow-go1.27-1.txt", "heap/map-grow-go1.27-2.txt")
    quiet_on: ClassVar = tuple(f"heap/plateau-go1.25-{number}.txt" for number in range(1, 6))

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each function whose memory grows."""
        if len(subject.readings) == 1 and subject.known_trends is None:
            return
        for one in grown(subject, "inuse_space"):
            enough = one.growth >= self.threshold(subject, "proven_bytes")
            few = self._rises(subject, _since_first(_of_collections(subject, one)))
            if (one.proven and enough) or (not one.proven and few):
                yield self._tell(subject, _with_all_stacks(subject, one) if one.proven else one)
            elif not one.proven and self._may_rise(subject, one):
                yield replace(self._tell(subject, one), severity=Severity.NOTE, advice=_TOO_FEW_ADVICE)

    def _rises(self, subject: Subject, one: Grown) -> bool:
        """Whether a function's memory rises at each step, by `factor`; less is enough if it is much and all is kept."""
        least, factor = self.threshold(subject, "least_bytes"), self.threshold(subject, "factor")
        if rises_steadily(one, least=least, factor=factor):
            return True
        least, factor = self.threshold(subject, "kept_bytes"), self.threshold(subject, "kept_factor")
        return rises_steadily(one, least=least, factor=factor) and keeps_whole(subject, one.front, one.stack)

    def _may_rise(self, subject: Subject, one: Grown) -> bool:
        """Whether a function's memory has risen, with few samples, and the heap's exact size has risen as well."""
        least, gained = self.threshold(subject, "least_bytes"), _gained(subject)
        rises = one.before and one.growth >= least and one.after >= self.threshold(subject, "factor") * one.before
        is_highest = one.after == max(one.values)
        return bool(rises and is_highest) and gained is not None and gained >= max(least, _LARGEST_PART * one.growth)

    def _severity(self, subject: Subject, one: Grown) -> Severity:
        """An error if a trend proves the growth; a note if it may be the first use of something that then stays."""
        if one.proven:
            return Severity.ERROR
        is_new = len(subject.readings) == 2 and not one.before  # noqa: PLR2004
        is_little = is_new and (_is_pooled(one) or one.growth < self.threshold(subject, "least_bytes_of_new"))
        is_little = is_little or _is_one(subject, one) or _is_no_more(subject, one)
        return Severity.NOTE if is_little else Severity.WARNING

    def _advice(self, subject: Subject, one: Grown) -> str:
        """What to do: end what is not ended, or look for who keeps it; if it may be a cache, take one more text."""
        if cure := cure_of(subject, one.stack) or cure_of_contexts_beside(subject, one.stack, one.front):
            return cure
        if not one.proven and _is_no_more(subject, one):
            return _HARDLY_MORE_ADVICE
        may_fill = not one.proven and one.after < self.threshold(subject, "factor") * one.before
        return _KEEPS_ADVICE + (_FILLS_ADVICE if may_fill else "")

    def _tell(self, subject: Subject, one: Grown) -> Finding:
        name = one.front.function if one.front else "?"
        rate = f" ({bytes_in_words(one.pace[0])} {one.pace[1]})" if one.pace else ""
        part = f", {percent(one.share)} of all growth" if one.share else ""
        return self.finding(
            f"memory of {name} grew from {bytes_in_words(one.before)} to {bytes_in_words(one.after)}{rate}{part}",
            severity=self._severity(subject, one),
            functions=subject.functions(one.stack, one.front),
            front=one.front,
            stack=one.stack,
            count=max(1, int(one.growth / MEBIBYTE)),
            source=(subject.last.name, 1),
            evidence={
                "inuse_bytes": list(one.values),
                **called_by(subject, one.stack, one.front),
                "growth_bytes": int(one.growth),
                "sampling_error_bytes": int(one.noise),
                **_statistics(one),
            },
            advice=self._advice(subject, one),
        )


def _with_all_stacks(subject: Subject, one: Grown) -> Grown:
    """The growth with the numbers of the whole function, at all of its stacks, instead of the one stack's."""
    from debugtext.growth.whole_function import whole_function  # noqa: PLC0415 - one text alone has no use for it

    if one.front is None:
        return one
    whole = whole_function(trends_of_function(subject, one.front))
    return replace(
        one,
        values=whole.values,
        growth=whole.growth,
        share=whole.share,
        noise=whole.noise,
        per_hour=whole.per_hour,
    )


def _of_collections(subject: Subject, one: Grown) -> Grown:
    """Only the texts before which a garbage collection ran: the others repeat the records of the text before."""
    kept = subject.once(_texts_of_collections)
    return replace(one, values=tuple(one.values[index] for index in kept if index < len(one.values)))


def _texts_of_collections(subject: Subject) -> Sequence[int]:
    from debugtext.growth.bookkeeping import new_collections  # noqa: PLC0415 - one text alone has no use for it
    from debugtext.growth.snapshots import snapshot  # noqa: PLC0415

    return new_collections([snapshot(one) for one in subject.readings])


def _since_first(one: Grown) -> Grown:
    """The numbers from the first text on in which the function holds anything: before that nobody had used it."""
    first = next((at for at, value in enumerate(one.values) if value), 0)
    return replace(one, values=one.values[first:]) if len(one.values) - first > 1 else one


def _is_pooled(one: Grown) -> bool:
    """Whether a pool made the objects: it keeps as many as were in use at once."""
    return any(function.endswith("Pool).Get") for function in one.stack.functions)


def _is_one(subject: Subject, one: Grown) -> bool:
    """Whether the growth is one new object, where none was before: a buffer, not more and more of them."""
    if one.before:
        return False
    heaps = (capture.body for _, capture in subject.captures() if isinstance(capture.body, HeapProfile))
    return sum(s.inuse.objects for heap in heaps for s in heap.samples if s.stack == one.stack) == 1


def _is_no_more(subject: Subject, one: Grown) -> bool:
    """Whether the heap as a whole has hardly grown since the first text, or since the one before the last."""
    return _was_there(subject, one) or _has_stopped(subject, one)


def _was_there(subject: Subject, one: Grown) -> bool:
    """Whether the heap as a whole has gained so much less than the function that most of its memory was there before.

    A record counts an object from the second collection after its allocation on (runtime/mprof.go), HeapAlloc at once.
    """
    gained = _gained(subject)
    return gained is not None and gained < _LARGEST_PART * (one.growth - one.noise)


def _has_stopped(subject: Subject, one: Grown) -> bool:
    """Whether the heap as a whole has hardly grown since the text before, although the function's records have.

    Records come late (see `_was_there`), so they may show only now what was allocated before.
    """
    step = one.values[-1] - one.values[-2]
    gained = _gained(subject, since=-2) if len(one.values) == len(subject.readings) else None
    return gained is not None and gained < _HALF * (step - one.noise)


def _gained(subject: Subject, since: int = 0) -> float | None:
    """How many bytes the live heap has gained, by HeapAlloc or NextGC; None for texts without MemStats."""
    first, last = (_memstats(reading) for reading in (subject.readings[since], subject.last))
    if first is None or last is None:
        return None
    goal = ((last.next_gc_bytes or 0) - (first.next_gc_bytes or 0)) / _GOAL_PER_LIVE
    return max((last.heap_alloc_bytes or 0) - (first.heap_alloc_bytes or 0), goal)


def _memstats(reading: Reading) -> MemStats | None:
    heaps = (capture.body for capture in reading.captures if isinstance(capture.body, HeapProfile))
    return next((heap.memstats for heap in heaps if heap.memstats), None)


def _statistics(one: Grown) -> dict[str, object]:
    """The evidence that only a trend over many inputs has."""
    if not one.proven or one.p_value is None:
        return {}
    found: dict[str, object] = {"growth_share": ratio(one.share), "p_value": round(one.p_value, 4)}
    return found | ({"bytes_per_hour": int(one.per_hour)} if one.per_hour else {})
