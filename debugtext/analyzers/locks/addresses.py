"""The address of a lock, from the arguments that a traceback prints. Go marks stale arguments with `?`."""

from debugtext.records.frames import receiver_type
from debugtext.records.goroutines import Arguments
from debugtext.stacks.arguments import pointer, sure_pointer
from debugtext.stacks.lock_types import is_of_lock
from debugtext.stacks.operations import Operation
from debugtext.stacks.places import Place

_LOCK_FUNCTIONS = frozenset(
    {
        "sync.(*Mutex).Lock",
        "sync.(*Mutex).lockSlow",
        "internal/sync.(*Mutex).Lock",
        "internal/sync.(*Mutex).lockSlow",
        "sync.(*RWMutex).Lock",
        "sync.(*RWMutex).RLock",
        "sync.(*RWMutex).rLockSlow",
    }
)
_SEMAPHORE_OFFSETS = {
    Operation.MUTEX: 4,
    Operation.READ_LOCK: 12,
    Operation.WRITE_LOCK: 8,
}
"""How far behind the lock's own address its semaphore lies.

Mutex is {state int32; sema uint32}, RWMutex is {w Mutex; writerSem, readerSem uint32; …} (sync/mutex.go, rwmutex.go).
"""
_LARGEST_OBJECT = 1 << 16
"""A lock that lies further behind an object's address than this is not a field of the object."""
OF_LOCKS = frozenset({"sync", "internal/sync", "runtime", "sync/atomic"})
"""The packages that implement locks: the caller that takes a lock is in none of them."""


def lock_address(place: Place, arguments: tuple[Arguments, ...], caller: int) -> int | None:
    """The address of the lock for which the goroutines of a place wait, from the arguments of the lock's own frames.

    A stale word counts only if the lock can be a field of the object whose method called Lock (frame `caller`).
    """
    if (other := _frame_of_other_lock(place)) is not None:
        return sure_pointer(arguments[other]) if other < len(arguments) else None
    is_method = receiver_type(place.stack.frames[caller].function) and caller < len(arguments)
    receiver = sure_pointer(arguments[caller]) if is_method else None

    def may_be(address: int, word: str) -> bool:
        return not word.endswith("?") or receiver is None or may_lie_in(address, receiver)

    for frame, words in zip(place.stack.frames, arguments, strict=False):
        if frame.package not in OF_LOCKS:
            break
        value = pointer(words[0]) if words else None
        reads = place.operation is not Operation.READ_LOCK or "RWM" in frame.function
        if value is not None and frame.function in _LOCK_FUNCTIONS and reads and may_be(value, words[0]):
            return value
    for frame, words in zip(place.stack.frames, arguments, strict=False):
        value = pointer(words[0]) if words and "runtime_Semacquire" in frame.function else None
        if value is not None:
            lock = value - _semaphore_offset(place)
            return lock if may_be(lock, words[0]) else None
    return None


def _semaphore_offset(place: Place) -> int:
    """How far behind the lock's address its semaphore lies; a writer may wait for the Mutex inside the RWMutex."""
    if is_behind_writer(place):
        return _SEMAPHORE_OFFSETS[Operation.MUTEX]
    return _SEMAPHORE_OFFSETS[place.operation]


def is_behind_writer(place: Place) -> bool:
    """Whether a writer waits for the Mutex inside the RWMutex, which an earlier writer holds."""
    return place.operation is Operation.WRITE_LOCK and "sync.(*Mutex).Lock" in place.stack.functions[:4]


def waits_for_readers(place: Place) -> bool:
    """Whether a writer waits for readers to leave, and not behind another writer (sync/rwmutex.go Lock)."""
    return place.operation is Operation.WRITE_LOCK and not is_behind_writer(place)


def _frame_of_other_lock(place: Place) -> int | None:
    """The index of the method of a lock type outside of package sync: where its semaphore lies is not known."""
    frames = place.stack.frames
    at = next((index for index, frame in enumerate(frames) if frame.package not in OF_LOCKS), 0)
    return at if at and "runtime_Semacquire" in frames[at - 1].function and is_of_lock(frames[at].function) else None


def may_lie_in(lock: int | None, receiver: int) -> bool:
    """Whether a lock can be a field of the object at the address `receiver`."""
    return lock is None or 0 <= lock - receiver < _LARGEST_OBJECT
