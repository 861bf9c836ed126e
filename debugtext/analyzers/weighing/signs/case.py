"""What the signs weigh: a crowd of waiting goroutines, with its inputs and the user's limits."""

from dataclasses import dataclass
from functools import cached_property

from debugtext.analyzers.evidence.origins import started_again_and_again
from debugtext.analyzers.evidence.same_number import share_with_same_number
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.signs.limits import USUAL, Limits
from debugtext.stacks.crowds import Crowd

SO_MANY_LEAK = 100
"""From this many on, goroutines that keep being started and do not end are a leak, even if woken now and then."""


@dataclass(frozen=True)
class Case:
    """A crowd, with the answers that several signs need."""

    subject: Subject
    crowd: Crowd
    limits: Limits = USUAL

    @cached_property
    def share(self) -> float:
        """Its share of all goroutines, together with other places that have as many goroutines."""
        return share_with_same_number(self.subject, self.crowd)

    @cached_property
    def keeps_coming(self) -> bool:
        """True if its goroutines were started one after the other until now."""
        return started_again_and_again(self.subject, self.crowd)
