"""Goroutines that wait on channels for something that does not come."""

from typing import ClassVar

from debugtext.analyzers.evidence.nobody_left import nobody_is_left
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.waits.own_channel import with_receiver_itself
from debugtext.analyzers.waits.waiting_rule import WaitingRule
from debugtext.analyzers.weighing.suspicion import Suspicion
from debugtext.records.findings import Finding
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import Operation


class StuckSenders(WaitingRule):
    """Many goroutines wait to send on a channel, and nobody receives.

    **What it sees.** Goroutines at one place in `chan send`, or in Write of an io.Pipe. If the text shows the goroutine
    that should be receiving, and it is itself blocked (in a send, a write or a lock, say), that goroutine is named
    first; it may be one of the senders. Workers that hand work to their own pool are named first as well.

    **Why it is trouble.** The receiver has returned: it took the first answer, hit its timeout, or received once while
    there are several senders. Or it is blocked itself. Each sender stays forever, with all it refers to. Workers that
    wait for a free worker of their own pool (Go of an errgroup.Group with a limit, called within one of its functions)
    wait for each other.

    **When it is not.** A busy producer waits for a moment, so a few goroutines without a printed wait are reported only
    if nobody else in the text could receive, or if all actors that should receive send as well, and then as a note; it
    is a warning if three texts show as many. It is also a note while another goroutine of the same code is busy, since
    that may be the receiver, or, for a pipe, while as many goroutines are busy copying.

    **What to do.** Give the channel a buffer as large as the number of sends, or select on the context's Done beside
    the send. A receiver must not wait for others: if it sends as well, let it give up on those it cannot reach.
    """

    id = "DT201"
    name = "stuck-senders"
    operations = frozenset({Operation.SEND})
    advice = (
        "If nobody receives any more, give the channel a buffer for every send, or select on the context's Done too"
    )
    advice_for_slots = "; where it is used as a semaphore, give the slot back by defer."
    advice_for_pipes = (
        "If nobody reads from the pipe any more, close its reader on every path, also after an error "
        "(CloseWithError), and Write returns."
    )
    fires_on: ClassVar = ("dump/chan-send-go1.27.txt", "goroutine/chan-send-go1.27.txt")
    quiet_on: ClassVar = ("dump/pipeline-go1.26.txt", "dump/busy-pool-go1.27.txt")

    def tells_of_few(self, subject: Subject, crowd: Crowd) -> bool:
        """Whether even few are worth a note: also senders from which nobody is left to receive."""
        return super().tells_of_few(subject, crowd) or nobody_is_left(subject, crowd)

    def tell(self, subject: Subject, crowd: Crowd, suspicion: Suspicion) -> Finding:
        """The finding; if the goroutine that should receive is one of the senders, its own method is to open."""
        return with_receiver_itself(super().tell(subject, crowd, suspicion), crowd)

    def advise(self, crowd: Crowd) -> str:
        """The advice; a pipe has no buffer, and its Write knows no context."""
        if crowd.first.writes_to_pipe:
            return self.advice_for_pipes
        return self.advice + (self.advice_for_slots if crowd.count > 1 else ".")


class StuckReceivers(WaitingRule):
    """Many goroutines wait to receive from a channel that nobody sends on or closes.

    **What it sees.** Goroutines at one place in `chan receive`, including `for … range` over a channel, and iterators
    that iter.Pull has suspended. Some profiles (debug=1) show only that a goroutine waits at a channel, and some copied
    by hand not even that; those count as well.

    **Why it is trouble.** The sender returned without sending or closing. Each receiver stays forever.

    **When it is not.** Workers of a pool wait like this by design, and their names mostly say so (worker, loop,
    consumer). One dump cannot tell an idle pool from an abandoned one, so such goroutines are a note at most; with
    hundreds of them, the name counts for less, as in DT203. The stages of a pipeline are a note at most while its
    source and the goroutine that closes their channels are still there.

    **What to do.** Close the channel where the last value is sent (`defer close(ch)`), on every path. Nobody closes the
    channel of a time.Ticker: select on the context's Done as well.
    """

    id = "DT202"
    name = "stuck-receivers"
    operations = frozenset({
        Operation.RECEIVE, Operation.RANGE, Operation.CHANNEL, Operation.COROUTINE, Operation.UNKNOWN,
    })  # fmt: skip
    advice = (
        "If nobody sends any more, close the channel where the last value is sent, on every path; or wait for a "
        "context's Done as well."
    )
    either_advice = (
        "The other side of the channel is gone; the text does not say whether this side sends or receives: give it a "
        "way out by the context's Done."
    )
    unknown_advice = (
        "The text does not show what they wait for: open the function, see who should wake them, and give them a way "
        "out by the context's Done."
    )
    pull_advice = (
        "Nobody asks their iterators for more: call the stop function of each iter.Pull (`defer stop()`), or pull to "
        "the end."
    )
    fires_on: ClassVar = ("dump/chan-recv-go1.26.txt", "dump/locked-thread-go1.25.txt")
    quiet_on: ClassVar = ("dump/idle-pool-go1.26.txt", "goroutine/idle-pool-go1.23.txt")

    def advise(self, crowd: Crowd) -> str:
        """The advice; profiles of some Go versions do not show the direction, and retyped ones not even the wait."""
        advice = {
            Operation.CHANNEL: self.either_advice,
            Operation.COROUTINE: self.pull_advice,
            Operation.UNKNOWN: self.unknown_advice,
        }
        return advice.get(crowd.operation, self.advice)


class StuckInSelect(WaitingRule):
    """Many goroutines wait in a select in which no case becomes ready.

    **What it sees.** Goroutines at one place in `select`. The ids in a dump show whether they were started together, as
    a pool is, or one by one until now. Handlers of net/http have lost their clients if fewer connections are being
    watched than there are handlers.

    **Why it is trouble.** They have no case on a context or a timer that ends, or their Stop or Close is never called.

    **When it is not.** Loops that select on a ticker or wait for work do so by design, and their names mostly say so.
    The name counts for less from 500 goroutines on, for less still from 1,000 on, and for nothing from 10,000 on or if
    hundreds were evidently started one by one. One goroutine for each open connection is normal, and so is a loop that
    the main goroutine runs too.

    **What to do.** Add a case on the context's Done, and call cancel, Stop or Close of what each belongs to.
    """

    id = "DT203"
    name = "stuck-in-select"
    operations = frozenset({Operation.SELECT})
    advice = "Add a case on the context's Done that ends it, and call cancel, Stop or Close when the owner ends."
    fires_on: ClassVar = ("dump/select-noctx-go1.25.txt",)
    quiet_on: ClassVar = ("dump/ctx-loops-go1.27.txt", "dump/caddy-go1.27.txt", "dump/keepalive-go1.26.txt")
