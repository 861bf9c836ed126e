"""How suspicious a crowd of waiting goroutines is: the points of all signs, each with its reason.

A waiting goroutine is not trouble in itself: pools, loops and connections wait by design. One dump shows size, state,
age and names; two dumps show which goroutines stayed. No single sign decides, so their points are added up
(https://github.com/cloudfoundry/bbs/issues/20 has thousands of goroutines parked by design,
https://github.com/mosn/holmes a leak of seven).
"""

from dataclasses import dataclass

from debugtext.analyzers.amounts import NEARLY_ALL
from debugtext.analyzers.evidence.absent_receivers import absent_receivers, receiver_among_senders
from debugtext.analyzers.evidence.across_inputs import count_gone_on
from debugtext.analyzers.evidence.let_through import count_let_through
from debugtext.analyzers.evidence.nobody_left import nobody_is_left
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.signs.case import SO_MANY_LEAK, Case
from debugtext.analyzers.weighing.signs.limits import USUAL, Limits
from debugtext.analyzers.weighing.signs.name import excused_by_name
from debugtext.analyzers.weighing.signs.table import SIGNS
from debugtext.records.reasons import Reason
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import READS, Operation
from debugtext.stacks.places import is_old
from debugtext.stacks.waiting import waits_for_its_turn

ALARM = 3
"""A crowd with this many points is reported as a warning."""
NOTE = 2
"""A crowd with this many points is reported as a note."""
_WAITS_FOR_SLOT = frozenset({Operation.SEND, Operation.SEMAPHORE})
"""What goroutines that take turns wait for: a slot of a channel or of a semaphore."""
_GONE_ON = 0.1
"""If so many have gone on, as a share of those that are left, somebody serves them."""
_WORTH_KNOWING, _WORTH_KNOWING_OF_OLD = 500, 300
"""From this many on, a place with nearly all goroutines is worth a note; from fewer on, if they wait for minutes."""
_TOTAL_OF_A_LARGE_TEXT = 200
"""In a text with more goroutines than this, no place should have most of them, whatever its name says."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """The reasons to suspect a crowd of a leak, or not to."""

    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """The sum of the points."""
        return sum(reason.points for reason in self.reasons)

    def with_points(self, points: int, why: str) -> "Suspicion":
        """The same suspicion with this many points in all; `why` comes first among the reasons."""
        return Suspicion((Reason(points - self.points, why), *self.reasons))


def suspicion_of(subject: Subject, crowd: Crowd, limits: Limits = USUAL) -> Suspicion:
    """All that speaks for a leak and against it.

    Goroutines that take turns get a note at most, and a place with most of all goroutines gets a note at least.
    """
    case = Case(subject, crowd, limits)
    found = Suspicion(tuple(reason for sign in SIGNS for reason in sign.weigh(case)))
    if found.points > NOTE and (why := _excused_by_turns(case)):
        return found.with_points(NOTE, why)
    if found.points < NOTE and (why := _why_worth_a_note(case, found.points)):
        return found.with_points(NOTE, why)
    return found


def _excused_by_turns(case: Case) -> str:
    """Why waiting for a slot is no alarm: others have been let through. Empty if not so, or if many keep coming."""
    subject, crowd = case.subject, case.crowd
    is_leak = case.keeps_coming and crowd.count >= SO_MANY_LEAK  # hardly any of so many gets its turn, and more come
    if is_leak or not (crowd.operation in _WAITS_FOR_SLOT or waits_for_its_turn(crowd.first.stack)):
        return ""
    if absent_receivers(subject, crowd) or receiver_among_senders(crowd) or nobody_is_left(subject, crowd):
        return ""  # the receiver is seen to be blocked, or nobody could receive: the channel is no slot
    gone = count_gone_on(subject, crowd)
    if gone >= crowd.count * _GONE_ON:
        return f"{gone:,} have gone on since the previous text: somebody takes what they send"
    slots = count_let_through(subject, crowd)
    return f"{slots:,} more came further down in the same function: they were let through" if slots else ""


def _why_worth_a_note(case: Case, points: int) -> str:
    """Why so many at one place get at least a note, whatever excuses them; empty if they do not."""
    crowd = case.crowd
    old = is_old(crowd.waits) and crowd.operation not in READS
    least = _WORTH_KNOWING_OF_OLD if old else _WORTH_KNOWING
    if crowd.first.own and crowd.count >= least and case.share >= NEARLY_ALL:
        return f"nearly all of {crowd.total:,} are here, as there may be of users, jobs or sessions"
    if (
        crowd.total <= _TOTAL_OF_A_LARGE_TEXT
        or crowd.share <= case.limits.share
        or points - excused_by_name(case) < NOTE
    ):
        return ""
    return f"more than half of {crowd.total:,} are here, and nothing but a name says that they are meant to"
