"""The parts of a debug=1 text that Lark finds (records, lines of MemStats), and how far a block was read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlockRead:
    """How far a block was read: the place behind it, and the index of the last line of the profile (-1: none)."""

    end: int
    last_index: int = -1
    ends_text: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A sample line and the lines below it; `sample` None: lines whose sample line is missing. `index` from 0."""

    index: int
    sample: str | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the MemStats; `index` from 0."""

    index: int
    line: str


Item = Record | Entry
