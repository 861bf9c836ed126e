"""The number of goroutines at one place grows from input to input."""

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.amounts import THOUSANDS
from debugtext.analyzers.evidence.absent_receivers import absent_receivers
from debugtext.analyzers.evidence.across_inputs import survivors
from debugtext.analyzers.evidence.grown import Grown, grown, rises_steadily
from debugtext.analyzers.evidence.origins import is_one_for_each_client
from debugtext.analyzers.evidence.singleflight import singleflight_caller
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.waits.stuck import WAITING_RULES
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.stacks.company import SERVES
from debugtext.stacks.crowds import Crowd, crowds
from debugtext.stacks.operations import AT_WORK, READS, Operation
from debugtext.stacks.places import Place
from debugtext.stacks.wording import goroutines

_ADVICE = (
    "Each call starts a goroutine here that does not end: end it with its context, stop its ticker, "
    "or close what it reads."
)
_OF_REQUESTS = (
    "More and more requests do not end here: see what they wait for, and let that end with the request's context."
)
_CONNECTIONS = frozenset({
    SERVES, "net/http.(*connReader).backgroundRead",
    "net/http.(*persistConn).readLoop", "net/http.(*persistConn).writeLoop",
})  # fmt: skip
"""The functions of connections: they come with the load, and stay for the next request."""
_LEAST_RISING_TEXTS = 3
"""From so many texts on, a smaller rise is enough: chance rarely makes two steps in the same direction."""
_MORE_TEXTS = "This may be load, or start-up. Take one more text at the same load: if it still rises, these do not end."


class GoroutineGrowth(Rule):
    """The number of goroutines at one place rises from input to input and does not come back.

    **What it sees.** With five or more texts: a steady rise (by the Mann-Kendall test) that still goes on at the end.
    With two to four texts: a rise at every step since it began. If the texts are tracebacks, they must show that the
    goroutines stay; profiles do not name goroutines, so there the number must at least double, and for connections grow
    fourfold.

    **Why it is trouble.** Growth is what makes a leak: one more goroutine for each request, retry or reconnect, until
    the memory is gone.

    **When it is not.** During start-up, or when the load rose between two texts: take more texts, at the same load.
    These are notes only:

    - fewer than a thousand goroutines that serve one client connection each;

    - a smaller rise in profiles;

    - your own waiting code at three times its first number, but no longer rising;

    - fewer than a thousand in `time.Sleep`, which only the last text shows.

    With two to four texts, goroutines of a library are left to DT211 if it knows why they pile up.

    **What to do.** Open the first function and the creator named after it: let each goroutine end with its context, and
    stop tickers and connections where they were started.
    """

    id = "DT210"
    name = "goroutine-growth"
    verdict = Verdict.GROWTH
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {
        "least": 8,
        "factor": 1.2,
        "least_unnamed": 20,
        "least_unnamed_of_three": 10,
        "factor_unnamed": 2,
        "least_new": 50,
        "factor_new": 4,
        "note_factor": 1.5,
        "factor_stopped": 3,
        "stayed": 0.8,
    }
    is_series = True
    fires_on: ClassVar = ("goroutine/grow-ticker-go1.26-1.txt", "goroutine/grow-ticker-go1.26-2.txt")
    quiet_on: ClassVar = ("goroutine/influxdb-go1.19-1.txt", "goroutine/influxdb-go1.19-2.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each place that grows."""
        if len(subject.readings) == 1 and subject.known_trends is None:
            return
        for one in grown(subject, "goroutine"):
            severity = Severity.ERROR if one.proven else self._severity(subject, one)
            if severity is not None:
                yield self._tell(subject, one, severity)

    def _severity(self, subject: Subject, one: Grown) -> Severity | None:
        """How loud growth in few inputs is: a warning, a note if less is sure, None if nothing is."""
        name = one.front.function if one.front else ""
        stayed = survivors(subject, name)
        is_new = one.before == 0 or name in _CONNECTIONS
        if stayed is not None and not is_new:
            old = stayed >= self.threshold(subject, "stayed") * one.before
            rises = old and self._rises(subject, one, "least", "factor")
            return Severity.WARNING if rises else None
        if subject.once(_are_no_more) or _are_busy(subject, name):
            return None
        least = "least_unnamed" if len(one.rising) < _LEAST_RISING_TEXTS else "least_unnamed_of_three"
        names = ("least_new", "factor_new") if is_new else (least, "factor_unnamed")
        if self._rises(subject, one, *names):
            may_be_load = one.after < THOUSANDS and (
                _are_clients(subject, one, name) or _fell_asleep(subject, one, name)
            )
            return Severity.NOTE if may_be_load else Severity.WARNING
        is_noted = self._rises(subject, one, "least_new", "note_factor") or self._is_worth_knowing(subject, one)
        return Severity.NOTE if is_noted else None

    def _is_worth_knowing(self, subject: Subject, one: Grown) -> bool:
        """Whether many more goroutines of own code wait for others than at first, though they may no longer rise."""
        crowd = _standing(subject, one.front.function) if one.front else None
        if crowd is None or not crowd.first.own or crowd.operation in AT_WORK or one.after < max(one.values):
            return False
        many = one.growth >= self.threshold(subject, "least_unnamed")
        return many and 0 < one.before * self.threshold(subject, "factor_stopped") <= one.after

    def _rises(self, subject: Subject, one: Grown, least: str, factor: str) -> bool:
        """Whether it rises at every step, by the thresholds with these names."""
        return rises_steadily(one, least=self.threshold(subject, least), factor=self.threshold(subject, factor))

    def _tell(self, subject: Subject, one: Grown, severity: Severity) -> Finding:
        name = one.front.function if one.front else "?"
        first = _awaited(subject, one)
        front = first.front if first else subject.to_open(one.stack, one.front)
        rate = f", {_few_or_many(one.pace[0])} {one.pace[1]}" if one.pace else ""
        flown = f", for {first.in_words}" if first else ""
        crowd = _standing(subject, name)
        doing = f", {crowd.first.waits_for}" if crowd and not first else ""
        return self.finding(
            f"{goroutines(one.after)} in {name}, up from {one.before:,}{rate}{doing}{flown}",
            severity=severity,
            functions=subject.functions(one.stack, front),
            front=front,
            stack=one.stack,
            count=one.after,
            source=(subject.last.name, 1),
            evidence={
                "counts": list(one.values),
                "growth": one.after - one.before,
                **({"p_value": round(one.p_value, 4)} if one.p_value is not None else {}),
                **({"per_hour": round(one.per_hour, 4)} if one.per_hour else {}),
            },
            advice=_MORE_TEXTS if severity is Severity.NOTE else _advice(one, crowd),
            is_own=front is not None and subject.ownership.is_own(front),
        )


def _few_or_many(number: float) -> str:
    """`1,204`, `48`, `1.2`: below ten, what is behind the point counts."""
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"  # noqa: PLR2004


def _advice(one: Grown, crowd: Crowd | None) -> str:
    """What to do: requests were not started where they wait; for others, what the rule about such a wait advises."""
    is_request = SERVES in one.stack.functions and one.front is not None and one.front.function != SERVES
    if is_request or crowd is None or not crowd.first.own:
        return _OF_REQUESTS if is_request else _ADVICE
    return next((rule.advise(crowd) for rule in WAITING_RULES if crowd.operation in rule.operations), _ADVICE)


def _are_clients(subject: Subject, one: Grown, function: str) -> bool:
    """Whether there is one goroutine for each connection of a client; in two texts also if they read any connection."""
    crowd = _standing(subject, function)
    if function in _CONNECTIONS or crowd is None:
        return function in _CONNECTIONS
    may_be = crowd.operation in READS and (not crowd.first.own or len(one.rising) < _LEAST_RISING_TEXTS)
    return may_be or is_one_for_each_client(subject, crowd)


def _fell_asleep(subject: Subject, one: Grown, function: str) -> bool:
    """Whether most of them sleep, and only the last text shows any: a burst, which ends by itself."""
    crowd = _standing(subject, function)
    is_asleep = crowd is not None and crowd.operation is Operation.SLEEP
    return is_asleep and one.before == 0 and len(one.rising) < _LEAST_RISING_TEXTS


def _standing(subject: Subject, function: str) -> Crowd | None:
    """The goroutines in a function in the last text, if most of them wait, and for the same operation."""
    there = crowds(_places_of(subject, function))
    first = there[0] if there else None
    if first is None or 2 * first.count <= sum(one.count for one in there):
        return None
    return first if any(first.operation in rule.operations for rule in WAITING_RULES) else None


def _places_of(subject: Subject, function: str) -> list[Place]:
    """The places in a function in the last text."""
    return subject.once(_by_function)[function]


def _by_function(subject: Subject) -> defaultdict[str, list[Place]]:
    """The places of the last text by their front functions."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for place in subject.places:
        found[place.function].append(place)
    return found


def _are_busy(subject: Subject, function: str) -> bool:
    """Whether most goroutines in a function run, or only wait for a processor: these come with the load."""
    there = _places_of(subject, function)
    running = sum(place.count for place in there if place.operation is Operation.RUNNING)
    return 2 * running > sum(place.count for place in there)


def _awaited(subject: Subject, one: Grown) -> Place | None:
    """The goroutine that does the work for which the grown ones wait, or that should receive what they send."""
    grown_crowds = (Crowd((place,)) for place in subject.places if place.stack == one.stack)
    awaited = ((singleflight_caller(subject, crowd), *absent_receivers(subject, crowd)) for crowd in grown_crowds)
    return next((place for places in awaited for place in places if place is not None), None)


def _are_no_more(subject: Subject) -> bool:
    """Whether the last input shows no more goroutines in all than the first: where some grew, others have ended."""
    first, last = (
        sum(capture.goroutines or 0 for capture in reading.captures) for reading in (subject.readings[0], subject.last)
    )
    return last <= first
