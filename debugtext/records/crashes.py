"""Crash reports: what the runtime said, which goroutine crashed, and the others (runtime/panic.go, signal_unix.go)."""

from collections.abc import Sequence
from dataclasses import dataclass

from debugtext.records.frames import Frame
from debugtext.records.goroutines import Goroutine, GoroutineDump, GoroutineGroup


@dataclass(frozen=True, slots=True)
class Panic:
    """One line of the panic chain, oldest first; `text` may have several lines."""

    text: str
    recovered: bool = False
    repanicked: bool = False
    goexit: bool = False


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal: `[signal SIGSEGV: … code=… addr=… pc=…]`, or `SIGQUIT: quit` with `PC=… m=… sigcode=…`."""

    name: str
    code: int | None = None
    address: int | None = None
    pc: int | None = None


@dataclass(frozen=True, slots=True)
class TestRun:
    """A test that ran when the alarm rang (`running tests:`), or failed; `seconds` it had run, None where not printed."""

    name: str
    seconds: float | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Crash:
    """A whole crash report as one record.

    `kind` says what it was: panic, fatal, signal, test-timeout, http-panic, goleak, leaktest. `reason` is the line to
    quote. `crashed_id` is the goroutine that crashed, None where no goroutine did (SIGQUIT, deadlock).
    `runtime_messages` are the lines before; `registers` pairs of name and value; `runtime_stack` the frames below
    `runtime stack:`.
    """

    kind: str
    reason: str
    dump: GoroutineDump
    panics: tuple[Panic, ...] = ()
    fatal: str | None = None
    signal: Signal | None = None
    crashed_id: int | None = None
    runtime_messages: tuple[str, ...] = ()
    runtime_stack: tuple[Frame, ...] = ()
    registers: tuple[tuple[str, int], ...] = ()
    tests: tuple[TestRun, ...] = ()
    exit_status: int | None = None
    line: int = 1

    @property
    def goroutines(self) -> Sequence[Goroutine]:
        """All goroutines that the report prints."""
        return self.dump.goroutines

    def groups(self) -> tuple[GoroutineGroup, ...]:
        """Goroutines by stack and state, the largest group first."""
        return self.dump.groups()
