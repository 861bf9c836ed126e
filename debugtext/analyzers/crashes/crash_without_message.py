"""The rules about crashes whose message is cut off: only the frames tell what happened."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.crash_facts.apart import dumps_of_messages
from debugtext.analyzers.crash_facts.crashing import MISSING, places_of_reports
from debugtext.analyzers.crash_facts.fault_frames import frame_at_fault
from debugtext.analyzers.crash_facts.panic_frames import (
    CONCURRENT_MAP,
    NIL_DEREFERENCE,
    PANIC_FRAMES,
    is_cut,
    panics_near_top,
    raised,
)
from debugtext.analyzers.crash_facts.passed import with_passed
from debugtext.analyzers.crash_facts.stopped import GROWS, is_stopped, prints_stacks, stopped_goroutine
from debugtext.analyzers.crash_facts.which_rule import rule_of
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.goroutines import GoroutineDump
from debugtext.stacks.operations import Operation


class PanicWithoutMessage(Rule):
    """A goroutine that panics, in a text whose message is cut off.

    **What it sees.** A running goroutine, or a stack without its header, with `panic`, `runtime.sigpanic`,
    `runtime.throw` or the like near the top, and no `panic:` or `fatal error:` before it: an excerpt, or a stack that a
    recovering handler logged. The frame that started the panic often shows what it was: `runtime.panicmem` is a nil
    dereference, `runtime.goPanicIndex` an index out of range, and `runtime.fatal` called from a map is concurrent use
    of that map.

    **Why it is trouble.** It was a panic; only its message is missing.

    **When it is not.** When the program panics and recovers on purpose, and logs the stack. It is a note if `go test`
    says further down that the same test, or its package, passed.

    **What to do.** Open the first function, and look in the log for the line before the stack.
    """

    id = "DT613"
    name = "panic-without-message"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    fires_on: ClassVar = ("dump/printed-panic-go1.26.txt",)
    quiet_on: ClassVar = ("crash/printed-stacks-go1.26.txt", "crash/test-panic-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each capture with a goroutine that panics, unless another capture has its message."""
        before, told = None, dumps_of_messages(subject)
        for place in subject.places:
            state = place.group.state
            is_running = place.operation is Operation.RUNNING or (state is not None and not state.status)
            body = place.capture.body
            if not is_running or before is place.capture or not _is_without_message(body) or id(body) in told:
                continue
            if frames := panics_near_top(place.stack):
                before = place.capture
                front = frame_at_fault(subject, place.stack)
                if front is not None and (front.function, front.line) in subject.once(places_of_reports):
                    continue
                shown = replace(place, front=front)  # the same, shown by the frame that panicked
                what = raised(place.stack)
                found = self.place_finding(
                    subject,
                    f"{what} in {shown.function}" if shown.function else what + MISSING * is_cut(place.stack),
                    [shown],
                    severity=Severity.ERROR,
                    evidence={"panic_frames": frames},
                    advice=_advice(what),
                )
                tell = [function for function in found.functions if function not in PANIC_FRAMES]
                named = tuple(one for one in tell if one.startswith("runtime.") or not is_cut(place.stack))
                found = found if shown.front else replace(found, functions=named)
                yield with_passed(found, body) if isinstance(body, Crash) else found


class StoppedWhileRunning(Rule):
    """The first goroutine of a dump is running, but not to write the dump: the program likely stopped there.

    **What it sees.** A dump without a message whose first goroutine is `[running]`, and none of whose functions writes
    dumps (runtime/pprof, runtime/debug, or a name that speaks of stacks or dumps). A panic or a fatal error prints
    first the goroutine in which it happened. Where frames have `fp=` and `sp=`, as the runtime prints for the goroutine
    that it stopped, the header may be missing and the goroutine may be in the runtime's own code.

    **Why it is trouble.** The process ended here, so what the other goroutines wait for says little.

    **When it is not.** When the program prints stacks itself, from a function whose name does not say so: runtime.Stack
    leaves no frame of its own. Where that is possible, this is only a note, except in endless recursion.

    **What to do.** Look in the log for the line before the dump (`panic:`, `fatal error:`), and open the first
    function.
    """

    id = "DT214"
    name = "stopped-while-running"
    verdict = Verdict.CRASH
    certainty = Certainty.LIKELY
    fires_on: ClassVar = ("pasted/map-writes-cut.txt",)
    quiet_on: ClassVar = (
        "crash/printed-stacks-go1.26.txt",
        "dump/printed-panic-go1.26.txt",
        "crash/sigquit-go1.27.txt",
    )

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each dump that begins with a stopped goroutine and has no message."""
        for _, capture in subject.captures():
            stopped = stopped_goroutine(capture)
            is_told = id(capture.body) in dumps_of_messages(subject)
            if stopped is None or is_told or panics_near_top(stopped.stack):
                continue
            from debugtext.analyzers.crash_facts.recursion import in_circles, is_endless  # noqa: PLC0415

            leaf = stopped.stack.functions[0]
            is_sure = is_stopped(subject, capture)
            how = "; the message is missing" if is_sure else ", or wrote this dump there"
            if is_endless(stopped.stack) or in_circles(stopped):
                how = " in endless recursion: likely a stack overflow"
            elif stopped.state.status in GROWS and is_sure:
                how = " while its stack grew: likely a stack overflow"
            place = next(place for place in subject.company(capture).places if place.stack == stopped.stack)
            if place.front and (place.function, place.front.line) in subject.once(places_of_reports):
                continue
            if not is_sure and place.function in prints_stacks(subject):
                continue
            who = f"goroutine {stopped.id}" if stopped.state.status else "a goroutine"
            where = f"{place.function} ({leaf})" if leaf.startswith("runtime.") and place.function else leaf
            yield self.place_finding(
                subject,
                f"{who} stopped in {where}{how}",
                [place],
                severity=Severity.WARNING if is_sure else Severity.NOTE,
                evidence={"leaf": leaf},
                advice="Look in the log for the line before this dump: `panic:` or `fatal error:` says what happened.",
            )


def _is_without_message(body: object) -> bool:
    """Whether a capture's body is a dump, or a test's report that has a stack but no message."""
    return isinstance(body, GoroutineDump) or (isinstance(body, Crash) and rule_of(body) == "DT613")


def _advice(what: str) -> str:
    """What to do about the panic: the advice of the rule for this kind, if there is one."""
    from debugtext.analyzers.crashes.concurrent_map import ConcurrentMap  # noqa: PLC0415 - most dumps have no crash
    from debugtext.analyzers.crashes.panics import NilDereference  # noqa: PLC0415

    known = {NIL_DEREFERENCE: NilDereference.advice, CONCURRENT_MAP: ConcurrentMap.advice}
    return known.get(what, "Open this function, and look in the log for the message before the stack.")
