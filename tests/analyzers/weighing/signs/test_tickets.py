"""Tickets of a sync.Cond: whether anybody was ever woken."""

import pytest

from ....texts import goroutine, profile

DUMPER = goroutine(1, "running", "runtime/pprof.writeGoroutineStacks(0x1)", "main.dump(0x2)")


def waiters(
    *tickets: str, first: int = 10, condition: str = "0xc000010040", state: str = "sync.Cond.Wait, 3 minutes"
) -> str:
    """A goroutine for each ticket, as it is printed."""
    state = state.replace(", 0 minutes", "")
    calls = ("sync.(*Cond).Wait(0x1)", "shop.(*Queue).next(0x2)")
    waits = (f"sync.runtime_notifyListWait({condition}, {ticket})" for ticket in tickets)
    return "\n".join(goroutine(number, state, wait, *calls) for number, wait in enumerate(waits, first))


def reasons(findings, *texts: str) -> list[str]:
    """What the tickets add to the reasons of the one finding."""
    (found,) = findings("\n".join((DUMPER, *texts)), rule="DT205")
    return [reason for reason in map(str, found.evidence["reasons"]) if "tickets" in reason]


def test_who_holds_the_first_ticket_was_never_called(findings):
    tickets = [hex(number) for number in range(12)]
    assert reasons(findings, waiters(*tickets)) == [
        "+0 nobody was ever woken there (by the Cond's tickets), but what they wait for may be rare"
    ]


def test_a_cond_that_has_woken_others_works(findings):
    tickets = [hex(number) for number in range(49, 61)]
    assert reasons(findings, waiters(*tickets)) == ["-2 at least 49 were woken there before (by the Cond's tickets)"]


@pytest.mark.parametrize(
    "tickets",
    [
        pytest.param([f"{number:#x}?" for number in range(49, 61)], id="Go doubts them"),
        pytest.param(["..."] * 12, id="not printed"),
        pytest.param([*map(hex, range(49, 60)), "..."], id="one is missing"),
    ],
)
def test_tickets_that_are_not_known_tell_nothing(findings, tickets):
    assert reasons(findings, waiters(*tickets)) == []


def test_of_two_conds_one_that_has_called_and_one_that_has_not_tell_nothing(findings):
    new = waiters(*map(hex, range(6)), condition="0xc000010080")
    assert reasons(findings, waiters(*map(hex, range(9, 18))), new) == []


@pytest.mark.parametrize(
    ("condition", "rules"), [("0xc000010040", ["DT205", "DT205"]), ("0xc000010080", [])], ids=["one Cond", "two Conds"]
)
def test_who_puts_and_who_takes_never_wait_at_one_cond_together(alarms, condition, rules):
    """Of two queues one may be full and the other empty; of one it cannot be both."""
    state = "sync.Cond.Wait"
    puts = waiters(*map(hex, range(9, 18)), state=state).replace("next", "put")
    takes = waiters(*map(hex, range(20, 29)), condition=condition, state=state)
    rest = (goroutine(number, "select", f"shop.f{number}(0x1)") for number in range(60, 90))
    assert [rule for rule, _ in alarms("\n".join((DUMPER, puts, takes, *rest)))] == rules


WAIT = ("sync.runtime_notifyListWait", "sync.(*Cond).Wait")


@pytest.mark.parametrize(
    ("takes", "beside", "rules"),
    [
        pytest.param("shop.(*Queue).take", "shop.serve", ["DT205", "DT205"], id="nobody else is in their type"),
        pytest.param("shop.(*Queue).take", "shop.(*Queue).close", [], id="somebody is, and may wake them"),
        pytest.param("shop.(*Shelf).take", "shop.serve", [], id="of two types"),
        pytest.param("shop.(*Queue).put", "shop.serve", [], id="in one method"),
    ],
)
def test_in_a_profile_all_who_are_in_one_type_wait_for_each_other(alarms, takes, beside, rules):
    groups = [(12, (*WAIT, "shop.(*Queue).put", "shop.baker")), (11, (*WAIT, takes, "shop.eater"))]
    text = profile(*groups, (1, ("time.Sleep", beside)), (60, ("runtime.selectgo", "shop.rest")))
    assert [rule for rule, _ in alarms(text)] == rules


@pytest.mark.parametrize(("younger", "rules"), [(0, ["DT205"]), (3, [])], ids=["one after the other", "together"])
def test_who_was_never_woken_has_waited_since_it_came(alarms, younger, rules):
    state = "sync.Cond.Wait, {} minutes"
    first = waiters(*map(hex, range(12)), state=state.format(2))
    second = waiters(*map(hex, range(12, 24)), state=state.format(younger and 2), first=40)
    assert [rule for rule, _ in alarms(f"{DUMPER}\n{first}\n{second}")] == rules
