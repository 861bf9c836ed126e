"""A program that somebody had to stop, while its main goroutine waited for an answer from the network."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.findings import WAITS, Certainty, Finding, Severity, Verdict, Wait, location_of
from debugtext.records.frames import Frame
from debugtext.stacks.operations import IO, READS, Operation
from debugtext.stacks.places import Place, words_of
from debugtext.stacks.wording import minutes

_READS = "net.(*conn).Read"
_ASKS = frozenset({"net/http.(*Client).do", "net/http.(*Transport).roundTrip", "google.golang.org/grpc.invoke"})
_READING = frozenset({"read", "peek", "scan"})
"""Functions whose names begin so hand on what they read: their callers know what should have come."""
_FIRST = frozenset({("main",), ("run",), ("start",), ("execute",)})
"""Names of functions with which a program begins; these are no loops."""
_ACTIVE = IO | {Operation.ACCEPT, Operation.RUNNING}


class NoAnswer(Rule):
    """A program was stopped by a signal while all it did was wait for an answer from the network.

    **What it sees.** A dump requested by SIGQUIT, in which the main goroutine reads from a connection or waits for the
    answer to a request, called from the program's own code. No other code of the program is running or serving a
    connection.

    **Why it is trouble.** Without a deadline, it waits for as long as the connection stays open: forever, if the peer
    has vanished silently or is itself waiting for more to be sent.

    **When it is not.** When the answer just takes its time and whoever stopped the program was impatient. Functions
    whose name says that they read for as long as the program lives (`listen`, `consume`, `loop`) are not reported.

    **What to do.** Open the first function: see what the peer should send there, and what it was sent before; both ends
    may be waiting for each other. Set a deadline, or give the request a context that has one.
    """

    id = "DT221"
    name = "no-answer"
    verdict = Verdict.DEADLOCK
    certainty = Certainty.LIKELY
    advice: ClassVar = (
        "See what the peer should send here, and whether it waits itself for more; set a deadline "
        "(SetReadDeadline, a Timeout, a context)."
    )
    fires_on: ClassVar = ("crash/no-answer-go1.26.txt",)
    quiet_on: ClassVar = ("crash/sigquit-listen-go1.26.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for each dump."""
        for _, capture in subject.captures():
            if isinstance(capture.body, Crash) and capture.body.was_requested:
                main = _asking(subject, capture)
                if main is not None:
                    yield self._tell(subject, main)

    def _tell(self, subject: Subject, main: Place) -> Finding:
        own = _own_frames(subject, main)
        front = _frame_to_open(own)
        found = self.place_finding(
            subject,
            f"the main goroutine waits for an answer from the network{minutes(main.oldest_minutes)} "
            f"in {front.function}",
            [main],
            severity=Severity.WARNING,
            evidence={
                "oldest_minutes": main.oldest_minutes,
                WAITS: [Wait(function=front.function, count=main.count, doing=main.waits_for)],
            },
            advice=self.advice,
        )
        callers = own[own.index(front) :]
        functions = dict.fromkeys((*(frame.function for frame in callers), *found.functions))
        location = location_of(front)
        return replace(found, functions=tuple(functions)[:MOST_FUNCTIONS], location=location)


def _asking(subject: Subject, capture: Capture) -> Place | None:
    """The main goroutine, if it waits for an answer while no other own goroutine is active; else None."""
    places, main = subject.company(capture).places, subject.main_place(capture)
    if main is None or not main.own or not _waits_for_answer(main):
        return None
    if any(place.own and place is not main and place.operation in _ACTIVE for place in places):
        return None
    names = (words_of(frame.function) for frame in _own_frames(subject, main))
    goes_on = any(subject.knowledge.is_resident(words) for words in names if words not in _FIRST)
    return None if goes_on else main


def _waits_for_answer(place: Place) -> bool:
    """Whether the goroutine reads from a connection, or has sent a request."""
    functions = place.stack.functions
    return (place.operation in READS and _READS in functions) or (
        place.operation is Operation.SELECT and not _ASKS.isdisjoint(functions)
    )


def _own_frames(subject: Subject, place: Place) -> list[Frame]:
    return [frame for frame in place.stack.frames if subject.ownership.is_own(frame)]


def _frame_to_open(own: Sequence[Frame]) -> Frame:
    """The first frame of own code that does not merely read for its caller: it knows what should come."""
    return next((frame for frame in own if _READING.isdisjoint(words_of(frame.function)[:1])), own[0])
