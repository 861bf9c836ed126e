"""Decides which rule reports a crash, by its kind and its words."""

from debugtext.analyzers.crash_facts.panic_frames import NIL_DEREFERENCE, panics_near_top, raised
from debugtext.analyzers.rule_families import ALL_ASLEEP, TIMEOUT
from debugtext.records.crashes import LEAK_CHECKERS, Crash, Signal

_RULES_BY_FATAL_TEXT = (
    (ALL_ASLEEP, ("all goroutines are asleep -", "goroutines (main called runtime.Goexit) - deadlock")),
    ("DT605", ("stack overflow", "goroutine stack exceeds")),
    (
        "DT604",
        (
            "out of memory",
            "cannot allocate memory",
            "runtime: cannot allocate",
            "cannot reserve arena",
            "cannot map pages in arena",
            "failed to reserve page summary",
        ),
    ),
    ("DT611", ("thread exhaustion", "pthread_create failed", "newosproc", "failed to create new OS thread")),
    ("DT603", ("concurrent map",)),
)
"""Rules by words that count only if the runtime says them: a panic with such words is the program's own."""
_RULES_BY_TEXT = (
    (ALL_ASLEEP, ("main bubble goroutine has exited but", "all goroutines in bubble are blocked")),
    ("DT606", ("close of closed channel", "send on closed channel", "close of nil channel")),
    (
        "DT607",
        (
            "nlock of unlocked",
            "negative WaitGroup",
            "WaitGroup is reused",
            "WaitGroup misuse",
            "inconsistent mutex state",
        ),
    ),
    ("DT601", ("nil pointer dereference", "assignment to entry in nil map", "nil map")),
)
"""Rules by words that count in a panic's text as well."""
_RULES_BY_KIND = {
    "test-timeout": TIMEOUT,
    **dict.fromkeys(LEAK_CHECKERS, "DT105"),
    "lock-report": "DT307",
}
_DUMP_SIGNALS = frozenset({"SIGQUIT", "SIGABRT", "SIGUSR1", "SIGUSR2"})
_SENT_BY_KILL = 0
"""The signal code SI_USER."""
_NIL_PAGE = 4096
"""The size of the first page of memory, which is never mapped."""
_ACCESSES = frozenset({"SIGSEGV", "SIGBUS", "0xb", "0xa", "0x7", "0xc0000005", "Exception 0xc0000005"})
"""Signals of a wrong memory access. Up to Go 1.5 they are numbers: SIGBUS is 7 on Linux and 10 on macOS."""


def rule_of(crash: Crash) -> str:
    """The id of the rule that reports this crash; empty for a dump that somebody asked for (SIGQUIT)."""
    if crash.kind in _RULES_BY_KIND:
        return _RULES_BY_KIND[crash.kind]
    if crash.kind == "panic" and not crash.panics and not crash.reason:
        return "DT613"
    panics = [panic.text for panic in crash.panics]
    by_runtime = (
        crash.fatal or "",
        *crash.runtime_messages,
        *(text for text in panics if text.startswith("fatal error")),
    )
    if crash.kind == "deadlock" and "goroutines are asleep" in (crash.fatal or ""):
        return ALL_ASLEEP
    said = " ".join((*by_runtime, "" if panics else crash.reason))
    text = " ".join((crash.reason, said, *panics))
    for kinds, words in ((_RULES_BY_FATAL_TEXT, said), (_RULES_BY_TEXT, text)):
        for rule, marks in kinds:
            if any(mark in words for mark in marks):
                return rule_of_hidden_panic(crash) or rule
    if crash.panics or crash.kind in {"panic", "http-panic"}:
        return "DT602"
    if crash.signal is not None and not crash.fatal:
        return rule_of_fault(crash, crash.signal)
    return "DT612" if crash.fatal or crash.kind == "fatal" else ""


def rule_of_hidden_panic(crash: Crash) -> str:
    """The rule of a panic that was never printed, because a deferred Unlock ended the program; empty if there is none.

    The runtime turns a fault below 4096 into a nil dereference (runtime/signal_unix.go sigpanic).
    """
    goroutine = crash.crashed
    if goroutine is None or crash.panics or not (crash.fatal or "").startswith("sync: "):
        return ""
    if not {"panic", "runtime.gopanic"}.intersection(panics_near_top(goroutine.stack)):
        return ""
    is_nil = crash.signal is not None and is_nil_fault(crash.signal)
    return "DT601" if is_nil or raised(goroutine.stack) == NIL_DEREFERENCE else "DT602"


def rule_of_fault(crash: Crash, signal: Signal) -> str:
    """The rule of a report that begins with a signal; empty if the signal only asked for a dump.

    Below a panic or fatal error (whose first line is cut off here) Go prints `[signal … addr=… pc=…]`; for a fault that
    it did not turn into one of these it prints the registers.
    """
    if signal.m is not None or signal.in_c or crash.registers or signal.address is None or signal.pc is None:
        return "" if is_requested(crash) else "DT610"
    thrown = crash.crashed is not None and any(name.endswith("throw") for name in panics_near_top(crash.crashed.stack))
    return "DT601" if is_nil_fault(signal) and not thrown else "DT612"


def is_nil_fault(signal: Signal) -> bool:
    """Whether a memory access hit the first page: then the address is a field's offset from nil."""
    is_access = signal.name.partition(":")[0] in _ACCESSES
    return is_access and signal.address is not None and signal.address < _NIL_PAGE


def is_requested(crash: Crash) -> bool:
    """Whether a signal was sent to get a dump: SIGQUIT, or SIGABRT by kill (a C library's abort has another code).

    Also True if the text has lost the signal's name: then nothing proves a fault.
    """
    signal = crash.signal
    name = signal.name.partition(":")[0] if signal is not None else ""
    if signal is None or name not in {"", *_DUMP_SIGNALS}:
        return False
    return name != "SIGABRT" or signal.code in (_SENT_BY_KILL, None)
