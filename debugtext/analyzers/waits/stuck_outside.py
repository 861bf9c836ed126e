"""Goroutines that wait for the world outside: the network, files, system calls, the clock."""

from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.evidence.served_clients import clients_are_in_this_program
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.waits.waiting_rule import WaitingRule
from debugtext.analyzers.weighing.suspicion import Suspicion
from debugtext.records.findings import Finding, Severity
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import Operation
from debugtext.stacks.waiting import c_function, waits_for_its_turn

_BY_PATH = ("syscall.open", "syscall.Open", "syscall.Stat", "syscall.Lstat", "syscall.fstatat", "syscall.Mkdir")
"""System calls that are given the path of a file."""
_FRAMES_OF_A_CALL = 5


class StuckIO(WaitingRule):
    """Many goroutines are stuck reading or writing connections or files.

    **What it sees.** Goroutines at one place of your own code in `IO wait`, or in `semacquire` where they take turns at
    one file (internal/poll's fdMutex), such as a full pipe that nobody reads.

    **Why it is trouble.** A peer that has silently gone away keeps its goroutine, its buffers and its file descriptor.

    **When it is not.** Servers keep idle connections for hours: those of net/http and of known libraries are not
    counted, unless a handler has been writing for minutes. It is a note if the program is its own client, as in a test.

    **What to do.** Set a deadline before each read and write (`SetReadDeadline`), or close the connection with the
    context.
    """

    id = "DT207"
    name = "stuck-io"
    operations = frozenset({Operation.READ, Operation.WRITE, Operation.CONNECT, Operation.NETWORK})
    advice = "Set a deadline before each read and write, and close the connection when its owner ends."
    advice_of_own_clients = (
        "The program has as many connections to servers open: these may be their other ends. See first what its client "
        "does not read or close."
    )
    advice_of_turns = (
        "They use one file or connection, one after the other: see why its other end does not go on (a full pipe, a "
        "slow disk), and set a deadline."
    )
    fires_on: ClassVar = ("dump/io-wait-go1.19.txt", "dump/full-pipe-go1.26.txt")
    quiet_on: ClassVar = ("dump/keepalive-go1.26.txt", "crash/sigquit-syncthing-go1.19.txt")

    def advise(self, crowd: Crowd) -> str:
        """The advice; for goroutines that take turns at one file, the file's other end matters."""
        return self.advice_of_turns if waits_for_its_turn(crowd.first.stack) else self.advice

    def tell(self, subject: Subject, crowd: Crowd, suspicion: Suspicion) -> Finding:
        """The finding; a note if the clients that do not read seem to be the program's own."""
        found = super().tell(subject, crowd, suspicion)
        is_here = clients_are_in_this_program(subject, crowd)
        return replace(found, severity=Severity.NOTE, advice=self.advice_of_own_clients) if is_here else found


class StuckSyscall(WaitingRule):
    """Many goroutines stay in a system call, each with a thread of its own.

    **What it sees.** Goroutines at one place of your own code in `syscall`.

    **Why it is trouble.** A blocking call holds an operating-system thread; some thousands of them end the process.

    **When it is not.** When it is one goroutine in a blocking call (a terminal, a signal, a child process).

    **What to do.** Use os.File or net.Conn, which the poller serves, and give the call a deadline. A dead network file
    system blocks whoever touches it, and a FIFO blocks whoever opens it until somebody opens its other end.
    """

    id = "DT208"
    name = "stuck-syscall"
    operations = frozenset({Operation.SYSCALL})
    advice = "Each holds a thread: use os.File or net.Conn with deadlines instead of raw calls, and bound how many run."
    advice_for_paths = (
        "The path is a FIFO that nobody has open at the other end, or lies on a file system that does not answer (a "
        "dead network mount): look at what it is; open a FIFO with O_NONBLOCK, and bound how many wait."
    )
    advice_for_c = (
        "Each holds a thread until C returns, which nothing in Go can hasten: bound how many are in C at once, and use "
        "what the C library has for timeouts and interruption."
    )
    fires_on: ClassVar = ("dump/syscall-go1.26.txt",)
    quiet_on: ClassVar = ("dump/cgo-go1.25.txt", "dump/caddy-go1.27.txt")

    def advise(self, crowd: Crowd) -> str:
        """The advice; C knows no deadlines, and calls with a path have no file yet on which to set one."""
        if c_function(crowd.first.stack):
            return self.advice_for_c
        near = crowd.first.stack.functions[:_FRAMES_OF_A_CALL]
        return self.advice_for_paths if any(one.startswith(_BY_PATH) for one in near) else self.advice


class LongSleep(WaitingRule):
    """Many goroutines sleep for minutes.

    **What it sees.** Goroutines at one place in `sleep`.

    **Why it is trouble.** Each timer, request or retry has a goroutine that no context can wake: memory for nothing.

    **When it is not.** When a few goroutines wake often. A recent burst of load leaves such sleepers too, so one text
    alone is a note, unless they are old, there are thousands of them, or somebody has copied them out of a dump.

    **What to do.** Use time.AfterFunc or one loop with a queue instead, and select on the context's Done beside a
    timer.
    """

    id = "DT209"
    name = "long-sleep"
    operations = frozenset({Operation.SLEEP})
    advice = "Use time.AfterFunc or one loop for all, and select on the context's Done beside the timer."
    fires_on: ClassVar = ("dump/sleep-day-go1.25.txt",)
    quiet_on: ClassVar = ("dump/busy-pool-go1.27.txt", "dump/contention-go1.27.txt")
