"""Waiters put together by the lock, the holder, chains and cycles; on dumps built by hand."""

import re

import pytest

from debugtext.records.frames import receiver_type
from debugtext.stacks import members
from debugtext.stacks.arguments import pointer

from ...texts import goroutine

LOCK = ("sync.runtime_SemacquireMutex({0}, 0x0, 0x1)", "sync.(*Mutex).lockSlow({1})", "sync.(*Mutex).Lock(...)")
WAIT = "sync.Mutex.Lock, 5 minutes"
DUMPER = ("running", "runtime/pprof.writeGoroutineStacks(0x1)", "main.dump(0x2)")


def waiting_for(address: int, *calls: str, state: str = WAIT) -> tuple[str, ...]:
    return (state, *(call.format(hex(address + 4), hex(address)) for call in LOCK), *calls)


def test_two_goroutines_that_take_two_locks_in_other_order(dump, findings):
    text = dump(
        waiting_for(0xC000010000, "main.move(0xc000020000, 0xc000010000)"),
        waiting_for(0xC000020000, "main.move(0xc000010000, 0xc000020000)"),
        DUMPER,
    ).replace("main.go:12", "main.go:11")
    (found,) = findings(text, rule="DT301")
    assert found.title == "locks are taken in a circle in main.move for 5 min"
    assert found.evidence["chain"][-1] == "and so back to the first: none of them can go on"
    assert "circles" not in found.evidence


def test_circles_of_the_same_places_are_one_finding_that_counts_them(dump, findings):
    pairs = [
        waiting_for(one, f"main.move({other:#x}, {one:#x})")
        for pair in ((0xC000010000, 0xC000020000), (0xC000030000, 0xC000040000))
        for one, other in (pair, pair[::-1])
    ]
    text = re.sub(r"main\.go:1[2-4]", "main.go:11", dump(*pairs, DUMPER))
    assert [found.evidence.get("circles") for found in findings(text, rule="DT301")] == [2]


@pytest.mark.parametrize("first", [1, 6])
def test_who_waits_for_the_first_of_two_locks_holds_neither(dump, findings, first):
    """Both goroutines (or six of each order) are at the same first Lock, while somebody else holds both."""
    text = dump(
        *[waiting_for(0xC000010000, "main.move(0xc000010000, 0xc000020000)")] * first,
        *[waiting_for(0xC000020000, "main.move(0xc000020000, 0xc000010000)")] * first,
        ("sleep, 5 minutes", "time.Sleep(0x1)", "main.audit(0xc000010000, 0xc000020000)"),
        DUMPER,
    )
    text = re.sub(r"main.go:(?:1[1-9]|2[0-2]) ", "main.go:11 ", text)
    assert findings(text, rule="DT301") == []


def test_a_chain_names_the_holder_and_what_it_waits_for(dump, findings):
    text = dump(
        ("IO wait, 12 minutes", "internal/poll.runtime_pollWait(0x1, 0x72)", "net.(*conn).Read(0xc000031000)",
         "main.(*Store).load(0xc000010000)"),
        *[waiting_for(0xC000010000, "main.(*Store).Get(0xc000010000, 0x1)")] * 31,
        DUMPER,
    )  # fmt: skip
    (found,) = findings(text, rule="DT303")
    assert found.title == (
        "31 goroutines wait for a lock in main.(*Store).Get, probably held by goroutine 1 in main.(*Store).load: "
        "reading from a connection or file for 12 min"
    )
    assert found.functions[:2] == ("main.(*Store).load", "main.(*Store).Get")
    assert found.evidence["waiters"] == 31


def test_a_lock_that_nobody_holds_was_not_unlocked(dump, findings):
    text = dump(*[waiting_for(0xC000010000, "main.(*Store).Get(0xc000010000, 0x1)")] * 3, DUMPER)
    (found,) = findings(text, rule="DT3")
    assert (found.rule, found.functions[0]) == ("DT304", "main.(*Store).Get")
    assert found.evidence["chain"][-1] == "nobody in this text seems to hold it"


def test_all_that_call_lock_are_named_with_their_counts_the_largest_first(dump, findings):
    few, most, one = (
        waiting_for(0xC000010000, f"main.(*Store).{name}(0xc000010000)", state=f"sync.Mutex.Lock, {age} minutes")
        for name, age in (("Withdraw", 9), ("Balance", 3), ("Close", 4))
    )
    (found,) = findings(dump(*[few] * 2, *[most] * 5, one, DUMPER), rule="DT3")
    callers = "main.(*Store).Balance (5), main.(*Store).Withdraw (2) and main.(*Store).Close (1)"
    assert f"for a lock in {callers}; nobody in" in found.title
    assert found.evidence["chain"][0].endswith(f"called by {callers}")
    assert found.functions[:3] == ("main.(*Store).Balance", "main.(*Store).Withdraw", "main.(*Store).Close")


def test_two_locks_of_one_type_are_told_apart_by_address(dump, findings):
    one, other = (waiting_for(at, f"main.(*Store).Get({at:#x})") for at in (0xC000010000, 0xC000090000))
    found = findings(dump(*[one] * 4, *[other] * 2, DUMPER), rule="DT304")
    assert [each.evidence["waiters"] for each in found] == [4]  # one fingerprint, the larger one
    assert found[0].evidence["lock"] == "0xc000010000"
    assert found[0].evidence["locks"] == 2
    assert found[0].title.startswith("6 goroutines wait for 5 min for 2 locks in main.(*Store).Get; ")


def queue(addresses: list[int]) -> str:
    """Goroutines of one stack, each of which waits for the lock at its address."""
    waiters = (goroutine(7, *waiting_for(at, f"main.(*Row).Lock({at:#x})")) for at in addresses)
    numbered = (one.replace("goroutine 7", f"goroutine {number}") for number, one in enumerate(waiters, 7))
    return "\n".join([goroutine(1, *DUMPER), *numbered])


@pytest.fixture
def read_in_part(monkeypatch):
    """Of a dump of more than 15 goroutines, the arguments of few are read."""
    monkeypatch.setattr(members, "SMALL_DUMP", 15)
    monkeypatch.setattr(members, "_MOST_READ_OF_LARGE", 16)


def test_in_a_large_dump_those_whose_arguments_are_not_read_wait_as_the_others_do(findings, read_in_part):
    (found,) = findings(queue([0xC000010000 + 0x1000 * number for number in range(20)]), rule="DT304")
    assert found.title.startswith("20 goroutines wait for 5 min for about 20 locks in main.(*Row).Lock, perhaps for")
    assert (found.count, found.evidence["locks"]) == (20, 20)


def test_in_a_large_dump_the_shares_of_two_locks_are_those_that_are_read(findings, read_in_part):
    one, other = 0xC000010000, 0xC000090000
    (found,) = findings(queue([one, one, one, other] * 10), rule="DT304")
    assert (found.count, found.evidence["waiters"], found.evidence["locks"]) == (40, 30, 2)


def test_in_a_large_dump_all_wait_for_the_one_lock_that_is_read(findings, read_in_part):
    (found,) = findings(queue([0xC000010000] * 40), rule="DT30")
    assert (found.count, found.evidence.get("locks")) == (40, None)


def test_readers_behind_a_writer_are_one_lock(dump, findings):
    reader = (
        "sync.RWMutex.RLock, 3 minutes", "sync.runtime_SemacquireRWMutexR(0xc00001000c, 0x0, 0x0)",
        "sync.(*RWMutex).RLock(...)", "main.(*Rates).Get(0xc000010000)",
    )  # fmt: skip
    writer = (
        "sync.RWMutex.Lock, 3 minutes", "sync.runtime_SemacquireRWMutex(0xc000010008, 0x0, 0x0)",
        "sync.(*RWMutex).Lock(0xc000010000)", "main.(*Rates).Set(0xc000010000)",
    )  # fmt: skip
    text = dump(*[reader] * 5, writer, DUMPER)
    (found,) = findings(text, text, rule="DT3")
    assert (found.rule, found.evidence["waiters"], found.evidence["waiters_at_first"]) == ("DT304", 6, 6)
    assert "readers behind a writer" in found.title
    assert found.advice.startswith("The writer waits for readers to leave")


def test_a_writer_behind_another_one_proves_no_reader(dump, findings):
    writer = (
        "sync.RWMutex.Lock, 3 minutes", "sync.runtime_SemacquireRWMutex(0xc000010008, 0x0, 0x0)",
        "sync.(*Mutex).lockSlow(0xc000010000)", "sync.(*Mutex).Lock(...)", "sync.(*RWMutex).Lock(0xc000010000)",
        "main.(*Rates).Set(0xc000010000)",
    )  # fmt: skip
    (found,) = findings(dump(*[writer] * 5, DUMPER), rule="DT3")
    assert found.advice.startswith("Look for a return or a panic between Lock and Unlock")


@pytest.mark.parametrize("receiver", ["0xc000010000", "0x0?"], ids=["by-address", "receiver-lost"])
def test_a_method_that_calls_back_into_its_own_lock(dump, findings, receiver):
    text = dump(
        waiting_for(
            0xC000010000, f"main.(*Board).Score({receiver})", "main.(*screen).draw(0xc0000aa000)",
            f"main.(*Board).Add({receiver}, 0x1)",
        ),
        DUMPER,
    )  # fmt: skip
    (found,) = findings(text, rule="DT3")
    assert (found.rule, found.functions[:2]) == ("DT302", ("main.(*Board).Add", "main.(*Board).Score"))


def test_of_many_that_wait_the_one_that_waits_for_itself_is_told(dump, findings):
    itself = waiting_for(
        0xC000010000, "main.(*Board).Score(0xc000010000)", "main.(*screen).draw(0xc0000aa000)",
        "main.(*Board).Add(0xc000010000, 0x1)",
    )  # fmt: skip
    victim = waiting_for(0xC000010000, "main.(*Board).Names(0xc000010000)", state="sync.Mutex.Lock, 9 minutes")
    (found,) = findings(dump(*[victim] * 7, itself, DUMPER), rule="DT3")
    assert found.title == (
        "main.(*Board).Score waits for 9 min for a lock that main.(*Board).Add, its own caller, probably holds"
    )
    assert found.functions[:3] == ("main.(*Board).Add", "main.(*Board).Score", "main.(*Board).Names")


def test_a_busy_lock_is_no_deadlock(dump, alarms):
    waiter = waiting_for(0xC000010000, "main.(*Counter).Inc(0xc000010000)", state="sync.Mutex.Lock")
    holder = ("sleep", "time.Sleep(0xf4240)", "main.(*Counter).Inc(0xc000010000)")
    assert alarms(dump(*[waiter] * 30, holder, DUMPER)) == []


def test_a_moment_at_a_lock_while_another_method_waits_is_no_deadlock(dump, alarms):
    waiter = waiting_for(0xC000010000, "main.(*Hub).Add(0xc000010000)", state="sync.Mutex.Lock")
    other = ("select", "main.(*Hub).replies(0xc000010000)")
    busy = ("running", "main.(*Hub).encode(0xc0000bb000)")
    assert alarms(dump(waiter, other, busy, DUMPER)) == []


def test_words_that_can_be_addresses():
    assert [pointer(word) for word in ("0xc000012345?", "{0xc000012345", "0x1", "...", "0x0?", "0xzz")] == [
        0xC000012345, 0xC000012345, None, None, None, None,
    ]  # fmt: skip


def test_the_type_of_a_method():
    functions = ("a/b.(*T).M", "a/b.(*T).M.func1", "a/b.F", "a/b.(*T[...]).M")
    assert [receiver_type(one) for one in functions] == ["a/b.(*T)", "a/b.(*T)", "", "a/b.(*T[...])"]


def test_a_caller_of_the_same_object_is_not_yet_a_holder(dump, findings):
    text = dump(
        waiting_for(0xC000482BD0, "main.(*Daemon).reduce(0xc000372000)", "main.(*Daemon).list(0xc000372000)"), DUMPER
    )
    assert [found.rule for found in findings(text, rule="DT3")] == ["DT304"]


def test_a_lock_far_from_the_object_is_another_objects(dump, findings):
    calls = ("main.(*Daemon).reduce(0xc000372000)", "main.each(0x1)", "main.(*Daemon).list(0xc000372000)")
    near, far = (findings(dump(waiting_for(at, *calls), DUMPER), rule="DT3") for at in (0xC000372010, 0xC000982BD0))
    assert [found.rule for found in near] == ["DT302"]
    assert [found.rule for found in far] == ["DT304"]


def test_a_method_value_is_no_caller_of_its_own(dump, findings):
    calls = ("main.(*Store).handle(0xc000010000)", "main.each(0x1)", "main.(*Store).handle-fm(0xc000010000)")
    assert [found.rule for found in findings(dump(waiting_for(0xC000010000, *calls), DUMPER), rule="DT3")] == ["DT304"]


def test_the_place_is_who_calls_a_lock_of_another_kind(dump, findings):
    calls = ("syncutil.(*TimedMutex).Lock(0xc000010000)", "main.(*Store).get(0xc000020000)")
    (found,) = findings(dump(waiting_for(0xC000010000, *calls), DUMPER), rule="DT3")
    assert found.functions[0] == "main.(*Store).get"


def test_a_holder_that_works_is_reported_from_three_minutes_on(dump, findings):
    def text(minutes: int) -> str:
        waiter = waiting_for(
            0xC000010000, "main.(*Counter).Inc(0xc000010000)", state=f"sync.Mutex.Lock, {minutes} minutes"
        )
        return dump(waiter, ("sleep", "time.Sleep(0xf4240)", "main.(*Counter).Inc(0xc000010000)"), DUMPER)

    assert [found.rule for found in findings(text(2))] == []
    assert [found.rule for found in findings(text(3))] == ["DT303"]


def test_a_lock_and_nothing_else_is_told_once(dump, findings):
    text = dump(waiting_for(0xC000010000, "main.(*Store).Get(0xc000010000, 0x1)"))
    assert [found.rule for found in findings(text)] == ["DT304"]


COND = (
    "sync.Cond.Wait, 5 minutes",
    "sync.runtime_notifyListWait(0xc000010020, 0x1)",
    "sync.(*Cond).Wait(0xc000010010)",
)


def test_who_waits_for_a_condition_has_given_its_lock_back(dump, findings):
    waiter = waiting_for(0xC000010000, "main.(*Queue).Put(0xc000010000)")
    (found,) = findings(dump(waiter, (*COND, "main.(*Queue).Take(0xc000010000)"), DUMPER), rule="DT3")
    assert (found.rule, found.functions[0]) == ("DT304", "main.(*Queue).Put")


def test_who_waits_for_another_objects_condition_still_has_the_lock(dump, findings):
    waiter = waiting_for(0xC000080000, "main.(*Store).Get(0xc000080000)")
    nested = (*COND, "main.(*Queue).Take(0xc000010000)", "main.(*Store).next(0xc000080000)")
    (found,) = findings(dump(waiter, nested, DUMPER), rule="DT3")
    assert (found.rule, found.functions[0]) == ("DT303", "main.(*Store).next")


def test_what_a_once_calls_back_has_not_left_the_object(dump, findings):
    once = ("sync.(*Once).doSlow(0xc000010040, 0x1)", "sync.(*Once).Do(...)")
    calls = ("main.(*Group).Close.func1()", *once, "main.(*Group).Close(0xc000010000)")
    assert [found.rule for found in findings(dump(waiting_for(0xC000010000, *calls), DUMPER), rule="DT3")] == ["DT304"]


LOG = ("sync.(*Mutex).Lock(0xc000010000)", "log.(*Logger).Output(0xc000010000)", "log.Println()")


def test_of_the_lock_of_a_library_the_own_caller_is_named_too(findings, dump):
    shop, till = (("sync.Mutex.Lock, 5 minutes", *LOG, f"{name}(0x1)") for name in ("shop.Sell", "till.Count"))
    (found,) = findings(dump(("chan receive", "main.main()"), shop), rule="DT304")
    assert found.title == (
        "1 goroutine waits for 5 min for a lock in log.(*Logger).Output (called by shop.Sell); "
        "nobody in this text seems to hold it"
    )
    assert found.functions[:2] == ("shop.Sell", "log.(*Logger).Output")
    (found,) = findings(dump(("chan receive", "main.main()"), shop, till), rule="DT304")
    assert "(called by shop.Sell and 1 more function)" in found.title


def test_a_stack_cut_before_the_caller_counts_as_the_others(findings, dump):
    whole, cut = (("sync.Mutex.Lock, 5 minutes", *LOG[:frames]) for frames in (2, 1))
    (found,) = findings(dump(whole, cut), rule="DT304")
    assert found.title.startswith("2 goroutines wait for 5 min for a lock in log.(*Logger).Output; ")


@pytest.mark.parametrize(
    ("waiters", "state", "told"),
    [
        pytest.param(10, "sync.Mutex.Lock, 1 minutes", True, id="ten for a minute"),
        pytest.param(9, "sync.Mutex.Lock, 1 minutes", False, id="nine for a minute"),
        pytest.param(9, "sync.Mutex.Lock, 2 minutes", True, id="nine for two"),
        pytest.param(10, "sync.Mutex.Lock", False, id="ten for less"),
    ],
)
def test_ten_that_wait_for_a_minute_for_what_nobody_is_seen_to_hold(dump, alarms, waiters, state, told):
    """Code of their package runs, and may hold it in a frame that does not show it: else ten are enough at once."""
    waits = waiting_for(0xC000010000, "main.(*Store).Get(0xc000010000, 0x1)", state=state)
    assert (("DT304", "main.(*Store).Get") in alarms(dump(*[waits] * waiters, DUMPER))) is told


@pytest.mark.parametrize(("function", "told"), [("main.add(0x1)", False), ("main.del(0x1)", True)])
def test_ten_for_a_minute_are_load_while_somebody_is_past_the_lock_in_their_caller(dump, alarms, function, told):
    """`defer s.acquire()()`: who has got the lock works in the function that called for it, where they wait."""
    state = "sync.Mutex.Lock, 1 minutes"
    waits = waiting_for(0xC000010000, "main.(*Store).Get(0xc000010000, 0x1)", "main.add(0x1)", state=state)
    works = ("sleep", *(f"lib.step{at}(0x1)" for at in range(6)), function)
    assert (("DT304", "main.(*Store).Get") in alarms(dump(*[waits] * 10, works, DUMPER))) is told
