"""A goroutine that waits for others which all wait to send, while nobody receives."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers._rule import Rule, Subject
from debugtext.analyzers.crashing import is_snapshot
from debugtext.analyzers.crowds import Crowd
from debugtext.analyzers.places import Place
from debugtext.analyzers.stillness import is_all_still
from debugtext.analyzers.suspicion import ALARM, suspicion_of
from debugtext.analyzers.waiting import Operation
from debugtext.analyzers.wording import goroutines
from debugtext.records.findings import Certainty, Finding, Severity, Verdict


class Unreceived(Rule):
    """A goroutine waits for others to end, and all of them wait to send on a channel.

    **What it sees.** A WaitGroup or errgroup Wait whose goroutines (closures of the same function, or started by it)
    all block in a send, while nobody else of that package is there to receive.

    **Why it is trouble.** Mostly the one that waits is the one that should receive: it waits forever.

    **When it is not.** A moment of a program whose receiver is in another package: it is a note while anybody in the
    text is active.

    **What to do.** Receive before Wait, call Wait in a goroutine of its own that then closes the channel, or give the
    channel room for all results.
    """

    id = "DT213"
    name = "unreceived-results"
    verdict = Verdict.DEADLOCK
    certainty = Certainty.LIKELY
    fires_on: ClassVar = ("dump/errgroup-go1.26.txt", "goroutine/errgroup-go1.26.txt")
    quiet_on: ClassVar = ("dump/waitgroup-go1.24.txt", "goroutine/baseline-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each goroutine that waits so; a crowd of senders is told by the rule about senders."""
        for place in subject.places:
            if place.operation is not Operation.WAIT_GROUP or not place.own or not is_snapshot(subject, place.capture):
                continue
            senders = _senders(subject, place)
            if senders and suspicion_of(subject, senders).points < ALARM:
                yield self.place_finding(
                    subject,
                    f"{place.function} waits for {goroutines(senders.count)} that all send on a channel, "
                    f"and nobody receives: {senders.first.function}",
                    [place, *senders.places],
                    severity=Severity.WARNING if is_all_still(subject, place.capture) else Severity.NOTE,
                    evidence={"goroutines": senders.count},
                    advice="Receive before Wait, or call Wait in a goroutine of its own that then closes the channel. "
                    "To be sure, take a second text a minute later.",
                )


def _senders(subject: Subject, parent: Place) -> Crowd | None:
    """The goroutines that it waits for, if all of them send and nobody else of their package is there."""
    assert parent.front is not None
    others = [place for place in subject.company(parent.capture).places if place is not parent and place.own]
    started = [place for place in others if _is_started_by(place, parent)]
    if not started or any(place.operation is not Operation.SEND for place in started):
        return None
    packages = {parent.front.package, *(place.front.package for place in started if place.front)}
    rest = [place for place in others if place not in started and place.front and place.front.package in packages]
    return None if rest else Crowd(tuple(started))


def _is_started_by(place: Place, parent: Place) -> bool:
    """Whether a goroutine is a closure of the function that waits, or says that it was started there."""
    creator = place.stack.created_by
    closures = (function.startswith(f"{parent.function}.") for function in place.stack.functions)
    return any(closures) or (creator is not None and creator.function == parent.function)
