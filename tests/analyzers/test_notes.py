"""Notes that say what to take next: locks in a profile, and senders whose starter waits for them."""

import pytest

from ..texts import profile


def locks(locked: int, others: int) -> str:
    lock = ("sync.runtime_SemacquireMutex", "sync.(*Mutex).Lock", "main.(*bank).pay")
    return profile((locked, lock), (others, ("syscall.Syscall", "main.work")))


@pytest.mark.parametrize(("locked", "others", "count"), [(40, 160, 1), (9, 30, 0), (40, 2000, 0)])
def test_a_queue_at_a_lock_is_noted_in_a_profile(findings, locked, others, count):
    found = findings(locks(locked, others), rule="DT306")
    assert [one.title for one in found] == ["40 goroutines (20%) wait for a lock in main.(*bank).pay"] * count
    assert all(str(one.severity) == "note" and "goroutine?debug=2" in one.advice for one in found)


def crawl(*more: tuple[str, ...]) -> list[tuple[str, ...]]:
    wait = ("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1)", "app.crawl(0x1)")
    return [wait, *[("chan send", "app.crawl.func1(0x1)")] * 3, *more, ("IO wait", "net.(*conn).Read(0x1)")]


def test_nobody_receives_what_all_send_that_one_waits_for(dump, findings):
    (found,) = findings(dump(*crawl()), rule="DT213")
    assert (
        found.title
        == "app.crawl waits for 3 goroutines that all send on a channel, and nobody receives: app.crawl.func1"
    )
    assert (str(found.severity), found.functions[:2]) == ("note", ("app.crawl", "app.crawl.func1"))


def test_it_is_more_than_a_note_where_nobody_is_active(dump, findings):
    alone = crawl()[:-1]
    (found,) = findings(dump(*alone, ("running", "runtime/pprof.writeGoroutineStacks(0x1)")), rule="DT213")
    assert str(found.severity) == "warning"
    client = ("IO wait", "internal/poll.(*FD).Read(0x1)", "github.com/acme/mq.(*Client).read(0x1)")
    (found,) = findings(dump(*alone, client), rule="DT213")
    assert str(found.severity) == "note"


@pytest.mark.parametrize(
    "other",
    [("chan receive", "app.collect(0x1)"), ("running", "app.crawl.func1(0x1)"), ("runnable", "app.collect(0x1)")],
    ids=["a receiver", "one still works", "one who may receive next"],
)
def test_who_may_still_go_on_is_no_deadlock(dump, findings, other):
    assert findings(dump(*crawl(other)), rule="DT213") == []
