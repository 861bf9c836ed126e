"""A text with several dumps of one program is cut into snapshots."""

import pytest

from debugtext import compare_two, follow, read
from debugtext.errors import DebugtextError
from debugtext.series.dumps_in import snapshots, snapshots_in

HEAP = (
    "heap profile: {0}: {0}024 [{0}: {0}024] @ heap/1048576\n"
    "{0}: {0}024 [{0}: {0}024] @ 0x1\n#\t0x0\tmain.keep+0x1\t/m.go:3\n"
)
GOROUTINES = "goroutine profile: total {0}\n{0} @ 0x1\n#\t0x0\tmain.wait+0x1\t/m.go:5\n\n"
BLOCK = "--- contention:\ncycles/second=1000\n5 1 @ 0x1\n#\t0x0\tmain.lock+0x1\t/m.go:7\n"
MUTEX = "--- mutex:\ncycles/second=1000\nsampling period=1\n5 1 @ 0x1\n#\t0x0\tmain.lock+0x1\t/m.go:7\n"


def formats(text):
    return [[capture.format for capture in one.captures] for one in snapshots_in(read(text))]


def test_each_kind_that_comes_again_begins_a_snapshot():
    minute = HEAP + GOROUTINES
    assert formats(minute.format(1) + minute.format(2) + HEAP.format(3)) == [
        ["heap", "goroutine-profile"],
        ["heap", "goroutine-profile"],
        ["heap"],
    ]


def test_block_and_mutex_profiles_are_of_one_moment():
    assert formats(BLOCK + MUTEX) == [["contention", "contention"]]
    assert formats(BLOCK + MUTEX + BLOCK) == [["contention", "contention"], ["contention"]]


def test_custom_profiles_of_other_names_are_of_one_moment():
    text = "".join(f"{name} profile: total 1\n1 @ 0x1\n#\t0x0\tmain.open+0x1\t/m.go:3\n\n" for name in ("a.b", "c.d"))
    assert formats(text) == [["count", "count"]]


def test_a_problem_stays_with_its_lines():
    broken = GOROUTINES.format(2).replace("main.wait+0x1", "")
    first, second = snapshots_in(read(GOROUTINES.format(1) + broken))
    assert not first.all_problems()
    assert [problem.line for problem in second.all_problems()] == [7]
    assert (first.name, second.captures[0].first_line) == (second.name, 5)


def test_one_reading_is_what_it_holds_and_several_are_themselves():
    two, one = read(HEAP.format(1) + HEAP.format(2)), read(HEAP.format(3))
    assert [len(found.captures) for found in snapshots([two])] == [1, 1]
    assert snapshots([two, one]) == [two, one]


@pytest.mark.parametrize(
    ("given", "told"),
    [([read(HEAP.format(3), name="a.txt")], "a.txt is one"), ([], "there is none")],
    ids=["one snapshot", "none"],
)
@pytest.mark.parametrize("compare", [compare_two, follow])
def test_fewer_than_two_snapshots_cannot_be_compared(compare, given, told):
    message = f"only snapshots of one program can be compared, and {told}: name at least two"
    with pytest.raises(DebugtextError, match=message) as raised:
        compare(given)
    assert raised.type is DebugtextError
