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
        """The same of one who does it, for a sentence: `waiting in a select`."""
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
"""Those of connections from which something may come; of a network wait the direction is not known."""
IO = READS | {Operation.WRITE, Operation.CONNECT}
AT_WORK = IO | {Operation.RUNNING, Operation.SLEEP, Operation.SYSCALL}
"""Those of goroutines that go on without another one."""
RESTING = frozenset({
    Operation.RECEIVE, Operation.RANGE, Operation.CHANNEL, Operation.SELECT, Operation.CONDITION, Operation.SLEEP,
    Operation.READ, Operation.NETWORK, Operation.SYSCALL, Operation.UNKNOWN, Operation.SEMAPHORE,
    Operation.WAIT_GROUP, Operation.COROUTINE,
})  # fmt: skip
"""Where goroutines can be at rest by design: all but locks, senders and writers."""
LIBRARIES_REST = RESTING - {Operation.WAIT_GROUP, Operation.SEMAPHORE}
SURE_MINUTES = 3
"""Two may be printed of less: Go counts from the garbage collection before, and forces one every two minutes."""
