"""What the rules about waiting goroutines share: they weigh crowds at one place by points."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.amounts import MANY
from debugtext.analyzers.crash_facts.crashing import is_snapshot
from debugtext.analyzers.crash_facts.running_tests import timeout_of
from debugtext.analyzers.evidence.absent_receivers import stuck_actor
from debugtext.analyzers.evidence.callers import called_from_elsewhere
from debugtext.analyzers.evidence.excerpts import shows_few
from debugtext.analyzers.evidence.origins import WAITS_FOR_OTHERS, origin_in_words
from debugtext.analyzers.evidence.own_slots import fill_their_own_pool
from debugtext.analyzers.evidence.same_number import twin
from debugtext.analyzers.evidence.served_clients import clients_have_gone
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.waits.named_beside import NIL_CHANNEL, named_beside
from debugtext.analyzers.waits.stuck_finalizers import blocked_finalizers
from debugtext.analyzers.weighing.signs.bystanders import PICKED_MINUTES
from debugtext.analyzers.weighing.signs.limits import AS_THRESHOLDS, Limits
from debugtext.analyzers.weighing.suspicion import ALARM, NOTE, Suspicion, suspicion_of
from debugtext.records.findings import REASONS, Certainty, Finding, Severity, Verdict
from debugtext.stacks.crowds import Crowd, crowds
from debugtext.stacks.leak_detector import detector_has_run
from debugtext.stacks.operations import AT_WORK, LOCKS, Operation
from debugtext.stacks.places import Place, is_old
from debugtext.stacks.wording import CUT_OFF, goroutines, ratio, since

_AN_HOUR, _MINUTES, _SENDERS_FOR_MINUTES = 60, 2, 3
"""A sender without a stack counts after an hour; so many of them count after some minutes."""
_FOR_OTHERS = WAITS_FOR_OTHERS | {Operation.WAIT_GROUP, Operation.SEMAPHORE}
_TEST = "testing.tRunner"
_COMPARE = "Take a second text some minutes later and compare"
_LEAKED = "a goroutineleak profile (Go 1.27): what it lists has leaked for certain."
_BY_TIMES = "Take goroutine?debug=2 twice, some minutes apart: its waiting times tell."
_NEVER_LISTED = AT_WORK
"""Go's detector lists no goroutines in these: it looks only at channels, selects and package sync (runtime/mgc.go)."""
_OF_ITSELF = (
    "A worker must not wait for a free worker of its own pool: do there what it hands on, start that outside of "
    "the pool, or take a slot only if one is free (errgroup's TryGo)."
)
_GONE = "Wait for the request's Context().Done() as well: the server cancels it when the client goes away."


class WaitingRule(Rule):
    """A rule about crowds of goroutines that wait for one kind of operation."""

    verdict = Verdict.LEAK
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"points": ALARM, "note_points": NOTE, "note_goroutines": 10, **AS_THRESHOLDS}
    about_thresholds: ClassVar = (
        "What speaks for a leak and against it adds up to points (--full shows each): so many `points` are an alarm, "
        "`note_points` a note. `goroutines` at one place are many, and so are `few_goroutines` that are 40% of all. A "
        "`share` of all is most; `thousands` and `excessive` weigh more. From `minutes` on a wait is long; for several "
        "senders, or where nothing moves, it is long sooner. To be warned of less, raise `points`."
    )
    operations: ClassVar[frozenset[Operation]] = frozenset()
    advice: ClassVar[str] = ""

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """A warning or a note for each crowd with enough points."""
        for crowd in crowds(place for place in subject.places if self.looks_at(subject, place)):
            suspicion = self.weigh(subject, crowd)
            few = crowd.count < self.threshold(subject, "note_goroutines") and not self.tells_of_few(subject, crowd)
            if suspicion.points >= self.threshold(subject, "points" if few else "note_points"):
                yield self.tell(subject, crowd, suspicion)

    def looks_at(self, subject: Subject, place: Place) -> bool:
        """Whether a place is this rule's: its operation fits, it is not idle by design, and no surer rule has it."""
        return (
            place.operation in self.operations
            and (place.front is not None or tells_by_its_state(place) or _is_cut_off(subject, place))
            and not place.at_rest
            and not place.leaked
            and is_snapshot(subject, place.capture)
            and not place.libraries
            and not blocked_finalizers(place)
            and not _is_timed_out(subject, place)
        )

    def weigh(self, subject: Subject, crowd: Crowd) -> Suspicion:
        """The points of a crowd, by this rule's thresholds."""
        return suspicion_of(subject, crowd, Limits.of(lambda name: self.threshold(subject, name)))

    def tells_of_few(self, subject: Subject, crowd: Crowd) -> bool:
        """Whether even few are worth a note.

        That is so for senders with a printed wait or to actors that all send, and for one old goroutine in an excerpt.
        """
        if crowd.operation is Operation.SEND:
            return bool(crowd.waits) or stuck_actor(subject, crowd.first) is not None
        is_picked = crowd.count == 1 and bool(crowd.waits) and shows_few(subject, crowd.first.capture)
        return is_picked and crowd.waits[0] >= PICKED_MINUTES

    def advise(self, crowd: Crowd) -> str:
        """What to do about one crowd."""
        del crowd
        return self.advice

    def tell(self, subject: Subject, crowd: Crowd, suspicion: Suspicion) -> Finding:
        """The finding about one crowd, and about the goroutines that are named beside it."""
        alarm = suspicion.points >= self.threshold(subject, "points")
        beside = named_beside(subject, crowd, self._twin_without_finding(subject, crowd) if alarm else None)
        to_be_sure = "" if alarm else _to_be_sure(subject, crowd)
        is_nil = alarm and beside.is_other_side_of(crowd)
        advice = beside.advice or _advice_by_company(subject, crowd) or self.advise(crowd)
        found = self.place_finding(
            subject,
            f"{goroutines(crowd.count)} blocked in {crowd.first.function or CUT_OFF}, {crowd.first.waits_for}"
            f"{since(crowd.waits, crowd.count)}{origin_in_words(subject, crowd)}{beside.in_title(subject, crowd)}",
            beside.places(crowd),
            severity=Severity.WARNING if alarm else Severity.NOTE,
            evidence={
                "goroutines": crowd.count,
                "share": ratio(crowd.share),
                "oldest_minutes": crowd.waits[-1] if crowd.waits else 0,
                **called_from_elsewhere(subject, crowd.places),
                "points": suspicion.points,
                "threshold": self.threshold(subject, "points"),
                **beside.evidence,
                REASONS: sorted(suspicion.reasons, key=lambda reason: not alarm and reason.points >= 0),
            },
            advice=" ".join(filter(None, (to_be_sure, NIL_CHANNEL if is_nil else "", advice))),
        )
        return replace(found, count=crowd.count) if beside.crowd else found

    def _twin_without_finding(self, subject: Subject, crowd: Crowd) -> Crowd | None:
        """An equally large crowd elsewhere in the same package, if it gives no finding of its own; else None."""
        other = twin(subject, crowd)
        if other is None or WaitingRule.weigh(self, subject, other).points >= self.threshold(subject, "note_points"):
            return None
        return other


def _to_be_sure(subject: Subject, crowd: Crowd) -> str:
    """The advice on how to learn more about a crowd that is only a note."""
    is_one = len(subject.readings) == 1
    if crowd.operation in _NEVER_LISTED:
        has_times = crowd.first.group.state is not None
        return f"{_COMPARE}." if is_one and has_times else _BY_TIMES
    if subject.per_places(crowd.first.capture, detector_has_run):
        return f"{_COMPARE}." if is_one else ""
    return f"{_COMPARE}, or {_LEAKED}" if is_one else f"Take {_LEAKED}"


def _advice_by_company(subject: Subject, crowd: Crowd) -> str:
    """The advice that follows from other goroutines, whatever the crowd waits for; empty if there is none."""
    if fill_their_own_pool(subject, crowd):
        return _OF_ITSELF
    return _GONE if clients_have_gone(subject, crowd) else ""


def _is_timed_out(subject: Subject, place: Place) -> bool:
    """Whether it is a test that ran out of time, which the rules about tests report."""
    return _TEST in place.stack.functions and timeout_of(subject, place.capture) is not None


def _is_cut_off(subject: Subject, place: Place) -> bool:
    """Whether a stack that ends within the runtime's frames still counts, because it waits for minutes.

    Only senders never wait so by design. For others the lost function would tell whether they are meant to wait, so
    they count only if the text shows nobody else.
    """
    if not place.stack.frames or place.stack.created_by is not None or not is_old(place.group.waits):
        return False
    alone = len(subject.company(place.capture).places) == 1
    return place.operation is Operation.SEND or (alone and place.operation in _FOR_OTHERS)


def tells_by_its_state(place: Place) -> bool:
    """Whether goroutines without stacks still count, because none waits so long in such a state by design.

    That is one sender after an hour, several senders after minutes, and many goroutines after minutes at locks and
    semaphores.
    """
    if place.stack.frames:
        return False
    if place.operation is Operation.SEND:
        return place.oldest_minutes >= (_MINUTES if place.count >= _SENDERS_FOR_MINUTES else _AN_HOUR)
    return place.operation in LOCKS | {Operation.SEMAPHORE} and place.count >= MANY and is_old(place.group.waits)
