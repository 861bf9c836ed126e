"""The rules about fatal errors, which no recover can stop: the runtime found the program, or itself, broken."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.crash_facts.allocations import advice_of_size, asked_for, bytes_at_once
from debugtext.analyzers.crash_facts.crashing import CrashRule
from debugtext.analyzers.crash_facts.faults import advice_of_fault
from debugtext.analyzers.crash_facts.threads import advice_of_thread
from debugtext.analyzers.subject import Subject
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Severity, Verdict, location_of
from debugtext.records.frames import Frame, Stack
from debugtext.sizes import bytes_in_words
from debugtext.stacks.waiting import c_function

_FRAMES_ABOVE_A_SEND = 12
"""How many frames from the top of a stack are searched for the call that sent a signal."""
_CLOCK = "nanotime returning zero"
"""runtime/proc.go, main: the system's clock, or the vDSO that it is read with, is broken."""
_CLOCK_ADVICE = "The system's clock gave zero: report it to Go and to the kernel, with its version and the processor."
_SEND_SIGNALS = frozenset(
    f"{package}.{name}" for package in ("syscall", "golang.org/x/sys/unix") for name in ("Kill", "Tgkill")
)
"""Calls by which a program sends a signal."""
_OWN_SIGNAL_ADVICE = (
    "This line sends the signal to its own process ({}): see why; the log above the stacks may say more."
)
_SENDER_ADVICE = "{} sends the signal to its own process ({}): look in the log above the stacks, which likely says why."
_C_ERRORS = ("No such file or directory", "file not found", "too many errors emitted, stopping now")
_ELSEWHERE = (
    "Perhaps another program has printed it: below its own fatal errors Go prints stacks, and none is in this text."
)
_FAULT = "fault"
_POINTER_ADVICE = (
    "The pointer that this line uses is not valid: see where it comes from (unsafe, C, memory that was unmapped); "
    "else look for a data race (-race)."
)


class OutOfMemory(CrashRule):
    """The system gave the program no more memory.

    **What it sees.** `runtime: out of memory` and `cannot allocate memory`.

    **Why it is trouble.** The process ends. (A kill by the kernel's or a container's limit prints nothing at all.)

    **When it is not.** It is always real. But the function that asked last need not be the one that holds the memory,
    unless it asked for more than everything that was in use.

    **What to do.** Compare two earlier heap texts (`debugtext diff`), set GOMEMLIMIT, and look at the size that the
    first function asked for: a length read from input must be checked.
    """

    id = "DT604"
    name = "out-of-memory"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    advice = (
        "This function asked last, which need not be the one that holds the memory: compare two heap texts "
        "(`debugtext diff`), and set GOMEMLIMIT below the limit."
    )
    advice_without_place = (
        "See what holds the memory: compare two heap texts (`debugtext diff`), and set GOMEMLIMIT below the limit."
    )
    fires_on: ClassVar = ("crash/oom-go1.27.txt",)
    quiet_on: ClassVar = ("crash/makeslice-go1.26.txt", "crash/thread-limit-go1.27.txt")

    def detail(self, crash: Crash) -> str:
        """What the memory was for, if the runtime's frames show it, and the size, if it is too large by itself."""
        doing = asked_for(crash.crashed.stack) if crash.crashed else ""
        asked = bytes_at_once(crash)
        return f", {doing}" * bool(doing) + (f", {bytes_in_words(asked)} at once" if asked else "")

    def advise(self, crash: Crash, front: Frame | None) -> str:
        """If one allocation is too large by itself: to check its length, not what holds the rest of the memory."""
        return advice_of_size(crash) or super().advise(crash, front)


class SyncMisuse(CrashRule):
    """A lock was unlocked that nobody had locked, or a WaitGroup went below zero.

    **What it sees.** `sync: unlock of unlocked mutex`, `sync: negative WaitGroup counter` and the like.

    **Why it is trouble.** The program has lost track of who holds what, and is stopped.

    **When it is not.** It is always a bug.

    **What to do.** Pair Lock with `defer Unlock`, and each Add with one Done. Look for a second Unlock on an error
    path, and for a Mutex or WaitGroup that was copied.
    """

    id = "DT607"
    name = "sync-misuse"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    advice = "Pair each Lock with one `defer Unlock`, and do not copy the lock: a copy is locked for itself."
    advice_of_groups = (
        "Call Done once for each Add, not again on an error path; Add before `go`, and do not copy the WaitGroup."
    )
    fires_on: ClassVar = ("crash/unlock-unlocked-go1.26.txt",)
    quiet_on: ClassVar = ("crash/deadlock-mutex-go1.27.txt", "crash/lock-twice-report-go1.26.txt")

    def advise(self, crash: Crash, front: Frame | None) -> str:
        """What to do: about a WaitGroup, or about a lock."""
        return self.advice_of_groups if "WaitGroup" in crash.reason else super().advise(crash, front)


class ThreadLimit(CrashRule):
    """The program could start no more threads.

    **What it sees.** `thread exhaustion`, `runtime: program exceeds N-thread limit`, `pthread_create failed`, `runtime:
    failed to create new OS thread`.

    **Why it is trouble.** Each goroutine in a blocking system call or in C holds a thread; too many of them end the
    process.

    **When it is not.** The failure is always real, but not always a limit: `errno=22` with few threads means that an
    emulator (qemu) does not know the call, and `errno=1` that a container forbids it.

    **What to do.** Limit what runs at once in system calls and in C (a semaphore), or use files that the poller serves
    and Go's own resolver.
    """

    id = "DT611"
    name = "thread-limit"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    advice = (
        "Bound how many goroutines are in blocking system calls or C at once (a semaphore): each holds a thread; "
        "or raise the limit (debug.SetMaxThreads, else ulimit -u or a container's pids)."
    )
    fires_on: ClassVar = ("crash/thread-limit-go1.27.txt",)
    quiet_on: ClassVar = ("threadcreate/many-go1.26.txt", "crash/oom-go1.27.txt")

    def stack_to_show(self, subject: Subject, crash: Crash, stack: Stack) -> Stack:
        """The own stack that holds most threads, if the runtime itself asked for the thread (sysmon does).

        Threads are held by goroutines in a system call, and in C whatever their state says.
        """
        held = (
            group.stack
            for group in crash.groups()
            if (group.state is not None and group.state.status == "syscall") or c_function(group.stack)
        )
        own = next((one for one in held if subject.ownership.own_frame(one) is not None), None)
        return own if own is not None and not crash.crashed_id else super().stack_to_show(subject, crash, stack)

    def advise(self, crash: Crash, front: Frame | None) -> str:
        """What to do, by the system's error if the message has it."""
        return advice_of_thread(crash) or super().advise(crash, front)


class RuntimeFailure(CrashRule):
    """Any other `fatal error:` of the runtime.

    **What it sees.** `fatal error: …` of a kind that has no rule of its own.

    **Why it is trouble.** The process ends. Corrupt memory (`found pointer to free object`, `bad pointer in Go heap`)
    mostly comes from package unsafe, cgo or a data race.

    **When it is not.** With a stack, a signal or an exit status below it, it is always real; a message alone is a note,
    as compilers and other programs print such lines too. A bus error (SIGBUS) mostly means a memory-mapped file that
    was truncated, or a full disk; and a fault next to the program's own code (`addr` near `pc`) means that something
    wrote to a string.

    **What to do.** Run with `-race` and `GODEBUG=gccheckmark=1`, check unsafe and C code, then report it to the Go
    project.
    """

    id = "DT612"
    name = "runtime-failure"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    advice = (
        "Look for a data race (-race) and for unsafe or C code that writes where it must not; else report it to Go."
    )
    fires_on: ClassVar = (
        "crash/checkptr-go1.26.txt",
        "crash/file-shortened-go1.26.txt",
        "crash/write-constant-go1.26.txt",
    )
    quiet_on: ClassVar = ("crash/unlock-unlocked-go1.26.txt", "crash/oom-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """The findings of CrashRule; of a message alone a note, and nothing if a C compiler may have printed it."""
        for found in super().examine(subject):
            if found.certainty is Certainty.CERTAIN:
                yield found
            elif not any(words in str(found.evidence["reason"]) for words in _C_ERRORS):
                advice = found.advice if "passed" in found.evidence else _ELSEWHERE
                yield replace(found, severity=Severity.NOTE, advice=advice)

    def tell(self, subject: Subject, name: str, crash: Crash) -> Finding:
        """The finding with a location even if that is in the runtime: a report to Go needs it."""
        return _located(super().tell(subject, name, crash), crash)

    def reason(self, crash: Crash) -> str:
        """For a fault: its address, as Go prints it in the line above (runtime/signal_unix.go sigpanic)."""
        if crash.reason == _FAULT and crash.signal is not None and crash.signal.address is not None:
            return f"unexpected fault address {crash.signal.address:#x}"
        return super().reason(crash)

    def advise(self, crash: Crash, front: Frame | None) -> str:
        """What to do, by the signal if it tells more; a clock that stands still is not the program's fault."""
        if _CLOCK in crash.reason:
            return _CLOCK_ADVICE
        is_there = crash.reason == _FAULT and front is not None and crash.fault_frames[:1] == (front,)
        return advice_of_fault(crash) or (_POINTER_ADVICE if is_there else super().advise(crash, front))


class FatalSignal(CrashRule):
    """A signal ended the program, from C code or from outside.

    **What it sees.** SIGSEGV, SIGBUS, SIGFPE, SIGILL or SIGABRT with a dump and no panic.

    **Why it is trouble.** The process ended; with `signal arrived during cgo execution`, it happened in C.

    **When it is not.** SIGQUIT, and SIGABRT sent by `kill`, ask for a dump and are not reported. If the program sent
    itself the signal (glog.Fatal), the report says so and names the function that did; the log above the stacks may say
    why.

    **What to do.** Look at what the first function passes to C: freed memory, a Go pointer that C keeps, a wrong
    length.
    """

    id = "DT610"
    name = "fatal-signal"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    advice = "The fault is below this call, in C or unsafe code: check the pointers and lengths it is given."
    advice_without_place = (
        "The fault is in C code, or in the runtime, which met memory that C or unsafe code, or a data race (-race), "
        "has damaged."
    )
    fires_on: ClassVar = ("crash/cgo-segv-go1.26.txt", "crash/cgo-abort-go1.27.txt")
    quiet_on: ClassVar = ("crash/cgo-quit-go1.26.txt", "crash/nil-deref-go1.27.txt")

    def tell(self, subject: Subject, name: str, crash: Crash) -> Finding:
        """The finding with a location even if that is in the runtime: a report to Go needs it."""
        return _located(super().tell(subject, name, crash), crash)

    def detail(self, crash: Crash) -> str:
        """Also says if the program sent the signal itself, as far as the stack shows that."""
        return ", sent by the program itself" * bool(_sender(crash)) + super().detail(crash)

    def advise(self, crash: Crash, front: Frame | None) -> str:
        """What to do: about the code that sent the signal, or by what the signal tells."""
        if not (sent := _sender(crash)):
            return advice_of_fault(crash) or super().advise(crash, front)
        call, caller = sent
        is_here = front is not None and caller in {"", front.function}
        return _OWN_SIGNAL_ADVICE.format(call) if is_here else _SENDER_ADVICE.format(caller or "The program", call)


def _located(found: Finding, crash: Crash) -> Finding:
    """The finding with a location, if it has none: the place of the function that it names first."""
    if found.location is not None or not found.functions:
        return found
    frames = (*(found.stack.frames if found.stack else ()), *crash.runtime_stack)
    first = next((frame for frame in frames if frame.function == found.functions[0]), None)
    return replace(found, location=location_of(first)) if first is not None else found


def _sender(crash: Crash) -> tuple[str, ...]:
    """(call, its caller or "") by which the stopped goroutine had just sent a signal; empty if it sent none."""
    functions = crash.crashed.stack.functions if crash.crashed is not None else ()
    at = next((i for i, function in enumerate(functions[:_FRAMES_ABOVE_A_SEND]) if function in _SEND_SIGNALS), None)
    return () if at is None else (functions[at], *functions[at + 1 : at + 2], "")[:2]
