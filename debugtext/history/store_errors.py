"""What is told of a store that cannot be used: it is locked, its disk is full, it is damaged, or it is no store."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from debugtext.errors import DebugtextError

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


@contextmanager
def undamaged(path: Path) -> Iterator[None]:
    """Turns values that no store of ours holds into a StoreError: SQLite does not notice all damage to a file."""
    try:
        yield
    except (ValueError, TypeError, LookupError, zlib.error):
        raise StoreError(f"the store {path} is damaged: {WHAT_TO_DO_IF_DAMAGED}") from None
