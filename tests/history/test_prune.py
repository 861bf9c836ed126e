"""What prune deletes, what stays, and how long that takes."""

import sqlite3

from debugtext.growth.snapshots import GOROUTINES, Snapshot, Weight
from debugtext.history.store import Store
from debugtext.records.frames import Frame, Stack

URL = "http://localhost:6060/debug/pprof/goroutine?debug=1"
LEAK = Stack((Frame("main.leak", "/src/main.go", 7, 36), Frame("main.main")))


def taken(at, count):
    return Snapshot(URL, at, {GOROUTINES: (Weight(LEAK, count, state="select"),)})


def test_prune_forgets_old_texts_and_stacks_that_nobody_has(store):
    other = Stack((Frame("main.old"),))
    store.add(URL, Snapshot(URL, 1.0, {GOROUTINES: (Weight(other, 1),)}), b"")
    store.add(URL, taken(9.0, 2), b"")
    assert store.prune(None, before=5.0) == 1
    assert [one.taken_at for one in store.snapshots(URL)] == [9.0]
    with sqlite3.connect(store.path) as opened:
        assert opened.execute("SELECT count(*) FROM stacks").fetchone() == (1,)
    opened.close()
    store.add(URL, Snapshot(URL, 10.0, {GOROUTINES: (Weight(other, 3),)}), b"")
    assert [one.total(GOROUTINES) for one in store.snapshots(URL)] == [2, 3]


def test_the_time_of_prune_grows_with_the_store_and_not_with_its_square(tmp_path):
    """All snapshots have stacks of their own, as of a program that restarts: half of all stacks go."""
    steps = []
    for count in (40, 80):
        with Store(tmp_path / f"{count}.sqlite") as store:
            for at in range(count):
                weights = tuple(Weight(Stack((Frame(f"main.f{at}.{i}"),)), 1) for i in range(20))
                store.add(URL, Snapshot(URL, float(at), {GOROUTINES: weights}), b"")
            done = [0]
            store._connection.set_progress_handler(lambda done=done: done.append(1), 50)
            assert store.prune(None, before=count / 2) == count / 2
            steps.append(len(done))
    assert steps[1] < 2.5 * steps[0]


def test_a_stack_that_another_process_has_pruned_comes_back(store):
    store.add(URL, taken(1.0, 3), b"")
    with Store(store.path) as other:
        other.prune(None, before=5.0)
    store.add(URL, taken(9.0, 4), b"")
    assert store.snapshots(URL) == [taken(9.0, 4)]


def test_prune_of_one_target_leaves_the_others(store):
    for name in ("a", "b"):
        store.add(name, taken(1.0, 1), b"")
    assert store.prune("a", before=5.0) == 1
    assert [target.name for target in store.targets()] == ["b"]
