"""What several texts tell about a crowd of waiting goroutines: some of them went on, or they stood there all along."""

from collections.abc import Iterable

from debugtext.analyzers.amounts import FEW, HUNDREDS, MANY, MOST
from debugtext.analyzers.evidence.across_inputs import (
    count_stayed,
    count_stayed_by_id,
    count_woken,
    is_a_moment_apart,
    time_apart_in_words,
    woken_within_minutes,
)
from debugtext.analyzers.evidence.birth_order import BATCH, MOST_SHOWN
from debugtext.analyzers.evidence.case import SO_MANY_LEAK, Case
from debugtext.analyzers.evidence.message_readers import reads_messages
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
from debugtext.analyzers.stacks.crowds import Crowd, crowds
from debugtext.analyzers.stacks.operations import LIBRARIES_REST, READS, Operation
from debugtext.analyzers.stacks.places import Place, is_old, started_by
from debugtext.analyzers.subject import Subject
from debugtext.durations import minutes_in_words
from debugtext.records.findings import normalised_function
from debugtext.records.reasons import Reason

_TAKERS_OF_A_QUEUE = 20
_LEAST_OF_A_POOL = 40
_LEAST_BACK, _SURELY_LESS = 2, 2
_LEAST_COUNTS = 3
"""Of so many profiles equal counts count for libraries too: two are equal wherever connections are kept."""
_FOR_A_SLOT = frozenset({Operation.SEND, Operation.SEMAPHORE})
"""In these who starts goroutines waits until one of them has ended."""


def went_on(subject: Subject, crowd: Crowd) -> list[Reason]:
    """Goroutines that wait again and again, never for long, are served."""
    if crowd.operation not in LIBRARIES_REST | {Operation.SEND} or crowd.count < FEW:
        return []
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
    """How many wait for minutes less than others that were started later, in a set of which most are of one age.

    Who is stuck has waited the longer the older it is. Ids count up in the order of the starts only within a batch of a
    P (newproc1 in runtime/proc.go): within each the waits must not rise.
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
    """Those that stood here in the earlier inputs too: the same ones, or at own code as many."""
    if len(subject.readings) == 1 or is_a_moment_apart(subject):
        return []
    if crowd.count < FEW and not nobody_is_left(subject, crowd):
        return []
    if _says_nothing(subject, crowd):
        return []
    points = 1 if crowd.operation in READS or _may_end_later(crowd) else 2
    inputs, most = (
        f"as many in each of {len(subject.readings)} inputs{time_apart_in_words(subject)}",
        crowd.count * MOST,
    )
    same = count_stayed_by_id(subject, crowd)
    if same == crowd.count < HUNDREDS and _may_be_a_pool(crowd) and not is_old(crowd.waits):
        return []
    if same >= most:
        return [Reason(points, f"{inputs}: they did not go on")]
    if crowd.count < FEW:
        return []
    counts = (crowd.first.own or len(subject.readings) >= _LEAST_COUNTS) and not _may_be_others_each_time(
        subject, crowd
    )
    if (
        counts
        and not _may_be_a_pool(crowd)
        and count_stayed(subject, crowd) >= most
        and not _is_limited(subject, crowd)
    ):
        return [Reason(points, f"{inputs}: none seems to go on")]
    return []


def _may_end_later(crowd: Crowd) -> bool:
    """Whether a few wait for a WaitGroup, of whom no age tells more: what they wait for may take its time."""
    return crowd.operation is Operation.WAIT_GROUP and crowd.count < MANY and not is_old(crowd.waits)


def _may_be_others_each_time(subject: Subject, crowd: Crowd) -> bool:
    """Whether a few send, who may be others each time, or makers of numbers, whoever takes them; or select.

    Of a select one case is mostly that of an end, or of a next round: few inputs may all come before that. At a Cond
    wait the takers of a queue, too, of whom a program has some.
    """
    few = len(subject.readings) <= _LEAST_COUNTS
    if crowd.operation is Operation.CONDITION:
        return few and crowd.count < _TAKERS_OF_A_QUEUE
    return crowd.count < MANY and (crowd.operation is Operation.SEND or (few and crowd.operation is Operation.SELECT))


def _may_be_a_pool(crowd: Crowd) -> bool:
    """Whether dozens wait for work: as many each time is as true of a pool."""
    return crowd.operation in WAITS_FOR_OTHERS and crowd.count >= _LEAST_OF_A_POOL


def _says_nothing(subject: Subject, crowd: Crowd) -> bool:
    """Whether that as many stand here each time tells nothing about them.

    So it is of a pool, and of a pipeline at rest; of senders who take turns; of sleepers, who go on by themselves; of
    iterators, which are where they were however often they are pulled; of connections on which nothing comes, where
    their age tells as much; of one for each client; of whom somebody may feed; and of all who wait for code of which
    somebody else is up and about.
    """
    if crowd.operation in (Operation.SLEEP, Operation.COROUTINE):
        return True
    if is_pool(subject, crowd) or is_filled_at_start(subject, crowd) or rests_in_a_pipeline(subject, crowd):
        return True
    if is_one_for_each_client(subject, crowd):
        return True
    if crowd.operation in WAITS_FOR_OTHERS and _are_as_many_as_readers(subject, crowd):
        return True
    if crowd.operation in READS:
        return bool(crowd.waits) or reads_messages(crowd)
    if not is_old(crowd.waits):
        may_be_finished = crowd.operation is Operation.WAIT_GROUP and could_be_woken(subject, crowd, soon=True)
        if may_be_finished or possible_receiver(subject, crowd):
            return True
    return crowd.operation in WAITS_FOR_OTHERS and (may_be_fed(subject, crowd) or could_be_woken(subject, crowd))


def _is_limited(subject: Subject, crowd: Crowd) -> bool:
    """Whether who starts them waits to start one more: there are as many as there may be, whoever they are."""
    capture, function = crowd.first.capture, crowd.first.function
    for_slots = subject.per_places(capture, _by_function)
    return any(waits_in != function for waits_in in for_slots.get(started_by(crowd.first), ()))


def _by_function(places: Iterable[Place]) -> dict[str, set[str]]:
    """Where those wait who wait for a slot, for each function on their stacks."""
    found: dict[str, set[str]] = {}
    for place in places:
        for function in place.stack.functions if place.operation in _FOR_A_SLOT else ():
            found.setdefault(normalised_function(function), set()).add(place.function)
    return found


def _are_as_many_as_readers(subject: Subject, crowd: Crowd) -> bool:
    return crowd.count in subject.per_places(crowd.first.capture, _numbers_of_readers)


def _numbers_of_readers(places: Iterable[Place]) -> set[int]:
    """How many goroutines of each library read: as many of own code take what those have read."""
    return {found.count for found in crowds(place for place in places if place.operation in READS and not place.own)}


def between_texts(case: Case) -> list[Reason]:
    """What several inputs tell: some went on, or all stood there."""
    if case.keeps_coming and case.crowd.count >= SO_MANY_LEAK:
        return []
    return went_on(case.subject, case.crowd) or stayed_put(case.subject, case.crowd)
