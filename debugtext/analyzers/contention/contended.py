"""Locks that goroutines wait for much: hot spots of block and mutex profiles."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.rule import Rule, Subject
from debugtext.analyzers.wording import percent
from debugtext.records.contention import ContentionProfile
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Frame, Stack

_LOCKS = frozenset({
    "sync.(*Mutex).Lock", "sync.(*RWMutex).Lock", "sync.(*RWMutex).RLock", "internal/sync.(*Mutex).Lock",
})  # fmt: skip
_NEAR = 4
_ENOUGH_MUTEX = (("mean_ms", "waits"), ("long_ms", "long_waits"))
_ENOUGH_BLOCK = (("long_block_ms", "long_waits"),)
"""Thresholds for the mean wait and the number of waits, either pair of which is enough."""


class Contended(Rule):
    """Goroutines wait long and often for one lock.

    **What it sees.** In a mutex text the function whose Unlock let others wait; in a block text the one that waited
    for a lock (waiting for channels, conditions and groups is how goroutines rest, and not counted). A warning needs
    most of all delay, and in a mutex text waits of milliseconds on average, thousands of them; or some of a tenth of
    a second, as behind a lock that is held over I/O or a sleep. In a block text, which shows who waits and not who
    holds the lock, some of a second.

    **Why it is trouble.** The program does one thing at a time there, whatever the number of processors.

    **When it is not.** Delay adds up over the whole life of the process and over all goroutines: seconds are little
    in a day.

    **What to do.** Hold the lock for less: no I/O, no allocation between Lock and Unlock; split it by key, or use
    atomics.
    """

    id = "DT501"
    name = "lock-contention"
    verdict = Verdict.CONTENTION
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {
        "share": 0.5,
        "mean_ms": 1,
        "waits": 1000,
        "long_ms": 100,
        "long_block_ms": 1000,
        "long_waits": 3,
        "note_seconds": 1,
    }
    fires_on: ClassVar = ("contention/mutex-go1.27.txt",)
    quiet_on: ClassVar = ("contention/block-off-go1.23.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """The hottest spot of each text."""
        for name, capture in subject.captures():
            if isinstance(capture.body, ContentionProfile):
                yield from self._judge(subject, capture.body, name, capture.first_line)

    def _judge(self, subject: Subject, profile: ContentionProfile, name: str, line: int) -> Iterator[Finding]:
        total = 0
        spots: dict[str, tuple[int, int, Frame, Stack]] = {}
        for sample in profile.samples:
            if profile.kind == "block" and _LOCKS.isdisjoint(sample.stack.functions[:_NEAR]):
                continue
            front = subject.ownership.front_frame(sample.stack)
            total += sample.cycles
            if front is not None:
                cycles, count, _, stack = spots.get(front.function, (0, 0, front, sample.stack))
                spots[front.function] = (cycles + sample.cycles, count + sample.count, front, stack)
        if not spots:
            return
        cycles, count, front, stack = max(spots.values(), key=lambda spot: spot[0])
        seconds, share = profile.delay_ns(cycles) / 1e9, cycles / total
        if seconds >= self.threshold(subject, "note_seconds"):
            yield self._tell(subject, profile, (front, stack, (name, line)), (seconds, count, share))

    def _tell(
        self,
        subject: Subject,
        profile: ContentionProfile,
        where: tuple[Frame, Stack, tuple[str, int]],
        what: tuple[float, int, float],
    ) -> Finding:
        (front, stack, source), (seconds, count, share) = where, what
        mean_ms = seconds * 1000 / count if count else 0.0
        enough = any(
            mean_ms >= self.threshold(subject, least_ms) and count >= self.threshold(subject, least)
            for least_ms, least in (_ENOUGH_MUTEX if profile.kind == "mutex" else _ENOUGH_BLOCK)
        )
        alarm = share >= self.threshold(subject, "share") and enough
        return self.finding(
            f"goroutines waited {seconds:,.1f} s for the lock of {front.function}, {percent(share)} of all such delay",
            severity=Severity.WARNING if alarm else Severity.NOTE,
            functions=subject.functions(stack, front),
            front=front,
            stack=stack,
            count=count,
            source=source,
            evidence={
                "delay_seconds": round(seconds, 3),
                "waits": count,
                "mean_ms": round(mean_ms, 3),
                "share": percent(share),
                "profile": profile.kind,
            },
            advice="Hold the lock for less (no I/O or allocation between Lock and Unlock), split it by key, "
            "or use atomics.",
        )
