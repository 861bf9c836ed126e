"""Why there is a finding: weighed reasons for and against it, or a limit that is enough by itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passed:
    """A fact that is enough for a finding; `limit` is the threshold that it passed, in words, or empty."""

    words: str
    limit: str = ""

    def __str__(self) -> str:
        """`30 at one place (≥ 10)`, the form in outputs for machines."""
        return self.words + (f" (≥ {self.limit})" if self.limit else "")


@dataclass(frozen=True, slots=True)
class Reason:
    """`points` above 0 speak for trouble, below 0 against it. `limit`: the threshold that was passed, in words."""

    points: int
    words: str
    limit: str = ""

    def __str__(self) -> str:
        """`+1 30 at one place (≥ 10)`, the form in outputs for machines."""
        return f"{self.points:+d} {Passed(self.words, self.limit)}"


def in_json(value: object) -> str:
    """What JSON has for a reason, which is its text; raises TypeError for anything else that has no form in JSON."""
    if isinstance(value, Passed | Reason):
        return str(value)
    raise TypeError(f"evidence holds numbers, texts, lists, dicts and reasons, no value of type {type(value).__name__}")
