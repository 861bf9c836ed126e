"""What the rules about crashes share: which goroutine crashed, which stack to show, the words of the finding."""

import re
from collections.abc import Iterator
from dataclasses import replace

from debugtext.analyzers.crash_facts.apart import dumped_above, dumped_below
from debugtext.analyzers.crash_facts.cause_in_words import (
    first_line,
    panic_before,
    panics_between,
    quoted,
    reason_in_a_line,
    said_by_runtime,
)
from debugtext.analyzers.crash_facts.fault_frames import RUNNERS, failing_frame, frame_at_fault, raising_frame
from debugtext.analyzers.crash_facts.no_stack import advice_without_stack
from debugtext.analyzers.crash_facts.panic_frames import NIL_DEREFERENCE, PANIC_FRAMES, is_cut, last_panic, logged_by
from debugtext.analyzers.crash_facts.passed import with_passed
from debugtext.analyzers.crash_facts.stopped import is_stopped
from debugtext.analyzers.crash_facts.which_rule import rule_of, rule_of_hidden_panic
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.rule_families import TIMEOUT
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import Goroutine
from debugtext.stacks.ownership import Owner
from debugtext.stacks.places import Place

_KINDS_OF_ONE_GOROUTINE = frozenset({"panic", "http-panic", "fatal", "signal"})
"""Kinds of crashes that happen in one goroutine."""
_RUNTIME_SAYS = re.compile(
    r"all goroutines are asleep - deadlock!|no goroutines \(main called runtime\.Goexit\) - deadlock!"
    r"|stack overflow|thread exhaustion|close of (?:nil|closed) channel|sync: [\w .-]+"
    r"|concurrent map (?:writes|(?:clone|iteration|read|reads) and map writes?)|runtime(?: error)?: [^\"`]+",
)
"""Whole reasons that only Go's runtime and package sync print; what somebody writes about them goes on in words."""
_RECOVERED = "; recovered by net/http"
"""The program goes on, but the request has ended (net/http/server.go, conn.serve)."""
MISSING = ": the frame at fault is not in the text"
_GAVE_UP = ("timed out", "timeout", "deadline exceeded", "deadlock", "did not stop", "hung")
"""Words of a panic that say that something took too long."""


def is_snapshot(subject: Subject, capture: Capture) -> bool:
    """Whether a capture shows a program that runs on or hangs, so that waiting goroutines mean something.

    A crash stops a program in the middle of its work (https://github.com/golang/go/issues/7725 has 134 goroutines, all
    healthy): there, waiting means nothing. It does in a dump by signal, in a test that timed out, and in a panic
    because something took too long.
    """
    return subject.once(_goes_on, capture)


def _goes_on(subject: Subject, capture: Capture) -> bool:
    """What `is_snapshot` returns, computed once for each capture."""
    crash = capture.body
    if not isinstance(crash, Crash):
        return not is_stopped(subject, capture)
    return rule_of(crash) in {"", TIMEOUT} or gave_up(crash)


def gave_up(crash: Crash) -> bool:
    """Whether a panic's text says that something took too long: then what the other goroutines wait for matters."""
    return any(mark in panic.text for panic in crash.panics for mark in _GAVE_UP)


def crashed(crash: Crash) -> Goroutine | None:
    """The goroutine that crashed. If the report names none (a deadlock, a requested dump): the main one, or the first.

    None if the goroutine that crashed is not in the text: all that the report shows are waiting.
    """
    goroutines = crash.dump.goroutines
    if not len(goroutines) or _shows_only_others(crash):
        return None
    for wanted in (crash.crashed_id, 1):
        found = next((goroutine for goroutine in goroutines if goroutine.id == wanted), None)
        if found is not None:
            return found
    return goroutines[0]


def _shows_only_others(crash: Crash) -> bool:
    """Whether all goroutines of the report wait: the crash happened in another goroutine, or in the runtime itself."""
    return crash.kind in _KINDS_OF_ONE_GOROUTINE and crash.crashed_id is None and not crash.was_requested


def _is_hidden(crash: Crash) -> bool:
    """Whether the crash happened in a goroutine that is not shown, and there is no stack of the runtime's instead."""
    is_in_goroutine = crash.kind == "panic" or (len(crash.goroutines) > 0 and not crash.runtime_stack)
    return is_in_goroutine and _shows_only_others(crash)


def places_of_reports(subject: Subject) -> frozenset[tuple[str, int | None]]:
    """(function, line) at fault in each report with a message: the same place without a message adds nothing."""
    reports = (capture.body for _, capture in subject.captures() if isinstance(capture.body, Crash))
    whole = (report for report in reports if rule_of(report) != "DT613")
    stacks = (goroutine.stack for report in whole if (goroutine := crashed(report)) is not None)
    fronts = (frame_at_fault(subject, stack) for stack in stacks)
    return frozenset((front.function, front.line) for front in fronts if front is not None)


def places_of_crash(subject: Subject, crash: Crash) -> tuple[Place, ...]:
    """The places of the goroutines in a crash report of the newest input, the largest groups first."""
    return subject.once(_places_by_dump).get(id(crash.dump), ())


def _places_by_dump(subject: Subject) -> dict[int, tuple[Place, ...]]:
    """The places of each capture of the newest input, by its dump."""
    captures = (capture for _, capture in subject.captures())
    return {id(capture.dump): subject.company(capture).places for capture in captures}


def _is_hearsay(crash: Crash, stack: Stack) -> bool:
    """Whether nothing but a line says `panic: …` or `fatal error: …`.

    Programs in other languages print such lines too, and changelogs, alerting rules and grep quote those of Go.
    """
    return not (
        stack.frames
        or len(crash.goroutines)
        or crash.runtime_stack
        or crash.signal
        or crash.exit_status is not None
        or crash.killed_after_seconds is not None
        or ((crash.panics or _RUNTIME_SAYS.fullmatch(crash.reason)) and any(test.failed for test in crash.tests))
        or any(panic.recovered for panic in crash.panics)
        or crash.kind == "test-timeout"
        or crash.runtime_messages
    )


def _is_title(subject: Subject, crash: Crash) -> bool:
    """Whether the crash is only a headline (a ticket's title, say) of a report that the text also has as a whole."""
    if len(crash.goroutines) or crash.runtime_stack or not crash.reason:
        return False
    return crash.reason in subject.once(_reasons_of_whole_reports)


def _reasons_of_whole_reports(subject: Subject) -> set[str]:
    bodies = (capture.body for _, capture in subject.captures())
    return {body.reason for body in bodies if isinstance(body, Crash) and len(body.goroutines)}


class CrashRule(Rule):
    """A rule that reports one kind of crash, and names the first frame of the user's own code.

    `advice` may speak of that frame's function; `advice_without_place` is for texts without such a frame. If
    `needs_stack` is set and a report has no stack at all, the advice is how to get one.
    """

    advice = ""
    advice_without_place = ""
    needs_stack = False

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each crash of this kind in the newest input."""
        for name, capture in subject.captures():
            crash = capture.body
            if isinstance(crash, Crash) and rule_of(crash) == self.id and not _is_title(subject, crash):
                yield with_passed(self.tell(subject, name, crash), crash)

    def tell(self, subject: Subject, name: str, crash: Crash) -> Finding:
        """The finding about one crash."""
        goroutine = crashed(crash) or dumped_below(subject, crash) or dumped_above(subject, crash)
        stack = goroutine.stack if goroutine else _headless(subject, crash)
        stack = self.stack_to_show(subject, crash, stack)
        front = frame_at_fault(subject, stack)
        front = None if front is not None and front.function.startswith(RUNNERS) else front
        is_left_out = is_cut(stack) or (_is_hidden(crash) and not gave_up(crash))
        is_missing = front is None and self.verdict is Verdict.CRASH and is_left_out
        failing = failing_frame(subject, stack, front, self.reason(crash))
        raising = raising_frame(subject, stack, front) if front and self._is_panic(crash) else None
        inner = failing or raising
        place = f" in {inner.function}, called by" if inner else " in" if front else ""
        place += f" {front.function}" if front else ""
        starter = stack.created_by if not stack.frames else None
        place += f" in a goroutine that {starter.function} started" if starter else ""
        found = self.finding(
            f"{self.reason(crash)}{place}{self.detail(crash)}{MISSING * is_missing}",
            severity=Severity.ERROR,
            functions=_functions(subject, crash, Stack() if is_missing else stack, (failing, front, raising)),
            front=failing or front,
            stack=stack,
            source=(name, crash.line),
            evidence=self.evidence(crash, goroutine),
            advice=self.advise_caller(crash, front, inner) if front and inner else self.advise(crash, front),
        )
        without = advice_without_stack(crash) if self.needs_stack and stack == Stack() else ""
        found = replace(found, advice=without) if without else found
        return (
            replace(found, certainty=Certainty.LIKELY, severity=Severity.WARNING)
            if _is_hearsay(crash, stack)
            else found
        )

    def _is_panic(self, crash: Crash) -> bool:
        """Whether a function panicked; a fatal error or a deadlock is the runtime's."""
        return bool(crash.panics) and self.verdict is Verdict.CRASH

    def reason(self, crash: Crash) -> str:
        """What happened first: a later fatal error or panic may hide the panic that led to it."""
        if self.id == "DT601" and not crash.panics:
            return NIL_DEREFERENCE
        if rule_of_hidden_panic(crash):
            return "panic"
        if before := panic_before(crash):
            return quoted(before)
        if crash.signal is None or crash.reason != crash.signal.name:
            return reason_in_a_line(crash)
        from debugtext.analyzers.crash_facts.faults import name_of  # noqa: PLC0415 - most dumps have no crash

        return name_of(crash.signal)

    def detail(self, crash: Crash) -> str:
        """What the title says after the place: what happened later, and who recovered."""
        later = ""
        if rule_of_hidden_panic(crash):
            later = f"; while it unwound, {first_line(crash.reason)}"
        elif panic_before(crash):
            how = "after its recover" if crash.panics[0].recovered else "while it unwound"
            later = f"; {how}, {', then '.join((*panics_between(crash), quoted(crash.reason)))}"
        logger = logged_by(crash.crashed.stack) if crash.crashed is not None and crash.panics else ""
        logged = f"; recovered and logged by {logger}" if logger else ""
        return later + (_RECOVERED if crash.kind == "http-panic" else logged)

    def advise(self, crash: Crash, front: Frame | None) -> str:
        """What to do about this crash. `front` is the frame to open, if there is one."""
        del crash
        return self.advice if front else self.advice_without_place or self.advice

    def advise_caller(self, crash: Crash, front: Frame, inner: Frame) -> str:
        """What to do about a panic in `inner`, a function of other people's, which `front` called."""
        del inner
        return self.advise(crash, front)

    def stack_to_show(self, subject: Subject, crash: Crash, stack: Stack) -> Stack:
        """`stack`, that of the goroutine that crashed; if it has no own code, mostly the first in the text that has."""
        if subject.ownership.own_frame(stack) is not None or _shows_only_others(crash):
            return stack
        others = (goroutine.stack for goroutine in crash.dump.goroutines)
        crashed_alone = crash.crashed_id is not None and bool(stack.frames) and not crash.runtime_tracebacks
        return stack if crashed_alone else next((s for s in others if subject.ownership.own_frame(s)), stack)

    def evidence(self, crash: Crash, goroutine: Goroutine | None) -> dict[str, object]:
        """The facts of the crash report."""
        facts: dict[str, object] = {"reason": reason_in_a_line(crash)}
        if why := said_by_runtime(crash):
            facts["runtime"] = why
        facts["kind"] = crash.kind
        if goroutine is not None:
            facts["goroutine"] = goroutine.id
        if crash.signal is not None:
            facts["signal"] = crash.signal.name
            if crash.signal.address is not None:
                facts["address"] = hex(crash.signal.address)
            if crash.signal.pc and not len(crash.goroutines):
                facts["pc"] = hex(crash.signal.pc)
        facts["goroutines"] = len(crash.dump.goroutines)
        return facts


def _functions(
    subject: Subject, crash: Crash, stack: Stack, at_fault: tuple[Frame | None, Frame | None, Frame | None]
) -> tuple[str, ...]:
    """The functions to name in the finding; `at_fault` is (failing, front, raising).

    Without a frame at fault: the runtime's functions that found the trouble, else the names of the tests.
    """
    failing, front, raising = at_fault
    if front is not None:
        above = stack.frames[: last_panic(stack) or 0]  # deferred functions: the ones that recover are among them
        late = {frame.function for frame in above if subject.ownership.owner(frame) is Owner.STANDARD}
        named = sorted(subject.functions(stack, front), key=late.__contains__)
        first = (failing, front, raising) if failing is None else (failing,)
        told = (frame.function for frame in first if frame is not None)
        return tuple(dict.fromkeys((*told, *named)))[:MOST_FUNCTIONS]
    frames = (frame for frame in (*stack.frames, *crash.runtime_stack) if not frame.function.startswith(RUNNERS))
    found = tuple(dict.fromkeys(frame.function for frame in frames if frame.function not in PANIC_FRAMES))
    return found[:MOST_FUNCTIONS] or tuple(test.name for test in crash.tests)[:MOST_FUNCTIONS]


def _headless(subject: Subject, crash: Crash) -> Stack:
    """A stack below `runtime stack:` that shows own code: it is a goroutine's whose header is not in the text."""
    return next((stack for stack in crash.runtime_tracebacks if subject.ownership.own_frame(stack)), Stack())
