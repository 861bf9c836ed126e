"""Small dumps in which every goroutine waits for another one."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.crash_facts.crashing import is_snapshot
from debugtext.analyzers.evidence.excerpts import is_excerpt
from debugtext.analyzers.evidence.residents import is_resident
from debugtext.analyzers.evidence.stillness import has_ended, only_watches
from debugtext.analyzers.locks.reported import has_reported_lock
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.suspicion import ALARM, suspicion_of
from debugtext.records.captures import Capture
from debugtext.records.counts import CountProfile
from debugtext.records.crashes import Crash
from debugtext.records.findings import WAITS, Certainty, Finding, Severity, Verdict, Wait
from debugtext.records.goroutines import GoroutineDump
from debugtext.series.same_goroutines import shown_by_another
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import CHANNELS, IO, LOCKS, Operation
from debugtext.stacks.places import Place
from debugtext.stacks.wording import goroutines

_BLOCKED = CHANNELS | LOCKS | {Operation.WAIT_GROUP, Operation.CONDITION, Operation.SEMAPHORE}
_URGENT = (Operation.SEND, Operation.WAIT_GROUP, Operation.MUTEX, Operation.WRITE_LOCK, Operation.READ_LOCK)
_MOST_IN_ONE_FUNCTION = 3
"""If more goroutines than this all stand in one function, they are a crowd, which other rules report."""
_BOTH = 2
_MOST_NAMED = 8
_OPEN_WORLD = IO | {Operation.ACCEPT, Operation.RUNNING}
"""Goroutines in these may still wake others."""


class EveryoneWaits(Rule):
    """Every goroutine of a dump waits for another, and none of them is active.

    **What it sees.** A small traceback, a complete profile, or one record of a profile that waits for a lock, in which
    all goroutines are blocked on channels, locks or WaitGroups, and at least one of them is in a send, a Lock or a
    Wait. Nobody runs, sleeps, selects or does I/O. Known idle goroutines, loops, and the goroutine that writes the text
    do not count.

    **Why it is trouble.** The functions show who waits for whom: it is mostly a circle. The runtime does not report it
    as long as one timer, signal handler or connection is left.

    **When it is not.** When the text is only an excerpt, and the goroutine that will wake them is not in it. Nothing is
    reported for a few goroutines shown in full beside a profile of all.

    **What to do.** Start with the first function: who should receive, unlock or call Done there, and where is that
    goroutine?
    """

    id = "DT305"
    name = "everyone-waits"
    verdict = Verdict.DEADLOCK
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"least": 1, "most": 40}
    fires_on: ClassVar = ("crash/circle-go1.26.txt",)
    quiet_on: ClassVar = ("dump/pipeline-go1.26.txt", "dump/idle-pool-go1.26.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for each dump."""
        again = shown_by_another(subject.last.captures)
        for number, (_, capture) in enumerate(subject.captures()):
            if number in again:
                continue
            places = [place for place in subject.company(capture).places if not only_watches(place)]
            if not places or not _tells_all(capture, places) or not is_snapshot(subject, capture):
                continue
            if any(place.operation in _OPEN_WORLD and not has_ended(place) for place in places):
                continue
            actors = [place for place in places if not self._rests(subject, place)]
            count = sum(place.count for place in actors)
            urgent = [place for place in actors if place.operation in _URGENT and place.front is not None]
            if count == 1 and actors[0].operation is Operation.WAIT_GROUP:
                continue
            blocked = all(place.operation in _BLOCKED and not place.leaked for place in actors)
            functions = {place.function for place in actors}
            if len(functions) == 1 and count > _MOST_IN_ONE_FUNCTION:
                continue
            if has_reported_lock(subject, capture) or _is_only_a_sender(subject, places):
                continue
            if urgent and blocked and self.threshold(subject, "least") <= count <= self.threshold(subject, "most"):
                how = _all(count, cut=is_excerpt(subject, capture) or getattr(capture.body, "total", 0) is None)
                yield self._tell(subject, sorted(actors, key=_urgency), count, how)

    def _rests(self, subject: Subject, place: Place) -> bool:
        """Whether goroutines wait by design: known idle ones, loops by their names, and the runtime's own."""
        if place.idle or place.operation is Operation.SYSTEM or place.front is None:
            return True
        resting = place.operation in {Operation.SELECT, Operation.RECEIVE, Operation.RANGE, Operation.CONDITION}
        return resting and is_resident(subject, Crowd((place,)))

    def _tell(self, subject: Subject, actors: list[Place], count: int, how: str) -> Finding:
        waits = [Wait(function=place.function, count=place.count, doing=place.waits_for) for place in actors]
        return self.place_finding(
            subject,
            f"{how}: {actors[0].function}, {actors[0].waits_for}",
            actors,
            severity=Severity.WARNING,
            evidence={"goroutines": count, WAITS: waits[:_MOST_NAMED]},
            advice="Start here: see who should receive, unlock or call Done, and what that one waits for.",
        )


def _is_only_a_sender(subject: Subject, places: list[Place]) -> bool:
    """Whether the text shows one sender and nobody else, which the rule about senders reports."""
    (place, *others) = places
    if others or place.count > 1 or place.operation is not Operation.SEND:
        return False
    return suspicion_of(subject, Crowd((place,))).points >= ALARM


def _tells_all(capture: Capture, others: list[Place]) -> bool:
    """Whether a text is a traceback, or a complete profile: its total is right, and it shows its writer.

    A single record of a profile also counts if it waits for a lock: somebody has picked it out.
    """
    body = capture.body
    if isinstance(body, CountProfile):
        if body.total is None and len(others) == len(body.samples) == 1:
            return others[0].operation in LOCKS
        return body.total == body.count > sum(place.count for place in others)
    return isinstance(body, GoroutineDump | Crash)


def _all(count: int, *, cut: bool) -> str:
    """How the title begins; for an excerpt (`cut`) it says nothing about goroutines that are not shown."""
    if count == 1:
        return f"a goroutine is blocked and no other{' of this excerpt' * cut} is active"
    who = "both goroutines" if count == _BOTH else f"all {goroutines(count)}"
    return f"{who} of own code in this excerpt are blocked" if cut else f"{who} wait for one another"


def _urgency(place: Place) -> tuple[bool, int, int]:
    """Sort key: own code first, then what holds others up most: senders, waiters, lockers, and last receivers."""
    order = _URGENT.index(place.operation) if place.operation in _URGENT else len(_URGENT)
    return not place.own, order, place.group.line
