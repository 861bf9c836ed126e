"""The sign `name`: how much a name like `worker` or `…Loop` excuses waiting: a lot for tens, little for thousands.

A `worker`, a `…Loop` or a `watch` waits by design. But a leak often consists of loops, too, that were started for each
request, client or task and never stopped: the more there are, and the more their ages differ, the less a name excuses.
"""

from debugtext.analyzers.amounts import HUNDREDS, MANY, THOUSANDS
from debugtext.analyzers.evidence.finishers import nobody_may_finish
from debugtext.analyzers.evidence.let_through import places_inside
from debugtext.analyzers.evidence.origins import different_ages, is_one_for_each_client, is_pool
from debugtext.analyzers.evidence.residents import is_resident
from debugtext.analyzers.evidence.stayed_in_order import stayed_in_start_order
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.signs.case import Case
from debugtext.analyzers.weighing.signs.readers import without_readers
from debugtext.records.reasons import Reason
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import READS, Operation
from debugtext.stacks.places import MAIN

_LEAST_OF_VERY_MANY = 500
_STREAMS = "google.golang.org/grpc.(*Server)."
"""A stream of a client has this on its stack: many streams share one connection."""
_POINTS_OF_FEW, _POINTS_OF_MANY, _POINTS_OF_THOUSANDS = -4, -2, -1
_LONG_MINUTES = 10
_PARTS = 4


def excuse_by_name(case: Case) -> list[Reason]:
    """Points off for the name, unless other goroutines tell that none is left for which these could wait."""
    subject, crowd = case.subject, case.crowd
    if without_readers(case) or nobody_may_finish(subject, crowd):
        return []
    if not is_resident(subject, crowd):
        is_peer = _main_waits_there_too(subject, crowd)
        return [Reason(_POINTS_OF_MANY, "main itself waits in the same function")] if is_peer else []
    weight = _weight(case)
    few = "" if weight == _POINTS_OF_FEW else ", weak evidence for so many"
    return [Reason(weight, f"by its name it is meant to wait (worker, loop, …){few}")] if weight else []


def excused_by_name(case: Case) -> int:
    """The points that only the name takes off; 0 for readers, clients and pools, which more than a name excuses."""
    subject, crowd = case.subject, case.crowd
    if crowd.operation in READS or not is_resident(subject, crowd):
        return 0
    return 0 if is_pool(subject, crowd) or _is_for_clients(subject, crowd) else _weight(case)


def _main_waits_there_too(subject: Subject, crowd: Crowd) -> bool:
    """True if the main goroutine selects in the same function, as one of several peers.

    Only a select tells that: in other operations many wait in one function without being peers.
    """
    if crowd.operation is not Operation.SELECT or crowd.first.function == MAIN:
        return False
    steps = places_inside(subject, crowd.first.capture, MAIN)
    return any(place.function == crowd.first.function and place.operation is Operation.SELECT for place in steps)


def _weight(case: Case) -> int:
    """The points off: all of them for readers and clients; else fewer, the more goroutines there are."""
    subject, crowd = case.subject, case.crowd
    most = _POINTS_OF_MANY if case.keeps_coming or _are_many_at_wait_groups(crowd) else _POINTS_OF_FEW
    if crowd.count < HUNDREDS or crowd.operation in READS or _is_for_clients(subject, crowd):
        return most
    if is_of_all_ages(crowd) and not is_pool(subject, crowd):
        return 0 if stayed_in_start_order(subject, crowd) else _POINTS_OF_MANY
    if crowd.count >= case.limits.excessive:
        return 0
    if crowd.count >= THOUSANDS:
        return _POINTS_OF_THOUSANDS
    return _POINTS_OF_MANY if crowd.count >= _LEAST_OF_VERY_MANY else most


def _is_for_clients(subject: Subject, crowd: Crowd) -> bool:
    """True if each is for a client or a client's stream, and stays as long as that does."""
    is_stream = any(function.startswith(_STREAMS) for function in crowd.first.stack.functions)
    return is_stream or is_one_for_each_client(subject, crowd)


def _are_many_at_wait_groups(crowd: Crowd) -> bool:
    """True if many wait for WaitGroups: whatever their name says, they are no pool that waits for work."""
    return crowd.operation is Operation.WAIT_GROUP and crowd.count >= MANY


def is_of_all_ages(crowd: Crowd) -> bool:
    """True if their waits are spread evenly, from short to long: a pool started at once has one age, or a few."""
    if not different_ages(crowd) or crowd.waits[-1] < _LONG_MINUTES:
        return False
    ages = [0] * (crowd.count - len(crowd.waits)) + crowd.waits
    quarter = len(ages) // _PARTS
    return ages[-quarter] - ages[quarter] >= ages[-1] / _PARTS
