"""Crash reports: the runtime's message, the goroutine that crashed, the others (runtime/panic.go, signal_unix.go)."""

from collections.abc import Sequence
from dataclasses import dataclass

from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import Goroutine, GoroutineDump, GoroutineGroup
from debugtext.records.lock_reports import LockPlace


@dataclass(frozen=True, slots=True)
class Panic:
    """One panic of the chain, oldest first; `text` may have several lines.

    `goexit`: a runtime.Goexit stands between this panic and the one before it (the text shows it by a missing tab).
    `prefix` is the text before `panic: ` on the line: the time that package log writes, or the end of another print.
    `serving` is the client's address in net/http's `http: panic serving 127.0.0.1:38160: …`.
    """

    text: str
    recovered: bool = False
    repanicked: bool = False
    goexit: bool = False
    prefix: str = ""
    serving: str | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal: `[signal SIGSEGV: … code=… addr=… pc=…]`, or `SIGQUIT: quit` with `PC=… m=… sigcode=…`.

    `name` is as printed (`SIGSEGV: segmentation violation`, `Exception 0xc0000005` on Windows), empty if it is missing.
    `code` is as printed: unsigned, and 0 if a process sent the signal. `m` is the number of the thread. `in_c`: the
    signal arrived in C code. `instructions` are the bytes at the PC.
    """

    name: str
    code: int | None = None
    address: int | None = None
    pc: int | None = None
    m: int | None = None
    in_c: bool = False
    instructions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """The section of one more thread after `-----` (GOTRACEBACK=crash): its signal and registers.

    Its goroutines are those of the crash from the index `first_goroutine` on, up to those of the next thread.
    """

    signal: Signal
    registers: tuple[tuple[str, int], ...] = ()
    first_goroutine: int = 0


@dataclass(frozen=True, slots=True)
class TestRun:
    """A test or a package that was running at the timeout (`running tests:`), or has `failed`, or has `passed`.

    `seconds` is None if no time is printed.
    """

    name: str
    seconds: float | None = None
    failed: bool = False
    passed: bool = False

    __test__ = False  # pytest: no test class


LEAK_CHECKERS = frozenset({"goleak", "leaktest", "gleak"})
"""The kinds of `Crash` that are lists of goroutines which a test has left over."""
_PANIC_FRAMES = frozenset({"panic", "runtime.panic", "runtime.gopanic", "runtime.Goexit"})
# Functions that recover a panic to report it, or to panic again: its cause is behind the last frame of a panic
_RECOVERING = ("testing.tRunner.func", "net/http.(*conn).serve.func", "net/http.(*http2serverConn).runHandler.func")
_RECOVERING_EXACTLY = frozenset({"runtime/debug.Stack", "runtime/debug.PrintStack"})


@dataclass(frozen=True, slots=True)
class Crash:
    """A whole crash report as one record.

    `kind` says what happened:

    - panic: an unrecovered panic, or one that a program has recovered and logged with package log;
    - http-panic: net/http's `http: panic serving …`, recovered;
    - test-timeout: `panic: test timed out after …`, `*** Test killed …: ran too long`, or only the end of such output;
    - deadlock: `all goroutines are asleep`, `no goroutines (main called runtime.Goexit)`, or a deadlock in synctest;
    - fatal: any other `fatal error: …`;
    - signal: a signal or exception that Go did not turn into a panic: a fault in C code, or someone's SIGQUIT;
    - goleak, leaktest, gleak: goroutines that go.uber.org/goleak, a leaktest or gomega's gleak found after a test;
    - lock-report: a report of github.com/sasha-s/go-deadlock, or of the race runtime's own detector; `locks` are the
      places that it names.

    `reason` is the line to quote; `message` also has the lines after it. `crashed_id` is the goroutine that crashed,
    None if none did (SIGQUIT, deadlock, test timeout, leaks) or none is printed. `signal` is the fault that caused a
    panic or throw, or the signal itself. `runtime_messages` are the runtime's lines around `fatal error:`, `registers`
    pairs of name and value, `runtime_tracebacks` the stacks without a goroutine header (`runtime stack:`). The
    goroutines of `N instances of:` have no header: their id is 0, their state empty.
    """

    kind: str
    reason: str
    dump: GoroutineDump
    panics: tuple[Panic, ...] = ()
    fatal: str | None = None
    signal: Signal | None = None
    crashed_id: int | None = None
    runtime_messages: tuple[str, ...] = ()
    runtime_tracebacks: tuple[Stack, ...] = ()
    registers: tuple[tuple[str, int], ...] = ()
    threads: tuple[Thread, ...] = ()
    tests: tuple[TestRun, ...] = ()
    package: TestRun | None = None
    locks: tuple[LockPlace, ...] = ()
    killed_after_seconds: float | None = None
    exit_status: int | None = None
    line: int = 1

    @property
    def lists_leaks(self) -> bool:
        """Whether this is the list of a leak checker, which holds only what is left over."""
        return self.kind in LEAK_CHECKERS

    @property
    def goroutines(self) -> Sequence[Goroutine]:
        """All goroutines that the report prints."""
        return self.dump.goroutines

    def groups(self) -> tuple[GoroutineGroup, ...]:
        """Goroutines by stack and state, the largest group first."""
        return self.dump.groups()

    @property
    def runtime_stack(self) -> tuple[Frame, ...]:
        """The frames below `runtime stack:`."""
        return self.runtime_tracebacks[0].frames if self.runtime_tracebacks else ()

    @property
    def message(self) -> str:
        """The reason with the lines after it; for a test timeout the reason alone, as `tests` has the running tests."""
        last = self.panics[-1].text.strip() if self.panics and self.kind != "test-timeout" else ""
        return last if last.startswith(self.reason) else self.reason

    @property
    def was_requested(self) -> bool:
        """True if nothing crashed: someone sent the process a signal to see its goroutines."""
        return self.kind == "signal" and self.signal is not None and is_request(self.signal)

    @property
    def crashed(self) -> Goroutine | None:
        """The goroutine that crashed; None if none did, or if it is not printed."""
        if self.crashed_id is None:
            return None
        return next((goroutine for goroutine in self.goroutines if goroutine.id == self.crashed_id), None)

    @property
    def fault_frames(self) -> tuple[Frame, ...]:
        """The frames of the crashed goroutine from the fault on, without the runtime and the functions that recover.

        The panic of a test or an HTTP handler is recovered and printed by the library; then the fault is behind the
        last `panic(` frame.
        """
        crashed = self.crashed
        frames = crashed.stack.frames if crashed is not None else self.runtime_stack
        first = _first_beyond_runtime(frames, 0)
        if first < len(frames) and _is_recovering(frames[first].function):
            panics = [index for index, frame in enumerate(frames) if frame.function in _PANIC_FRAMES]
            if panics and panics[-1] > first:
                first = _first_beyond_runtime(frames, panics[-1])
        return frames[first:] or frames


def is_request(signal: Signal) -> bool:
    """True if the signal only asks for a dump: SIGQUIT, SIGTERM and others, or a SIGABRT that another process sent.

    abort() in C code has the code -6 (SI_TKILL) or arrives in C code; kill has the code 0 (SI_USER).
    """
    name = signal.name.partition(":")[0]
    if name == "SIGABRT":
        return signal.code == 0 and not signal.in_c
    return name in {"SIGQUIT", "SIGHUP", "SIGINT", "SIGTERM", "SIGUSR1", "SIGUSR2"}


def _first_beyond_runtime(frames: tuple[Frame, ...], start: int) -> int:
    """The index of the first frame from `start` on that is neither a panic nor in the runtime."""
    for index in range(start, len(frames)):
        frame = frames[index]
        fatal = frame.function in {"sync.fatal", "sync.throw", "internal/sync.fatal", "internal/sync.throw"}
        if not (
            fatal or frame.function in _PANIC_FRAMES or frame.function.startswith(("runtime.", "internal/runtime/"))
        ):
            return index
    return len(frames)


def _is_recovering(function: str) -> bool:
    return function.startswith(_RECOVERING) or function in _RECOVERING_EXACTLY
