"""The sign `tickets`: whether a sync.Cond has woken any goroutine, by the tickets of those that still wait at it.

Each goroutine that waits at a Cond takes a ticket. A traceback prints it as the second argument of notifyListWait.
Tickets count up from 0 for as long as the Cond lives, and are called in that order: one by Signal, all by Broadcast. So
all goroutines with tickets below the lowest that still waits were woken; if that is 0, none ever was.
https://github.com/golang/go/blob/master/src/runtime/sema.go notifyListAdd, notifyListNotifyOne
"""

from collections import Counter
from collections.abc import Iterable

from debugtext.analyzers.amounts import FEW
from debugtext.analyzers.evidence.origins import is_one_for_each_client
from debugtext.analyzers.evidence.same_type import MOST_PLACES, receiver_or_function
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.signs.case import Case
from debugtext.records.captures import Capture
from debugtext.records.reasons import Reason
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import Operation
from debugtext.stacks.places import Place

_WAIT = "sync.runtime_notifyListWait"
_FOR_EACH_OTHER, _OF_A_TYPE = 4, 2
_MINUTES, _PARTS = 2, 4


def woken_by_ticket(case: Case) -> list[Reason]:
    """What the tickets of a crowd at Conds tell; nothing if they are not printed, or not all were read."""
    subject, crowd = case.subject, case.crowd
    if crowd.operation is not Operation.CONDITION or crowd.count < FEW:
        return []
    if both := _both_ends(subject, crowd):
        return both
    lowest = _lowest_tickets(subject, crowd)
    if not lowest:
        return []
    called = sum(lowest.values())
    if all(lowest.values()):
        return [Reason(-2, f"at least {called:,} were woken there before (by the Cond's tickets)")]
    if not called and _came_one_after_another(crowd) and not is_one_for_each_client(subject, crowd):
        return [Reason(1, "nobody was ever woken there (by the Cond's tickets), and they came one after the other")]
    if not called and crowd.waits and len(crowd.waits) == crowd.count:
        return [Reason(0, "nobody was ever woken there (by the Cond's tickets), but what they wait for may be rare")]
    return []


def _lowest_tickets(subject: Subject, crowd: Crowd) -> dict[str, int]:
    """The lowest ticket at each Cond of a crowd; empty if not all tickets were read."""
    lowest: dict[str, int] = {}
    for place in crowd.places:
        tickets = _tickets(subject, place)
        if len(tickets) < place.count:
            return {}
        for condition, ticket in tickets:
            lowest[condition] = min(ticket, lowest.get(condition, ticket))
    return lowest


def _came_one_after_another(crowd: Crowd) -> bool:
    """True if a quarter has waited for minutes and a quarter has not: each has waited since it came, if never woken."""
    old = sum(minutes >= _MINUTES for minutes in crowd.waits)
    return min(old, crowd.count - old) * _PARTS >= crowd.count


def _both_ends(subject: Subject, crowd: Crowd) -> list[Reason]:
    """Points if others wait at the same Cond in another function: those that put and those that take, for each other.

    A queue is never full and empty at once: a Signal has woken a goroutine that could do nothing, and is lost. A
    profile prints no Cond: there it may be the Cond of their type, if all goroutines in its methods wait at one.
    """
    is_profile = crowd.first.group.state is None
    others = _in_their_type(subject, crowd) if is_profile else _at_their_conds(subject, crowd)
    function, count = max(others.items(), key=lambda item: item[1], default=("", 0))
    if count < FEW:
        return []
    if is_profile:
        why = f"{count:,} wait at a Cond in {function}, and all others of their type: for each other?"
        return [Reason(_OF_A_TYPE, why)]
    why = f"{count:,} wait at the same Cond in {function}, for each other: Broadcast wakes all"
    return [Reason(_FOR_EACH_OTHER, why)]


def _at_their_conds(subject: Subject, crowd: Crowd) -> Counter[str]:
    """How many other goroutines wait at the Conds of a crowd, by the functions in which they wait."""
    capture = crowd.first.capture
    by_cond = subject.once(_functions_by_cond, capture)
    conditions = {condition for place in crowd.places for condition, _ in _tickets(subject, place)}
    found = sum((by_cond[condition] for condition in conditions), Counter[str]())
    del found[crowd.first.function]
    return found


def _in_their_type(subject: Subject, crowd: Crowd) -> Counter[str]:
    """How many others are in methods of a crowd's type, by their functions; empty if any does not wait at a Cond."""
    capture = crowd.first.capture
    by_type = subject.per_places(capture, _by_type)
    there, found = by_type.get(receiver_or_function(crowd.first.function), []), Counter[str]()
    if len(there) <= MOST_PLACES and all(place.operation is Operation.CONDITION for place in there):
        for place in there:
            found[place.function] += place.count
    del found[crowd.first.function]
    return found


def _by_type(places: Iterable[Place]) -> dict[str, list[Place]]:
    """The places with a method of a type on their stacks, by that type."""
    found: dict[str, list[Place]] = {}
    for place in places:
        for kind in {receiver_or_function(function) for function in place.stack.functions}:
            if kind.endswith(")"):
                found.setdefault(kind, []).append(place)
    return found


def _functions_by_cond(subject: Subject, capture: Capture) -> dict[str, Counter[str]]:
    """How many goroutines wait at each Cond, by the functions in which they wait."""
    found: dict[str, Counter[str]] = {}
    for place in subject.company(capture).places:
        for condition, _ in _tickets(subject, place) if place.operation is Operation.CONDITION else ():
            found.setdefault(condition, Counter())[place.function] += 1
    return found


def _tickets(subject: Subject, place: Place) -> list[tuple[str, int]]:
    """(Cond, ticket) of each goroutine of a place for which both are printed, the ticket without Go's `?` of doubt."""
    functions = place.stack.functions
    if _WAIT not in functions:
        return []
    frame, found = functions.index(_WAIT), []
    for _, arguments in subject.members(place.capture).sampled(place):
        words = arguments[frame] if frame < len(arguments) else ()
        if len(words) > 1 and words[1].startswith("0x") and not words[1].endswith("?"):
            found.append((words[0].rstrip("?"), int(words[1], 16)))
    return found
