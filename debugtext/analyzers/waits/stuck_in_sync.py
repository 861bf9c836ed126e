"""Goroutines that wait in package sync for others that have gone."""

from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.evidence.singleflight import singleflight_caller
from debugtext.analyzers.evidence.workers import (
    advice_for,
    are_sessions,
    caller_of_wait,
    peer_at_work,
    pool_at_work,
    stuck_worker,
    wait_for_more,
    worker_at_work,
    workers_of,
)
from debugtext.analyzers.locks.self_waits import self_waits
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.analyzers.waits.waiting_rule import WaitingRule
from debugtext.analyzers.weighing.suspicion import NOTE, Suspicion
from debugtext.records.findings import Finding, Severity, Verdict
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import LOCKS, Operation
from debugtext.stacks.places import Place
from debugtext.stacks.wording import minutes

_MOST_WORKERS_NAMED = 2


class StuckWaitGroup(WaitingRule):
    """Goroutines wait for a WaitGroup that does not reach zero.

    **What it sees.** Goroutines at one place in `sync.WaitGroup.Wait`, and the workers that they wait for, if these are
    still there: workers that were started by them or beside them, or that are in methods of the same type and have been
    blocked for as long.

    **Why it is trouble.** A worker is blocked itself and cannot return; or one returned without Done, Add came after
    Wait, or the WaitGroup was copied.

    **When it is not.** A goroutine may wait for running work for as long as that takes (`main` of a server). These are
    notes only:

    - the workers that it started are seen at work;

    - all workers wait for more to do, as an idle pool does;

    - the workers read connections: sessions last as long as their peers stay.

    **What to do.** If a worker is named, fix what that worker waits for. Otherwise put `defer wg.Done()` on the first
    line of every worker, call Add before `go`, and pass the WaitGroup by pointer.
    """

    id = "DT204"
    name = "stuck-waitgroup"
    operations = frozenset({Operation.WAIT_GROUP})
    advice = (
        "A worker has not returned, or returned without Done: look for it; `defer wg.Done()` on its first line, Add "
        "before `go`."
    )
    advice_while_at_work = "Its workers are at work: take another text some minutes later to see whether they get on."
    fires_on: ClassVar = ("dump/waitgroup-go1.24.txt",)
    quiet_on: ClassVar = ("dump/pipeline-go1.26.txt", "crash/sigquit-syncthing-go1.19.txt")

    def looks_at(self, subject: Subject, place: Place) -> bool:
        """Whether a place is this rule's, and its goroutines do not wait for themselves (DT308)."""
        return super().looks_at(subject, place) and all(one is not place for one, _ in self_waits(subject))

    def weigh(self, subject: Subject, crowd: Crowd) -> Suspicion:
        """The points of a crowd; if no worker has anything to do, they are always enough for a note."""
        found = super().weigh(subject, crowd)
        if found.points >= NOTE or not self.tells_of_few(subject, crowd):
            return found
        why = "all that it waits for wait for more to do, as long as it does, and nobody else is in own code"
        return found.with_points(NOTE, why)

    def tells_of_few(self, subject: Subject, crowd: Crowd) -> bool:
        """Whether all workers wait for more to do, and nobody is there who could close their channel."""
        return len(crowd.places) == 1 and bool(wait_for_more(subject, crowd.first))

    def tell(self, subject: Subject, crowd: Crowd, suspicion: Suspicion) -> Finding:
        """The finding, with the workers that are still there, and the function that calls Wait."""
        found = super().tell(subject, crowd, suspicion)
        workers = workers_of(subject, crowd.first)
        stuck = stuck_worker(crowd.first, workers)
        there = list(dict.fromkeys(place.function for place in workers if place.function))[:_MOST_WORKERS_NAMED]
        caller = caller_of_wait(crowd.first)
        named = (*found.functions[:1], *there[:1], *([caller.function] if caller else []), *there[1:])
        functions = tuple(dict.fromkeys((*named, *found.functions[1:])))[:MOST_FUNCTIONS]
        evidence = {**found.evidence, "still_there": there} if there else found.evidence
        busy = worker_at_work(crowd.first, workers) or (stuck and peer_at_work(subject, crowd.first, stuck))
        busy = busy or (None if stuck else pool_at_work(subject, crowd.first))
        if busy:
            title = f"{found.title}, for {busy.function}, which is at work"
            advice = self.advice_while_at_work
            return replace(
                found, title=title, severity=Severity.NOTE, functions=functions, evidence=evidence, advice=advice
            )
        if stuck is None or singleflight_caller(subject, crowd):
            return replace(found, functions=functions, evidence=evidence)
        title = f"{found.title}, for {_in_words(stuck)}"
        severity = Severity.NOTE if are_sessions(crowd, workers) else found.severity
        return replace(
            found, title=title, severity=severity, functions=functions, evidence=evidence, advice=advice_for(stuck)
        )


class StuckCondition(WaitingRule):
    """Goroutines wait for a sync.Cond that nobody signals.

    **What it sees.** Goroutines at one place in `sync.Cond.Wait`. If goroutines that put and goroutines that take wait
    on the same Cond, by its address, that counts too: one of the two sides should be able to go on.

    **Why it is trouble.** What they wait for changed without Signal or Broadcast, or will never change. Many waiters
    may become more and more; a single one is no leak, but stuck, with whoever waits for it.

    **When it is not.** Subscribers that are woken again and again: they never wait for minutes, and the ticket numbers
    that a traceback prints show that the Cond has woken others before.

    **What to do.** Signal after every change of the condition, with the lock held; Broadcast when the owner ends.
    """

    id = "DT205"
    name = "stuck-condition"
    operations = frozenset({Operation.CONDITION})
    advice = (
        "Call Signal or Broadcast after each change of the condition, and Broadcast when the owner ends: see which of "
        "these is missing."
    )
    fires_on: ClassVar = ("dump/cond-wait-go1.27.txt",)
    quiet_on: ClassVar = ("dump/cond-woken-go1.26.txt",)

    def tell(self, subject: Subject, crowd: Crowd, suspicion: Suspicion) -> Finding:
        """The finding; a single goroutine is a deadlock, not a leak."""
        found = super().tell(subject, crowd, suspicion)
        if crowd.count == 1:
            return replace(found, verdict=Verdict.DEADLOCK)
        return found


class StuckSemaphore(WaitingRule):
    """Many goroutines wait for a semaphore or a lock, and the text does not show which.

    **What it sees.** `semacquire` without a frame of a lock, a WaitGroup or a Cond. If a paste has lost all frames,
    many goroutines that have waited for minutes, also at locks.

    **Why it is trouble.** Whoever has taken it does not give it back.

    **When it is not.** In moments of load.

    **What to do.** Look at the whole dump: what the first function holds while it waits, and whether that is released
    on every path.
    """

    id = "DT206"
    name = "stuck-semaphore"
    operations = LOCKS | {Operation.SEMAPHORE}
    advice = "Release what was acquired on every path (defer), and do not wait while holding it."
    advice_of_headers = "Give the whole dump, with its stacks: it tells which lock they wait for, and who may hold it."
    fires_on: ClassVar = ("pasted/headers-only.txt",)
    quiet_on: ClassVar = ("dump/full-pipe-go1.26.txt", "dump/waitgroup-go1.24.txt")

    def looks_at(self, subject: Subject, place: Place) -> bool:
        """Whether a place is this rule's: locks whose frames are shown belong to the rules about locks."""
        return super().looks_at(subject, place) and (place.operation not in LOCKS or not place.stack.frames)

    def advise(self, crowd: Crowd) -> str:
        """The advice; headers without frames do not show where to look."""
        return self.advice if crowd.first.stack.frames else self.advice_of_headers


def _in_words(worker: Place) -> str:
    """Where a worker that has not returned stands, and what it waits for."""
    several = f" ({worker.count:,})" if worker.count > 1 else ""
    return f"{worker.function or 'another one'}{several}: {worker.waits_for}{minutes(worker.oldest_minutes)}"
