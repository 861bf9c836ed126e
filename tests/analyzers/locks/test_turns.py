"""A lock that goes round is contention, however long its queue waits; a lock that one holder keeps is not."""

import re

import pytest

from ...texts import goroutine
from .test_locks import waiting_for

AT = 0xC000010000
ENTERS = "main.(*Book).Enter(0xc000010000)"


def at_line(line: int, *one: object) -> str:
    """A goroutine whose frames in package main are all at this line."""
    return re.sub(r"main\.go:\d+", f"main.go:{line}", goroutine(*one))


def text(holder: int, waits: dict[int, int], state: str = "sleep", address: int = AT, keeps: str = ENTERS) -> str:
    """A holder, past the Lock, and waiters by number with their minutes."""
    states = {number: f"sync.Mutex.Lock{f', {one} minutes' if one else ''}" for number, one in waits.items()}
    waiters = (at_line(11, number, *waiting_for(address, ENTERS, state=one)) for number, one in states.items())
    main = goroutine(1, "select (no cases), 9 minutes", "main.main()")
    return "\n".join([main, at_line(12, holder, state, "time.Sleep(0x1)", keeps), *waiters])


OLD = dict.fromkeys(range(20, 30), 4)


def told(findings, *texts: str) -> list[tuple[str, str]]:
    return [(found.rule, str(found.severity)) for found in findings(*texts, rule="DT30")]


def test_a_holder_that_sleeps_while_all_wait_for_minutes_is_stuck(findings):
    assert told(findings, text(5, OLD)) == [("DT303", "error")]


def test_a_lock_that_another_goroutine_held_before_goes_round(findings):
    """5, which held the lock, is back in the queue, and 30 has left it for the lock."""
    (found,) = findings(text(5, {**OLD, 30: 1}), text(30, {**OLD, 5: 0}), rule="DT30")
    assert (found.rule, str(found.verdict), str(found.severity)) == ("DT306", "contention", "warning")
    assert found.evidence["chain"][-1] == "it goes round: goroutine 5 held it in the input before"


@pytest.mark.parametrize(
    "before",
    [
        text(5, OLD),
        text(7, {**OLD, 31: 2}),
        text(6, {**OLD, 5: 2}, address=0xC000990000).replace("0xc000010000", "0xc000990000"),
    ],
    ids=["the same holder", "no holder was in the other queue", "another lock"],
)
def test_two_texts_that_do_not_show_the_lock_passed_on_leave_it_a_deadlock(findings, before):
    assert told(findings, before, text(5, OLD)) == [("DT303", "error")]


@pytest.mark.parametrize("state", ["chan send", "sleep, 4 minutes"])
def test_a_holder_that_cannot_go_on_now_is_stuck_whoever_held_the_lock_before(findings, state):
    assert told(findings, text(5, {**OLD, 30: 1}), text(30, {**OLD, 5: 0}, state=state)) == [("DT303", "error")]


def test_old_goroutines_with_new_waits_have_had_the_lock(findings):
    """11 to 15 were started before those that have waited for longest."""
    (found,) = findings(text(5, {**OLD, **dict.fromkeys(range(11, 16), 0)}), rule="DT30")
    assert (found.rule, str(found.severity)) == ("DT306", "warning")
    assert (
        found.evidence["chain"][-1]
        == "it seems to go round: 5 have waited less long than goroutines started after them"
    )


@pytest.mark.parametrize("numbers", [range(30, 40), range(11, 15)], ids=["requests that came later", "only four"])
def test_goroutines_that_came_to_a_kept_lock_later_wait_less(findings, numbers):
    assert told(findings, text(5, {**OLD, **dict.fromkeys(numbers, 0)})) == [("DT303", "error")]


@pytest.mark.parametrize(("minutes", "rule"), [(2, "DT306"), (3, "DT303")], ids=["half as long", "longer than half"])
def test_waits_count_as_new_up_to_half_of_the_longest(findings, minutes, rule):
    assert [one for one, _ in told(findings, text(5, {**OLD, **dict.fromkeys(range(11, 16), minutes)}))] == [rule]


READER = ("sync.runtime_SemacquireRWMutexR(0xc00001000c, 0x0, 0x0)", "sync.(*RWMutex).RLock(...)", ENTERS)


@pytest.mark.parametrize("readers", [0, 3], ids=["a Mutex", "an RWMutex, which readers share"])
def test_of_a_mutex_alone_the_next_in_the_queue_may_have_got_it_while_nobody_came_back(findings, readers):
    """30 stood in the queue behind 5, and has the lock now; 5 is not in the queue."""
    beside = [at_line(11, number, "sync.RWMutex.RLock, 4 minutes", *READER) for number in range(40, 40 + readers)]
    texts = ("\n".join([one, *beside]) for one in (text(5, {**OLD, 30: 1}), text(30, OLD)))
    assert [rule for rule, _ in told(findings, *texts)] == ["DT303" if readers else "DT306"]


def test_a_small_part_of_all_goroutines_is_told_too_if_it_waits_for_minutes(findings):
    idle = (goroutine(number, "chan receive", "main.(*Pool).worker(0xc000090000)") for number in range(100, 180))
    turns = text(5, {**OLD, **dict.fromkeys(range(11, 16), 0)})
    assert told(findings, "\n".join([turns, *idle])) == [("DT306", "warning")]


def test_workers_that_first_came_at_different_times_show_no_turns(findings):
    """The holder is none of them: it reconnects for ever, and never gives the lock back."""
    others = {**OLD, **dict.fromkeys(range(11, 16), 0)}
    assert told(findings, text(5, others, keeps="main.(*Book).Reconnect(0xc000010000)")) == [("DT303", "error")]


def test_a_lock_goes_round_in_a_dump_of_thousands_too(findings):
    """Its holder stands far behind in the text, and an eighth of the waiters has come back."""
    waits = {**dict.fromkeys(range(1000, 1600), 0), **dict.fromkeys(range(2000, 6000), 4)}
    whole = re.sub(r"sync\.go:\d+", "sync.go:9", text(9000, waits))
    main, holder, waiters = whole.split("\n\n", 2)
    (found,) = findings(f"{main}\n\n{waiters}\n{holder}\n", rule="DT30")
    assert (found.rule, found.count) == ("DT306", 4600)
    assert found.evidence["chain"][-1].startswith("it seems to go round: 600 have waited less long")
