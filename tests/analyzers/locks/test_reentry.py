"""A goroutine that waits for a lock which it holds itself, also where Go has lost the addresses."""

import pytest

from ...texts import profile
from .test_locks import DUMPER, waiting_for

NOW = "sync.Mutex.Lock"
TOTAL = "shop.(*Till).Total(0xc000010000)"
PAY = "shop.(*Till).Pay(0xc000010000, 0x5)"


def reader(*calls: str, state: str = "sync.RWMutex.RLock") -> tuple[str, ...]:
    return (state, "sync.runtime_SemacquireRWMutexR(0x0?, 0x0?, 0x0?)", "sync.(*RWMutex).RLock(...)", *calls)


def writer(*calls: str) -> tuple[str, ...]:
    semaphore = "sync.runtime_SemacquireRWMutex(0x0?, 0x0?, 0x0?)"
    return ("sync.RWMutex.Lock", semaphore, "sync.(*RWMutex).Lock(0x0?)", *calls)


def test_a_method_that_calls_another_one_which_locks(dump, findings):
    text = dump(waiting_for(0xC000010000, TOTAL, PAY, state=NOW), DUMPER)
    (found,) = findings(text, rule="DT3")
    assert (found.rule, found.functions[:2]) == ("DT302", ("shop.(*Till).Pay", "shop.(*Till).Total"))


def test_others_that_wait_in_the_method_itself_confirm_it(dump, findings):
    itself = waiting_for(0xC000010000, TOTAL, PAY, state=NOW)
    victims = [waiting_for(0xC000010000, PAY, state=NOW)] * 3
    (found,) = findings(dump(*victims, itself, DUMPER), rule="DT3")
    assert found.title == "shop.(*Till).Total waits for a lock that shop.(*Till).Pay, its own caller, probably holds"
    assert found.evidence["waiters"] == 4


def test_in_an_excerpt_somebody_else_may_hold_it(dump, findings):
    itself, victim = (waiting_for(0xC000010000, *calls) for calls in ((TOTAL, PAY), (PAY,)))
    alone, confirmed = (
        dump(*waiters).replace("goroutine 1 ", "goroutine 71 ") for waiters in ([itself], [itself, victim])
    )
    assert [found.rule for found in findings(alone, rule="DT3")] == ["DT304"]
    assert [found.rule for found in findings(confirmed, rule="DT3")] == ["DT302"]


def test_two_that_have_passed_the_same_method_cannot_both_hold_a_mutex(dump, findings):
    text = dump(*[waiting_for(0xC000010000, TOTAL, PAY, state=NOW)] * 2, DUMPER)
    assert [found.rule for found in findings(text, rule="DT3")] == ["DT304"]


def test_of_a_large_dump_not_all_waiters_are_looked_at(dump, findings):
    itself = waiting_for(0xC000010000, TOTAL, PAY)
    small, large = ([("select", "shop.serve(0x1)")] * count for count in (1_000, 2_000))
    assert [found.rule for found in findings(dump(itself, *small, DUMPER), rule="DT3")] == ["DT302"]
    assert [found.rule for found in findings(dump(itself, *large, DUMPER), rule="DT3")] == ["DT304"]


def test_another_goroutine_that_is_past_the_lock_holds_it(dump, findings):
    holder = ("chan send", "shop.(*Till).Print(0xc000010000)")
    (found,) = findings(dump(waiting_for(0xC000010000, TOTAL, PAY, state=NOW), holder, DUMPER), rule="DT3")
    assert (found.rule, found.functions[0]) == ("DT303", "shop.(*Till).Print")


def test_the_method_of_another_object_holds_nothing(dump, findings):
    parent = "shop.(*Till).Pay(0xc000090000, 0x5)"
    text = dump(waiting_for(0xC000010000, TOTAL, parent, state=NOW), DUMPER)
    assert [found.rule for found in findings(text, rule="DT3")] == ["DT304"]


@pytest.mark.parametrize("receiver", ["0xc000010000", "0x0?"], ids=["by-address", "receiver-lost"])
def test_a_second_read_lock_behind_a_writer(dump, findings, receiver):
    twice = reader(f"shop.(*Menu).Price({receiver}, 0x1)", f"shop.(*Menu).Print({receiver})")
    (found,) = findings(dump(twice, writer(f"shop.(*Menu).Change({receiver})"), DUMPER), rule="DT3")
    assert (found.rule, found.functions[:2]) == ("DT302", ("shop.(*Menu).Print", "shop.(*Menu).Price"))


@pytest.mark.parametrize(("queue", "rule"), [((), "DT302"), (("sync.(*Mutex).Lock(...)",), "DT305")])
def test_in_an_excerpt_a_writer_behind_another_one_is_no_sign_of_who_reads(dump, findings, queue, rule):
    """Who has the Mutex in the RWMutex has come before, and the text may lack that one."""
    semaphore = "sync.runtime_SemacquireRWMutex(0x0?, 0x0?, 0x0?)"
    waits = ("sync.RWMutex.Lock", semaphore, *queue, "sync.(*RWMutex).Lock(0x0?)", PAY)
    text = dump(reader(TOTAL, "shop.(*Till).Report(0xc000010000)"), waits).replace("goroutine 1 ", "goroutine 71 ")
    assert [found.rule for found in findings(text, rule="DT3")] == [rule]


def test_a_read_lock_that_is_to_become_a_write_lock(dump, findings):
    upgrade = writer("shop.(*Menu).add(0xc000010000)", "shop.(*Menu).Ensure(0xc000010000)")
    (found,) = findings(dump(upgrade, reader("shop.(*Menu).Ensure(0xc000010000)"), DUMPER), rule="DT3")
    assert (found.rule, found.functions[:2]) == ("DT302", ("shop.(*Menu).Ensure", "shop.(*Menu).add"))


def test_a_closure_that_locks_and_comes_back_to_itself(dump, findings):
    calls = ("shop.Move.func1(0x0?)", "shop.Move.func2()", "shop.Move.func1(0x0?)", "shop.Move.func3()")
    (found,) = findings(dump(waiting_for(0xC000010000, *calls, state=NOW), DUMPER), rule="DT3")
    assert (found.rule, found.functions[0]) == ("DT302", "shop.Move.func1")


def test_a_call_back_whose_outer_receiver_is_stale(dump, findings):
    calls = ("shop.(*Book).Set(0xc000010000)", "print.(*Page).Visit(0xc000077000)", "shop.(*Book).Each(0x50ef20?)")
    (found,) = findings(dump(waiting_for(0xC000010000, *calls, state=NOW), DUMPER), rule="DT3")
    assert (found.rule, found.functions[:2]) == ("DT302", ("shop.(*Book).Each", "shop.(*Book).Set"))


@pytest.mark.parametrize(
    "busy",
    [("running", "shop.(*Till).encode(0xc0000bb000)"), ("sleep", "time.Sleep(0x1)", "shop.wait(0x1)")],
    ids=["runs", "sleeps"],
)
def test_nothing_is_said_of_a_moment_at_a_lock(dump, alarms, busy):
    assert alarms(dump(waiting_for(0xC000010000, TOTAL, PAY, state=NOW), DUMPER, busy)) == []


@pytest.mark.parametrize(
    ("between", "rule"),
    [("example.com/shop.Pay.func1(0x1)", "DT302"), ("github.com/vault/vault.(*Page).visit(0x1)", "DT304")],
    ids=["own code", "the library itself"],
)
def test_a_librarys_method_that_own_code_calls_within_its_call_back(dump, findings, between, rule):
    update = "github.com/vault/vault.(*DB).Update(0xc000010000, 0x1)"
    begin = "github.com/vault/vault.(*DB).begin(0xc000010000)"
    itself = waiting_for(0xC000010000, begin, update, between, update, "example.com/shop.Pay(0x1)")
    victims = [waiting_for(0xC000010000, begin, update, "example.com/shop.List(0x1)")] * 4
    text = dump(itself, *victims, ("chan receive", "main.main()"))
    (found,) = findings(text, rule="DT3", own_prefixes=("example.com/shop",))
    assert found.rule == rule


GET, RANGE = "cache.(*Shelf[...]).Get", "main.main.func9-range1"
ITERATES = "main.main.func9.(*Shelf[...]).All.1"
READS = ("sync.runtime_SemacquireRWMutexR", "sync.(*RWMutex).RLock", GET)
WRITES = ("sync.runtime_SemacquireRWMutex", "sync.(*RWMutex).Lock", GET, RANGE, ITERATES, "main.main.func9")
SHELF, CUPBOARD = "/src/app/cache.go:", "/src/app/other/cache.go:"


def beside(text: str, function: str, file: str = SHELF) -> str:
    """A text in which a function is in the file of another package."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if line.startswith(function):
            lines[at + 1] = f"\t{file}37 +0xdc"
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("iterates", "file", "rule"),
    [
        pytest.param(ITERATES, SHELF, "DT302", id="of that type"),
        pytest.param("cache.(*Shelf[...]).All.func1", SHELF, "DT302", id="not inlined"),
        pytest.param("main.(*App).run.func1.(*Shelf[...]).All.1", SHELF, "DT302", id="in a method of another one"),
        pytest.param(ITERATES, CUPBOARD, "DT304", id="of another package"),
        pytest.param(ITERATES.replace("Shelf", "Crate"), SHELF, "DT304", id="of another type"),
    ],
)
def test_an_iterator_that_holds_the_lock_while_the_loop_asks_for_it(dump, findings, iterates, file, rule):
    """Go inlines the iterator: its name is of the function with the loop, only its file is of the type's package."""
    get, loop = f"{GET}(0x808680, {{0xc000010148, 0x2}})", f"{RANGE}({{0x7fc518?, 0x0?}})"
    itself = writer(get, loop, f"{iterates}()", "main.main.func9()")
    text = beside(dump(("sleep", "time.Sleep(0x1)", "main.main()"), itself, *[reader(get)] * 3), iterates, file)
    (found,) = findings(text.replace("RWMutex.Lock]", "RWMutex.Lock, 5 minutes]"), rule="DT3")
    assert found.rule == rule
    assert (found.functions[:2] == (iterates, GET)) == (rule == "DT302")


def test_an_iterator_in_a_profile_is_no_order_of_two_locks(findings):
    (found,) = findings(profile((20, READS), (1, WRITES), (4, ("time.Sleep", "main.tick"))), rule="DT3")
    assert found.title == f"{GET} waits for a lock that {ITERATES}, its own caller, probably holds"
    assert not any("later Lock" in line for line in found.evidence["chain"])
