"""Kinds of objects that stay in the heap until somebody ends them: timers, contexts."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of such objects: `what` they are, and the functions that make them or keep the list of them."""

    id: str
    what: str
    functions: tuple[str, ...]
    advice: str
    source: str

    def first_in(self, functions: Iterable[str]) -> str:
        """The first of these functions that makes or keeps such objects; empty if none does."""
        return next((function for function in functions if function in self.functions), "")
