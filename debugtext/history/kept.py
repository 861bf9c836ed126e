"""The contents of a store as records: targets, the texts of each, and events."""

from dataclasses import dataclass
from types import UnionType

MOST_SECONDS = 62_000_000_000
"""So many seconds before and after 1970 Python knows dates."""


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that was watched: the number of its texts, the times of the first and last (Unix seconds), their bytes."""

    name: str
    snapshots: int
    first_at: float
    last_at: float
    text_bytes: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a target between its snapshots, such as a restart, and when (Unix seconds)."""

    target: str
    happened_at: float
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One text in the store: its number, its target, when it was taken (Unix seconds), and its size."""

    number: int
    target: str
    taken_at: float
    text_bytes: int


def is_sound(value: object, kind: type | UnionType) -> bool:
    """Whether a value of the store has the type of its column; a float must be a time (Unix seconds)."""
    return isinstance(value, kind) and (not isinstance(value, float) or abs(value) <= MOST_SECONDS)
