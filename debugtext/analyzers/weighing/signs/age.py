"""The sign `age`: waits of minutes are suspicious, unless something says that these goroutines may wait so long."""

from debugtext.analyzers.amounts import MANY, NEARLY_ALL, THOUSANDS
from debugtext.analyzers.evidence.message_readers import reads_messages
from debugtext.analyzers.evidence.origins import WAITS_FOR_OTHERS, different_ages, is_of_one_age, is_one_for_each_client
from debugtext.analyzers.evidence.pipelines import rests_in_a_pipeline
from debugtext.analyzers.evidence.receivers import could_be_woken, possible_receiver
from debugtext.analyzers.evidence.same_number import same_number_elsewhere
from debugtext.analyzers.evidence.stillness import shows_a_hang
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.signs.case import Case
from debugtext.analyzers.weighing.signs.limits import USUAL
from debugtext.durations import minutes_in_words
from debugtext.records.captures import Capture
from debugtext.records.reasons import Reason
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import LIBRARIES_REST, READS, Operation

_OLD_SENDER_MINUTES, _OLD_IN_A_HANG_MINUTES = 1, 2
_LEAST_MINUTES_SINCE_START = 10


def age(case: Case) -> list[Reason]:
    """Points for long waits and for many different ages: goroutines that are made steadily, and stay."""
    least = _least_minutes(case)
    if not case.keeps_coming and _age_says_nothing(case.subject, case.crowd, least):
        return []
    return [*_points_for_age(case.crowd, least), *_points_for_start(case.subject, case.crowd)]


def _points_for_age(crowd: Crowd, least: float) -> list[Reason]:
    """One point each if the oldest waits for `least` minutes, if all do, and if they are of different ages."""
    waits = crowd.waits
    if not waits or waits[-1] < least:
        return []
    found = [Reason(1, f"waiting up to {minutes_in_words(waits[-1])}", f"{least:g} min")]
    if len(waits) == crowd.count and waits[0] >= least:
        found.append(Reason(1, "all of them that long" if crowd.count > 1 else "the only one there, all that time"))
    if different_ages(crowd) and crowd.operation not in READS:  # a reader has waited since its last byte
        found.append(Reason(1, f"{len(set(waits))} different ages: started one after the other"))
    return found


def _age_says_nothing(subject: Subject, crowd: Crowd, least: float) -> bool:
    """True if age tells nothing about these goroutines.

    They may be a set of one age that another goroutine may wake, or a pipeline whose source waits for its next round,
    or serve clients that say nothing for long. What iter.Pull has suspended keeps its age while it is pulled:
    runtime/coro.go switches to it without the scheduler, and only the scheduler resets waitsince.
    """
    if crowd.operation is Operation.COROUTINE:
        return True
    if crowd.operation in READS:
        return reads_messages(crowd) or (different_ages(crowd) and is_one_for_each_client(subject, crowd))
    if not is_of_one_age(crowd, least):
        return False
    return rests_in_a_pipeline(subject, crowd) or (
        crowd.operation in WAITS_FOR_OTHERS and could_be_woken(subject, crowd)
    )


def _least_minutes(case: Case) -> float:
    """From how many minutes on a wait is long: fewer for several senders without a receiver in sight, and in a hang.

    In a hang, two minutes count if nearly all goroutines have them (for some, these may be the seconds since a garbage
    collection), and if the goroutines made with them do not go on either. A user's longer limit always holds.
    """
    subject, crowd, limits = case.subject, case.crowd, case.limits
    if limits.minutes > USUAL.minutes:
        return limits.minutes
    if (
        crowd.operation is Operation.SEND
        and 1 < crowd.count == len(crowd.waits)
        and not possible_receiver(subject, crowd)
    ):
        return min(_OLD_SENDER_MINUTES, limits.minutes)
    nearly_all = sum(wait >= _OLD_IN_A_HANG_MINUTES for wait in crowd.waits) >= NEARLY_ALL * crowd.count
    hangs = nearly_all and shows_a_hang(subject, crowd.first.capture)
    if hangs and all(one.group.waits for one in same_number_elsewhere(subject, crowd)):
        return min(_OLD_IN_A_HANG_MINUTES, limits.minutes)
    return limits.minutes


def _points_for_start(subject: Subject, crowd: Crowd) -> list[Reason]:
    """Points off for goroutines as old as the process: a leak has all ages.

    A goroutine at rest may have been started with the process, to wait for a rare event. So may a lone sender: it may
    make what another goroutine takes now and then.
    """
    oldest = subject.company(crowd.first.capture).oldest_minutes
    if len(crowd.waits) < crowd.count or crowd.waits[-1] < _LEAST_MINUTES_SINCE_START or crowd.share >= 1:
        return []
    if crowd.operation in LIBRARIES_REST and crowd.count < THOUSANDS and crowd.waits[0] >= NEARLY_ALL * oldest:
        why = f"all as old as the oldest ({minutes_in_words(oldest)}): started once, with the process"
        return [Reason(-2, why)]
    return _lone_sender_from_the_start(subject, crowd) if crowd.operation is Operation.SEND and crowd.count == 1 else []


def _lone_sender_from_the_start(subject: Subject, crowd: Crowd) -> list[Reason]:
    """Points off for a lone sender that is as old as the process, if many other goroutines are too."""
    capture = crowd.first.capture
    if crowd.waits[0] < subject.company(capture).oldest_minutes - 1:
        return []
    as_old: int = subject.once(_as_old_as_the_oldest, capture)
    why = f"{as_old:,} goroutines are as old: it was started when the process was"
    return [Reason(-2, why)] if as_old >= MANY else []


def _as_old_as_the_oldest(subject: Subject, capture: Capture) -> int:
    """The number of goroutines that have waited as long as the oldest, within the minute to which waits are printed."""
    company = subject.company(capture)
    return sum(minutes >= company.oldest_minutes - 1 for place in company.places for minutes in place.group.waits)
