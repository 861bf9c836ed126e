"""Methods that only take a lock, by their own name or by their type's."""

import pytest

from debugtext.stacks.lock_types import is_of_lock, only_reads, takes_lock


@pytest.mark.parametrize(
    "function",
    [
        "example.com/pkg/sync.(*CrossRWMutex).RLock",
        "example.com/keys.(*KeyMutex).LockKey",
        "example.com/keys.(*KeyMutex[...]).LockKey",
        "example.com/keys.(*KeyMutex[go.shape.string]).Lock",
        "main.(*spinLock).Acquire",
        "main.(*lock).lockSlow",
        "main.FileLocker.Lock-fm",
    ],
)
def test_a_method_of_a_lock_takes_it(function):
    assert is_of_lock(function)
    assert takes_lock(function)


@pytest.mark.parametrize(
    "function",
    [
        "main.(*Store).Acquire",
        "main.(*Block).Enter",
        "main.(*Clock).LockAt",
        "example.com/lock.(*Manager).Acquire",
        "main.(*KeyMutex).Unlock",
        "main.(*KeyMutex).size",
        "main.acquire",
        "main." + "x" * 500 + "Mutex.Lock",
    ],
)
def test_others_are_not_told_by_their_type(function):
    assert not is_of_lock(function)


def test_lock_itself_is_a_lock_of_any_type():
    assert takes_lock("main.(*Store).RLock")
    assert not takes_lock("main.(*Store).Acquire")


@pytest.mark.parametrize(("name", "reads"), [("RLock", True), ("rLockKey", True), ("Lock", False)])
def test_readers_are_told_by_the_name(name, reads):
    assert only_reads(f"main.(*RWMutex).{name}") is reads
