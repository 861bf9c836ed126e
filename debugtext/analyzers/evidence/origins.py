"""Where the goroutines of a crowd come from: started once or again and again, for clients that are there or gone."""

from debugtext.analyzers.amounts import FEW, MANY, THOUSANDS
from debugtext.analyzers.evidence.across_inputs import count_replaced
from debugtext.analyzers.evidence.birth_order import Birth, births_of
from debugtext.analyzers.evidence.served_clients import (
    RESPONSE,
    clients_are_there,
    clients_have_gone,
    is_one_for_each_request,
    is_served,
    one_for_each_connection,
)
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import normalised_function
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import IO, LIBRARIES_REST, SURE_MINUTES, Operation
from debugtext.stacks.ownership import Owner, started_with
from debugtext.stacks.places import Place, started_by, words_of

_LEAST_AGES = 5
_QUIET_MINUTES = 2
_LEAST_TURNED_OVER_SHARE = 0.02
WAITS_FOR_OTHERS = frozenset({
    Operation.RECEIVE, Operation.RANGE, Operation.CHANNEL, Operation.SELECT, Operation.CONDITION,
})  # fmt: skip


def started_again_and_again(subject: Subject, crowd: Crowd) -> bool:
    """True if they were started one after the other until now, and not one for each connection."""
    if is_served(crowd) or is_accepted(subject, crowd):
        return False
    if crowd.operation in IO and RESPONSE not in crowd.first.stack.functions:
        return False
    if (
        births_of(subject, crowd).birth is not Birth.ONE_BY_ONE
        or is_of_one_age(crowd)
        or _runs_in_library_worker(subject, crowd)
    ):
        return False
    if count_turned_over(subject, crowd) or _none_started_lately(subject, crowd):
        return False
    if crowd.operation not in IO and one_for_each_connection(subject, crowd):
        return False
    return not is_one_for_each_request(subject, crowd)


def _none_started_lately(subject: Subject, crowd: Crowd) -> bool:
    """True if none was started for minutes, and the first with the process: the process has all that it needs."""
    waits = crowd.waits
    if len(waits) < crowd.count or waits[0] < _QUIET_MINUTES:
        return False
    return waits[-1] >= subject.company(crowd.first.capture).oldest_minutes - 1


def count_turned_over(subject: Subject, crowd: Crowd) -> int:
    """The number of new goroutines in a crowd that replace earlier ones (as many end as begin); 0 if hardly any."""
    new = count_replaced(subject, crowd) if crowd.operation in LIBRARIES_REST else 0
    return new if new >= max(FEW, crowd.count * _LEAST_TURNED_OVER_SHARE) else 0


def _runs_in_library_worker(subject: Subject, crowd: Crowd) -> bool:
    """True if a library's worker runs own code there: its pool starts and ends workers as work comes and goes."""
    entries = started_with(crowd.first.stack)[-1:]
    of_library = [one for one in entries if subject.ownership.owner(one) is Owner.DEPENDENCY]
    return crowd.first.own and any(subject.knowledge.is_resident(words_of(one.function)) for one in of_library)


def is_filled_at_start(subject: Subject, crowd: Crowd) -> bool:
    """True for thousands of waiting goroutines if none was started for minutes, and the first with the process."""
    return crowd.count >= THOUSANDS and crowd.operation in WAITS_FOR_OTHERS and _none_started_lately(subject, crowd)


def is_one_for_each_client(subject: Subject, crowd: Crowd) -> bool:
    """True if each belongs to a client that is still there, and stays as long as the client does."""
    if is_served(crowd):
        return clients_are_there(subject, crowd)
    if crowd.operation not in IO and one_for_each_connection(subject, crowd):
        return True
    return is_accepted(subject, crowd) or is_one_for_each_request(subject, crowd)


def is_pool(subject: Subject, crowd: Crowd) -> bool:
    """True if they were started together long ago and wait for work, and are not thousands."""
    if crowd.operation not in LIBRARIES_REST or crowd.count >= THOUSANDS:
        return False
    return births_of(subject, crowd).birth is Birth.TOGETHER


def origin_in_words(subject: Subject, crowd: Crowd) -> str:
    """What a title adds about where they come from: that their clients have gone, or what keeps starting them."""
    if clients_have_gone(subject, crowd):
        return ": handlers whose clients have gone"
    creator = crowd.first.stack.created_by
    goes_on = crowd.operation is Operation.SLEEP
    if (
        creator is None
        or goes_on
        or not started_again_and_again(subject, crowd)
        or not subject.ownership.is_own(creator)
    ):
        return ""
    count = sum(place.count for place in crowd.places if _is_made_by(place, creator.function))
    which = "" if count == crowd.count else f"{count:,} of them "
    return f", {which}started again and again by {creator.function}"


def _is_made_by(place: Place, function: str) -> bool:
    return place.stack.created_by is not None and place.stack.created_by.function == function


def different_ages(crowd: Crowd) -> bool:
    """True if they have waited for so many different times that they were started one after the other."""
    return len(crowd.waits) >= MANY and len(set(crowd.waits)) >= _LEAST_AGES


def is_of_one_age(crowd: Crowd, least: float = SURE_MINUTES) -> bool:
    """True if all have waited equally long, within the minute to which waits are printed: none was started since."""
    waits = crowd.waits
    return len(waits) == crowd.count and waits[0] >= least and waits[-1] - waits[0] <= 1


def is_accepted(subject: Subject, crowd: Crowd) -> bool:
    """True if the function that started them (in a profile, the one around their closure) accepts connections."""
    accepting, creator = subject.company(crowd.first.capture).accepting, crowd.first.stack.created_by
    if creator is not None:
        return creator.function in accepting
    return crowd.first.group.state is None and started_by(crowd.first) in map(normalised_function, accepting)
