"""Who may have a lock that nobody is seen to hold: one of those who wait, or a reader that has ended."""

import pytest

from ...texts import goroutine, profile
from .test_locks import DUMPER, waiting_for


def test_as_many_locks_as_wait_for_them_may_be_one_anothers(dump, findings):
    """Two transfers the other way round: what they were given are numbers, and nobody else is there."""
    one, other = (waiting_for(at, "main.(*Hall).Move(0xc000050000, 0x7)") for at in (0xC000010000, 0xC000090000))
    (found,) = findings(dump(one, other, DUMPER), rule="DT304")
    assert found.title == "2 goroutines wait for 5 min for 2 locks in main.(*Hall).Move, perhaps for one another's"
    assert found.evidence["chain"][-1] == "perhaps held by another one of them, which waits itself"
    assert found.advice.startswith("If the function takes two locks, they may hold one another's")


@pytest.mark.parametrize(("count", "words"), [(2, "Take goroutine?debug=2: it says which lock"), (12, "Look for a")])
def test_a_profile_of_a_few_does_not_tell_whether_they_wait_for_one_lock(findings, count, words):
    waits = ("sync.runtime_SemacquireMutex", "sync.(*Mutex).Lock", "main.(*Hall).Move")
    (found,) = findings(profile((count, waits)), rule="DT304")
    assert found.advice.startswith(words)


def test_a_writer_that_waits_for_readers_may_wait_for_one_that_has_ended(dump, findings):
    writer = (
        "semacquire, 9 minutes", "sync.runtime_Semacquire(0xc000010008)", "sync.(*RWMutex).Lock(0xc000010000)",
        "main.(*Client).retry(0xc000010000)",
    )  # fmt: skip
    closes = ("chan receive, 9 minutes", "main.(*Client).Close(0xc000010000)")
    (found,) = findings(dump(writer, closes, DUMPER), rule="DT303")
    assert found.functions[0] == "main.(*Client).Close"
    assert "look for an RLock whose call has ended without RUnlock" in found.advice


@pytest.mark.parametrize(
    ("line", "holder"),
    [(40, "main.(*Account).covers"), (30, "main.(*Account).take")],
    ids=["past its RLock", "above it"],
)
def test_who_has_read_locked_and_wants_to_write_waits_for_itself(findings, line, holder):
    """Others wait in covers for RLock, in line 34; the writer was called further down in it."""
    calls = {
        "RLock": ("sync.RWMutex.RLock, 3 minutes", ("sync.runtime_SemacquireRWMutexR(0xc00001000c, 0x0, 0x0)", 9)),
        "Lock": ("sync.RWMutex.Lock, 3 minutes", ("sync.runtime_SemacquireRWMutex(0xc000010008, 0x0, 0x0)", 9)),
    }

    def waits(number: int, method: str, *own: tuple[str, int]) -> str:
        state, leaf = calls[method]
        takes = ("main.(*Account).take(0xc000010000)", 20)
        frames = (leaf, (f"sync.(*RWMutex).{method}(0xc000010000)", 9), *own, takes, ("main.serve(0x1)", 31))
        lines = "".join(f"{call}\n\t/src/app/account.go:{at} +0x1d\n" for call, at in frames)
        return f"goroutine {number} [{state}]:\n{lines}"

    readers = [waits(number, "RLock", ("main.(*Account).covers(0xc000010000)", 34)) for number in range(30, 36)]
    grows = ("main.(*Account).grow(0xc000010000)", 47), ("main.(*Account).covers(0xc000052e58?)", line)
    (found,) = findings("\n".join([*readers, waits(25, "Lock", *grows), goroutine(1, *DUMPER)]), rule="DT30")
    assert (found.rule, found.functions[0]) == ("DT302", holder)
