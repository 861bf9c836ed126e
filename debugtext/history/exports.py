"""Writes raw texts of the store into files whose names say when the texts were taken."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from debugtext.errors import InputUnavailableError
from debugtext.history.chosen import chosen_targets
from debugtext.history.store import Store

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9.-]+")


def export(store: Store, target: str, folder: Path) -> int:
    """Writes the texts of a target into a folder, and returns their number.

    Raises InputUnavailableError if there is no such target or no text, or if the folder cannot be written.
    """
    with store.as_it_is_now():
        (name,) = chosen_targets(store, (target,))
        return _export(store, name, folder)


def _export(store: Store, target: str, folder: Path) -> int:
    entries = store.entries(target)
    if not entries:
        raise InputUnavailableError(f"the store holds no snapshot of {target}")
    stem = _NOT_IN_A_NAME.sub("-", target.partition("://")[2] or target).strip("-")[:100]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for entry in entries:
            moment = datetime.fromtimestamp(entry.taken_at, UTC).strftime("%Y-%m-%dT%H%M%S")
            path = folder / f"{stem}.{moment}.{entry.number}.txt"
            path.write_bytes(store.text(entry.number) or b"")
            os.utime(path, (entry.taken_at, entry.taken_at))  # the names have whole seconds only
    except OSError as error:
        raise InputUnavailableError(f"{folder}: {error.strerror or error}") from None
    return len(entries)
