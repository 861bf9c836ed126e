"""Why a finding is made: what speaks for it and what against it, weighed, or a limit that is enough by itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passed:
    """A limit that was passed: `limit` says which, in words; empty where there is no number to pass."""

    words: str
    limit: str = ""

    def __str__(self) -> str:
        """`30 at one place (≥ 10)`, as the outputs for machines have it."""
        return self.words + (f" (≥ {self.limit})" if self.limit else "")


@dataclass(frozen=True, slots=True)
class Reason:
    """`points` above 0 speak for trouble, below 0 against it. `limit`: the threshold that was passed, in words."""

    points: int
    words: str
    limit: str = ""

    def __str__(self) -> str:
        """`+1 30 at one place (≥ 10)`, as the outputs for machines have it."""
        return f"{self.points:+d} {Passed(self.words, self.limit)}"
