"""Deadlocks that the runtime itself reports."""

from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.crash_facts.asleep import advice_of_sleep, is_alone
from debugtext.analyzers.crash_facts.bubbles import advice_of_clock, states_that_stop_clocks
from debugtext.analyzers.crash_facts.crashing import CrashRule
from debugtext.analyzers.locks.forgotten_unlock import ForgottenUnlock
from debugtext.analyzers.locks.reported import with_lock
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.crashes import Crash
from debugtext.records.findings import WAITS, Certainty, Finding, Verdict, Wait, location_of
from debugtext.records.frames import Frame
from debugtext.stacks.operations import Operation
from debugtext.stacks.waiting import named_functions, operation_of
from debugtext.stacks.wording import each, goroutines

_LEFT = "bubble goroutine has exited but"
"""The panic of testing/synctest when a test returns before the goroutines that it started (runtime/synctest.go)."""
_BEHIND_OTHERS = frozenset({Operation.BUBBLE, Operation.SLEEP, Operation.NO_CASES})
"""Waits that end when other goroutines go on, so other goroutines are named first.

A bubble's clock moves when all of its goroutines are blocked; a main function with `select {}` lets the others work.
"""
_GOEXIT = "main called runtime.Goexit"
_Fronts = dict[str, tuple[Frame, Operation, int]]
"""By function: (the frame to open, what its goroutines wait for, how many they are)."""


def has_returned(body: object) -> bool:
    """Whether a capture's body reports a test that has returned and left goroutines of its bubble behind."""
    return isinstance(body, Crash) and _LEFT in body.reason


class AllAsleep(CrashRule):
    """Every goroutine waits, and none is left to wake another.

    **What it sees.** `fatal error: all goroutines are asleep - deadlock!`, `no goroutines (main called
    runtime.Goexit)`, and the same inside a synctest bubble. A goroutine that holds a lock which others wait for is
    named first. If a test left its bubble (`main bubble goroutine has exited but blocked goroutines remain`), the
    goroutines still in it are named; in a bubble where the others are durably blocked, the one that is not comes first,
    because the bubble's clock waits for it.

    **Why it is trouble.** The runtime has proved that the program can never go on, and ends it.

    **When it is not.** Never. (A program with a timer, a signal handler or a connection never gets this far: the
    runtime cannot rule out that one of those wakes somebody.)

    **What to do.** Go through the named functions: each says what it waits for. Look for the missing close, Done,
    Unlock or second goroutine. If there is only one goroutine, it blocked itself: it locked twice, sent with nobody to
    receive, or used a channel that was never made.
    """

    id = "DT104"
    name = "all-goroutines-asleep"
    verdict = Verdict.DEADLOCK
    certainty = Certainty.CERTAIN
    needs_stack = True
    advice = (
        "Each function waits for something that only another one here could give: add the missing close, "
        "Done or Unlock."
    )
    advice_of_bubbles: ClassVar = (
        "The test ended while goroutines that it had started were still blocked: end each of them (close, cancel) and "
        "wait for it before the test returns."
    )
    advice_of_goexit: ClassVar = (
        "Search what main calls for runtime.Goexit, which t.FailNow, t.Fatal and t.Skip call, too: let main return, or "
        "wait for the others."
    )
    fires_on: ClassVar = ("crash/deadlock-many-go1.27.txt", "crash/synctest-deadlock-go1.27.txt")
    quiet_on: ClassVar = ("crash/circle-go1.26.txt", "dump/idle-pool-go1.26.txt")

    def advise(self, crash: Crash, front: Frame | None) -> str:
        """What to do: about runtime.Goexit in main, about a bubble that its test has left, or about any deadlock."""
        if _GOEXIT in crash.reason:
            return self.advice_of_goexit
        return self.advice_of_bubbles if has_returned(crash) else super().advise(crash, front)

    def tell(self, subject: Subject, name: str, crash: Crash) -> Finding:
        """Names the goroutines in the order in which they are printed, the main one first, and what each waits for."""
        found = super().tell(subject, name, crash)
        if _GOEXIT in crash.reason:
            return replace(found, title=f"{_GOEXIT}, and every other goroutine has ended")
        is_left = has_returned(crash)
        fronts = _fronts(subject, crash, is_left=is_left)
        if is_left:
            found = replace(found, title=_left_behind(crash, {at: count for at, (_, _, count) in fronts.items()}))
        if not fronts:
            return found if is_left else _by_others_code(subject, crash, found)
        front, operation, _ = next(iter(fronts.values()))
        waits = [Wait(function=name, count=count, doing=what.doing) for name, (_, what, count) in fronts.items()]
        functions = tuple(dict.fromkeys((*fronts, *found.functions)))[:MOST_FUNCTIONS]
        found = replace(
            found,
            title=found.title if is_left else f"{_everybody(crash)}; {front.function} is stuck {operation.doing}",
            functions=functions,
            location=location_of(front),
            count=sum(count for *_, count in fronts.values()) if is_left else len(crash.dump.goroutines) or 1,
            evidence={**found.evidence, WAITS: waits},
            advice=found.advice if is_left else _advice(crash, operation) or found.advice,
        )
        return _numbered(subject, crash, _with_lock(subject, crash, found))


def _numbered(subject: Subject, crash: Crash, found: Finding) -> Finding:
    """The finding with the id of the goroutine whose function it names first."""
    if "goroutine" not in found.evidence:
        return found
    fronts = ((one.id, subject.ownership.own_frame(one.stack)) for one in crash.dump.goroutines)
    number = next((number for number, front in fronts if front and front.function == found.functions[0]), None)
    return found if number is None else replace(found, evidence={**found.evidence, "goroutine": number})


def _fronts(subject: Subject, crash: Crash, *, is_left: bool) -> _Fronts:
    """The own functions in which goroutines wait, with those to look at first in front."""
    fronts: _Fronts = {}
    stop_clocks = states_that_stop_clocks(crash)
    for group in sorted(crash.groups(), key=lambda group: (group.state not in stop_clocks, group.line)):
        front = subject.ownership.own_frame(group.stack)
        runner = front is not None and bool(
            subject.knowledge.idle_entry(group.stack, front.function, named_functions(group.stack)[:1])
        )
        operation = operation_of(group.stack, group.state)
        if front is not None and not runner and not (is_left and operation is Operation.RUNNING):
            first, waits_for, count = fronts.get(front.function, (front, operation, 0))
            fronts[front.function] = (first, waits_for, count + group.count)
    return dict(sorted(fronts.items(), key=lambda one: one[1][1] in _BEHIND_OTHERS))


def _advice(crash: Crash, operation: Operation) -> str:
    """What to do about the goroutine that is named first; empty if the cause may be another goroutine."""
    return advice_of_clock(crash, operation) or advice_of_sleep(operation, alone=is_alone(crash))


def _with_lock(subject: Subject, crash: Crash, found: Finding) -> Finding:
    """The finding with the lock that goroutines wait for; if nobody seems to hold it, the first function stays."""
    told = with_lock(subject, crash, found)
    if told.evidence.get("rule_of_chain") != ForgottenUnlock.id:
        return told
    functions = tuple(dict.fromkeys((*found.functions[:1], *told.functions)))[:MOST_FUNCTIONS]
    first = f"Begin with {told.functions[0]}: {told.advice[0].lower()}{told.advice[1:]}"
    advice = found.advice if is_alone(crash) or states_that_stop_clocks(crash) else first
    return replace(told, functions=functions, location=found.location, advice=advice)


def _everybody(crash: Crash) -> str:
    return f"every goroutine{' of the bubble' * ('bubble' in crash.reason)} waits"


def _by_others_code(subject: Subject, crash: Crash, found: Finding) -> Finding:
    """The finding for a text without own code: it names what the first goroutine is for, not the leaf it waits in."""
    group = min(crash.groups(), key=lambda group: group.line, default=None)
    front = subject.ownership.front_frame(group.stack) if group else None
    if group is None or front is None:
        return found
    functions = tuple(dict.fromkeys((front.function, *found.functions)))[:MOST_FUNCTIONS]
    title = f"{_everybody(crash)}; {front.function} is stuck {operation_of(group.stack, group.state).doing}"
    return replace(found, title=title, functions=functions)


def _left_behind(crash: Crash, blocked: dict[str, int]) -> str:
    """The title about a bubble that its test has left: which functions (with their counts) still wait in it."""
    test = next((test.name for test in crash.tests), "a test")
    count = sum(blocked.values())
    if not count:
        return f"{test} returned while goroutines that it had started were blocked; they are not in the text"
    return (
        f"{test} returned while {goroutines(count)} that it had started {'was' if count == 1 else 'were'} blocked "
        f"in {each(blocked)}"
    )
