"""The tables of a store, and the steps that bring older stores up to date."""

import sqlite3

APPLICATION_ID = 0x64_74_78_74  # "dtxt": `file history.sqlite` can tell
STEPS = (
    # 1: targets, their texts, the stacks of all texts (each once), and the values of each stack
    """
    CREATE TABLE targets (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE snapshots (
        id INTEGER PRIMARY KEY,
        target INTEGER NOT NULL REFERENCES targets(id),
        taken_at REAL NOT NULL,
        text BLOB NOT NULL,
        text_bytes INTEGER NOT NULL,
        memstats TEXT,
        newest_goroutine INTEGER,
        collected_at TEXT NOT NULL DEFAULT '[]'
    );
    CREATE INDEX snapshots_by_time ON snapshots (target, taken_at);
    CREATE TABLE stacks (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, frames TEXT NOT NULL);
    CREATE TABLE kinds (id INTEGER PRIMARY KEY, name TEXT NOT NULL, unit TEXT NOT NULL, UNIQUE (name, unit));
    CREATE TABLE weights (
        snapshot INTEGER NOT NULL REFERENCES snapshots(id) ON DELETE CASCADE,
        kind INTEGER NOT NULL REFERENCES kinds(id),
        stack INTEGER NOT NULL REFERENCES stacks(id),
        state TEXT NOT NULL DEFAULT '',
        value INTEGER NOT NULL,
        variance REAL NOT NULL DEFAULT 0,
        turnover REAL NOT NULL DEFAULT 0,
        PRIMARY KEY (snapshot, kind, stack, state)
    ) WITHOUT ROWID;
    """,
    # 2: what happened between the snapshots: a target did not answer, or restarted
    """
    CREATE TABLE events (
        id INTEGER PRIMARY KEY,
        target INTEGER NOT NULL REFERENCES targets(id),
        happened_at REAL NOT NULL,
        words TEXT NOT NULL
    );
    CREATE INDEX events_by_time ON events (target, happened_at);
    """,
)
VERSION = len(STEPS)
SOUND_WEIGHT = (
    "typeof(state) = 'text' AND typeof(value) IN ('integer', 'real')"
    " AND typeof(variance) = 'real' AND typeof(turnover) = 'real'"
)
"""True of every row of `weights` that was not damaged: SQLite keeps any type in any column."""


def version_of(connection: sqlite3.Connection) -> int:
    """The number of steps that were applied to this file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Applies the missing steps, each in a transaction of its own, so that a kill leaves usable tables.

    `connection` begins no transaction by itself (its isolation_level is None).
    """
    for number in range(version_of(connection), VERSION):
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            if version_of(connection) > number:
                continue  # another process has applied this step meanwhile
            ends = f"PRAGMA user_version = {number + 1}", f"PRAGMA application_id = {APPLICATION_ID}"
            for statement in (*STEPS[number].split(";"), *ends):
                connection.execute(statement)
