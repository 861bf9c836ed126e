"""Waiters behind locks of other types, the lock's address, and who of several on one object has it."""

import re

import pytest

from ...texts import goroutine

MUTEX = ("internal/sync.runtime_SemacquireMutex(0x0?, 0x0?, 0x0?)", "internal/sync.(*Mutex).lockSlow(0xc000030028)")
READ = ("sync.runtime_SemacquireRWMutexR(0x0?, 0x0?, 0x0?)", "sync.(*RWMutex).RLock(...)")


def stock_of_three_locks() -> str:
    """A real program's: of one object's locks an own RWMutex, one with keys and go-deadlock's, each with its holder."""
    count = (
        "sync.RWMutex.RLock, 6 minutes",
        *READ,
        "app/lockable.(*RWMutex).RLock(0x0?)",
        "app.(*stock).Count(0xc000030000)",
    )
    move = (
        "sync.Mutex.Lock, 6 minutes",
        *("internal/sync.(*Mutex).lockSlow(0xc00009e090)", "sync.(*Mutex).Lock(...)"),
        *("app/lockable.(*KeyMutex).LockKey(0xc000030030, {0x51a0f0, 0x1})", "app.(*stock).Move(0xc000030000)"),
    )
    reserve = (
        "sync.Mutex.Lock, 6 minutes",
        *(*MUTEX, "github.com/sasha-s/go-deadlock.lock(0xc000084788, {0x4ffbc0, 0xc000030028})"),
        *("github.com/sasha-s/go-deadlock.(*Mutex).Lock(...)", "app.(*stock).Reserve(0xc000030000)"),
    )
    waits = ("chan receive, 6 minutes", "app.(*stock).wait(0x0?)")
    every = [
        *[count] * 4,
        *[move] * 3,
        *[reserve] * 3,
        (*waits, "app.(*stock).Reserve(0xc000030000)"),
        (*waits, "app.(*stock).Move(0xc000030000)"),
        ("chan send, 6 minutes", "app.(*stock).publish(...)", "app.(*stock).Restock(0xc000030000)"),
        ("running", "runtime/pprof.writeGoroutineStacks(0x1)", "main.dump(0x2)"),
    ]
    return "\n".join(goroutine(number, *one) for number, one in enumerate(every, 1))


def test_of_several_locks_in_one_object_each_is_held_by_who_is_past_it(findings):
    reserve = "app.(*stock).Reserve"
    found = [one.title.partition(" for a lock in ")[2] for one in findings(stock_of_three_locks(), rule="DT303")]
    assert sorted(found) == [
        "app.(*stock).Count, probably held by goroutine 13 in app.(*stock).Restock: sending on a channel for 6 min",
        "app.(*stock).Move, probably held by goroutine 12 in app.(*stock).Move: receiving from a channel for 6 min",
        f"{reserve}, probably held by goroutine 11 in {reserve}: receiving from a channel for 6 min",
    ]


def test_a_lock_that_is_none_of_package_syncs_is_one_by_its_type(findings):
    """Its semaphore is its own: where it lies in the lock is not known, but the receiver is printed."""
    reader, writer = (
        goroutine(
            number,
            "semacquire, 3 minutes",
            "sync.runtime_Semacquire(0x41de33?)",
            f"app/sync.(*RWMutex).{method}(0xc000040000)",
            f"app.(*Task).{caller}(0xc000090000)",
            created_by="app.start",
        )
        for number, method, caller in ((7, "RLock", "doCall"), (8, "Lock", "exit"))
    )
    (found,) = findings(f"{reader}\n{writer}", rule="DT304")
    assert found.evidence["lock"] == "0xc000040000"
    assert found.evidence["waiters"] == 2
    assert found.title.startswith(
        "2 goroutines wait for 3 min for an RWMutex (readers behind a writer) in app.(*Task)."
    )


def test_a_stale_word_is_no_lock_where_the_object_cannot_hold_it(findings):
    """Both wait for the RWMutex of one room: of one Go has lost the address, and printed what lay there before."""
    first = (
        "semacquire, 4 minutes",
        "sync.runtime_SemacquireMutex(0xc000039758?, 0x91?, 0xc0000a2360?)",
        "sync.(*Mutex).lockSlow(0xc0000c24c0)",
        "sync.(*Mutex).Lock(...)",
        "sync.(*RWMutex).Lock(0x4080e0?)",
    )
    lost = (
        "semacquire, 4 minutes",
        "sync.runtime_SemacquireMutex(0xc0000c24c0?, 0xb8?, 0xc000085380?)",
        "sync.(*RWMutex).Lock(0x4080e0?)",
    )
    leave = "app.(*Room).Leave(0xc0000c24c0, 0xc000090eb0)"
    sends = ("chan send, 4 minutes", "app.(*Room).Broadcast(0xc0000c24c0?)", "main.main()")
    text = "\n".join(goroutine(at, *one) for at, one in enumerate([sends, (*first, leave), (*lost, leave)], 1))
    (found,) = findings(text, rule="DT30")
    assert found.rule == "DT303"
    assert found.functions[0] == "app.(*Room).Broadcast"
    assert found.evidence["waiters"] == 2


READS = (
    "sync.RWMutex.RLock, 2 minutes",
    "sync.runtime_SemacquireRWMutexR(0x11e1a300?, 0x0?)",
    "sync.(*RWMutex).RLock(...)",
)
WRITES = (
    "sync.RWMutex.Lock, 2 minutes",
    "sync.runtime_SemacquireRWMutex(0x2eba51ff57d0?, 0xd0?)",
    "sync.(*RWMutex).Lock(0xd?)",
)
LATER = ("sync.RWMutex.RLock, 2 minutes", "sync.runtime_SemacquireRWMutexR(0x0?, 0x0?)", "sync.(*RWMutex).RLock(...)")


def closures(first: int, writer: int) -> str:
    """A real program's: a closure reads twice with a writer in between, others read later; their words are stale."""
    later = [goroutine(number, *LATER, "app.run.func13()") for number in range(24, 32)]
    return "\n".join([
        goroutine(1, "select (no cases)", "app.run()"),
        goroutine(writer, *WRITES, "app.run.func12()"),
        goroutine(first, *READS, "app.run.func11()"),
        *later,
        goroutine(40, "running", "runtime/pprof.writeGoroutineStacks(0x1)"),
    ])  # fmt: skip


def test_the_reader_from_before_the_writer_is_the_place_to_open(findings):
    (found,) = findings(closures(first=5, writer=23), rule="DT30")
    assert (found.rule, found.functions[0]) == ("DT304", "app.run.func11")
    assert found.location.line == 15
    assert "in app.run.func13 (8), app.run.func12 (1) and app.run.func11 (1); nobody in" in found.title
    assert found.evidence["reader_from_before_the_writer"] == "app.run.func11, goroutine 5"
    assert "a second RLock" in found.advice


def test_where_all_readers_came_behind_the_writer_none_is_picked(findings):
    (found,) = findings(closures(first=39, writer=23), rule="DT30")
    assert found.functions[0] == "app.run.func13"
    assert "reader_from_before_the_writer" not in found.evidence


def test_a_second_rlock_is_told_with_the_writer_in_between(findings):
    look = "app.(*Registry).Lookup(0xc000010000)"
    text = "\n".join([
        goroutine(6, *READS, look, "app.(*Registry).Snapshot(0xc000010000)"),
        goroutine(7, *WRITES, "app.(*Registry).Register(0xc000010000)"),
        goroutine(1, "select (no cases)", "app.run()"),
        goroutine(40, "running", "runtime/pprof.writeGoroutineStacks(0x1)"),
    ])  # fmt: skip
    (found,) = findings(text, rule="DT302")
    assert found.title.startswith(
        "app.(*Registry).Lookup waits behind a writer for 2 min for a lock that app.(*Registry).Snapshot,"
    )
    assert found.functions[0] == "app.(*Registry).Snapshot"


def test_a_function_that_was_inlined_has_no_lock(findings):
    """`key(...)` takes what it is asked for from its own object, as a method of one line does."""
    look = "app.(*Registry).Lookup(0xc000010000)"
    text = "\n".join([
        goroutine(6, *READS, look, "app.(*Registry).key(...)"),
        goroutine(7, *WRITES, "app.(*Registry).Register(0xc000010000)"),
        goroutine(1, "select (no cases)", "app.run()"),
        goroutine(40, "running", "runtime/pprof.writeGoroutineStacks(0x1)"),
    ])  # fmt: skip
    inlined = re.sub(r"(key\(\.\.\.\)\n[^\n]*) \+0x1d", r"\1", text)
    assert [[found.rule for found in findings(each, rule="DT30")] for each in (text, inlined)] == [["DT302"], ["DT304"]]


@pytest.mark.parametrize(("offset", "rule"), [(8, "DT303"), (64, "DT304")])
def test_the_lock_that_a_closure_waits_for_may_be_one_of_the_first_fields_of_a_holder(findings, offset, rule):
    text = "\n".join([
        goroutine(6, "sync.Mutex.Lock, 9 minutes", f"sync.(*Mutex).Lock({0xC000010000 + offset:#x})", "app.f.func1()"),
        goroutine(7, "chan send, 9 minutes", "app.(*Store).Assign(0xc000010000)", "app.run()"),
    ])  # fmt: skip
    (found,) = findings(text, rule="DT30")
    assert found.rule == rule


def test_the_only_goroutine_that_is_left_may_have_locked_twice(findings):
    text = "fatal error: all goroutines are asleep - deadlock!\n\n" + goroutine(
        1, "sync.Mutex.Lock", "sync.(*Mutex).Lock(0xc000010000)", "app.pay()", "main.main()"
    )
    (found,) = findings(text, rule="DT104")
    assert found.evidence["chain"][-1] == "no other goroutine is left: it was locked twice here, or not unlocked"


def test_a_profile_does_not_tell_whether_those_in_a_plain_function_wait_for_one_lock(findings):
    frames = "#\t0x1\tsync.(*Mutex).Lock+0x55\t/go/m.go:90\n#\t0x2\tbank.lockBoth+0x24\t/s.go:7\n"
    (found,) = findings(f"goroutine profile: total 12\n12 @ 0x1 0x2\n{frames}", rule="DT304")
    assert found.title == "12 goroutines wait for a lock in bank.lockBoth, perhaps for one another's"
    assert found.evidence["chain"][-1].endswith("which lock each of them waits for: they may hold one another's")
    assert found.advice.startswith("Take goroutine?debug=2: it says which lock each waits for.")


@pytest.mark.parametrize(
    "frames",
    [
        ["sync.runtime_SemacquireMutex(0xc000010004)"],
        ["internal/sync.runtime_SemacquireMutex(0xc000010004)", "internal/sync.(*Mutex).lockSlow(0xc000010000)"],
    ],
    ids=["in the runtime", "in package sync"],
)
def test_a_function_of_the_lock_s_own_is_not_who_waits(findings, frames):
    (found,) = findings(goroutine(7, "sync.Mutex.Lock, 9 minutes", *frames))
    assert found.title == (
        "1 goroutine waits for 9 min for a lock in a function that is cut off; this excerpt does not show who holds it"
    )
    assert (found.functions, found.location) == ((), None)


@pytest.mark.parametrize(
    ("total", "severity", "said"),
    [
        ("", "warning", "this excerpt does not show who holds it"),
        ("goroutine profile: total 1\n", "error", "nobody in this text seems to hold it"),
    ],
    ids=["without a header", "all"],
)
def test_the_holder_may_be_in_a_record_that_was_not_copied(findings, total, severity, said):
    record = "1 @ 0x1 0x2 0x3\n#\t0x1\tsync.(*Mutex).Lock+0x55\t/go/m.go:90\n#\t0x2\tshop.(*Till).pay+0x24\t/s.go:7\n"
    (found,) = findings(total + record, rule="DT304")
    assert found.severity == severity
    assert found.title == f"1 goroutine waits for a lock in shop.(*Till).pay; {said}"
    assert found.advice.startswith("Take goroutine?debug=2: ") is (severity == "warning")


@pytest.mark.parametrize(
    ("wait", "below", "rules"),
    [
        ("", "shop.(*Till).pay(0xc000010000)", ["DT304"]),
        ("", "...additional frames elided...", []),
        (", 3 minutes", "...additional frames elided...", ["DT304"]),
    ],
    ids=["its function is known", "it is cut off", "cut off, but for minutes"],
)
def test_a_young_waiter_alone_is_told_only_with_the_function_that_locks(findings, wait, below, rules):
    main = goroutine(1, "semacquire", "sync.(*WaitGroup).Wait(0xc000010010)", "main.main()")
    waits = goroutine(7, f"sync.Mutex.Lock{wait}", "sync.(*Mutex).Lock(0xc000010000)")
    place = "\t/src/a.go:5 +0x1\n" if below.endswith(")") else ""
    assert [one.rule for one in findings(f"{main}\n{waits.rstrip()}\n{below}\n{place}", rule="DT30")] == rules
