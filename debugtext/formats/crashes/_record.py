"""Makes the record of a crash report from its parts: its facts, kind, reason, and the goroutine that crashed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from debugtext.formats.crash_lines import FATALS, PANICS
from debugtext.formats.crashes._report import ReportReader
from debugtext.formats.crashes._section import Section
from debugtext.formats.crashes.transformer import Fact, read_facts
from debugtext.records.captures import Problem
from debugtext.records.crashes import Crash, Panic, Signal, TestRun, Thread, is_request
from debugtext.records.goroutines import Goroutine, GoroutineDump

_OF_CGO = "runtime/cgo: "
_RUNNING = frozenset({"", "running", "copystack", "stack growth"})
"""The states of a goroutine that runs, or whose stack the runtime was about to enlarge (up to Go 1.9)."""
_IN_C = ("runtime.cgocall", "_Cfunc_")
_TIMED_OUT = "test timed out after "
_OF_DURATIONS = frozenset("0123456789.hmsnµ")
"""The characters that time.Duration.String prints."""
_RULER = " \t-=_*~"
"""The characters of lines that people, and grep, draw between parts."""


def crash_of(report: ReportReader) -> tuple[Crash, tuple[Problem, ...]]:
    """The record of a report, and all problems in it."""
    goroutines: Sequence[Goroutine] = () if report.dump is None else report.dump.columns.goroutines
    sections = [read_facts("".join(section.lines)) for section in report.sections]
    facts = _Facts(fact for section in sections for fact in section)
    problems = [*report.problems, *(() if report.dump is None else report.dump.problems)]
    for section, said in zip(report.sections, sections, strict=True):
        problems += [*_strays(section, said), *section.problems()]
    crash = Crash(
        kind="",
        reason="",
        dump=GoroutineDump(goroutines),
        panics=_chain(sections[0]),
        fatal=facts.first(*FATALS),
        signal=_signal(sections[0]),
        runtime_messages=tuple(facts.all("RUNTIME_MESSAGE", "RUNTIME_DETAIL")),
        runtime_tracebacks=tuple(report.tracebacks),
        registers=_registers(sections[0]),
        threads=tuple(map(_thread, report.sections[1:], sections[1:])),
        tests=_tests(facts),
        package=facts.first("FAILED_PACKAGE"),
        killed_after_seconds=facts.first("KILLED"),
        exit_status=facts.first("EXIT_STATUS"),
        line=report.first_line,
    )
    return named(crash), tuple(sorted(problems, key=lambda problem: problem.line))


class _Facts(list[Fact]):
    """Facts in the order of the text."""

    def all(self, *kinds: str) -> list[Any]:
        """The values of the facts of these kinds."""
        return [fact.value for fact in self if fact.kind in kinds]

    def first(self, *kinds: str) -> Any:  # noqa: ANN401 - a fact's value depends on its kind
        """The value of the first fact of these kinds; None if there is none."""
        return next((fact.value for fact in self if fact.kind in kinds), None)


def _strays(section: Section, facts: Sequence[Fact]) -> list[Problem]:
    message = "another program's line in the middle of this crash report"
    return [
        Problem(section.numbers[fact.line], message, "what the runtime says", fact.value[:120])
        for fact in facts
        if fact.kind == "stray" and fact.value.strip(_RULER)
    ]


def _chain(facts: Sequence[Fact]) -> tuple[Panic, ...]:
    """The panics; a panic that follows another one without a tab comes after a Goexit."""
    chain: list[Panic] = []
    for fact in facts:
        if fact.kind in PANICS:
            panic: Panic = fact.value[0]
            has_goexit = chain and fact.kind == "PANIC" and not chain[-1].recovered
            chain.append(replace(panic, goexit=True) if has_goexit else panic)
    return tuple(chain)


def _signal(facts: Sequence[Fact]) -> Signal | None:
    """The signal, from all lines about it; None if there are none."""
    said = _Facts(facts)
    name, pc, fault = said.first("SIGNAL_NAME"), said.first("PC"), said.first("SIGNAL")
    exception: Signal | None = said.first("EXCEPTION")
    signal: Signal | None = exception or fault or pc
    if signal is None:
        return Signal(name) if name else None
    if pc is not None and signal is pc:
        signal = replace(pc, name=name or "")
    instructions = said.first("INSTRUCTIONS") or ()
    return replace(signal, in_c=said.first("IN_C") is not None, instructions=instructions)


def _registers(facts: Sequence[Fact]) -> tuple[tuple[str, int], ...]:
    return tuple(register for pairs in _Facts(facts).all("REGISTERS") for register in pairs)


def _thread(section: Section, facts: Sequence[Fact]) -> Thread:
    return Thread(_signal(facts) or Signal(""), _registers(facts), section.first_goroutine)


def _tests(facts: _Facts) -> tuple[TestRun, ...]:
    """Each test once: a test of `=== RUN` may be listed again, with its time, as running when the time was up."""
    running: list[TestRun] = [test for _, tests in facts.all(*PANICS) for test in tests]
    names = {test.name for test in running}
    told: list[TestRun] = list(facts.all("STARTED_TEST", "FAILED_TEST"))
    return (*(test for test in told if test.failed or test.name not in names), *running)


def named(crash: Crash) -> Crash:
    """The crash with its kind, its reason and the goroutine that crashed."""
    kind, reason = next((kind, reason(crash)) for kind, is_kind, reason in _KINDS if is_kind(crash))
    asked = kind == "signal" and crash.signal is not None and is_request(crash.signal)
    someone_crashed = kind in ("panic", "http-panic", "fatal", "signal") and not asked
    return replace(crash, kind=kind, reason=reason, crashed_id=_crashed(crash.goroutines) if someone_crashed else None)


def _crashed(goroutines: Sequence[Goroutine]) -> int | None:
    """The id of the goroutine that crashed; None if it is not known.

    It is the first goroutine that ran and has a stack: other goroutines may stand before it in an excerpt, or below the
    runtime's own stack, and for goroutines running on other threads the runtime prints no stack (runtime/traceback.go
    tracebackothers). If a system library failed in a call (on macOS, for example), it is in a system call, and only its
    frames have `fp=` (runtime/traceback.go traceback2).
    """
    if goroutines and _ran(goroutines[0]):
        return goroutines[0].id
    ran = next((it.id for it in goroutines if _ran(it) and it.stack.frames), None)
    with_pointers = [it.id for it in goroutines if any(it.details.frame_pointers)] if ran is None else []
    return with_pointers[0] if len(with_pointers) == 1 else ran


def _ran(goroutine: Goroutine) -> bool:
    """Whether a goroutine can have crashed: it ran, or was in C code, or is g0, which is printed as idle."""
    state = goroutine.state
    if state.status == "syscall":
        calls_c = any(call in function for function in goroutine.stack.functions for call in _IN_C)
        return state.waiting_minutes is None and calls_c
    return state.status in _RUNNING or (goroutine.id == 0 and state.status == "idle")


def _last_panic(crash: Crash) -> str:
    return crash.panics[-1].text.partition("\n")[0] if crash.panics else ""


def _is_deadlock(crash: Crash) -> bool:
    """Whether it is a deadlock of all goroutines, or of all in a synctest bubble (proc.go checkdead, synctest.go).

    A message without `deadlock!` at its end counts only with goroutines: else a program may only write about one.
    """
    fatal = crash.fatal or ""
    text = _last_panic(crash)
    is_asleep = "goroutines are asleep" in fatal and (len(crash.goroutines) > 0 or "asleep -" in fatal)
    return is_asleep or fatal.endswith("deadlock!") or text.startswith("deadlock: ") or text.endswith("deadlock!")


def _is_timeout(crash: Crash) -> bool:
    """Whether tests ran into their timeout (testing.go startAlarm): only the duration follows in the line."""
    said = _last_panic(crash)
    given = said.removeprefix(_TIMED_OUT).rstrip(" :,")
    is_time = given[:1].isdigit() and _OF_DURATIONS.issuperset(given)
    return crash.killed_after_seconds is not None or (said.startswith(_TIMED_OUT) and is_time)


def _killed(crash: Crash) -> str:
    if _last_panic(crash):
        return _last_panic(crash)
    return f"test killed: ran too long ({crash.killed_after_seconds:g}s)"


def _signal_words(crash: Crash) -> str:
    """The message of cgo before it called abort (runtime/cgo/gcc_fatalf.c); without one the name of the signal."""
    said = next((message for message in crash.runtime_messages if message.startswith(_OF_CGO)), "")
    return said.strip() or (crash.signal and crash.signal.name) or "a signal"


_KINDS: tuple[tuple[str, Callable[[Crash], bool], Callable[[Crash], str]], ...] = (
    ("http-panic", lambda crash: any(panic.serving for panic in crash.panics), _last_panic),
    ("test-timeout", _is_timeout, _killed),
    ("deadlock", _is_deadlock, lambda crash: crash.fatal or _last_panic(crash)),
    ("fatal", lambda crash: crash.fatal is not None, lambda crash: crash.fatal or ""),
    ("panic", lambda crash: bool(crash.panics), _last_panic),
    ("signal", lambda _: True, _signal_words),
)
