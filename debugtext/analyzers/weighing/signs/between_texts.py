"""The sign `between the texts`: some goroutines of a crowd went on from text to text, or all stayed where they were."""

from collections.abc import Iterable

from debugtext.analyzers.amounts import FEW, HUNDREDS, MANY, MOST
from debugtext.analyzers.evidence.absent_receivers import sending_actors, stuck_actor
from debugtext.analyzers.evidence.across_inputs import (
    apart_in_words,
    count_gone_on,
    count_stayed,
    count_stayed_by_id,
    count_woken,
    is_a_moment_apart,
    woken_within_minutes,
)
from debugtext.analyzers.evidence.birth_order import BATCH, MOST_SHOWN
from debugtext.analyzers.evidence.nobody_left import nobody_is_left
from debugtext.analyzers.evidence.origins import (
    WAITS_FOR_OTHERS,
    count_turned_over,
    is_filled_at_start,
    is_one_for_each_client,
    is_pool,
)
from debugtext.analyzers.evidence.pipelines import rests_in_a_pipeline
from debugtext.analyzers.evidence.receivers import could_be_woken, may_be_fed, possible_receiver
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.signs.case import SO_MANY_LEAK, Case
from debugtext.analyzers.weighing.signs.made_by import made_once
from debugtext.durations import minutes_in_words
from debugtext.records.findings import normalised_function
from debugtext.records.reasons import Reason
from debugtext.stacks.crowds import Crowd, crowds
from debugtext.stacks.operations import LIBRARIES_REST, READS, Operation
from debugtext.stacks.places import Place, is_old, started_by

_TAKERS_OF_A_QUEUE, _LOOPS, _PAIR = 20, 20, 2
"""So many takers, or loops of two texts, a program may have: fewer say nothing."""
_LEAST_OF_A_POOL = 40
_LEAST_BACK, _SURELY_LESS = 2, 2
"""How many goroutines must have come back, each with a wait this many minutes shorter than that of a later one."""
_LEAST_GONE = 2
"""So many goroutines must have gone on, and a tenth of those that are left."""
_LEAST_COUNTS = 3
"""From this many profiles on, equal counts tell something about libraries too.

In two profiles, counts are equal wherever connections are kept.
"""
_FOR_A_SLOT = frozenset({Operation.SEND, Operation.SEMAPHORE})
"""A function that starts goroutines waits in these until one of its goroutines has ended."""


def went_on(subject: Subject, crowd: Crowd) -> list[Reason]:
    """Points off for goroutines that wait again and again, never for long: they are served."""
    if crowd.operation not in LIBRARIES_REST | {Operation.SEND} or crowd.count < FEW:
        return []
    gone = count_gone_on(subject, crowd)
    if gone >= max(_LEAST_GONE, crowd.count // 10):
        return [Reason(-2, f"{gone:,} of them have gone on since the previous text, and none came instead")]
    if new := count_turned_over(subject, crowd):
        return [Reason(-2, f"as many as before, but {new:,} of them are new: as many end as begin")]
    again = count_woken(subject, crowd)
    if again >= max(2, crowd.count // 10):
        return [Reason(-2, f"{again:,} of them were woken since the previous text")]
    if (came_back := _came_back(subject, crowd)) >= _LEAST_BACK:
        return [
            Reason(
                -2, f"{came_back:,} of them have waited for less time than later ones: they were woken and came back"
            )
        ]
    minutes = woken_within_minutes(subject, crowd)
    if not minutes:
        return []
    return [
        Reason(-2, f"woken now and then: others have waited for {minutes_in_words(minutes)}, most of these have not")
    ]


def _came_back(subject: Subject, crowd: Crowd) -> int:
    """The number of goroutines with waits minutes shorter than those of later ones, in a crowd mostly of one age.

    Of stuck goroutines, the older has waited the longer. Ids count up in the order of the starts only within a batch
    of a P (newproc1 in runtime/proc.go): so a goroutine is compared with the later ones of its batch.
    """
    waits = crowd.waits
    if not waits or crowd.count > MOST_SHOWN or sum(wait >= waits[-1] - 1 for wait in waits) * 2 < crowd.count:
        return 0
    by_id: dict[int, int] = {}
    for place in crowd.places:
        by_id |= subject.members(place.capture).waits(place)
    longest: dict[int, int] = {}
    found = 0
    for number in sorted(by_id, reverse=True):
        batch = (number - 1) // BATCH
        found += longest.get(batch, 0) - by_id[number] >= _SURELY_LESS
        longest[batch] = max(longest.get(batch, 0), by_id[number])
    return found


def stayed_put(subject: Subject, crowd: Crowd) -> list[Reason]:
    """Points for goroutines that were here in the earlier inputs too: the same ids, or equal counts.

    Of two texts equal counts tell something of own code only.
    """
    if len(subject.readings) == 1 or is_a_moment_apart(subject):
        return []
    if crowd.count < FEW and not (nobody_is_left(subject, crowd) or sending_actors(crowd)):
        return []
    if _says_nothing(subject, crowd):
        return []
    points = 1 if _may_end_later(crowd) else 2
    inputs, most = f"as many in each of {len(subject.readings)} inputs{apart_in_words(subject)}", crowd.count * MOST
    same = count_stayed_by_id(subject, crowd)
    if same == crowd.count < HUNDREDS and _may_be_a_pool(crowd) and not is_old(crowd.waits):
        return []
    if same >= most:
        return [Reason(points, f"{inputs}: they did not go on")]
    if crowd.count < FEW:
        return []
    tells = (crowd.first.own or len(subject.readings) >= _LEAST_COUNTS) and not _may_be_others(subject, crowd)
    if tells and not _may_be_a_pool(crowd) and count_stayed(subject, crowd) >= most and not _is_limited(subject, crowd):
        return [Reason(points, f"{inputs}: none seems to go on")]
    return []


def _may_end_later(crowd: Crowd) -> bool:
    """True for a few goroutines that wait for a WaitGroup, and not for long: what they wait for may take its time."""
    return crowd.operation is Operation.WAIT_GROUP and crowd.count < MANY and not is_old(crowd.waits)


def _may_be_others(subject: Subject, crowd: Crowd) -> bool:
    """True if so few wait that equal counts may be other goroutines each time, or ones that wait by design.

    A few senders may make numbers for whoever takes them, unless all actors that should take them send as well. In a
    select, one case is mostly for an end or a next round: a few inputs may all come before that. At a Cond, the takers
    of a queue wait, of which a program has some.
    """
    texts, count, operation = len(subject.readings), crowd.count, crowd.operation
    if operation is Operation.CONDITION:
        return texts <= _LEAST_COUNTS and count < _TAKERS_OF_A_QUEUE
    if operation is Operation.SELECT:
        return texts <= _LEAST_COUNTS and count < (MANY if texts > _PAIR else _LOOPS)
    if operation is not Operation.SEND or count >= MANY:
        return False
    return texts < _LEAST_COUNTS or stuck_actor(subject, crowd.first) is None


def _may_be_loops(crowd: Crowd) -> bool:
    """Whether they may have left their select and entered it again since the text before, as loops with a ticker do."""
    is_dump = crowd.first.group.state is not None
    return is_dump and crowd.operation is Operation.SELECT and crowd.count < HUNDREDS and not is_old(crowd.waits)


def _may_be_a_pool(crowd: Crowd) -> bool:
    """True if dozens wait for work: a pool has equal counts each time, too."""
    return crowd.operation in WAITS_FOR_OTHERS and crowd.count >= _LEAST_OF_A_POOL


def _says_nothing(subject: Subject, crowd: Crowd) -> bool:
    """True if equal counts in each input tell nothing about these goroutines.

    That is so for:
    - sleepers, which go on by themselves, and iterators, which are where they were however often they are pulled;
    - pools, pipelines at rest, and goroutines of which there is one for each client, or for each reader of a library;
    - readers of silent connections: clients stay for hours, and as many each time;
    - young goroutines that may be waiting for a busy worker or receiver;
    - goroutines that another goroutine may feed or wake.
    """
    if crowd.operation in (Operation.SLEEP, Operation.COROUTINE):
        return True
    if is_pool(subject, crowd) or is_filled_at_start(subject, crowd) or rests_in_a_pipeline(subject, crowd):
        return True
    if is_one_for_each_client(subject, crowd):
        return True
    if crowd.operation in WAITS_FOR_OTHERS and _are_as_many_as_readers(subject, crowd):
        return True
    if crowd.operation in READS or _may_be_loops(crowd):
        return True
    if not is_old(crowd.waits):
        may_be_finished = crowd.operation is Operation.WAIT_GROUP and could_be_woken(subject, crowd, soon=True)
        if may_be_finished or possible_receiver(subject, crowd):
            return True
    return crowd.operation in WAITS_FOR_OTHERS and (may_be_fed(subject, crowd) or could_be_woken(subject, crowd))


def _is_limited(subject: Subject, crowd: Crowd) -> bool:
    """True if their starter waits to start one more: there are as many as allowed, whichever goroutines these are."""
    capture, function = crowd.first.capture, crowd.first.function
    for_slots = subject.per_places(capture, _by_function)
    return any(waits_in != function for waits_in in for_slots.get(started_by(crowd.first), ()))


def _by_function(places: Iterable[Place]) -> dict[str, set[str]]:
    """For each function on the stacks of goroutines that wait for a slot: the functions in which they wait."""
    found: dict[str, set[str]] = {}
    for place in places:
        for function in place.stack.functions if place.operation in _FOR_A_SLOT else ():
            found.setdefault(normalised_function(function), set()).add(place.function)
    return found


def _are_as_many_as_readers(subject: Subject, crowd: Crowd) -> bool:
    """True if a library has a crowd of readers of equal size: it may read what these goroutines take."""
    return crowd.count in subject.per_places(crowd.first.capture, _numbers_of_readers)


def _numbers_of_readers(places: Iterable[Place]) -> set[int]:
    """The sizes of the crowds of library goroutines that read."""
    return {found.count for found in crowds(place for place in places if place.operation in READS and not place.own)}


def between_texts(case: Case) -> list[Reason]:
    """What several inputs tell: some goroutines went on, or all stayed; nothing if so many keep coming as in a leak."""
    if case.keeps_coming and case.crowd.count >= SO_MANY_LEAK:
        return []
    if case.crowd.operation is Operation.CONDITION and made_once(case):
        return went_on(case.subject, case.crowd)  # a pool that takes its work from a queue rests at its Cond
    return went_on(case.subject, case.crowd) or stayed_put(case.subject, case.crowd)
