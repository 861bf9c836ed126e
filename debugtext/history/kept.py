"""What a store tells of what it keeps: the targets, the texts of each, and what happened to them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that was watched: how many texts of it there are, from when to when (Unix seconds), their bytes."""

    name: str
    snapshots: int
    first_at: float
    last_at: float
    text_bytes: int


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a target beside its snapshots, and when (Unix seconds)."""

    target: str
    happened_at: float
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One text in the store, by its number; when it was taken (Unix seconds), and its size."""

    number: int
    target: str
    taken_at: float
    text_bytes: int
