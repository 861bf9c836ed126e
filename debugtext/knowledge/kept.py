"""What is known about objects that stay in the heap until somebody ends them: timers, contexts."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of them: `what` it is, and the functions that make it or keep the list of all."""

    id: str
    what: str
    functions: tuple[str, ...]
    advice: str
    source: str

    def first_in(self, functions: Iterable[str]) -> str:
        """The first of these functions that is one of them; empty if none is."""
        return next((function for function in functions if function in self.functions), "")
