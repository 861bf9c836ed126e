"""The graph of who waits for whom: findings or not, what holds everything up on top."""

import pytest

from debugtext.analysis import analyze
from debugtext.analyzers.locks import awaited
from debugtext.reading import read

MUTEX = """\
sync.runtime_SemacquireMutex(0x{sema:x}, 0x0?, 0x1?)
\t/go/sema.go:95 +0x25
sync.(*Mutex).Lock(...)
\t/go/mutex.go:46
"""


def goroutine(number, waits_for, *frames):
    """A goroutine at the lock at this address, which has called these `name 0xaddress`."""
    lines = [f"goroutine {number} [sync.Mutex.Lock, 5 minutes]:\n", MUTEX.format(sema=waits_for + 4)]
    for frame in frames:
        name, _, word = frame.partition(" ")
        lines.append(f"main.{name}({word})\n\t/src/{name}.go:8 +0x1\n")
    return "".join(lines) + "\n"


HOLDER = """\
goroutine 9 [chan send, 5 minutes]:
main.publish(0xc000000900)
\t/src/p.go:3 +0x1
main.(*A).Lock1(0xc000000100)
\t/src/a.go:3 +0x1

"""
CHAIN = (
    HOLDER
    + goroutine(11, 0xC000000100, "(*A).Get 0xc000000100", "(*B).Two 0xc000000200")
    + goroutine(12, 0xC000000200, "(*B).Get 0xc000000200")
    + goroutine(13, 0xC000000200, "(*B).Get 0xc000000200")
)


def drawn(lock):
    """`address: (count function [locks])`, as nested tuples."""
    return (
        lock.address,
        lock.holder and lock.holder.goroutine,
        [(group.count, group.function, [drawn(one) for one in group.holds]) for group in lock.waiters],
    )


def locks_of(text):
    return analyze((read(text.encode()),)).locks


def test_those_who_wait_hang_below_what_holds_them_up():
    [lock] = locks_of(CHAIN)
    assert drawn(lock) == (
        0xC000000100,
        9,
        [(1, "main.(*A).Get", [(0xC000000200, 11, [(2, "main.(*B).Get", [])])])],
    )
    assert (lock.is_circle, lock.total, lock.holder.now) == (False, 3, "sending on a channel")


def test_a_row_of_locks_is_drawn_so_deep(monkeypatch):
    monkeypatch.setattr(awaited, "_MOST_LOCKS_IN_A_ROW", 3)
    row = (
        goroutine(
            10 + i,
            0xC000000000 + i * 0x100,
            f"(*L{i}).Get {0xC000000000 + i * 0x100:#x}",
            f"(*L{i + 1}).Two {0xC000000100 + i * 0x100:#x}",
        )
        for i in range(1, 9)
    )
    [lock] = locks_of(HOLDER + "".join(row))
    depth = 0
    while held := [one for group in lock.waiters for one in group.holds]:
        [lock], depth = held, depth + 1
    assert depth == 3


@pytest.mark.parametrize(
    ("number", "kind"), [(6, "lock-order-go1.27"), (0, "contention-go1.27"), (0, "rwmutex-go1.21")]
)
def test_circles(samples, number, kind):
    locks = analyze((read(samples / "dump" / f"{kind}.txt"),)).locks
    circles = [lock for lock in locks if lock.is_circle]
    assert len(circles) == number
    for circle in circles:
        [[inner]] = [group.holds for group in circle.waiters]
        assert inner.waiters[0].closes_circle


def test_contention_that_is_worth_no_more_than_a_note_is_drawn_too(samples):
    report = analyze((read(samples / "dump/contention-go1.27.txt"),))
    assert [finding.rule for finding in report.findings if finding.rule.startswith("DT30")] == ["DT306"]
    assert [(lock.count, lock.holder and lock.holder.now) for lock in report.locks] == [(5, "time.Sleep"), (3, None)]


def test_texts_without_goroutines_have_none(samples):
    assert analyze((read(samples / "heap/map-grow-go1.27-2.txt"),)).locks == ()


def test_two_places_of_one_function_are_told_apart():
    other = goroutine(14, 0xC000000100, "(*A).Get 0xc000000100").replace(".go:8", ".go:9")
    [lock] = locks_of(HOLDER + goroutine(13, 0xC000000100, "(*A).Get 0xc000000100") + other)
    assert [(group.function, group.location.line) for group in lock.waiters] == [
        ("main.(*A).Get", 8),
        ("main.(*A).Get", 9),
    ]
    assert (lock.holder.function, lock.holder.location.line) == ("main.(*A).Lock1", 3)
