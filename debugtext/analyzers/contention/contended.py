"""The rule about locks that goroutines wait for long and often: hot spots of block and mutex profiles."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.contention.spots import Hottest, Spot, hottest
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.durations import seconds_in_words
from debugtext.records.contention import ContentionProfile
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.stacks.wording import percent, ratio

_LOCK_ADVICE = "Hold the lock for less (no I/O or allocation between Lock and Unlock), split it by key, or use atomics."
_CHANNEL_ADVICE = (
    "Look at what lets each of them wait so long: the other side of this channel or timer is slow, or too few."
)


class Contended(Rule):
    """Goroutines wait long and often for one lock.

    **What it sees.** In a mutex text, the function whose Unlock kept others waiting; in a block text, the function that
    waited for the lock. If that function is a method of yours that only locks or unlocks, its caller is named instead.
    A warning needs most of all lock delay at that place, and waits that are long: a thousand waits of a millisecond or
    more that add up to seconds, or a few of a tenth of a second, as when a lock is held during I/O or a sleep.

    Very many waits at one place are a note, however short they are. Given two texts of one process, only the delay
    added between them counts; if they also say when they were taken, a warning does not ask for seconds in all, but for
    at least one goroutine that is waiting there at any moment, on average.

    **Why it is trouble.** The program does one thing at a time at this place, no matter how many processors it has.

    **When it is not.** Delay adds up over the life of the process and over all goroutines, so a few seconds in a day
    are nothing. To see what a minute costs, run `debugtext diff` on two texts taken a minute apart. Waits on channels,
    conditions and WaitGroups are how goroutines rest; they are not counted, unless the text is one such place copied
    out of a block text.

    **What to do.** Hold the lock for less time: no I/O and no allocation between Lock and Unlock. Split the lock by
    key, or use atomics.
    """

    id = "DT501"
    name = "lock-contention"
    verdict = Verdict.CONTENTION
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {
        "share": 0.5,
        "mean_ms": 1,
        "waits": 1000,
        "seconds": 10,
        "long_ms": 100,
        "long_waits": 3,
        "note_seconds": 1,
        "note_waits": 10_000,
        "waiting": 1,
    }
    fires_on: ClassVar = ("contention/mutex-go1.27.txt",)
    quiet_on: ClassVar = ("contention/mutex-runtime-locks-go1.26.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for each text: its hottest spot, of all delay or of that added since the first text."""
        for name, capture in subject.captures():
            if isinstance(capture.body, ContentionProfile):
                found = hottest(subject, capture.body)
                if found is not None and self._is_worth_knowing(subject, found):
                    yield self._tell(subject, found, capture.body.kind, (name, capture.first_line))

    def _is_worth_knowing(self, subject: Subject, found: Hottest) -> bool:
        """Whether goroutines waited for long in all, or so often at one place that it may become long."""
        long = found.spot.seconds >= self.threshold(subject, "note_seconds")
        often = found.spot.count >= self.threshold(subject, "note_waits")
        return long or (often and found.share >= self.threshold(subject, "share"))

    def _tell(self, subject: Subject, found: Hottest, kind: str, source: tuple[str, int]) -> Finding:
        spot, more = found.spot, " more" if found.is_added else ""
        evidence: dict[str, object] = {
            "delay_seconds": round(spot.seconds, 3),
            "contentions": spot.count,
            "mean_ms": round(spot.mean_ms, 3),
            "share": ratio(found.share),
            "profile": kind,
        }
        if found.waiting is not None:
            evidence["goroutines_waiting"] = round(found.waiting, 1)
        return self.finding(
            f"goroutines waited {seconds_in_words(spot.seconds)}{more} {_where(spot)}{_share(found)}",
            severity=Severity.WARNING if self._is_alarm(subject, found) else Severity.NOTE,
            functions=subject.functions(spot.stack, spot.front),
            front=spot.front,
            stack=spot.stack,
            count=spot.count,
            source=source,
            evidence=evidence,
            advice=_LOCK_ADVICE if spot.is_lock else _CHANNEL_ADVICE,
        )

    def _is_alarm(self, subject: Subject, found: Hottest) -> bool:
        """Whether the finding is a warning: most of the delay is at the spot, and its waits are many and long.

        Between two texts with times, somebody must also be waiting there nearly always.
        """
        spot = found.spot
        if found.waiting is not None and found.waiting < self.threshold(subject, "waiting"):
            return False
        if found.share < self.threshold(subject, "share"):
            return False
        if spot.mean_ms >= self.threshold(subject, "long_ms") and spot.count >= self.threshold(subject, "long_waits"):
            return True
        is_much = found.waiting is not None or spot.seconds >= self.threshold(subject, "seconds")
        is_often = spot.count >= self.threshold(subject, "waits")
        return is_much and is_often and spot.mean_ms >= self.threshold(subject, "mean_ms")


def _share(found: Hottest) -> str:
    """`, 67% of the time waited for locks (59% of all waiting)`; empty for a place that is not a lock."""
    if not found.spot.is_lock:
        return ""
    share, of_all = percent(found.share), percent(found.share_of_all)
    return f", {share} of the time waited for locks" + f" ({of_all} of all waiting)" * (share != of_all)


def _where(spot: Spot) -> str:
    """Where goroutines waited: for a lock, or in a function."""
    return f"for a lock taken in {spot.front.function}" if spot.is_lock else f"in {spot.front.function}"
