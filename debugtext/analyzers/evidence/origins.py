"""Where the goroutines of a crowd come from: started once or again and again, for clients that are there or gone."""

from debugtext.analyzers.amounts import FEW, MANY, THOUSANDS
from debugtext.analyzers.evidence.births import MAIN_ID, Birth, births_of
from debugtext.analyzers.evidence.clients import (
    RESPONSE,
    clients_are_there,
    clients_have_gone,
    for_requests,
    is_served,
    one_for_each_connection,
)
from debugtext.analyzers.evidence.excerpts import shows_few
from debugtext.analyzers.evidence.kin import kin
from debugtext.analyzers.evidence.persistence import others
from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.operations import IO, LIBRARIES_REST, READS, SURE_MINUTES, Operation
from debugtext.analyzers.stacks.ownership import Owner, started_with
from debugtext.analyzers.stacks.places import Place, is_old, started_by, words_of
from debugtext.durations import minutes_in_words
from debugtext.records.findings import normalised_function
from debugtext.records.frames import split_package
from debugtext.records.reasons import Reason

_SURE, _TENS, _VERY_SURE = 20, 50, 100
_INIT = "init"
_SPREAD = 5
_A_WHILE = 10
"""Nobody waits for so many minutes where each in turn is called."""
_QUIET_MINUTES = 2
_SOME = 0.02
WAITS_FOR_OTHERS = frozenset({
    Operation.RECEIVE, Operation.RANGE, Operation.CHANNEL, Operation.SELECT, Operation.CONDITION,
})  # fmt: skip


def again_and_again(subject: Subject, crowd: Crowd) -> bool:
    """Whether they were started one after the other until now, and not each for a connection."""
    if is_served(crowd) or _is_accepted(subject, crowd):
        return False
    if crowd.operation in IO and RESPONSE not in crowd.first.stack.functions:
        return False
    if births_of(subject, crowd).birth is not Birth.ONE_BY_ONE or is_of_one_age(crowd) or _is_task(subject, crowd):
        return False
    if turned_over(subject, crowd) or _all_at_start(subject, crowd):
        return False
    if crowd.operation not in IO and one_for_each_connection(subject, crowd):
        return False
    return not for_requests(subject, crowd)


def _all_at_start(subject: Subject, crowd: Crowd) -> bool:
    """Whether none was started for minutes, and the first when the process was: it has got all that it needs."""
    waits = crowd.waits
    if len(waits) < crowd.count or waits[0] < _QUIET_MINUTES:
        return False
    return waits[-1] >= subject.company(crowd.first.capture).oldest_minutes - 1


def turned_over(subject: Subject, crowd: Crowd) -> int:
    """How many of them are others than before, where there are as many: as many end as begin; 0 if hardly any."""
    new = others(subject, crowd) if crowd.operation in LIBRARIES_REST else 0
    return new if new >= max(FEW, crowd.count * _SOME) else 0


def _is_task(subject: Subject, crowd: Crowd) -> bool:
    """Whether a worker of a library runs own code there: its pool starts and ends workers as work comes and goes."""
    entries = started_with(crowd.first.stack)[-1:]
    of_library = [one for one in entries if subject.ownership.owner(one) is Owner.DEPENDENCY]
    return crowd.first.own and any(subject.knowledge.is_resident(words_of(one.function)) for one in of_library)


def is_filled_at_start(subject: Subject, crowd: Crowd) -> bool:
    """Whether there are thousands of whom none was started for minutes, and no other before them."""
    return crowd.count >= THOUSANDS and crowd.operation in WAITS_FOR_OTHERS and _all_at_start(subject, crowd)


def is_one_for_each_client(subject: Subject, crowd: Crowd) -> bool:
    """Whether each belongs to a client that is there, and stays as long as that does."""
    if is_served(crowd):
        return clients_are_there(subject, crowd)
    if crowd.operation not in IO and one_for_each_connection(subject, crowd):
        return True
    return _is_accepted(subject, crowd) or for_requests(subject, crowd)


def is_pool(subject: Subject, crowd: Crowd) -> bool:
    """Whether they were started together long ago, and wait for work."""
    if crowd.operation not in LIBRARIES_REST or crowd.count >= THOUSANDS:
        return False
    return births_of(subject, crowd).birth is Birth.TOGETHER


def origin_in_words(subject: Subject, crowd: Crowd) -> str:
    """What a title adds about where they come from: that their clients have gone, or who starts them on and on."""
    if clients_have_gone(subject, crowd):
        return ": handlers whose clients have gone"
    creator = crowd.first.stack.created_by
    goes_on = crowd.operation is Operation.SLEEP
    if creator is None or goes_on or not again_and_again(subject, crowd) or not subject.ownership.is_own(creator):
        return ""
    count = sum(place.count for place in crowd.places if _is_made_by(place, creator.function))
    which = "" if count == crowd.count else f"{count:,} of them "
    return f", {which}started again and again by {creator.function}"


def _is_made_by(place: Place, function: str) -> bool:
    return place.stack.created_by is not None and place.stack.created_by.function == function


def different_ages(crowd: Crowd) -> bool:
    """Whether their waits tell that they were started one after the other."""
    return len(crowd.waits) >= MANY and len(set(crowd.waits)) >= _SPREAD


def is_of_one_age(crowd: Crowd, least: float = SURE_MINUTES) -> bool:
    """Whether all have waited for as long, within the minute to which waits are printed: none was started since."""
    waits = crowd.waits
    return len(waits) == crowd.count and waits[0] >= least and waits[-1] - waits[0] <= 1


def births(subject: Subject, crowd: Crowd) -> list[Reason]:
    """What is started again and again and does not end is a leak; what was started together is a pool."""
    born = births_of(subject, crowd)
    if crowd.operation is Operation.SLEEP and born.birth is Birth.ONE_BY_ONE:
        return []  # they go on by themselves: so many are asleep at a time, of those that come and go
    if again_and_again(subject, crowd):
        sure = 0 if crowd.operation in IO else (crowd.count >= _SURE) + (crowd.count >= _VERY_SURE)
        stay = born.evenly and crowd.count >= _TENS and _is_later_than_start(subject, crowd)
        first = ", the first of these have not" if stay else ""
        why = f"still being started one by one; others in between have ended{first}: {born.ids}"
        return [Reason(1 + sure + stay, why)]
    if is_pool(subject, crowd):
        return [Reason(-2, f"started together long ago, as a pool is: {born.ids}")]
    waits_for_others = crowd.first.own and crowd.operation in WAITS_FOR_OTHERS
    if crowd.first.own and is_filled_at_start(subject, crowd):
        why = f"none was started in the last {minutes_in_words(crowd.waits[0])}, the first with the process"
        return [Reason(-3, why)]
    young = not is_old(crowd.waits)
    if born.birth is Birth.LATELY and young and crowd.operation in LIBRARIES_REST and crowd.count < THOUSANDS:
        return [Reason(-2, f"all were started lately; those before them have ended: {born.ids}")]
    if born.birth is Birth.IN_TURN and waits_for_others and not any(wait >= _A_WHILE for wait in crowd.waits):
        return [Reason(-1, f"as many have ended before them as are here: {born.ids}")]
    return []


def _is_later_than_start(subject: Subject, crowd: Crowd) -> bool:
    """Whether several have started them, or one other than main that is still there: no set that a start-up makes."""
    members = subject.members(crowd.first.capture)
    parents = members.parents_of_all(crowd.places)
    return len(parents) > 1 or (bool(parents) and MAIN_ID not in parents and parents <= set(members.all_ids))


def clients(subject: Subject, crowd: Crowd) -> list[Reason]:
    """One goroutine for each connection that a server has accepted is as it should be, if the client is still there."""
    if gone := clients_have_gone(subject, crowd):
        return [
            Reason(
                2, f"request handlers, but {gone:,} of their connections are no longer watched: those clients have gone"
            )
        ]
    if crowd.operation not in WAITS_FOR_OTHERS | READS or crowd.count >= THOUSANDS:
        return []
    if is_served(crowd):
        there = crowd.operation in WAITS_FOR_OTHERS and clients_are_there(subject, crowd)
        why = "request handlers whose clients are still there"
        return [Reason(-3, why) if there else Reason(-1, "request handlers")]
    if _is_accepted(subject, crowd) or _is_of_server(subject, crowd):
        return [Reason(-1, "one for each accepted connection")]
    if crowd.operation in WAITS_FOR_OTHERS and crowd.count >= MANY and one_for_each_connection(subject, crowd):
        return [Reason(-1, "one for each connection that the same code reads")]
    return []


def _is_accepted(subject: Subject, crowd: Crowd) -> bool:
    """Whether the function that started them accepts connections; in a profile, the one around their closure."""
    accepting, creator = subject.company(crowd.first.capture).accepting, crowd.first.stack.created_by
    if creator is not None:
        return creator.function in accepting
    return crowd.first.group.state is None and started_by(crowd.first) in map(normalised_function, accepting)


def _is_of_server(subject: Subject, crowd: Crowd) -> bool:
    """Whether they read and were started, not on and on, in a package that accepts connections: by what serves one."""
    if crowd.operation not in READS or births_of(subject, crowd).birth is Birth.ONE_BY_ONE:
        return False
    creator = crowd.first.stack.created_by
    accepting = subject.company(crowd.first.capture).accepting
    return creator is not None and any(split_package(function)[0] == creator.package for function in accepting)


def made_once(subject: Subject, crowd: Crowd) -> list[Reason]:
    """Goroutines that a constructor or a Start makes are a set of a fixed size, unless it is called again and again.

    What a package's initialisation starts is there once, whatever it waits for: a source of numbers, say.
    """
    starter = started_by(crowd.first)
    if split_package(starter)[1] == _INIT and crowd.count < MANY:
        return [Reason(-2, "started by a package's init, which runs once")]
    if not starter or is_served(crowd) or crowd.count >= THOUSANDS:
        return []
    if crowd.operation not in LIBRARIES_REST and not _is_supervisor(subject, crowd):
        return []
    if crowd.first.stack.created_by is None and crowd.first.function != crowd.first.stack.functions[-1]:
        return []  # a closure's own loop is what waits for work
    words = words_of(starter)
    if not words or words[0] not in subject.knowledge.starts:
        return []
    if different_ages(crowd) or again_and_again(subject, crowd) or kin(subject, crowd):
        return []
    if births_of(subject, crowd).birth is Birth.ONE_BY_ONE:
        return []  # others between them have ended, whatever these read
    return [Reason(-2, f"started by {starter}, by its name a constructor or a start: a fixed set")]


def _is_supervisor(subject: Subject, crowd: Crowd) -> bool:
    """Whether a single goroutine waits for a group: mostly for as long as the process runs, for what was started.

    One that somebody has picked out of a dump is no such.
    """
    alone = crowd.operation is Operation.WAIT_GROUP and crowd.count == 1
    return alone and not shows_few(subject, crowd.first.capture)
