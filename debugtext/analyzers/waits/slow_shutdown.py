"""A server that shuts down, and waits for requests that do not end."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.crash_facts.crashing import is_snapshot
from debugtext.analyzers.locks.self_waits import self_waits
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.stacks.company import HANDS_OVER
from debugtext.stacks.crowds import Crowd, crowds
from debugtext.stacks.operations import READS, Operation
from debugtext.stacks.places import Place, is_old
from debugtext.stacks.wording import each, minutes

_HANDLERS_OF = {
    "net/http.(*Server).Shutdown": HANDS_OVER,
    "google.golang.org/grpc.(*Server).GracefulStop": "google.golang.org/grpc.(*Server).handleStream",
}
"""For each function that ends a server, the function that runs the server's handlers."""
_GOES_ON = READS | {Operation.RUNNING}


class SlowShutdown(Rule):
    """A server is shutting down, but some of its requests have been waiting for minutes.

    **What it sees.** `Shutdown` of net/http or `GracefulStop` of gRPC on one stack, and on others your own handlers,
    which have waited for minutes.

    **Why it is trouble.** The process does not end: whoever stops it will kill it after a while, and what the other
    goroutines still had to write is lost.

    **When it is not.** When Shutdown has only just begun, or has a deadline. net/http polls, so no text says since when
    it has been waiting: then it is a note. Shutdown does not wait for connections that a handler has taken over, such
    as WebSockets.

    **What to do.** Give Shutdown a context with a deadline, and call Close after it. Let handlers end with their
    request's context, and with the server's (RegisterOnShutdown).
    """

    id = "DT219"
    name = "slow-shutdown"
    verdict = Verdict.DEADLOCK
    certainty = Certainty.LIKELY
    fires_on: ClassVar = ("dump/drain-go1.26.txt",)
    quiet_on: ClassVar = ("dump/others-go1.26.txt", "dump/itself-go1.26.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each place where a server is ended."""
        itself = {id(place) for place, _ in self_waits(subject)}
        for place in subject.places:
            ends = next((name for name in _HANDLERS_OF if name in place.stack.functions), None)
            if ends is None or id(place) in itself or not is_snapshot(subject, place.capture):
                continue
            if handlers := _handlers(subject, place, _HANDLERS_OF[ends]):
                yield self._tell(subject, place, ends, handlers)

    def _tell(self, subject: Subject, place: Place, ends: str, places: list[Place]) -> Finding:
        handlers = Crowd(tuple(places))
        counts = {one.first.function: one.count for one in crowds(places, lambda one: one.function)}
        return self.place_finding(
            subject,
            f"{ends} in {place.function} waits for {handlers.count:,} requests, blocked"
            f"{minutes(handlers.waits[-1])} in {each(counts)}",
            [handlers.first, place, *handlers.places[1:]],
            severity=Severity.WARNING if is_old(place.group.waits) else Severity.NOTE,
            evidence={"requests": handlers.count, "oldest_minutes": handlers.waits[-1]},
            advice="Give it a deadline and call Close or Stop behind it, and let handlers end with their request's "
            "context.",
        )


def _handlers(subject: Subject, ending: Place, serves: str) -> list[Place]:
    """The user's own handlers that have waited for minutes; the function `serves` has called them."""
    places = (place for place in subject.company(ending.capture).places if place is not ending and place.own)
    waiting = (place for place in places if serves in place.stack.functions and is_old(place.group.waits))
    return [place for place in waiting if place.operation not in _GOES_ON]
