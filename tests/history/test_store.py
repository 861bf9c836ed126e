"""What a store keeps, and gives back."""

import shutil
import sqlite3
import stat
import sys
from dataclasses import replace

import pytest

from debugtext.growth.snapshots import GOROUTINES, HEAP, Snapshot, Weight, snapshot
from debugtext.growth.trends import snapshot_trends
from debugtext.history import schema
from debugtext.history.kept import Target
from debugtext.history.schema import APPLICATION_ID, STEPS, VERSION
from debugtext.history.store import Store, default_path
from debugtext.history.store_errors import StoreError
from debugtext.reading import read
from debugtext.records.frames import Frame, Stack
from debugtext.records.memstats import MemStats

URL = "http://localhost:6060/debug/pprof/goroutine?debug=1"
LEAK = Stack(
    (Frame("main.leak", "/src/main.go", 7, 36), Frame("main.main")), created_by=Frame("main.main", "/src/main.go", 3)
)


def taken(at, count, **others):
    return Snapshot(URL, at, {GOROUTINES: (Weight(LEAK, count, state="select"),)}, **others)


def test_a_snapshot_comes_back_as_it_was(store):
    memstats = MemStats(heap_alloc_bytes=9, num_gc=3, gc_cpu_fraction=0.5)
    kept = taken(5.0, 3, memstats=memstats, newest_goroutine=77, collected_at=(4.5, 4.0))
    store.add(URL, kept, b"text")
    assert store.snapshots(URL) == [kept]


def test_the_raw_text_comes_back_byte_for_byte(store):
    text = bytes(range(256)) * 40
    assert store.text(store.add(URL, taken(1.0, 1), text)) == text
    assert store.text(99) is None


def test_records_of_one_stack_are_added(store):
    weights = (Weight(LEAK, 100, 2.0, 3.0), Weight(LEAK, 50, 1.0, 1.0))
    store.add(URL, Snapshot(URL, 1.0, {HEAP: weights}), b"")
    assert store.snapshots(URL)[0].weights == {HEAP: (Weight(LEAK, 150, 3.0, 4.0),)}


def test_what_was_ever_allocated_is_not_kept_twice(store, root):
    """Only numbers that can go down make trends; all others are in the text."""
    path = next((root / "samples" / "heap").glob("*.txt"))
    kept = replace(snapshot(read(path)), taken_at=1.0)
    store.add(URL, kept, path.read_bytes())
    assert [kind.name for kind in store.snapshots(URL)[0].weights] == ["inuse_space"]


def test_stacks_are_stored_once(store):
    for at in range(50):
        store.add(URL, taken(float(at), at), b"x")
    with sqlite3.connect(store.path) as other:
        assert other.execute("SELECT count(*) FROM stacks").fetchone() == (1,)
    other.close()


def test_equal_stacks_come_back_as_one_object(store):
    for at in range(3):
        store.add(URL, taken(float(at), at), b"x")
    assert len({id(one.weights[GOROUTINES][0].stack) for one in store.snapshots(URL)}) == 1


def test_names_that_are_no_utf8_come_back(store):
    odd = Stack((Frame("main.\udcff", "/src/\udc80.go", 1),))
    store.add(URL, Snapshot(URL, 1.0, {GOROUTINES: (Weight(odd, 1),)}), b"")
    assert store.snapshots(URL)[0].weights[GOROUTINES][0].stack == odd


def test_targets_entries_and_events(store):
    store.add(URL, taken(10.0, 1), b"12345")
    store.add(URL, taken(40.0, 2), b"123")
    store.note(URL, 20.0, "no snapshot: nobody listens there")
    assert store.targets() == [Target(URL, 2, 10.0, 40.0, 8)]
    assert [(entry.taken_at, entry.text_bytes) for entry in store.entries(URL)] == [(10.0, 5), (40.0, 3)]
    assert [(event.happened_at, event.words) for event in store.events(URL)] == [
        (20.0, "no snapshot: nobody listens there")
    ]
    assert store.snapshots("another") == store.entries("another") == []


def test_snapshots_since(store):
    for at in (1.0, 2.0, 3.0):
        store.add(URL, taken(at, 1), b"")
    assert [one.taken_at for one in store.snapshots(URL, since=2.0)] == [2.0, 3.0]


def test_a_snapshot_that_fails_leaves_nothing_behind(store):
    broken = Snapshot(URL, 1.0, {GOROUTINES: (Weight(LEAK, 1), Weight(LEAK, "many"))})
    with pytest.raises(TypeError):
        store.add(URL, broken, b"text")
    assert store.entries() == []
    store.add(URL, taken(2.0, 5), b"text")
    assert store.snapshots(URL)[0].total(GOROUTINES) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_may_read_it(store):
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_store_of_an_older_version_opens(tmp_path, version):
    path = tmp_path / "old.sqlite"
    old = sqlite3.connect(path)
    for number, step in enumerate(STEPS[:version]):
        old.executescript(f"{step} PRAGMA user_version = {number + 1};")
    old.execute("INSERT INTO targets VALUES (1, ?)", (URL,))
    old.execute("INSERT INTO snapshots (target, taken_at, text, text_bytes) VALUES (1, 7.0, x'789c030000000001', 0)")
    old.commit()
    old.close()
    with Store(path) as store:
        assert [one.taken_at for one in store.snapshots(URL)] == [7.0]
        assert store.text(1) == b""
        store.note(URL, 8.0, "began anew")
        store.add(URL, taken(9.0, 4), b"text")
        assert len(store.snapshots(URL)) == 2
    renewed = sqlite3.connect(path)
    assert renewed.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert renewed.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    renewed.close()


def test_a_step_that_another_process_has_applied_meanwhile_is_not_applied_again(tmp_path, monkeypatch):
    path = tmp_path / "new.sqlite"
    Store(path).close()
    versions = iter((0, *[VERSION] * VERSION))  # the first look was before the other process had begun
    monkeypatch.setattr(schema, "version_of", lambda _: next(versions))
    connection = sqlite3.connect(path, isolation_level=None)
    schema.migrate(connection)
    assert not connection.in_transaction
    connection.close()


def test_the_store_that_version_1_wrote_opens_with_its_trend(root, tmp_path):
    """A file as the first version left it: six texts of a program with a ticker too many every quarter of a second."""
    path = tmp_path / "history.sqlite"
    shutil.copy(root / "tests" / "history" / "stores" / "version-1.sqlite", path)
    before = sqlite3.connect(path)
    assert before.execute("PRAGMA user_version").fetchone() == (1,)
    before.close()
    with Store(path) as store:
        assert [(target.name, target.snapshots) for target in store.targets()] == [(URL, 6)]
        growing = [trend for trend in snapshot_trends(store.snapshots(URL)) if trend.grew]
        assert growing[0].functions[0] == "example.com/leaky/fetch.poll"
        entry = store.entries(URL)[-1]
        assert read(store.text(entry.number)).captures[0].body.total == growing[1].values[-1]
        assert store.events(URL) == []


def test_a_store_of_a_newer_version_is_refused(tmp_path):
    path = tmp_path / "new.sqlite"
    Store(path).close()
    new = sqlite3.connect(path)
    new.execute(f"PRAGMA user_version = {VERSION + 1}")
    new.close()
    with pytest.raises(StoreError, match="written by a newer debugtext"):
        Store(path)


def test_another_file_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a store, but long enough to be taken for one\n" * 30)
    with pytest.raises(StoreError, match="cannot be used: file is not a database"):
        Store(path)
    assert path.read_text().startswith("not a store")


def test_what_was_not_read_to_its_end_is_closed_in_silence(tmp_path):
    with Store(tmp_path / "history.sqlite") as store:
        store.add(URL, taken(1.0, 1), b"text")
        store.add(URL, taken(2.0, 2), b"text")
        rows = store._query("SELECT id FROM snapshots")
        next(rows)
    rows.close()


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used"):
        Store(tmp_path / "file" / "history.sqlite")


def test_where_the_store_lies(monkeypatch, tmp_path):
    monkeypatch.delenv("DEBUGTEXT_STORE", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert default_path() == tmp_path / "debugtext" / "history.sqlite"
    monkeypatch.setenv("DEBUGTEXT_STORE", str(tmp_path / "mine.sqlite"))
    assert default_path() == tmp_path / "mine.sqlite"


def test_two_watches_may_write_to_one_store(store):
    with Store(store.path) as other:
        for at in range(20):
            (store if at % 2 else other).add(URL, taken(float(at), at), b"x")
    assert len(store.snapshots(URL)) == 20


def test_a_day_of_two_hundred_stacks_is_shown_at_once(store):
    """2,880 snapshots of 200 stacks: read and judged in a few seconds (measured: about one and a half)."""
    from time import perf_counter

    stacks = [Stack((Frame(f"main.f{i}", "/src/main.go", i), Frame("main.main"))) for i in range(200)]
    with store._transaction() as connection:  # one commit instead of 2,880: the disk is not what is measured
        connection.execute("INSERT INTO targets VALUES (1, ?)", (URL,))
        kind, numbers = store._kind(GOROUTINES), [store._stack(stack) for stack in stacks]
        connection.executemany(
            "INSERT INTO snapshots (target, taken_at, text, text_bytes) VALUES (1, ?, x'', 0)",
            ((30.0 * i,) for i in range(2880)),
        )
        connection.executemany(
            "INSERT INTO weights (snapshot, kind, stack, value) VALUES (?, ?, ?, ?)",
            (
                (i + 1, kind, n, 50 + i * (k == 7) // 9 + (i * 7919 + k) % 11)
                for i in range(2880)
                for k, n in enumerate(numbers)
            ),
        )
    began = perf_counter()
    found = snapshot_trends(store.snapshots(URL))
    assert perf_counter() - began < 10
    assert [trend.functions[:1] for trend in found if trend.grew and not trend.name] == [("main.f7",)]
