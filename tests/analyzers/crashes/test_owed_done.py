"""A test that waits for a WaitGroup: whom it has started with that group, and who is stuck, is the cause."""

import pytest

from ...texts import goroutine

TEST = goroutine(
    7,
    "semacquire, 9 minutes",
    "sync.runtime_Semacquire(0xc42017000c)",
    "sync.(*WaitGroup).Wait(0xc420170000)",
    "till.TestPump(0xc4203da2d0)",
    "testing.tRunner(0xc4203da2d0)",
)


def sender(group: str = "0xc420170000", created_by: str = "till.TestPump", number: int = 8) -> str:
    calls = ("till.(*Pump).run(0xc4204e42a0)", f"till.TestPump.func1(0xc4204e42a0, {group})")
    return goroutine(number, "chan send, 9 minutes", *calls, created_by=created_by)


def test_who_owes_the_test_its_done_comes_first(findings):
    (found,) = findings(f"{TEST}\n{sender()}", rule="DT212")
    assert found.title == (
        "a test hangs in till.TestPump, waiting for a sync.WaitGroup for 9 min; "
        "who should call Done is stuck in till.(*Pump).run, sending on a channel"
    )
    assert (found.functions[:2], found.location.line) == (("till.(*Pump).run", "till.TestPump"), 18)


@pytest.mark.parametrize(
    "others",
    [
        [sender("0xc420990000")],
        [sender("0xc420170000?")],
        [sender(created_by="till.open")],
        [sender(), sender(number=9).replace("Pump).run", "Pump).drain")],
    ],
    ids=["another group", "a stale word", "started elsewhere", "nobody knows which"],
)
def test_where_it_is_not_sure_the_test_s_own_place_stays(findings, others):
    (found,) = findings("\n".join([TEST, *others]), rule="DT212")
    assert found.title == "a test hangs in till.TestPump, waiting for a sync.WaitGroup for 9 min"
    assert found.functions[0] == "till.TestPump"
