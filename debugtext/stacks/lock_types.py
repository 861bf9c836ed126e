"""Lock types outside of package sync, by their names: the caller of their methods is who takes the lock."""

from functools import lru_cache

WRAPPERS = frozenset({"Lock", "RLock", "lock", "rLock", "rlock", "LockContext"})
"""Methods that only take a lock, whatever their type."""
_TYPES = ("Mutex", "mutex", "Lock", "Locker", "Locks")
_NAMED = frozenset({"lock", "locker", "locks"})
_READS = ("rlock", "racquire")
_GIVES_BACK = ("unlock", "runlock", "release")
_TAKES = ("lock", "wlock", "acquire", "enter", *_READS)
_LONGEST_NAME = 400
"""Longer names are not looked at: no method of a lock has one."""


def takes_lock(function: str) -> bool:
    """Whether a function only takes a lock: `Lock` of any type, or `LockKey` of a type that is a lock by its name."""
    return function.rpartition(".")[2] in WRAPPERS or is_of_lock(function)


def only_locks(function: str) -> bool:
    """Whether a function only takes a lock or gives it back, so that its caller is the one to show."""
    kind, _, name = function.removesuffix("-fm").rpartition(".")
    return (
        takes_lock(function)
        or name.lower() in _GIVES_BACK[:2]
        or (_is_lock_type(kind) and name.lower().startswith(_GIVES_BACK))
    )


@lru_cache(maxsize=10_000)
def is_of_lock(function: str) -> bool:
    """Whether a function takes a lock, as a method of a type that is a lock by its name: `pkg.(*KeyMutex).LockKey`."""
    if len(function) > _LONGEST_NAME:
        return False
    kind, _, name = function.removesuffix("-fm").rpartition(".")
    return name.lower().startswith(_TAKES) and _is_lock_type(kind)


def _is_lock_type(kind: str) -> bool:
    """Whether a type is a lock by its name: `pkg.(*KeyMutex)`."""
    kind = kind.partition("[")[0].rpartition(".")[2].strip("(*)")
    return kind.endswith(_TYPES) or kind in _NAMED


def only_reads(function: str) -> bool:
    """Whether a method takes the lock for reading."""
    return function.rpartition(".")[2].lower().startswith(_READS)
