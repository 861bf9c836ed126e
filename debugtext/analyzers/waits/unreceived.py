"""A goroutine that waits for others which all wait to send, while nobody receives."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from debugtext.analyzers.crash_facts.crashing import is_snapshot
from debugtext.analyzers.evidence.stillness import is_all_still
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.suspicion import ALARM, suspicion_of
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import Operation
from debugtext.stacks.places import Place
from debugtext.stacks.wording import goroutines


class Unreceived(Rule):
    """A goroutine waits for others to end, and all of them wait to send on a channel.

    **What it sees.** A goroutine in Wait of a WaitGroup or an errgroup, while all goroutines it waits for (closures of
    the same function, or started by it) are blocked in a send. Nobody else of that package is there to receive.

    **Why it is trouble.** Mostly the goroutine that waits is the one that should receive, so it waits forever.

    **When it is not.** When the receiver is in another package and will come in a moment. It is a note while anybody in
    the text is active.

    **What to do.** Receive before Wait, call Wait in a goroutine of its own that then closes the channel, or give the
    channel room for all results.
    """

    id = "DT213"
    name = "unreceived-results"
    verdict = Verdict.DEADLOCK
    certainty = Certainty.LIKELY
    fires_on: ClassVar = ("dump/errgroup-go1.26.txt", "goroutine/errgroup-go1.26.txt")
    quiet_on: ClassVar = ("dump/pipeline-go1.26.txt", "dump/waitgroup-go1.24.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each goroutine that waits so; a large crowd of senders is left to the rule about senders."""
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
                    "To be sure, take another text a minute later.",
                )


def _senders(subject: Subject, parent: Place) -> Crowd | None:
    """The goroutines that `parent` waits for, if all of them send and no other goroutine of their packages is there."""
    assert parent.front is not None
    capture = parent.capture
    by_starter = subject.per_places(capture, _by_starter)
    started = [place for place in by_starter.get(parent.function, ()) if place is not parent]
    if not started or any(place.operation is not Operation.SEND for place in started):
        return None
    packages = {parent.front.package, *(place.front.package for place in started if place.front)}
    waiting = {id(place) for place in (parent, *started)}
    others = (place for place in subject.company(capture).places if place.own and id(place) not in waiting)
    rest = any(place.front is not None and place.front.package in packages for place in others)
    return None if rest else Crowd(tuple(started))


def _by_starter(places: Iterable[Place]) -> dict[str, list[Place]]:
    """Places of own code by the functions in which their closures stand, and by the function that started them."""
    found: dict[str, list[Place]] = {}
    for place in places:
        creator = place.stack.created_by
        starters = {creator.function} if creator is not None else set()
        for function in place.stack.functions if place.own else ():
            package, slash, name = function.rpartition("/")
            parts = name.split(".")
            starters.update(f"{package}{slash}{'.'.join(parts[:end])}" for end in range(2, len(parts)))
        for starter in starters if place.own else ():
            found.setdefault(starter, []).append(place)
    return found
