"""The rules about panics: a nil dereference, a closed channel, or any other."""

from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.crash_facts.cause_in_words import is_bare_value, is_of_runtime, panic_before, quoted
from debugtext.analyzers.crash_facts.crashing import CrashRule, gave_up, places_of_crash
from debugtext.analyzers.crash_facts.panic_frames import is_handler, last_panic
from debugtext.analyzers.crash_facts.which_rule import rule_of_hidden_panic
from debugtext.analyzers.locks.reported import with_lock
from debugtext.analyzers.subject import Subject
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Verdict
from debugtext.records.frames import Frame
from debugtext.stacks.operations import LOCKS, Operation
from debugtext.stacks.wording import named_with_line

_FAR_FROM_NIL = 64 << 10
"""A larger address is no field of something nil: it would be the field's offset, and the compiler itself checks for nil
before it uses an offset beyond the first page."""
_NOT_NIL_ADVICE = (
    "Nothing is nil here: the address is far from 0. Look for a pointer that unsafe or C code has made, and for a data "
    "race (-race)."
)
_NIL_MAP_ADVICE = "This map was never made: make(map[…]…) it before it is written to, where what holds it is created."
_BARE_VALUE_ADVICE = (
    "The panic's text is only an address or a number: see in this function what is wrong there, and let it panic with "
    "an error or a text that says it."
)
_PANIC_NIL_ADVICE = (
    "It called panic with nil, so the text says nothing: see which error or value was meant, and give panic that one."
)
_TEST_ADVICE = (
    "The test itself panics here: its text says what it found, so look at the code under test. With t.Error the other "
    "tests would go on."
)
_HOLDING_UP = LOCKS | {Operation.SEND, Operation.WAIT_GROUP}


class NilDereference(CrashRule):
    """The program used something that is nil.

    **What it sees.** `invalid memory address or nil pointer dereference` and `assignment to entry in nil map`.

    **Why it is trouble.** A panic that nobody recovers ends the process; in an HTTP handler it ends the request.

    **When it is not.** It is always a bug, even where a server recovers and goes on.

    **What to do.** Open the first function: a pointer, an interface or a map there was never set. An address close to 0
    is the offset of the field in the struct that is nil.
    """

    id = "DT601"
    name = "nil-dereference"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    needs_stack = True
    advice = (
        "A pointer, interface or func value in this function is nil: check the error of the call that made it, "
        "or set it in the constructor."
    )
    advice_without_place = "Look in the whole log for the first function below `panic`: what it uses there is nil."
    fires_on: ClassVar = ("crash/nil-deref-go1.27.txt",)
    quiet_on: ClassVar = ("crash/write-constant-go1.26.txt", "crash/cgo-segv-go1.26.txt")

    def advise(self, crash: Crash, front: Frame | None) -> str:
        """What to do: about a nil map, about an address that is too far from 0 for nil, or about a nil pointer."""
        if front is not None and "nil map" in crash.reason:
            return _NIL_MAP_ADVICE
        address = crash.signal.address if crash.signal is not None else None
        return _NOT_NIL_ADVICE if address is not None and address >= _FAR_FROM_NIL else super().advise(crash, front)

    def advise_caller(self, crash: Crash, front: Frame, inner: Frame) -> str:
        """What to do: mostly the method's receiver is nil, or an argument."""
        del crash
        return f"See what {front.function} passes to {inner.function}: that, or something in it, is nil."


class UnrecoveredPanic(CrashRule):
    """A panic: an index out of range, a failed type assertion, or one of the program's own.

    **What it sees.** `panic: …` with its chain, and `http: panic serving …` in the log of net/http.

    **Why it is trouble.** A panic that nobody recovers ends the process, and every request in it.

    **When it is not.** It is always real. Goroutines that merely happened to be running are not reported. It is a note
    if `go test` says further down that the same test, or its package, passed: then the panic was recovered or quoted.

    **What to do.** Open the first function; the text of the panic says what was wrong there. In a chain (`[recovered]`,
    `[repanicked]`), the first panic is the cause.
    """

    id = "DT602"
    name = "panic"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    needs_stack = True
    advice = "Open this function: the panic's text says what was wrong there; validate it before, or return an error."
    advice_of_giving_up = "It gave up waiting: see what {} waits for, which is still blocked."
    advice_without_place = (
        "Look in the whole log for the first function below `panic`: the text says what is wrong there."
    )
    fires_on: ClassVar = ("crash/index-go1.26.txt", "crash/panic-three-go1.27.txt")
    quiet_on: ClassVar = ("crash/nil-deref-go1.27.txt", "crash/checkptr-go1.26.txt")

    def advise(self, crash: Crash, front: Frame | None) -> str:
        """What to do, by what is known about texts of Go's own packages; in a chain the first panic is the cause."""
        from debugtext.knowledge import advice_by_panic  # noqa: PLC0415

        text = crash.panics[0].text if crash.panics else crash.reason
        known = (advice for mark, advice in advice_by_panic().items() if mark in text)
        return next(known, _advice_by_text(text, front) or super().advise(crash, front))

    def advise_caller(self, crash: Crash, front: Frame, inner: Frame) -> str:
        """What to do, by what is known about the library's text; else to check what the library is given."""
        known = self.advise(crash, front)
        if known not in {self.advice, _BARE_VALUE_ADVICE, _TEST_ADVICE} and not is_of_runtime(crash.panics[0].text):
            return known
        return f"Check what {front.function} passes to {inner.function}, which panicked."

    def reason(self, crash: Crash) -> str:
        """The panic's text, in quotes if it is the program's own."""
        found = super().reason(crash)
        is_told = bool(panic_before(crash) or rule_of_hidden_panic(crash)) or not crash.panics
        return found if is_told or found == "panic" else quoted(found)

    def tell(self, subject: Subject, name: str, crash: Crash) -> Finding:
        """If something took too long, also names the functions that are still blocked."""
        found = super().tell(subject, name, crash)
        if again := _raised_again(subject, crash):
            found = replace(found, title=f"{found.title}; recovered and raised again by {again}")
        if not gave_up(crash):
            return found
        places = places_of_crash(subject, crash)
        blocked = [place for place in places if place.own and place.operation in _HOLDING_UP and not place.idle]
        named = (place.function for place in blocked[:2])
        functions = tuple(dict.fromkeys((*found.functions[:1], *named, *found.functions[1:])))
        first = blocked[0].front if blocked else None
        advice = self.advice_of_giving_up.format(named_with_line(first)) if first else found.advice
        evidence = {**found.evidence, "still_blocked": [place.with_line for place in blocked[:5]]}
        found = replace(found, functions=functions, evidence=evidence, advice=advice)
        return found if crash.crashed_id is not None else with_lock(subject, crash, found)


def _advice_by_text(text: str, front: Frame | None) -> str:
    """What to do about a panic whose text says nothing, or that a test raised; else empty."""
    if "panic called with nil argument" in text or text.strip() == "nil":
        return _PANIC_NIL_ADVICE
    if front is not None and is_bare_value(text):
        return _BARE_VALUE_ADVICE
    is_of_test = front is not None and (front.file or "").endswith("_test.go")
    return _TEST_ADVICE if is_of_test and not is_of_runtime(text) else ""


def _raised_again(subject: Subject, crash: Crash) -> str:
    """The own deferred function that recovered a panic and panicked again with its value; empty if there is none."""
    if crash.crashed is None or not crash.panics or not crash.panics[0].recovered or panic_before(crash):
        return ""
    frames = crash.crashed.stack.frames[: last_panic(crash.crashed.stack) or 0]
    top = next((frame for frame in frames if not is_handler(frame.function)), None)
    return top.function if top is not None and subject.ownership.is_own(top) else ""


class ClosedChannel(CrashRule):
    """A channel was closed twice, or somebody sent on it after it was closed.

    **What it sees.** `close of closed channel`, `send on closed channel`, `close of nil channel`.

    **Why it is trouble.** It panics, and mostly under load: two goroutines do not agree on who owns the channel.

    **When it is not.** It is always a bug.

    **What to do.** Let only the sender close, once (`sync.Once`), after all senders have ended (`sync.WaitGroup`).
    """

    id = "DT606"
    name = "closed-channel"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    advice = (
        "Let only the sender close the channel, once, after the last send: close it in a sync.Once, wait for senders."
    )
    fires_on: ClassVar = ("crash/send-closed-go1.26.txt",)
    quiet_on: ClassVar = ("crash/closed-connection-go1.26.txt", "crash/deadlock-nilchan-go1.27.txt")
