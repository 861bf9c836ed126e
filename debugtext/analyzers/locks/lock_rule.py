"""What the rules about locks share: which lock is whose, and the finding about one."""

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from debugtext.analyzers.evidence.workers import workers_among
from debugtext.analyzers.locks.holders import Holder
from debugtext.analyzers.locks.self_waits import self_waits
from debugtext.analyzers.locks.tangles import Tangle, tangles_of
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Frame
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import Operation
from debugtext.stacks.ownership import Owner
from debugtext.stacks.wording import each, goroutines, minutes, wait

_OF_A_LIBRARY = (
    "The lock is a library's own: look here for what takes it (a transaction, an iterator, a session) and does not end "
    "it on some path: an early return, an error, a panic."
)

_OF_A_ONCE = (
    "Until the function that a Once runs has returned, every other call of Do waits: look for the goroutine that is in "
    "it, and what that one waits for."
)


@dataclass(frozen=True, slots=True)
class Awaiting:
    """How many wait, `since` when, in which `function`, and the own code that `called` it if it is a library's."""

    count: int
    since: str
    function: str
    called: str = ""

    @property
    def who(self) -> str:
        """`12 goroutines wait for 3 min`."""
        return f"{goroutines(self.count)} {wait(self.count)}{self.since}"

    @property
    def where(self) -> str:
        """`sql.(*DB).conn (called by main.query)`."""
        return f"{self.function}{self.called}"


class LockRule(Rule):
    """What the rules about locks share."""

    verdict = Verdict.DEADLOCK
    certainty = Certainty.LIKELY
    advice: ClassVar[str] = ""

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """A finding for each lock of this rule; a circle of locks gives one, and so do circles at the same places.

        Locks of leaked goroutines are left to DT101, which is certain, those of goroutines that wait for themselves to
        DT308.
        """
        told: dict[Hashable, Finding] = {}
        circles: dict[Hashable, Hashable] = {}
        for tangle in subject.once(tangles_of):
            if not tangle.is_leaked and not is_of_self(subject, tangle) and self.is_mine(subject, tangle):
                found = self.tell(subject, tangle)
                if tangle.circle is None or tangle.circle not in circles:
                    key = self.key(tangle, found)
                    told.setdefault(key, found)
                    circles[tangle.circle or key] = key
        number = Counter(circles.values())
        for key, found in told.items():
            more = {"circles": number[key]} if number[key] > 1 else {}
            yield replace(found, evidence={**found.evidence, **more})

    def key(self, tangle: Tangle, found: Finding) -> Hashable:
        """Findings with the same key are told once: by default those that name the same places."""
        del tangle
        return found.fingerprint

    def is_mine(self, subject: Subject, tangle: Tangle) -> bool:
        """Whether this rule is the one that reports the lock."""
        raise NotImplementedError

    def title(self, subject: Subject, tangle: Tangle) -> str:
        """The title: what a person would say."""
        raise NotImplementedError

    def awaiting(self, subject: Subject, tangle: Tangle) -> Awaiting:
        """How many goroutines wait, since when, and where."""
        return Awaiting(tangle.lock.count, tangle.lock.since, tangle.lock.where, called_by(subject, tangle))

    def tell(self, subject: Subject, tangle: Tangle) -> Finding:
        """The finding: the holder comes first, if there is one, then the waiters."""
        waiter = tangle.waiter
        holder = tangle.holder
        own = own_caller(subject, tangle)
        fronts = [own.function] if own else []
        if holder:
            shown_holders = tangle.holders if tangle.is_cycle else tangle.holders[:1]
            fronts = [_frame_to_open(subject, one).function for one in shown_holders]
        fronts += [waiter.frame.function, *([holder.place.function] if holder else [])]
        chain = [function for one in tangle.holders[1:] for function in (one.function, one.place.function)]
        functions = tuple(
            dict.fromkeys((*fronts, *tangle.lock.callers, *chain, *subject.functions(waiter.place.stack)))
        )
        place = holder.place if holder else waiter.place
        shown = own or (None if waiter.is_cut_off else waiter.frame)
        frame = _frame_to_open(subject, holder) if holder else shown
        is_once = tangle.waiter.is_of_once
        return self.finding(
            _title_of_once(tangle, self.awaiting(subject, tangle)) if is_once else self.title(subject, tangle),
            severity=self.severity(tangle),
            functions=functions[:MOST_FUNCTIONS] if frame else (),
            front=frame,
            stack=place.stack,
            count=tangle.lock.count + tangle.holders_beside,
            source=(place.input, place.group.line),
            is_own=frame is not None and subject.ownership.is_own(frame),
            evidence={
                "chain": [*tangle.drawn(), *_ring_of_group(subject, tangle)],
                "waiters": tangle.lock.count,
                "oldest_minutes": tangle.lock.oldest_minutes,
                **({"lock": hex(tangle.lock.address)} if tangle.lock.address is not None else {}),
            },
            advice=_OF_A_ONCE if is_once else _OF_A_LIBRARY if own else self.advice,
        )

    def severity(self, tangle: Tangle) -> Severity:
        """An error: the goroutines will wait for ever."""
        del tangle
        return Severity.ERROR


def _frame_to_open(subject: Subject, holder: Holder) -> Frame:
    """The frame that holds the lock; if it is a library's, the own code that the library has called and that waits."""
    frame = holder.place.stack.frames[holder.frame]
    front = holder.place.front
    return front if front is not None and holder.place.own and not subject.ownership.is_own(frame) else frame


def is_of_self(subject: Subject, tangle: Tangle) -> bool:
    """Whether a goroutine that waits for itself (DT308) is among a lock's waiters, or stands in the same function."""
    capture, function = tangle.place.capture, tangle.waiter.place.function
    there = (place for place, _ in self_waits(subject) if place.capture is capture)
    return any(
        place.function == function or any(waiter.place is place for waiter in tangle.lock.waiters) for place in there
    )


def _title_of_once(tangle: Tangle, awaiting: Awaiting) -> str:
    """The title about goroutines that wait behind a sync.Once: another goroutine is still in its function."""
    holder = tangle.holder
    who = "another goroutine is still in it"
    if holder is not None:
        there = f"goroutine {holder.goroutine}" if holder.goroutine is not None else "a goroutine"
        where = f"{holder.place.waits_for}{minutes(holder.place.oldest_minutes)} in {holder.place.function}"
        who = f"{there} is still in it, {where}"
    return f"{awaiting.who} for the function of a sync.Once in {awaiting.where}: {who}"


def _ring_of_group(subject: Subject, tangle: Tangle) -> list[str]:
    """The last link of the chain if the holder waits for a WaitGroup of goroutines that wait for the lock."""
    holder = tangle.holder
    if holder is None or holder.again or holder.place.operation is not Operation.WAIT_GROUP:
        return []
    places = list({id(waiter.place): waiter.place for waiter in tangle.lock.waiters}.values())
    workers = workers_among(subject, holder.place, places)
    if not workers:
        return []
    names = each(Crowd(tuple(workers)).by_function)
    return [f"which waits for {names}, who wait for this lock: none of them can go on"]


def called_by(subject: Subject, tangle: Tangle) -> str:
    """What a title adds behind a library's function: the own function that called it, and how many others did."""
    own = own_caller(subject, tangle)
    if own is None:
        return ""
    functions = {waiter.place.function for waiter in tangle.lock.waiters if waiter.place.own}
    more = len(functions - {own.function})
    return f" (called by {own.function}{f' and {more} more function' + 's' * (more != 1) if more else ''})"


def own_caller(subject: Subject, tangle: Tangle) -> Frame | None:
    """The frame of own code that called the library, if the lock is a library's and nobody seems to hold it."""
    place = tangle.waiter.place
    is_library = subject.ownership.owner(tangle.waiter.frame) is not Owner.OWN
    return place.front if is_library and place.own and tangle.holder is None else None
