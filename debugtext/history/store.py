"""The store of a watch: raw texts, their numbers by stack, and events, in one SQLite file that survives a kill."""

import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import UnionType
from typing import Self

from debugtext.collector import without_collector
from debugtext.growth.snapshots import Snapshot, Weight, can_leak
from debugtext.history import stacks
from debugtext.history.kept import Entry, Event, Target, is_sound
from debugtext.history.schema import SOUND_WEIGHT, VERSION, migrate, version_of
from debugtext.history.store_errors import Known, StoreError, damaged, decoded, explained
from debugtext.records.frames import Stack
from debugtext.records.memstats import MemStats
from debugtext.records.samples import SampleKind

BUSY_SECONDS = 10
MOST_STACKS_REMEMBERED = 10_000
"""The numbers of stacks that need not be asked for again; a watch of weeks sees ever new stacks."""
MEMSTATS_NUMBERS = tuple(f.name for f in fields(MemStats) if f.name not in {"pause_ns", "pause_end_ns", "line"})


def default_path() -> Path:
    """DEBUGTEXT_STORE, or a file in the user's folder for state."""
    if chosen := os.environ.get("DEBUGTEXT_STORE"):
        return Path(chosen)
    folder = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(folder) if folder else Path.home() / ".local" / "state") / "debugtext" / "history.sqlite"


class Store:
    """An open store. A snapshot is one transaction in write-ahead mode: a kill loses at most the one in flight."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._numbers: dict[Stack, int] = {}
        self._version = 0
        with explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            # Dumps hold what a process was working on: nobody else is to read them.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA journal_mode = WAL")
            # Each commit is in the file's log when it returns; only a crash of the whole machine may lose the newest.
            self._connection.execute("PRAGMA synchronous = NORMAL")
            if version_of(self._connection) > VERSION:
                raise StoreError(f"{path} was written by a newer debugtext: upgrade to read it")
            migrate(self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def add(self, target: str, snapshot: Snapshot, text: bytes) -> int:
        """Keeps a text and its numbers in one transaction, and returns the number of the snapshot in the store."""
        with self._transaction() as connection:
            self._forget_stacks()
            values = (
                self._target(target),
                snapshot.taken_at or 0.0,
                zlib.compress(text, 6),
                len(text),
                _memstats_text(snapshot.memstats),
                snapshot.newest_goroutine,
                json.dumps(snapshot.collected_at),
            )
            cursor = connection.execute(
                "INSERT INTO snapshots (target, taken_at, text, text_bytes, memstats, newest_goroutine,"
                " collected_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            number = int(cursor.lastrowid or 0)
            connection.executemany("INSERT INTO weights VALUES (?, ?, ?, ?, ?, ?, ?)", self._rows(number, snapshot))
        return number

    def note(self, target: str, happened_at: float, words: str) -> None:
        """Keeps what happened to a target, and when (Unix seconds)."""
        with self._transaction() as connection:
            row = (self._target(target), happened_at, words)
            connection.execute("INSERT INTO events (target, happened_at, words) VALUES (?, ?, ?)", row)

    def targets(self) -> list[Target]:
        """All targets with snapshots, by name."""
        rows = self._typed(
            (str, int, float, float, int),
            "SELECT name, count(*), min(taken_at), max(taken_at), sum(text_bytes)"
            " FROM snapshots JOIN targets ON targets.id = target GROUP BY target ORDER BY name",
        )
        return [Target(*row) for row in rows]

    def target_names(self) -> list[str]:
        """The names of all targets that were ever watched, also of those without snapshots."""
        return [name for (name,) in self._typed((str,), "SELECT name FROM targets ORDER BY name")]

    def entries(self, target: str | None = None) -> list[Entry]:
        """The texts of a target, or all, in time order."""
        rows = self._typed(
            (int, str, float, int),
            "SELECT snapshots.id, name, taken_at, text_bytes FROM snapshots JOIN targets ON targets.id = target"
            " WHERE ?1 IS NULL OR name = ?1 ORDER BY taken_at, snapshots.id",
            (target,),
        )
        return [Entry(*row) for row in rows]

    def events(self, target: str) -> list[Event]:
        """What happened to a target, in time order."""
        rows = self._typed(
            (str, float, str),
            "SELECT name, happened_at, words FROM events JOIN targets ON targets.id = target"
            " WHERE name = ? ORDER BY happened_at, events.id",
            (target,),
        )
        return [Event(*row) for row in rows]

    def text(self, number: int) -> bytes | None:
        """The raw text of a snapshot; None if there is none of this number."""
        row = next(self._query("SELECT text FROM snapshots WHERE id = ?", (number,)), None)
        return decoded(zlib.decompress, row[0], self.path) if row else None

    def snapshots(self, target: str, since: float = 0.0) -> list[Snapshot]:
        """A target's snapshots since a time (Unix seconds), in time order; equal stacks are one object."""
        with without_collector():
            return self._load(target, (target, since))

    def _load(self, target: str, choice: tuple[str, float]) -> list[Snapshot]:
        rows = self._typed((int, str, str), "SELECT id, name, unit FROM kinds")
        kinds = Known(self.path, ((number, SampleKind(*kind)) for number, *kind in rows))
        if any(self._query(f"SELECT 1 FROM ({_WEIGHTS}) WHERE NOT ({SOUND_WEIGHT})", choice)):  # noqa: S608
            raise damaged(self.path)
        shared = self._shared_stacks()
        weights: dict[int, dict[int, tuple[Weight, ...]]] = {}
        for (number, kind), group in groupby(self._query(_WEIGHTS, choice), key=itemgetter(0, 1)):
            of_kind = [
                _weight((shared[stack], v, variance, came, state)) for _, _, stack, v, variance, came, state in group
            ]
            weights.setdefault(number, {})[kind] = tuple(of_kind)
        found = []
        types = (int, float, str | None, int | None, str)
        for number, taken_at, memstats, newest, collected_at in self._typed(types, _SNAPSHOTS, choice):
            of_kinds = {kinds[kind]: of_kind for kind, of_kind in weights.get(number, {}).items()}
            collections = decoded(_times, collected_at, self.path)
            numbers = None if memstats is None else decoded(_memstats, memstats, self.path)
            found.append(Snapshot(target, taken_at, of_kinds, numbers, newest, collections))
        return found

    def prune(self, target: str | None, before: float) -> int:
        """Deletes the texts from before a time (Unix seconds) and their stacks; returns the number of texts."""
        self._connection.execute("PRAGMA foreign_keys = OFF")  # SQLite would search all weights for each stack
        try:
            with self._transaction() as connection:
                gone = connection.execute(_OLD.format("snapshots", "taken_at"), (before, target))
                connection.execute(_OLD.format("events", "happened_at"), (before, target))
                connection.execute("DELETE FROM weights WHERE snapshot NOT IN (SELECT id FROM snapshots)")
                connection.execute("DELETE FROM stacks WHERE id NOT IN (SELECT stack FROM weights)")
                self._numbers.clear()
        finally:
            self._connection.execute("PRAGMA foreign_keys = ON")
        with explained(self.path):
            self._connection.execute("VACUUM")
        return gone.rowcount

    @contextmanager
    def as_it_is_now(self) -> Iterator[None]:
        """Within it, all questions are answered from one state of the store, whatever a watch writes or prunes."""
        with explained(self.path):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            if self._connection.in_transaction:  # after some errors, SQLite has ended it by itself
                with explained(self.path):
                    self._connection.execute("COMMIT")

    def _query(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple]:  # type: ignore[type-arg]
        with explained(self.path):
            for row in self._connection.execute(sql, values):  # noqa: UP028 - `yield from` closes it after the store
                yield row

    def _typed(self, types: tuple[type | UnionType, ...], sql: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        """All rows, whose values must be of these types; floats are times (Unix seconds)."""
        rows = list(self._query(sql, values))
        if not all(map(is_sound, (value for row in rows for value in row), types * len(rows))):
            raise damaged(self.path)
        return rows

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                self._numbers.clear()
                if self._connection.in_transaction:  # if the disk is full, SQLite has rolled back by itself
                    self._connection.execute("ROLLBACK")
                raise

    def _target(self, name: str) -> int:
        self._connection.execute("INSERT OR IGNORE INTO targets (name) VALUES (?)", (name,))
        return int(next(self._query("SELECT id FROM targets WHERE name = ?", (name,)))[0])

    def _rows(self, number: int, snapshot: Snapshot) -> Iterator[tuple[object, ...]]:
        """The rows of the table `weights`, one for each stack and state.

        The records of one stack are added up: a heap text has one for each size of objects.
        """
        for kind, weights in snapshot.weights.items():
            if not can_leak(kind):
                continue
            sums: dict[tuple[int, str], list[float]] = {}
            for weight in weights:
                total = sums.setdefault((self._stack(weight.stack), weight.state), [0, 0.0, 0.0])
                for index, part in enumerate((weight.value, weight.variance, weight.turnover)):
                    total[index] += part
            number_of_kind = self._kind(kind)
            for (stack, state), total in sums.items():
                yield (number, number_of_kind, stack, state, *total)

    def _kind(self, kind: SampleKind) -> int:
        values = (kind.name, kind.unit)
        self._connection.execute("INSERT OR IGNORE INTO kinds (name, unit) VALUES (?, ?)", values)
        return int(next(self._query("SELECT id FROM kinds WHERE name = ? AND unit = ?", values))[0])

    def _stack(self, stack: Stack) -> int:
        number = self._numbers.get(stack)
        if number is None:
            text = stacks.to_text(stack)
            digest = stacks.digest(text)
            self._connection.execute("INSERT OR IGNORE INTO stacks (digest, frames) VALUES (?, ?)", (digest, text))
            number = int(next(self._query("SELECT id FROM stacks WHERE digest = ?", (digest,)))[0])
            self._numbers[stack] = number
        return number

    def _forget_stacks(self) -> None:
        """Forgets the numbers of stacks if there are too many, or if another process may have pruned some."""
        version = int(next(self._query("PRAGMA data_version"))[0])  # changes when another connection writes
        if version != self._version or len(self._numbers) > MOST_STACKS_REMEMBERED:
            self._numbers.clear()
        self._version = version

    def _shared_stacks(self) -> Known[Stack]:
        rows = self._query("SELECT id, frames FROM stacks")
        return Known(self.path, ((number, decoded(stacks.from_text, frames, self.path)) for number, frames in rows))


_weight: Callable[[tuple[Stack, int, float, float, str]], Weight] = partial(tuple.__new__, Weight)
"""Makes a Weight faster than its constructor does: a day of snapshots has half a million."""
_OLD = "DELETE FROM {} WHERE {} < ?1 AND (?2 IS NULL OR target IN (SELECT id FROM targets WHERE name = ?2))"
_CHOICE = "target = (SELECT id FROM targets WHERE name = ?) AND taken_at >= ?"
_SNAPSHOTS = (
    "SELECT id, taken_at, memstats, newest_goroutine, collected_at FROM snapshots"  # noqa: S608
    f" WHERE {_CHOICE} ORDER BY taken_at, id"
)
_WEIGHTS = (
    "SELECT snapshot, kind, stack, value, variance, turnover, state FROM weights"  # noqa: S608
    f" WHERE snapshot IN (SELECT id FROM snapshots WHERE {_CHOICE}) ORDER BY snapshot, kind"
)


def _memstats_text(memstats: MemStats | None) -> str | None:
    if memstats is None:
        return None
    return json.dumps({name: value for name in MEMSTATS_NUMBERS if (value := getattr(memstats, name)) is not None})


def _memstats(text: str) -> MemStats:
    """The numbers that this version knows; a newer one may have written more."""
    numbers = json.loads(text)
    return MemStats(**{name: numbers[name] for name in MEMSTATS_NUMBERS if name in numbers})


def _times(text: str) -> tuple[float, ...]:
    return tuple(json.loads(text))
