"""What is weighed: a crowd of waiting goroutines, in its text, by the user's limits."""

from dataclasses import dataclass
from functools import cached_property

from debugtext.analyzers.evidence.limits import USUAL, Limits
from debugtext.analyzers.evidence.origins import started_again_and_again
from debugtext.analyzers.evidence.same_number import share_with_same_number
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.subject import Subject

SO_MANY_LEAK = 100
"""What is started on and on and does not end leaks from so many on, whether it is woken now and then or not."""


@dataclass(frozen=True)
class Case:
    """A crowd, with what several signs ask about it."""

    subject: Subject
    crowd: Crowd
    limits: Limits = USUAL

    @cached_property
    def share(self) -> float:
        """Its share of all goroutines, with those at other places of which there are as many."""
        return share_with_same_number(self.subject, self.crowd)

    @cached_property
    def keeps_coming(self) -> bool:
        """Whether they were started one after the other until now."""
        return started_again_and_again(self.subject, self.crowd)
