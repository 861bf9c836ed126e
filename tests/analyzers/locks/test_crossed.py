"""Goroutines at one line, each waiting for another lock that nobody else holds: they have one another's."""

import re

import pytest

from .test_locks import waiting_for

ONE, OTHER, BANK, STAFF = 0xC0000100D0, 0xC0000100C0, 0xC000090000, 0xC0000A0000
NOW = "sync.Mutex.Lock"
MAIN = ("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0xc000080000)", "main.main()")


def pair(one: str, other: str, field: int = 0, state: str = NOW) -> list[tuple[str, ...]]:
    """Two that wait for the locks which lie so far behind two objects."""
    return [waiting_for(address + field, call, state=state) for address, call in ((ONE, one), (OTHER, other))]


def at_one_line(text: str) -> str:
    return re.sub(r"\.go:\d+", ".go:22", text)


MOVE = pair(f"bank.(*Account).Move(0x0?, {ONE:#x}, 0x1)", f"bank.(*Account).Move(0x0?, {OTHER:#x}, 0x1)")
BOTH = pair(f"bank.transfer({OTHER:#x}, {ONE:#x}, 0x1)", f"bank.transfer({ONE:#x}, {OTHER:#x}, 0x1)", 8)
FORKS = pair(f"bank.(*Clerk).Dine({BANK:#x})", f"bank.(*Clerk).Dine({STAFF:#x})")


@pytest.mark.parametrize(
    ("goroutines", "severity"),
    [
        pytest.param(MOVE, "warning", id="receivers are lost"),
        pytest.param(BOTH, "error", id="each was given both objects"),
        pytest.param(FORKS, "warning", id="locks that several objects share"),
    ],
)
def test_two_at_one_line_took_two_locks_in_two_orders(dump, findings, goroutines, severity):
    (found,) = findings(at_one_line(dump(MAIN, *goroutines)), rule="DT30")
    assert (found.rule, found.severity) == ("DT301", severity)
    assert found.evidence["chain"][-1] == "and so back to the first: none of them can go on"


@pytest.mark.parametrize(
    "goroutines",
    [
        pytest.param(pair("bank.(*Account).Add(0x0?, 0x1)", "bank.(*Account).Add(0x0?, 0x1)"), id="their own, perhaps"),
        pytest.param(
            pair(f"bank.(*Account).Add({ONE:#x}, 0x1)", f"bank.(*Account).Add({OTHER:#x}, 0x1)", 8), id="their own"
        ),
        pytest.param(pair(f"bank.audit(0x0?, {ONE:#x})", f"bank.audit(0x0?, {OTHER:#x})"), id="no method"),
        pytest.param(
            pair(f"bank.(*Bank).Audit({BANK:#x}, {ONE:#x})", f"bank.(*Bank).Audit({BANK:#x}, {OTHER:#x})"),
            id="of what one bank was given",
        ),
        pytest.param(pair(f"bank.(*Map).Put({OTHER - 16:#x})", f"bank.(*Map).Put({OTHER - 16:#x})"), id="shards"),
        pytest.param([*MOVE, waiting_for(0xC0000100E0, "bank.(*Account).Move(0x0?, 0xc0000100e0)", state=NOW)],
                     id="three"),
    ],
)  # fmt: skip
def test_two_locks_that_were_left_locked_are_not_crossed(dump, findings, goroutines):
    found = findings(at_one_line(dump(MAIN, *goroutines)), rule="DT30")
    assert {one.rule for one in found} == {"DT304"}


@pytest.mark.parametrize(
    ("goroutines", "rules"),
    [
        pytest.param(MOVE, ["DT301"], id="elsewhere"),
        pytest.param([*MOVE, ("runnable", "bank.(*Account).Sum(0x0?)")], [], id="one goes on in that code"),
        pytest.param([("chan send", f"bank.(*Account).Sum({ONE:#x})"), *MOVE], [], id="one holds a lock"),
    ],
)
def test_a_busy_program_may_do_what_it_wants_in_other_code(dump, findings, goroutines, rules):
    busy = ("runnable", "web.serve(0x1)"), ("IO wait", "internal/poll.(*FD).Accept(0x1)", "main.main()")
    text = at_one_line(dump(*busy[::-1], *goroutines))
    assert [found.rule for found in findings(text, rule="DT301")] == rules


def test_who_has_waited_for_minutes_does_so_for_ever_whoever_else_is_there(dump, findings):
    old = [(f"{state}, 5 minutes", *calls) for state, *calls in MOVE]
    (found,) = findings(at_one_line(dump(MAIN, *old, ("runnable", "bank.tick(0x1)"))), rule="DT30")
    assert (found.rule, found.severity) == ("DT301", "error")


def test_readers_wait_for_writers_who_are_gone(dump, findings):
    read = [
        ("sync.RWMutex.RLock", f"sync.(*RWMutex).RLock({call.partition(', ')[2][:12]})", call)
        for call in (calls[-1] for calls in MOVE)
    ]
    found = findings(at_one_line(dump(MAIN, *read)), rule="DT30")
    assert {one.rule for one in found} == {"DT304"}


def test_at_two_lines_they_may_be_at_the_first_lock(dump, findings):
    assert {found.rule for found in findings(dump(MAIN, *MOVE), rule="DT30")} == {"DT304"}


def test_in_an_excerpt_somebody_else_may_hold_them(dump, findings):
    text = at_one_line(dump(MAIN, *MOVE)).partition("\n\n")[2]
    assert findings(text, rule="DT301") == []


def ring(size: int, last: int | None = None) -> list[tuple[str, ...]]:
    """So many that were given two objects each, and wait for the lock of the second: the next one's first."""
    places = [ONE + 0x40 * number for number in range(size)]
    pairs = zip(places, [*places[1:], last or places[0]], strict=True)
    return [waiting_for(other + 8, f"hall.eat({own:#x}, {other:#x})", state=NOW) for own, other in pairs]


@pytest.mark.parametrize("size", [3, 5, 40])
def test_more_than_two_wait_for_one_another_around_a_table(dump, findings, size):
    (found,) = findings(at_one_line(dump(MAIN, *ring(size))), rule="DT30")
    assert (found.rule, found.severity, found.count) == ("DT301", "error", size)
    chain = found.evidence["chain"]
    assert chain[1].startswith("probably held by goroutine 3 in hall.eat")
    assert chain[-1] == "and so back to the first: none of them can go on"
    assert (f"and so on, over {size - 8} more goroutines" in chain) == (size > 8)


def test_a_row_that_leads_to_a_lock_of_nobodys_is_no_circle(dump, findings):
    found = findings(at_one_line(dump(MAIN, *ring(4, last=0xC0000A0000))), rule="DT30")
    assert {one.rule for one in found} == {"DT304"}


def test_two_pairs_at_one_line_are_two_circles(dump, findings):
    others = [tuple(call.replace("0xc0000100", "0xc0000900") for call in calls) for calls in BOTH]
    (found,) = findings(at_one_line(dump(MAIN, *BOTH, *others)), rule="DT30")
    assert (found.rule, found.evidence["circles"]) == ("DT301", 2)


def test_who_waits_for_a_lock_each_may_have_one_anothers(dump, findings):
    three = [waiting_for(BANK + 64 * n, f"bank.(*Clerk).Dine({STAFF + 256 * n:#x})", state=NOW) for n in range(3)]
    (found,) = findings(at_one_line(dump(MAIN, *three)), rule="DT30")
    assert (found.rule, found.count, found.evidence["locks"]) == ("DT304", 3, 3)
    assert "take them in one order" in found.advice


def test_each_lock_of_a_circle_may_have_a_queue_and_others_wait_behind_it(dump, findings):
    """Each has locked the account that it pays from, and waits for the one that it pays to, as others do."""
    accounts = [0xC000010000 + 0x30 * number for number in range(5)]
    pays = [(1, 0), (0, 1), (2, 0), (3, 0), (4, 3)]
    waits = [
        waiting_for(accounts[to], f"bank.(*account).pay({accounts[own]:#x}, {accounts[to]:#x}, 0x5)",
                    f"bank.(*Bank).Transfer(0x0?, {own:#x}, {to:#x})")
        for own, to in pays
    ]  # fmt: skip
    first = [waiting_for(accounts[at], f"bank.(*Bank).Transfer(0x0?, {at:#x}, 0x9)") for at in (0, 0, 1, 2, 4)]
    text = at_one_line(dump(MAIN, *waits, *first)).replace(".go:22", ".go:44", 5)
    (found,) = findings(text, rule="DT30")
    assert (found.rule, found.severity, found.functions[0]) == ("DT301", "error", "bank.(*account).pay")
    assert (found.evidence["waiters"], found.evidence["waiters_behind"]) == (5, 3)


def test_who_is_past_the_lock_in_the_same_function_holds_it(dump, findings):
    waits = [waiting_for(ONE + 8, f"bank.(*account).add({ONE:#x}, 0x1)")] * 3
    past = ("chan send, 5 minutes", f"bank.(*account).add({ONE:#x}, 0x1)")
    (found,) = findings(at_one_line(dump(MAIN, past, *waits)), rule="DT30")
    assert (found.rule, found.count) == ("DT303", 4)
    assert "goroutine 2" in found.evidence["chain"][1]
