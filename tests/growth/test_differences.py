"""Two readings compared."""

from debugtext.growth.differences import changes, compare, compare_snapshots
from debugtext.growth.snapshots import snapshot
from debugtext.records.growth import GroupChange


def test_new_gone_grown_and_shrunk(goroutines):
    base = goroutines({"main.old": 4, "main.less": 9, "main.more": 1, "main.same": 2})
    current = goroutines({"main.less": 3, "main.more": 8, "main.same": 2, "main.new": 5})
    (difference,) = compare(base, current)
    assert (difference.kind, difference.before, difference.after, difference.delta) == ("goroutine", 16, 18, 2)
    assert [(change.functions[0], change.before, change.after, change.word) for change in difference.stacks] == [
        ("main.more", 1, 8, "grown"),
        ("main.new", 0, 5, "new"),
        ("main.same", 2, 2, "same"),
        ("main.old", 4, 0, "gone"),
        ("main.less", 9, 3, "shrunk"),
    ]


def test_functions_flat_and_cum(goroutines, stack):
    base = goroutines({stack("main.leaf:1", "main.root:1"): 2})
    current = goroutines({stack("main.leaf:1", "main.root:1"): 5, stack("main.root:2"): 1})
    (difference,) = compare(base, current)
    rows = [(f.function, f.flat_before, f.flat_after, f.cum_before, f.cum_after) for f in difference.functions]
    assert rows == [("main.leaf", 2, 5, 2, 5), ("main.root", 0, 1, 2, 6)]


def test_recursion_counts_once_in_cum(goroutines, stack):
    (difference,) = compare(goroutines({}), goroutines({stack("main.f:1", "main.f:2", "main.g:1"): 3}))
    assert [(f.function, f.cum_after) for f in difference.functions] == [("main.f", 3), ("main.g", 3)]


def test_a_renumbered_closure_is_one_function(goroutines):
    base, current = goroutines({"main.f.func2:9+5": 3}), goroutines({"main.f.func3:12+5": 8})
    (difference,) = compare(base, current)
    assert [(f.function, f.flat_before, f.flat_after) for f in difference.functions] == [("main.f.func3", 3, 8)]


def test_states_and_creators_of_dumps(dump, stack):
    one, other = stack("main.f:1", creator="main.start:5"), stack("main.g:1", creator="main.main:2")
    base = dump((one, "select"), (other, "chan send"))
    current = dump((one, "select"), (one, "select"), (one, "chan receive"), (other, "chan send"))
    (difference,) = compare(base, current)
    assert difference.states == (
        GroupChange("select", 1, 2),
        GroupChange("chan receive", 0, 1),
        GroupChange("chan send", 1, 1),
    )
    assert difference.creators == (GroupChange("main.start", 1, 3), GroupChange("main.main", 1, 1))
    assert difference.stacks[0].state == "select"


def test_a_profile_and_a_dump_of_one_program(goroutines, dump, stack):
    (difference,) = compare(
        goroutines({"main.f:1": 1}), dump(*[(stack("main.f:1", creator="main.main:2"), "select")] * 3)
    )
    assert [(change.before, change.after) for change in difference.stacks] == [(1, 3)]
    assert difference.states == ()


def test_heap_estimates_by_kind(heap):
    base, current = heap({"main.keep": 1000}), heap({"main.keep": 5000})
    kinds = {difference.kind: difference.delta for difference in compare(base, current)}
    assert kinds == {"alloc_objects": 0, "alloc_space": 4000, "inuse_objects": 0, "inuse_space": 4000}
    assert [change.delta for change in changes(base, current)] == [4000]


def test_sampling_noise_of_objects_that_stay_is_none(heap):
    """Ten objects of 8 KiB that were sampled before, and still are, say nothing new."""
    same = heap({"main.keep": 10 * 8192}, rate=524288)
    (change,) = changes(same, same)
    assert (change.delta, change.noise) == (0, 0.0)


def test_sampling_noise_of_new_objects(heap):
    """Each sampled object of 8 KiB stands for 64.5 and may as well have been missed: sqrt(10)·64·8 KiB."""
    (change,) = changes(heap({}, rate=524288), heap({"main.keep": 10 * 8192}, rate=524288))
    assert change.delta == 5283946
    assert round(change.noise / 1024) == 1619


def test_objects_that_are_always_sampled_have_no_noise(heap):
    (change,) = changes(heap({}), heap({"main.keep": 5000}))
    assert change.noise == 0


def test_a_kind_that_only_one_of_them_has(goroutines, heap):
    differences = compare_snapshots(snapshot(goroutines({"main.f": 1})), snapshot(heap({"main.keep": 9})))
    assert {difference.kind: (difference.before, difference.after) for difference in differences} == {
        "goroutine": (1, 0),
        "alloc_objects": (0, 10),
        "alloc_space": (0, 9),
        "inuse_objects": (0, 10),
        "inuse_space": (0, 9),
    }
