"""The work of judging grows with the number of stacks that are unlike each other, not with its square."""

import sys
import time
from collections.abc import Callable

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read

FEW, MANY = 500, 2_500
AT_MOST = 1.5 * MANY / FEW
SECONDS = 20
"""What takes the square in one call, of a list, took longer at many; these take one or two, counting included."""


def _dump(n: int, state: str, frames: Callable[[int], str], creator: Callable[[int], str] = lambda _: "main.main"):
    """`n` goroutines, each with frames of its own."""
    return "\n".join(
        f"goroutine {i + 10} [{state}]:\n{frames(i)}created by {creator(i)} in goroutine 1\n\t/src/main.go:9 +0x33\n"
        for i in range(n)
    )


def _frame(function: str, argument: int = 1, line: int = 7) -> str:
    return f"{function}(0xc00{argument:07x}0)\n\t/src/main.go:{line} +0x33\n"


def _own(i: int) -> str:
    return _frame(f"main.(*T).f{i:x}", i, i + 1)


def _locking(i: int) -> str:
    return (
        f"sync.runtime_SemacquireMutex(0xc00{i:07x}4, 0x0?, 0x0?)\n\t/usr/local/go/src/runtime/sema.go:95 +0x25\n"
        f"sync.(*Mutex).Lock(0xc00{i:07x}0)\n\t/usr/local/go/src/sync/mutex.go:46 +0x1\n"
    )


def _library(function: str) -> str:
    return f"{function}(0x1)\n\t/usr/local/go/src/some/file.go:343 +0x85\n"


def _rows(n: int, head: str, row: str) -> str:
    """`n` rows of a profile, each with frames of its own."""
    return f"{head}\n" + "\n".join(
        f"{row} @ {i + 4096:#x} {i + 90_000:#x}\n#\t{i + 4096:#x}\tmain.(*T).f{i:x}+0x1\t/src/main.go:{i + 1}\n"
        f"#\t{i + 90_000:#x}\tmain.main+0x1\t/src/main.go:9\n"
        for i in range(n)
    )


def _tests(n: int) -> str:
    ran = "".join(f"\tTestA{i} (9m59s)\n" for i in range(n))
    alarm = (
        "goroutine 9 [running]:\n" + _library("testing.(*M).startAlarm.func1") + "created by time.goFunc\n\t/x.go:1\n"
    )
    stacks = _dump(
        n, "chan receive, 9 minutes", lambda i: _own(i) + _frame(f"p.TestA{i}") + _library("testing.tRunner")
    )
    return f"panic: test timed out after 10m0s\nrunning tests:\n{ran}\n{alarm}\n{stacks}"


def _captures(n: int) -> str:
    return "\n".join(f"{_dump(1, 'chan send, 5 minutes', lambda _, i=i: _own(i))}\nexit status 2\n" for i in range(n))


SHAPES = {
    "locks": lambda n: _dump(n, "sync.Mutex.Lock, 5 minutes", lambda i: _locking(i) + _own(i)),
    "locks of lost addresses": lambda n: _dump(
        n, "sync.Mutex.Lock, 5 minutes", lambda i: _library("sync.(*Mutex).Lock") + _library(f"main.(*T).f{i:x}")
    ),
    "a ring of locks": lambda n: _dump(
        n, "sync.Mutex.Lock, 5 minutes", lambda i: _locking(i) + _own(i) + _frame("main.(*T).g", (i + 1) % n)
    ),
    "receivers": lambda n: _dump(n, "chan receive, 5 minutes", _own),
    "senders": lambda n: _dump(
        n, "chan send, 5 minutes", lambda i: _frame(f"main.Get{i:x}.func1"), lambda i: f"main.Get{i:x}"
    ),
    "of many creators": lambda n: _dump(n, "select", lambda _: _frame("main.work"), lambda i: f"main.c{i:x}"),
    "network": lambda n: _dump(n, "IO wait, 5 minutes", lambda i: _library("internal/poll.runtime_pollWait") + _own(i)),
    "wait groups": lambda n: _dump(
        n, "sync.WaitGroup.Wait, 5 minutes", lambda i: _library("sync.(*WaitGroup).Wait") + _own(i)
    ),
    "tests": _tests,
    "captures": _captures,
    "heap": lambda n: _rows(n, f"heap profile: {n}: {n * 9} [{n}: {n * 9}] @ heap/1048576", "1: 9 [1: 9]"),
    "mutex": lambda n: _rows(n, "--- mutex:\ncycles/second=1000000000\nsampling period=5", "9000000 9"),
    "goroutine profile": lambda n: _rows(n, f"goroutine profile: total {n}", "1"),
}


def _calls(texts: list[str]) -> int:
    """How many calls of Python judging takes: no clock's mood is in it."""
    readings, calls = [read(text) for text in texts], 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        del frame, argument
        calls += event == "call"

    sys.setprofile(count)
    try:
        analyze(readings)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("inputs", [1, 2])
def test_the_work_grows_with_the_stacks_and_not_with_their_square(inputs, shape):
    few, many = ([SHAPES[shape](n * (number + 1) // inputs) for number in range(inputs)] for n in (FEW, MANY))
    began = time.process_time()
    calls = _calls(many)
    assert time.process_time() - began < SECONDS
    assert calls <= AT_MOST * _calls(few)


def _growing(n: int, number: int) -> str:
    return _rows(n, "heap profile: 1: 1 [1: 1] @ heap/1", f"{number}: {number << 21} [{number}: {number << 21}]")


def test_so_it_does_where_the_memory_of_each_function_grows():
    few, many = (_calls([_growing(n, number) for number in range(1, 7)]) for n in (FEW, MANY))
    assert many <= AT_MOST * few
