"""Damage, a full disk and other trouble: the message says which, and what was kept before stays."""

import random
import sqlite3
from dataclasses import replace

import pytest

from debugtext.growth.snapshots import GOROUTINES, Snapshot, Weight
from debugtext.history.store import Store
from debugtext.history.store_errors import StoreError
from debugtext.records.frames import Frame, Stack
from debugtext.records.memstats import MemStats

URL = "http://localhost:6060/debug/pprof/goroutine?debug=1"
LEAK = Stack((Frame("main.leak", "/src/main.go", 7, 36), Frame("main.main")))


def taken(at, count):
    return Snapshot(URL, at, {GOROUTINES: (Weight(LEAK, count, state="select"),)})


QUESTIONS = {
    "targets": lambda store: store.targets(),
    "entries": lambda store: store.entries(),
    "text": lambda store: [store.text(number) for number in range(1, 31)],
    "snapshots": lambda store: store.snapshots(URL),
    "prune": lambda store: store.prune(None, before=1e9),
    "target names": lambda store: store.target_names(),
    "events": lambda store: store.events(URL),
}


@pytest.mark.parametrize("asked", QUESTIONS.values(), ids=QUESTIONS)
def test_a_damaged_store_is_said_whatever_is_asked(tmp_path, asked):
    path = tmp_path / "history.sqlite"
    with Store(path) as store:
        for at in range(30):
            store.add(URL, taken(float(at), at), bytes(range(256)))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with Store(path) as damaged, pytest.raises(StoreError, match=r"cannot be used: .*: move it away"):
        asked(damaged)


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ("UPDATE snapshots SET text = x'00'", "text"),
        ("UPDATE snapshots SET memstats = '{'", "snapshots"),
        ("UPDATE snapshots SET memstats = '7'", "snapshots"),
        ("UPDATE snapshots SET collected_at = '7'", "snapshots"),
        ("UPDATE stacks SET frames = '[]'", "snapshots"),
        ("UPDATE stacks SET frames = 10", "snapshots"),
        ("UPDATE stacks SET id = 99", "snapshots"),
        ("UPDATE kinds SET name = x'00'", "snapshots"),
        ("UPDATE weights SET value = 'much'", "snapshots"),
        ("UPDATE snapshots SET taken_at = x'00'", "snapshots"),
        ("UPDATE snapshots SET taken_at = 1e300", "entries"),
        ("UPDATE snapshots SET text_bytes = 'many'", "entries"),
        ("UPDATE targets SET name = x'00'", "targets"),
        ("UPDATE targets SET name = x'00'", "target names"),
        ("UPDATE events SET words = 1e300, happened_at = x'00'", "events"),
    ],
)
def test_damage_that_sqlite_does_not_see_is_said_too(store, change, asked):
    store.add(URL, taken(1.0, 1), b"text")
    store.note(URL, 1.0, "restarted")
    with sqlite3.connect(store.path) as other:
        other.execute(change)
    other.close()
    with pytest.raises(StoreError, match="is damaged: move it away, and `debugtext watch` begins a new one"):
        QUESTIONS[asked](store)


def test_numbers_that_a_newer_version_kept_are_no_damage(store):
    store.add(URL, replace(taken(1.0, 1), memstats=MemStats(num_gc=3)), b"text")
    store._connection.execute('UPDATE snapshots SET memstats = \'{"num_gc": 3, "new_number": 1}\'')
    assert store.snapshots(URL)[0].memstats == MemStats(num_gc=3)


@pytest.mark.parametrize("error", [TypeError("ours"), KeyError("ours"), ValueError("ours")], ids=repr)
def test_an_error_of_ours_is_no_damage(store, monkeypatch, error):
    """Who is told to move a store away loses the texts of weeks."""

    def broken(*_):
        raise error

    store.add(URL, taken(1.0, 1), b"text")
    monkeypatch.setattr("debugtext.history.store.Snapshot", broken)
    with pytest.raises(type(error), match="ours"):
        store.snapshots(URL)


def test_a_damaged_table_of_contents_is_said(tmp_path):
    """SQLite's message quotes the bytes, which are no text."""
    path = tmp_path / "history.sqlite"
    Store(path).close()
    path.write_bytes(path.read_bytes().replace(b"REFERENCES kinds", b"REFERE\xe8CES kinds"))
    with pytest.raises(StoreError, match="is damaged: move it away"):
        Store(path)


def test_a_full_disk_is_said_and_what_was_kept_stays(store):
    store.add(URL, taken(1.0, 1), b"text")
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(StoreError, match="cannot be used: database or disk is full"):
        store.add(URL, taken(2.0, 2), random.Random(0).randbytes(100_000))
    store.add(URL, taken(3.0, 3), b"a short one has room")
    assert [entry.taken_at for entry in store.entries()] == [1.0, 3.0]


def test_an_error_that_ended_the_transaction_is_said_itself(store):
    def ask():
        with store.as_it_is_now():
            store._connection.execute("ROLLBACK")  # as SQLite does by itself
            raise StoreError("disk I/O error")

    with pytest.raises(StoreError, match="disk I/O error"):
        ask()


def test_space_that_cannot_be_given_back_is_said(store):
    deny, allow = sqlite3.SQLITE_DENY, sqlite3.SQLITE_OK
    store._connection.set_authorizer(lambda action, *_: deny if action == sqlite3.SQLITE_ATTACH else allow)
    with pytest.raises(StoreError, match="cannot be used: "):
        store.prune(None, before=5.0)


def test_a_row_that_cannot_be_decoded_is_not_shown(store):
    store.add(URL, taken(1.0, 1), b"text")
    with sqlite3.connect(store.path) as other:
        other.execute("UPDATE snapshots SET memstats = CAST(x'736563726574ff' AS TEXT)")
    other.close()
    with pytest.raises(StoreError) as raised:
        store.snapshots(URL)
    assert str(raised.value).endswith("cannot be used: Could not decode to UTF-8 column 'memstats'")
