"""The goroutines that a finding about a crowd names as well: those it waits for, works for, or waits beside."""

from dataclasses import dataclass

from debugtext.analyzers.evidence.absent_receivers import absent_receivers, advice_for
from debugtext.analyzers.evidence.let_through import hands_work_to_own_pool
from debugtext.analyzers.evidence.library_users import starters_of, unseen_code_in_words, users_of
from debugtext.analyzers.evidence.singleflight import singleflight_caller
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import RECEIVER
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import Operation
from debugtext.stacks.ownership import Owner
from debugtext.stacks.places import Place
from debugtext.stacks.wording import minutes

NIL_CHANNEL = "If these use one channel, it is nil: make it before it is used."
"""Said if one crowd sends and the other receives: at one channel that is not nil they would have met."""
_OF_FLIGHTS = (
    "One call does the work for all of them: see what it waits for, and give it a deadline; who waits for it can "
    "select on DoChan and its own context."
)


@dataclass(frozen=True, slots=True)
class NamedBeside:
    """The goroutines that are named beside a crowd, as far as the text shows them.

    - `caller` does the work for all of the crowd (singleflight).
    - `receivers`: the first should receive from the crowd, but waits itself for the second, and so on.
    - `users` are own goroutines that use what the crowd, a library's, works for.
    - `twin` is an equally large crowd elsewhere in the package.
    """

    caller: Place | None
    receivers: tuple[Place, ...]
    users: Crowd | None
    twin: Crowd | None

    @property
    def crowd(self) -> Crowd | None:
        """The other crowd that the title names."""
        return self.users or self.twin

    @property
    def advice(self) -> str:
        """What to do about the caller or the receivers; empty if there are none."""
        if self.receivers:
            return advice_for(self.receivers[0])
        return _OF_FLIGHTS if self.caller else ""

    @property
    def evidence(self) -> dict[str, str]:
        """The goroutine that should receive, and the one for which it waits."""
        return dict(zip((RECEIVER, "waits_for"), (one.in_words for one in self.receivers), strict=False))

    def is_other_side_of(self, crowd: Crowd) -> bool:
        """Whether this crowd sends and the other one receives, or the other way round."""
        sides = {Operation.SEND, Operation.RECEIVE}
        return self.crowd is not None and {crowd.operation, self.crowd.operation} == sides

    def places(self, crowd: Crowd) -> list[Place]:
        """All places that the finding names, in the order in which to open them."""
        shown, *others = sorted(crowd.places, key=hands_work_to_own_pool, reverse=True)
        users = self.users.places[:1] if self.users else ()
        twins = self.twin.places if self.twin and not self.users else ()
        first = [self.caller] if self.caller else []
        return [*first, *users, *self.receivers[:1], shown, *self.receivers[1:], *others, *twins]

    def in_title(self, subject: Subject, crowd: Crowd) -> str:
        """What the title adds about them; of the standard library, which nobody can mend, also who made them."""
        found = f", for {self.caller.in_words}" if self.caller else ""
        if self.receivers:
            first = self.receivers[0]
            waits = f"{first.waits_for}{minutes(first.oldest_minutes)}"
            found += f", as {first.function} should receive and waits itself: {waits}"
        if self.crowd is not None:
            return f"{found}, beside {self.crowd.count:,} in {self.crowd.first.function}"
        front = crowd.first.front
        is_standard = front is not None and subject.ownership.owner(front) is Owner.STANDARD
        return found + (unseen_code_in_words(subject, crowd) if is_standard else "")


def named_beside(subject: Subject, crowd: Crowd, twin: Crowd | None) -> NamedBeside:
    """The goroutines to name beside a crowd; `twin` is named only if there are no `users`."""
    users = starters_of(subject, crowd) or users_of(subject, crowd)
    caller, receivers = singleflight_caller(subject, crowd), absent_receivers(subject, crowd)
    return NamedBeside(caller, receivers, users, None if users else twin)
