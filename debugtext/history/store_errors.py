"""What is told of a store that cannot be used: it is locked, its disk is full, it is damaged, or it is no store."""

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from debugtext.errors import DebugtextError

Encoded = TypeVar("Encoded")
Value = TypeVar("Value")
WHAT_TO_DO_IF_DAMAGED = "move it away, and `debugtext watch` begins a new one"


class StoreError(DebugtextError):
    """The store cannot be opened, or is not one of ours."""


class StoreUnavailableError(StoreError):
    """The store does not answer now, but may do so later: another process has locked it, or the disk is full."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns errors of SQLite and of the file system into a StoreError."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        words = str(error).partition(" with text ")[0]  # the text of a row that cannot be decoded follows
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_CORRUPT:
            words += f": {WHAT_TO_DO_IF_DAMAGED}"
        kind = StoreUnavailableError if isinstance(error, sqlite3.OperationalError) else StoreError
        raise kind(f"the store {path} cannot be used: {words}") from None
    except UnicodeDecodeError:  # SQLite's own messages quote what is damaged and no text
        raise damaged(path) from None


def damaged(path: Path) -> StoreError:
    """The error for a value that no store of ours holds: SQLite does not notice all damage to a file."""
    return StoreError(f"the store {path} is damaged: {WHAT_TO_DO_IF_DAMAGED}")


def decoded(decode: Callable[[Encoded], Value], value: Encoded, path: Path) -> Value:
    """The value as `decode` gives it; raises StoreError if the value is damaged."""
    try:
        return decode(value)
    except (ValueError, TypeError, LookupError, zlib.error):
        raise damaged(path) from None


class Known(dict[int, Value]):
    """What the rows of a table stand for, by their numbers; a number that the table lacks is damage."""

    def __init__(self, path: Path, values: Iterable[tuple[int, Value]]) -> None:
        super().__init__(values)
        self._path = path

    def __missing__(self, number: int) -> Value:
        raise damaged(self._path)
