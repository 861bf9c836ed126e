"""What goroutines do and wait for, and what these kinds of waiting have in common."""

from enum import StrEnum


class Operation(StrEnum):
    """What a goroutine does or waits for; the value is its name."""

    SEND = "sending on a channel"
    RECEIVE = "receiving from a channel"
    RANGE = "ranging over a channel"
    CHANNEL = "a channel operation"
    NIL_SEND = "sending on a nil channel"
    NIL_RECEIVE = "receiving from a nil channel"
    SELECT = "select"
    NO_CASES = "a select without cases"
    MUTEX = "sync.Mutex.Lock"
    READ_LOCK = "sync.RWMutex.RLock"
    WRITE_LOCK = "sync.RWMutex.Lock"
    SEMAPHORE = "a semaphore"
    WAIT_GROUP = "sync.WaitGroup.Wait"
    CONDITION = "sync.Cond.Wait"
    SLEEP = "time.Sleep"
    READ = "reading from a connection or file"
    WRITE = "writing to a connection or file"
    ACCEPT = "accepting connections"
    CONNECT = "connecting"
    NETWORK = "input or output"
    SYSCALL = "a system call"
    RUNNING = "running"
    COROUTINE = "suspended by iter.Pull"
    BUBBLE = "waiting for its synctest bubble"
    SYSTEM = "the runtime's own work"
    UNKNOWN = "waiting"

    @property
    def doing(self) -> str:
        """The operation in a sentence about a goroutine: `waiting in a select`."""
        return _DOING.get(self, self.value)


LOCKS = frozenset({Operation.MUTEX, Operation.READ_LOCK, Operation.WRITE_LOCK})
_DOING = {
    **{one: f"in {one}" for one in (Operation.NO_CASES, Operation.SYSCALL, Operation.SLEEP)},
    Operation.CHANNEL: "waiting for a channel",
    Operation.SELECT: "waiting in a select",
    Operation.MUTEX: "waiting for a mutex",
    Operation.READ_LOCK: "waiting for a read lock",
    Operation.WRITE_LOCK: "waiting for a write lock",
    Operation.WAIT_GROUP: "waiting for a sync.WaitGroup",
    Operation.CONDITION: "waiting for a sync.Cond",
    Operation.SEMAPHORE: "waiting for a semaphore",
    Operation.NETWORK: "waiting for input or output",
    Operation.SYSTEM: "doing the runtime's own work",
}
CHANNELS = frozenset({Operation.SEND, Operation.RECEIVE, Operation.RANGE, Operation.CHANNEL})
RECEIVES = CHANNELS - {Operation.SEND}
READS = frozenset({Operation.READ, Operation.NETWORK})
"""Goroutines that may receive something from a connection; in NETWORK, the direction is not known."""
IO = READS | {Operation.WRITE, Operation.CONNECT}
AT_WORK = IO | {Operation.RUNNING, Operation.SLEEP, Operation.SYSCALL}
"""Goroutines in these go on without another goroutine."""
RESTING = frozenset({
    Operation.RECEIVE, Operation.RANGE, Operation.CHANNEL, Operation.SELECT, Operation.CONDITION, Operation.SLEEP,
    Operation.READ, Operation.NETWORK, Operation.SYSCALL, Operation.UNKNOWN, Operation.SEMAPHORE,
    Operation.WAIT_GROUP, Operation.COROUTINE,
})  # fmt: skip
"""Goroutines can be in these by design: all waits except for locks, sending and writing."""
LIBRARIES_REST = RESTING - {Operation.WAIT_GROUP, Operation.SEMAPHORE}
"""Goroutines of libraries can be in these by design."""
SURE_MINUTES = 3
"""From so many printed minutes on, a wait surely lasts for minutes.

Two minutes may be printed for a shorter wait: Go counts from the last garbage collection before, and forces one every
two minutes.
"""
