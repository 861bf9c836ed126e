"""Goroutines that can never go on: they wait for a nil channel, or in a select without cases."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.amounts import MANY
from debugtext.analyzers.crash_facts.which_rule import rule_of
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.rule_families import ALL_ASLEEP
from debugtext.analyzers.subject import Subject
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.stacks.crowds import Crowd, crowds
from debugtext.stacks.operations import Operation
from debugtext.stacks.places import MAIN, Place, words_of
from debugtext.stacks.waiting import as_printed
from debugtext.stacks.wording import goroutines

ADVICE_OF_NIL = "Make the channel before it is used: it is nil, and nothing can ever go through it."
OF_CONTEXTS = "If it is a context's Done, nobody can cancel that one: Background, TODO, WithoutCancel."
ADVICE_OF_NO_CASES = "End the goroutine, or wait for a context's Done or a signal instead of `select {}`."


class NilChannel(Rule):
    """Goroutines that send to or receive from a nil channel.

    **What it sees.** The states `chan send (nil chan)` and `chan receive (nil chan)`: these are certain. A profile
    (`debug=1`) shows no states, but for many builds of Go 1.18 to 1.27 the addresses of the runtime's frames show that
    the channel is nil. That is only likely, and counts only if a second channel operation in the profile confirms that
    it is such a build.

    **Why it is trouble.** By the language, such an operation blocks forever, whatever the rest of the program does.

    **When it is not.** An operation on a nil channel never ends by itself, but it can be meant. These are notes only:

    - a goroutine locked to its thread, which may hold the thread on purpose;

    - a main goroutine that receives, unless it does so in a Close or Stop;

    - a single goroutine that main has started and that receives: switched off.

    Receiving from `context.Background().Done()` keeps a server alive as `select {}` does. A `select` with nil channels
    is a useful way to switch a case off, and not looked at here. What the runtime itself reports as leaked is left to
    DT101, and what it reports as all asleep to DT104.

    **What to do.** Find where the channel should have been made: a struct field without `make`, a variable shadowed by
    `:=`, a receive from a nil `Done()`.
    """

    id = "DT102"
    name = "nil-channel"
    verdict = Verdict.LEAK
    certainty = Certainty.CERTAIN
    fires_on: ClassVar = ("dump/nil-chan-go1.27.txt",)
    quiet_on: ClassVar = ("crash/deadlock-nilchan-go1.27.txt", "dump/chan-recv-go1.26.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each function and direction."""
        nil = {Operation.NIL_SEND, Operation.NIL_RECEIVE}
        blocked = [place for place in subject.places if place.operation in nil and not _is_known_for_certain(place)]
        for crowd in crowds(blocked, lambda place: (place.function, place.operation, _is_locked(place))):
            locked = _is_locked(crowd.first)
            meant = locked or _may_be_meant(subject, crowd)
            finding = self.place_finding(
                subject,
                f"{goroutines(crowd.count)} blocked for ever in {crowd.first.function}, {crowd.operation.doing}",
                list(crowd.places),
                severity=_severity(crowd, meant=meant),
                evidence={"goroutines": crowd.count, "state": _status(crowd.first), "locked_to_thread": locked},
                advice=ADVICE_OF_NIL if crowd.operation is Operation.NIL_SEND else f"{ADVICE_OF_NIL} {OF_CONTEXTS}",
            )
            yield finding if crowd.first.group.state else _by_addresses(finding)


class NoCases(Rule):
    """Goroutines other than the main one in a `select {}`.

    **What it sees.** The state `select (no cases)` on any goroutine but number 1. A profile (`debug=1`) prints no
    states: there two addresses of the runtime tell, if another goroutine waits in a select with cases; that is likely,
    not certain, and a note for a single goroutine.

    **Why it is trouble.** A select without cases never ends. In `main` it keeps a server alive; anywhere else the
    goroutine is lost, with all that its stack refers to.

    **When it is not.** Goroutine 1 is never reported. A goroutine locked to its thread is only a note: some programs
    hold a thread forever on purpose (a namespace, a C library's state). So is a single goroutine that main itself
    started: it keeps what it set up, and no more will come. What the runtime itself reports as leaked is left to DT101,
    and what it reports as all asleep to DT104.

    **What to do.** Let the goroutine end, or wait for a context or a signal instead.
    """

    id = "DT103"
    name = "select-without-cases"
    verdict = Verdict.LEAK
    certainty = Certainty.CERTAIN
    fires_on: ClassVar = ("dump/select-empty-go1.19.txt",)
    quiet_on: ClassVar = ("dump/caddy-go1.27.txt", "crash/synctest-dump-go1.26.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each function."""
        parked = [
            place
            for place in subject.places
            if place.operation is Operation.NO_CASES
            and not _is_known_for_certain(place)
            and not subject.members(place.capture).is_main(place)
            and MAIN not in place.stack.functions
        ]
        for crowd in crowds(parked, lambda place: (place.function, _is_locked(place))):
            locked = _is_locked(crowd.first)
            is_profile = crowd.first.group.state is None  # who has started them is not printed
            meant = locked or (crowd.count == 1 and (is_profile or _is_of_main(crowd.first)))
            finding = self.place_finding(
                subject,
                f"{goroutines(crowd.count)} parked for ever in a `select {{}}` of {crowd.first.function}",
                list(crowd.places),
                severity=_severity(crowd, meant=meant),
                evidence={"goroutines": crowd.count, "state": _status(crowd.first), "locked_to_thread": locked},
                advice=ADVICE_OF_NO_CASES,
            )
            yield _by_addresses(finding) if is_profile else finding


def _by_addresses(finding: Finding) -> Finding:
    """The finding as a likely one: a profile shows the wait only by the addresses at which the runtime has parked."""
    severity = Severity.NOTE if finding.severity is Severity.NOTE else Severity.WARNING
    told = {"found_by": "the addresses of the runtime's frames"}
    return replace(finding, severity=severity, certainty=Certainty.LIKELY, evidence={**finding.evidence, **told})


def _is_known_for_certain(place: Place) -> bool:
    """Whether another certain rule reports the place: the runtime calls it leaked (DT101), or all asleep (DT104)."""
    crash = place.capture.body
    return place.leaked or (isinstance(crash, Crash) and rule_of(crash) == ALL_ASLEEP)


def _severity(crowd: Crowd, *, meant: bool) -> Severity:
    """An error, but a warning for a few goroutines of a dependency, which its user can hardly mend; a note if meant."""
    if meant:
        return Severity.NOTE
    return Severity.ERROR if crowd.first.own or crowd.count >= MANY else Severity.WARNING


def _may_be_meant(subject: Subject, crowd: Crowd) -> bool:
    """Whether a single goroutine may receive for ever on purpose.

    Main keeps the program alive so, but not in a function that ends something (Close, Stop). A loop that main has
    started may be switched off by a nil channel, as that of a ticker which the settings leave out.
    """
    if crowd.count > 1 or crowd.operation is not Operation.NIL_RECEIVE:
        return False
    is_main = subject.members(crowd.first.capture).is_main(crowd.first)
    ends = subject.knowledge.is_end(words_of(crowd.first.function))
    return (is_main and not ends) or _is_of_main(crowd.first)


def _status(place: Place) -> str:
    """The state as a traceback prints it; for a profile, the one that it would print."""
    return place.group.state.status if place.group.state else as_printed(place.operation)


def _is_locked(place: Place) -> bool:
    """Whether the goroutine holds its thread."""
    return place.group.state is not None and place.group.state.locked_to_thread


def _is_of_main(place: Place) -> bool:
    """Whether main.main has started the goroutines."""
    creator = place.stack.created_by
    return creator is not None and creator.function == "main.main"
