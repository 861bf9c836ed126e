"""The sign `births`: goroutines were started again and again until now, all together and long ago, or only lately."""

from debugtext.analyzers.amounts import THOUSANDS
from debugtext.analyzers.evidence.birth_order import MAIN_ID, Birth, births_of
from debugtext.analyzers.evidence.origins import WAITS_FOR_OTHERS, is_filled_at_start, is_pool
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.signs.case import Case
from debugtext.durations import minutes_in_words
from debugtext.records.reasons import Reason
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import IO, LIBRARIES_REST, Operation
from debugtext.stacks.places import is_old

_SO_MANY_GIVE_TWO, _LEAST_THAT_STAY, _SO_MANY_GIVE_THREE = 20, 50, 100
_A_WHILE = 10
"""No goroutine waits for so many minutes if each is called in turn."""


def births(case: Case) -> list[Reason]:
    """Points for goroutines that are started again and again and do not end: a leak. Points off for a pool's."""
    subject, crowd = case.subject, case.crowd
    born = births_of(subject, crowd)
    if crowd.operation is Operation.SLEEP and born.birth is Birth.ONE_BY_ONE:
        return []  # sleepers go on by themselves: of those that come and go, so many are asleep at a time
    if case.keeps_coming:
        sure = 0 if crowd.operation in IO else (crowd.count >= _SO_MANY_GIVE_TWO) + (crowd.count >= _SO_MANY_GIVE_THREE)
        stay = born.evenly and crowd.count >= _LEAST_THAT_STAY and _is_later_than_start(subject, crowd)
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
    """True if several goroutines have started them, or one besides main that is still there: no set of a start-up."""
    members = subject.members(crowd.first.capture)
    parents = members.parents_of_all(crowd.places)
    return len(parents) > 1 or (bool(parents) and MAIN_ID not in parents and parents <= set(members.all_ids))
