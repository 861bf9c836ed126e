"""Who stands above the line of the Lock has not got it, nor has a test that waits for its turn."""

import pytest

from ...texts import goroutine
from .test_locks import waiting_for

INDEX = 0xC000010000
ADD, FLUSH, BATCH = (f"shop.(*Index).{name}({INDEX:#x})" for name in ("Add", "Flush", "Batch"))
LOCK, OLD = 44, ", 5 minutes"
MAIN = goroutine(1, "sleep", "time.Sleep(0x1)", "main.main()")


def at(line: int, state: str, *calls: str) -> str:
    """A goroutine that is at one line of all its functions."""
    return goroutine(line - 10, state, *calls)


def waiters(*calls: str) -> str:
    """Three goroutines at the Lock."""
    one = at(LOCK, *waiting_for(INDEX, *calls))
    return "\n".join(one.replace("goroutine 34 ", f"goroutine {number} ") for number in (90, 91, 92))


def reader(line: int, *calls: str, state: str = "sync.RWMutex.RLock") -> str:
    semaphore = "sync.runtime_SemacquireRWMutex" + "R" * ("R" in state[12:]) + "(0x0?)"
    lock = "sync.(*RWMutex)." + state.rpartition(".")[2]
    return at(line, state + OLD, semaphore, f"{lock}({INDEX:#x})", *calls)


@pytest.mark.parametrize(
    ("holder", "rule"),
    [
        pytest.param(at(42, "chan send" + OLD, ADD), "DT304", id="above the Lock"),
        pytest.param(at(46, "chan send" + OLD, ADD), "DT303", id="behind it"),
        pytest.param(at(44, "chan send" + OLD, ADD), "DT303", id="on that line"),
        pytest.param(at(42, "chan send" + OLD, FLUSH), "DT303", id="in another function"),
        pytest.param(at(42, "chan send" + OLD, FLUSH, ADD), "DT303", id="in what is called above"),
        pytest.param(at(42, "chan send" + OLD, ADD, BATCH), "DT304", id="its caller would wait for itself"),
    ],
)
def test_who_stands_above_the_line_of_the_lock_has_not_got_it(findings, holder, rule):
    text = "\n".join([MAIN, holder, waiters(ADD)])
    assert [found.rule for found in findings(text, rule="DT30")] == [rule]


@pytest.mark.parametrize(("line", "rule"), [(42, "DT304"), (46, "DT303")], ids=["above", "behind"])
def test_nor_where_no_argument_tells_whose_method_it_is(findings, line, rule):
    add = "shop.(*Index).Add(...)"
    text = "\n".join([MAIN, at(line, "chan send" + OLD, add, "shop.(*Index).Batch(...)"), waiters(add)])
    assert [found.rule for found in findings(text, rule="DT30")] == [rule]


@pytest.mark.parametrize("address", [f"{INDEX:#x}", "0x1?"], ids=["by address", "by type"])
@pytest.mark.parametrize(("line", "rules"), [(42, ["DT304"] * 2), (46, ["DT303", "DT304"])], ids=["above", "behind"])
def test_nor_while_it_waits_for_another_lock_there(findings, address, line, rules):
    till = "shop.(*Till).Name(0xc000070000)"
    holder = at(line, *waiting_for(0xC000070000, till, f"shop.(*Index).Add({address})"))
    found = findings("\n".join([MAIN, holder, waiters(ADD)]), rule="DT30")
    assert sorted(one.rule for one in found) == rules


@pytest.mark.parametrize(
    ("also", "rule"),
    [
        pytest.param([], "DT303", id="only a writer waits"),
        pytest.param([reader(39, ADD)], "DT303", id="a reader above waits too"),
        pytest.param([reader(43, ADD)], "DT304", id="readers are past it"),
    ],
)
def test_who_stands_above_a_writer_may_have_the_lock_for_reading(findings, also, rule):
    writer = reader(LOCK, ADD, state="sync.RWMutex.Lock")
    text = "\n".join([MAIN, at(42, "chan receive" + OLD, ADD), writer, *also])
    assert [found.rule for found in findings(text, rule="DT30")] == [rule]


@pytest.mark.parametrize(
    ("turn", "rule"),
    [
        pytest.param(["testing.(*testState).waitParallel(0x1)", "testing.(*T).Parallel(0x2)"], "DT304", id="its turn"),
        pytest.param(["testing.(*T).Run(0x2)"], "DT303", id="its subtests"),
    ],
)
def test_a_test_that_waits_for_its_turn_holds_nothing(findings, turn, rule):
    test, runs = "shop.TestAdd.func1(0xc000010000?)", "testing.tRunner(0x3)"
    waiting = at(46, "chan receive" + OLD, *turn, test, runs)
    found = findings("\n".join([MAIN, waiting, waiters(test, runs)]), rule="DT30")
    assert [one.rule for one in found] == [rule]
