"""How suspicious a crowd of waiting goroutines is: points for what experts look at, each with its reason.

A waiting goroutine is not trouble in itself: pools, loops and connections wait by design. One dump shows size, state,
age and names; two show who stayed. No single one of them decides (https://github.com/cloudfoundry/bbs/issues/20 has
thousands parked by design, https://github.com/mosn/holmes a leak of seven), so they add up.
"""

from dataclasses import dataclass

from debugtext.analyzers.evidence.absent_receivers import absent_receivers, receiver_itself
from debugtext.analyzers.evidence.clients import is_served
from debugtext.analyzers.evidence.excerpts import are_picked, is_all, shows_few
from debugtext.analyzers.evidence.finishers import nobody_may_finish, who_may_finish
from debugtext.analyzers.evidence.kin import kin, share_with_kin
from debugtext.analyzers.evidence.limits import USUAL, Limits
from debugtext.analyzers.evidence.nobody_left import nobody_is_left
from debugtext.analyzers.evidence.origins import (
    WAITS_FOR_OTHERS,
    again_and_again,
    different_ages,
    is_of_one_age,
    is_one_for_each_client,
    origin,
)
from debugtext.analyzers.evidence.own_slots import fill_their_own_pool
from debugtext.analyzers.evidence.pipelines import rests_in_a_pipeline
from debugtext.analyzers.evidence.pumps import without_readers
from debugtext.analyzers.evidence.receivers import could_receive, could_wake
from debugtext.analyzers.evidence.residents import excused_by_name, is_resident, resident
from debugtext.analyzers.evidence.standing import reads_messages, silent_sources, stood, went_on
from debugtext.analyzers.evidence.stillness import shows_a_hang
from debugtext.analyzers.evidence.tickets import was_never_called, woken_by_ticket
from debugtext.analyzers.evidence.turns import let_through
from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.operations import IO, LIBRARIES_REST, READS, RECEIVES, SURE_MINUTES, Operation
from debugtext.analyzers.stacks.ownership import started_with
from debugtext.analyzers.stacks.places import is_old, words_of
from debugtext.analyzers.stacks.waiting import c_function, waits_for_its_turn
from debugtext.durations import minutes_in_words
from debugtext.records.captures import Capture
from debugtext.records.goroutines import GoroutineDump

_FOR_AN_END = RECEIVES | {Operation.SEND, Operation.WAIT_GROUP, Operation.SEMAPHORE, Operation.CONDITION}
_SLOTS = frozenset({Operation.SEND, Operation.SEMAPHORE})
"""What goroutines wait in that take turns: a channel of so many slots, or a semaphore; at a file all do."""
ALARM = 3
"""From this many points on a crowd is reported as a warning."""
NOTE = 2
"""And from this many as a note."""

_OPERATION_POINTS = {
    Operation.SEND: (2, "senders pass quickly unless nobody receives any more"),
    Operation.WRITE: (2, "writers wait only for a peer that does not read"),
    Operation.WAIT_GROUP: (1, "a wait group does not reach zero"),
    Operation.SEMAPHORE: (1, "a semaphore is not given back"),
    Operation.SYSCALL: (1, "each holds a thread in a system call"),
    Operation.UNKNOWN: (1, "their stack was copied without what they wait for: somebody shows them"),
}
_MANY, _HUNDREDS, _THOUSANDS = 10, 100, 1000
_WORTH_KNOWING, _WORTH_KNOWING_OF_OLD = 500, 300
"""So many at the one place where nearly all are: less of those that have waited for minutes."""
_SOME = 200
"""Of more than so many one place should not have most, whatever its name says."""
_FEW = 5
"""So many count as many where they are most of all goroutines: a test's dump holds some dozens."""
_LARGE_SHARE, _NEARLY_ALL = 0.5, 0.9
_FEW_SHARE = 0.4
_OLD_SENDER_MINUTES, _OLD_IN_A_HANG_MINUTES = 1, 2
PICKED_MINUTES, _PICKED_REQUEST_MINUTES = 10, 5
"""So old is one worth a note, and mostly an alarm, that somebody shows alone."""
_START_MINUTES = 10
_ACTIVE = frozenset({Operation.SYSCALL, Operation.SLEEP})
_AWAKE = IO | {Operation.RUNNING, Operation.ACCEPT}
"""Who runs or serves a connection, if only to write the dump, shows that the program is alive."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """The points of a crowd and why it has them."""

    points: int
    reasons: tuple[str, ...]


def suspicion_of(subject: Subject, crowd: Crowd, limits: Limits = USUAL) -> Suspicion:
    """All points that speak for a leak, and against it."""
    found = origin(subject, crowd)
    if crowd.operation in _OPERATION_POINTS and (crowd.count > 1 or crowd.operation is not Operation.SYSCALL):
        found.append(_OPERATION_POINTS[crowd.operation])
    share = share_with_kin(subject, crowd)
    found += _size(crowd, share, limits)
    found += _company(subject, crowd)
    found += woken_by_ticket(subject, crowd)
    told_by_company = without_readers(subject, crowd)
    found += told_by_company
    again = again_and_again(subject, crowd)
    if not again or crowd.count < _HUNDREDS:  # what leaks by hundreds does, whether it is woken or not
        found += went_on(subject, crowd) or stood(subject, crowd)
    found += silent_sources(subject, crowd)
    takes_turns = waits_for_its_turn(crowd.first.stack)
    if takes_turns and crowd.operation in READS:
        found.append((-2, "they read one connection or file in turn: somebody has chosen how many do"))
    least = _least_minutes(subject, crowd, limits)
    if again or not _may_wait(subject, crowd, least):
        found += _age(crowd, least) + _from_the_start(subject, crowd)
    if not told_by_company and not nobody_may_finish(subject, crowd):
        found += resident(subject, crowd)
    found += _of_libraries(subject, crowd, share)
    points = sum(points for points, _ in found)
    in_turn = takes_turns or crowd.operation in _SLOTS
    is_leak = again and crowd.count >= _HUNDREDS  # of so many hardly one has its turn, and more come
    if in_turn and points > NOTE and not is_leak and (slots := _taken(subject, crowd)):
        found.append((NOTE - points, f"{slots:,} more came further down in the same function: they were let through"))
        points = NOTE
    if points < NOTE and (why := _worth_knowing(subject, crowd, share, points)):
        found.insert(0, (NOTE - points, why))
        points = NOTE
    return Suspicion(points, tuple(f"{points:+d} {reason}" for points, reason in found))


def _of_libraries(subject: Subject, crowd: Crowd, share: float) -> list[tuple[int, str]]:
    """Goroutines of a library, which rest where the user's would not, and wait for others of its own."""
    if crowd.first.own:
        return []
    found = []
    rests = crowd.operation in LIBRARIES_REST and (crowd.count < _THOUSANDS or share < _LARGE_SHARE)
    if rests and not again_and_again(subject, crowd) and not are_picked(subject, crowd):
        found.append((-1, "none of the stack is the user's own code"))
    if crowd.first.front is not None and crowd.operation is Operation.WAIT_GROUP and crowd.count < _FEW:
        found.append((-1, "a library waits for goroutines of its own"))
    return found


def _worth_knowing(subject: Subject, crowd: Crowd, share: float, points: int) -> str:
    """Why so many at one place are told of at least, whatever speaks for them; empty if they are not."""
    old = is_old(crowd.waits) and crowd.operation not in READS
    least = _WORTH_KNOWING_OF_OLD if old else _WORTH_KNOWING
    if crowd.first.own and crowd.count >= least and share >= _NEARLY_ALL:
        return f"nearly all of {crowd.total:,} are here, as there may be of users, jobs or sessions"
    if old and share >= _LARGE_SHARE and _waits_in_vain(subject, crowd):
        return "most of all are here, and their Cond has never woken anybody"
    if crowd.total <= _SOME or crowd.share <= _LARGE_SHARE or points - excused_by_name(subject, crowd) < NOTE:
        return ""
    return f"more than half of {crowd.total:,} are here, and nothing but a name says that they are meant to"


def _waits_in_vain(subject: Subject, crowd: Crowd) -> bool:
    """Whether many in own code were never woken, and no name says that they wait for work that may be rare."""
    many = crowd.first.own and crowd.count >= _MANY
    return many and was_never_called(subject, crowd) and not is_resident(subject, crowd)


def _taken(subject: Subject, crowd: Crowd) -> int:
    """How many have a turn that a crowd waits for; none where the one is seen who should receive, or nobody could."""
    is_no_turn = absent_receivers(subject, crowd) or receiver_itself(crowd) or nobody_is_left(subject, crowd)
    return 0 if is_no_turn else let_through(subject, crowd)


def _size(crowd: Crowd, share: float, limits: Limits) -> list[tuple[int, str]]:
    """Many at one place, and most of all that there are, with those at other places of which there are as many."""
    found = []
    many, few = limits.goroutines, limits.few_goroutines
    if crowd.count >= many or (crowd.count >= few and crowd.share >= _FEW_SHARE):
        least = f"{many:g}" if crowd.count >= many else f"{few:g} that are most of all"
        found.append((1, f"{crowd.count:,} at one place (≥ {least})"))
        if share >= limits.share:
            kin = "with as many at other places of the package " if share > crowd.share else ""
            found.append((1, f"{kin}{share:.0%} of all goroutines (≥ {limits.share:.0%})"))
    if crowd.count >= limits.thousands and crowd.operation not in READS:  # a server has as many clients as there are
        found.append((1, f"thousands (≥ {limits.thousands:,.0f})"))
    if crowd.count >= limits.excessive:
        found.append((2, f"more than any program parks on purpose (≥ {limits.excessive:,.0f}, as LeakProf)"))
    return found


def _company(subject: Subject, crowd: Crowd) -> list[tuple[int, str]]:
    """Who else the text shows: nobody at all, or nobody who could wake them."""
    if fill_their_own_pool(subject, crowd):
        return [(3, "all that run in this pool wait for a free worker of it: none of them can become free")]
    is_cut = crowd.share < 1
    if crowd.count >= (_FEW if is_cut else _MANY) and are_picked(subject, crowd):
        if is_cut and crowd.count >= _THOUSANDS and is_all(subject, crowd):
            return [(4, f"of {crowd.total:,} goroutines the text shows these alone: somebody picked them out")]
        shown = "nothing else" if is_all(subject, crowd) else "only what one function has started"
        return [(2, f"the text shows {shown}: somebody picked them out")]
    if is_all(subject, crowd) and _ends_something(subject, crowd):
        return [(3, "the text shows no other: somebody picked out what should have ended within seconds")]
    is_asked = is_served(crowd) or bool(c_function(crowd.first.stack))
    picked = _PICKED_REQUEST_MINUTES if is_asked else PICKED_MINUTES if crowd.count == 1 else SURE_MINUTES
    if crowd.waits and crowd.waits[-1] >= picked and shows_few(subject, crowd.first.capture) and not _is_loop(crowd):
        return [(2, "the text is an excerpt, without the main goroutine: somebody picked it out")]
    if not is_old(crowd.waits) and (receiver := could_receive(subject, crowd)):
        absent = absent_receivers(subject, crowd)  # another one should, and waits itself, be it for a moment
        weight = -2 + bool(absent) + (bool(absent) and crowd.count >= _HUNDREDS)
        return [(weight, f"{receiver} is busy, beside them in the code: it may be the one that receives")]
    if crowd.operation is Operation.WAIT_GROUP and not is_old(crowd.waits):
        return who_may_finish(subject, crowd)
    if crowd.operation is not Operation.SEND or not isinstance(crowd.first.capture.body, GoroutineDump):
        return []
    company = subject.company(crowd.first.capture)
    active = company.operations & _AWAKE or company.restless & _ACTIVE
    if not active:
        return [(1, "no goroutine of the text is active: nobody is there to receive")]
    few = crowd.count < _FEW and nobody_is_left(subject, crowd)
    return [(0, "few, but nobody else of the text could receive")] if few else []


def _is_loop(crowd: Crowd) -> bool:
    """Whether a single one receives or selects in the function in which it began: there it may rest, for any signal.

    Closures are started for what they call. Further down it waits in the middle of something.
    """
    if crowd.count > 1 or not (crowd.operation in RECEIVES or crowd.operation is Operation.SELECT):
        return False
    for frame in reversed(started_with(crowd.first.stack)):
        if frame.function == crowd.first.function or ".func" not in frame.function:
            return frame.function == crowd.first.function
    return False


def _ends_something(subject: Subject, crowd: Crowd) -> bool:
    """Whether they wait for others in what is called to end something: `Close`, `OnStop`."""
    return crowd.operation in _FOR_AN_END and subject.knowledge.is_end(words_of(crowd.first.function))


def _may_wait(subject: Subject, crowd: Crowd, least: float) -> bool:
    """Whether age tells nothing: of a set of one age that somebody may wake, of clients that say nothing for long.

    So it is of a pipeline whose source waits for its next round.

    The minutes of what iter.Pull has suspended go on while it is pulled: runtime/coro.go switches to it without the
    scheduler, which sets waitsince back.
    """
    if crowd.operation is Operation.COROUTINE:
        return True
    if crowd.operation in READS:
        return reads_messages(crowd) or (different_ages(crowd) and is_one_for_each_client(subject, crowd))
    if not is_of_one_age(crowd, least):
        return False
    return rests_in_a_pipeline(subject, crowd) or (crowd.operation in WAITS_FOR_OTHERS and could_wake(subject, crowd))


def _least_minutes(subject: Subject, crowd: Crowd, limits: Limits) -> float:
    """From which age on a wait is long: sooner for several senders from whom nobody seems to receive, and in a hang.

    There two minutes count where nearly all have them, of some they may be the seconds since a garbage collection, and
    where those that were made with them do not go on either.
    """
    if limits.minutes != USUAL.minutes:
        return limits.minutes
    if crowd.operation is Operation.SEND and 1 < crowd.count == len(crowd.waits) and not could_receive(subject, crowd):
        return _OLD_SENDER_MINUTES
    nearly_all = sum(wait >= _OLD_IN_A_HANG_MINUTES for wait in crowd.waits) >= _NEARLY_ALL * crowd.count
    hangs = nearly_all and shows_a_hang(subject, crowd.first.capture)
    return _OLD_IN_A_HANG_MINUTES if hangs and all(one.group.waits for one in kin(subject, crowd)) else limits.minutes


def _from_the_start(subject: Subject, crowd: Crowd) -> list[tuple[int, str]]:
    """A lone sender as old as all that was started with the process: it may make what somebody takes now and then."""
    if crowd.operation is not Operation.SEND or crowd.count > 1 or not is_old(crowd.waits):
        return []
    capture = crowd.first.capture
    if crowd.waits[0] < max(subject.company(capture).oldest_minutes - 1, _START_MINUTES):
        return []
    as_old: int = subject.once(f"as old as the oldest {id(capture)}", lambda _: _as_old_as_the_oldest(subject, capture))
    return [(-2, f"{as_old:,} goroutines are as old: it was started when the process was")] if as_old >= _MANY else []


def _as_old_as_the_oldest(subject: Subject, capture: Capture) -> int:
    """How many goroutines have waited as long as the oldest, within the minute to which waits are printed."""
    company = subject.company(capture)
    return sum(minutes >= company.oldest_minutes - 1 for place in company.places for minutes in place.group.waits)


def _age(crowd: Crowd, least: float) -> list[tuple[int, str]]:
    """Old ones, and many different ages: steady creation of goroutines that stay."""
    waits = crowd.waits
    if not waits or waits[-1] < least:
        return []
    found = [(1, f"waiting up to {minutes_in_words(waits[-1])} (≥ {least:g} min)")]
    if len(waits) == crowd.count and waits[0] >= least:
        found.append((1, "all of them that old" if crowd.count > 1 else "it is alone, and that old"))
    if different_ages(crowd) and crowd.operation not in READS:  # each has waited since its last byte
        found.append((1, f"{len(set(waits))} different ages: they were started one after the other"))
    return found
