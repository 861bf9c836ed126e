"""What is weighed: a crowd of waiting goroutines, in its text, by the user's limits."""

from dataclasses import dataclass
from functools import cached_property

from debugtext.analyzers.evidence.kin import share_with_kin
from debugtext.analyzers.evidence.limits import USUAL, Limits
from debugtext.analyzers.evidence.origins import again_and_again
from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.crowds import Crowd


@dataclass(frozen=True)
class Case:
    """A crowd, with what several signs ask about it."""

    subject: Subject
    crowd: Crowd
    limits: Limits = USUAL

    @cached_property
    def share(self) -> float:
        """Its share of all goroutines, with those at other places of which there are as many."""
        return share_with_kin(self.subject, self.crowd)

    @cached_property
    def comes_on(self) -> bool:
        """Whether they were started one after the other until now."""
        return again_and_again(self.subject, self.crowd)
