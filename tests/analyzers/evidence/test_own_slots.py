"""Workers that wait for a free worker of the pool in which they run: none becomes free."""

import pytest

from ...texts import goroutine, profile

GO, RUN = "golang.org/x/sync/errgroup.(*Group).Go", "golang.org/x/sync/errgroup.(*Group).Go.func1"
CLIMB = ("tree.(*walk).climb", "tree.(*walk).climb.func1")
ASKS = (GO, *CLIMB, RUN)
OWN = {"own_prefixes": ("tree",)}
BUSY = ("time.Sleep", "tree.patrol.func1", RUN)
"""Another group's, which gives back a slot of its own."""


def dumped(*workers: tuple[str, tuple[str, ...]]) -> str:
    main = goroutine(1, "IO wait", "main.main()")
    return "\n".join((main, *(goroutine(number, state, *calls) for number, (state, calls) in enumerate(workers, 20))))


@pytest.mark.parametrize(
    ("one", "rules"),
    [
        pytest.param(("chan send", ASKS), ["DT201"], id="all of them do"),
        pytest.param(("sleep", ("time.Sleep", *CLIMB, RUN)), [], id="one works"),
        pytest.param(("chan send", (*CLIMB, RUN)), [], id="one sends what it has found"),
        pytest.param(("chan send", (GO, "tree.plant", "main.main")), ["DT201"], id="one asks from outside"),
        pytest.param(("runnable", ("tree.load", "tree.(*walk).climb.func2", RUN)), [], id="one works for who asks"),
        pytest.param(
            ("runnable", ("golang.org/x/sync/errgroup.(*Group).Go.gowrap1",)), [], id="one was only just made"
        ),
    ],
)
def test_who_waits_for_a_slot_of_the_pool_in_which_it_runs(alarms, one, rules):
    assert [rule for rule, _ in alarms(dumped(*[("chan send", ASKS)] * 6, *[("sleep", BUSY)] * 8, one), **OWN)] == rules


def test_who_asks_another_pool_waits_for_that_one(alarms):
    """A method is what the inner pool runs: nothing tells its workers from those of any other."""
    outer = (GO, "tree.(*walk).split", "tree.plant.func1", RUN)
    inner = ("tree.load", "tree.(*Leaf).pick", RUN)
    assert alarms(dumped(*[("chan send", outer)] * 6, *[("runnable", inner)] * 4), **OWN) == []


def test_a_profile_tells_it_too(findings):
    (found,) = findings(profile((6, ("runtime.chansend1", *ASKS)), (8, BUSY), (1, ("main.main",))), **OWN)
    assert (found.rule, str(found.severity), found.functions[0]) == ("DT201", "warning", "tree.(*walk).climb")
    assert "+3 every worker of this pool waits for a free worker: none can become free" in map(
        str, found.evidence["reasons"]
    )
    assert found.advice.startswith("A worker must not wait for a free worker of its own pool")
