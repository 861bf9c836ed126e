"""A store that takes nothing for a while, as another process prunes or copies it: what is fetched waits."""

import sqlite3

import pytest

from debugtext.growth.snapshots import GOROUTINES, Snapshot, Weight
from debugtext.history.store_errors import StoreError, StoreUnavailableError
from debugtext.history.writing import Writing
from debugtext.records.frames import Frame, Stack

URL = "http://localhost:6060/debug/pprof/goroutine?debug=1"
LEAK = Stack((Frame("main.leak"),))


def taken(at):
    return Snapshot(URL, at, {GOROUTINES: (Weight(LEAK, 3),)})


@pytest.fixture
def locked(store):
    """A connection of another process, which has locked the store."""
    store._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


@pytest.fixture
def told():
    return []


@pytest.fixture
def writing(store, told):
    return Writing(store, told.append)


def test_what_a_locked_store_refuses_is_written_later_in_its_order(writing, store, locked, told):
    for at in (1.0, 2.0):
        writing.add(URL, taken(at), b"text")
    writing.note(URL, 2.5, "restarted")
    writing.write_waiting()
    assert store.entries() == []
    locked.execute("ROLLBACK")
    writing.add(URL, taken(3.0), b"text")
    assert store.entries() == []
    writing.write_waiting()
    assert [entry.number for entry in store.entries()] == [1, 2, 3]
    assert [entry.taken_at for entry in store.entries()] == [1.0, 2.0, 3.0]
    assert [event.words for event in store.events(URL)] == ["restarted"]
    refused, again = told
    assert refused.startswith(f"the store {store.path} cannot be used: database is locked; what is fetched waits in ")
    assert again == "the store takes texts again, also the 4 that waited"


def test_a_locked_store_is_tried_once_in_a_round(writing, store, locked, monkeypatch):
    """Each try takes up to ten seconds, in which nothing else is taken."""
    tries = []
    begin = store._transaction
    monkeypatch.setattr(store, "_transaction", lambda: tries.append(1) or begin())
    for at in range(5):
        writing.add(URL, taken(float(at)), b"text")
    writing.write_waiting()
    assert len(tries) == 2


def test_no_more_than_fits_into_memory_waits(writing, locked, monkeypatch):
    monkeypatch.setattr("debugtext.history.writing.MOST_WAITING_BYTES", 8)
    for at in (1.0, 2.0):
        writing.add(URL, taken(at), b"text")
    writing.write_waiting()
    writing.add(URL, taken(3.0), b"text")
    with pytest.raises(StoreUnavailableError, match="database is locked"):
        writing.write_waiting()


def test_a_store_that_stays_locked_is_said_in_the_end(writing, store, locked):
    writing.add(URL, taken(1.0), b"text")
    with pytest.raises(StoreUnavailableError, match="database is locked"):
        writing.finish()
    locked.execute("ROLLBACK")
    writing.finish()
    assert len(store.entries()) == 1


def test_no_later_try_mends_a_damaged_store(writing, store, monkeypatch):
    def damaged(*_):
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(store, "_target", damaged)
    with pytest.raises(StoreError, match="malformed"):
        writing.add(URL, taken(1.0), b"text")
