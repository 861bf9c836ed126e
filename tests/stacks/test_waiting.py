"""What goroutines wait for: by state, by frames, and in profiles by the addresses of hidden frames."""

import pytest

from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import State
from debugtext.stacks.operations import Operation
from debugtext.stacks.waiting import likely_status, operation_of

from ..texts import stack

WAIT_GROUP = ("sync.runtime_Semacquire", "sync.(*WaitGroup).Wait", "main.f")
WRITE_LOCK = ("sync.runtime_SemacquireMutex", "sync.(*Mutex).lockSlow", "sync.(*Mutex).Lock", "sync.(*RWMutex).Lock")
READ = (
    "internal/poll.runtime_pollWait",
    "internal/poll.(*pollDesc).wait",
    "internal/poll.(*FD).Read",
    "net.(*conn).Read",
)
OLD_POLL = ("net.runtime_pollWait", "net.(*pollDesc).Wait", "net.(*pollDesc).WaitWrite")
ACCEPT = ("internal/poll.runtime_pollWait", "internal/poll.(*FD).Accept", "net.(*netFD).accept", "main.serve")
POLL = ("internal/poll.runtime_pollWait", "internal/poll.(*pollDesc).wait")
SPLICE = ("internal/poll.Splice", "net.spliceFrom", "net.(*TCPConn).ReadFrom", "io.Copy")
WAIT_READ, WAIT_WRITE = "internal/poll.(*pollDesc).waitRead", "internal/poll.(*pollDesc).waitWrite"
WRITE = ("internal/poll.runtime_pollWait", "internal/poll.(*pollDesc).waitWrite", "internal/poll.(*FD).Write")


@pytest.mark.parametrize(
    ("status", "functions", "operation"),
    [
        ("chan send", ("main.f",), Operation.SEND),
        ("chan receive", ("main.f",), Operation.RECEIVE),
        ("chan receive", ("runtime.gopark", "runtime.chanrecv", "runtime.chanrecv2", "main.f"), Operation.RANGE),
        ("chan send (nil chan)", ("main.f",), Operation.NIL_SEND),
        ("select (no cases)", ("main.f",), Operation.NO_CASES),
        ("select", ("io.(*pipe).write", "io.(*PipeWriter).Write", "main.f"), Operation.SEND),
        ("select", ("runtime.gopark", "runtime.selectgo", "net.(*pipe).write", "main.f"), Operation.SEND),
        ("select", ("io.(*pipe).read", "io.(*PipeReader).Read", "main.f"), Operation.SELECT),
        ("semacquire", WAIT_GROUP, Operation.WAIT_GROUP),
        ("semacquire", WRITE_LOCK, Operation.WRITE_LOCK),
        ("semacquire", ("runtime.gopark", "runtime.semacquire1", *WRITE_LOCK), Operation.WRITE_LOCK),
        ("", ("runtime.gopark", "runtime.goparkunlock", "runtime.semacquire1", *WRITE_LOCK), Operation.WRITE_LOCK),
        ("", ("runtime.gopark", "runtime.netpollblock", *READ), Operation.READ),
        ("semacquire", ("sync.runtime_SemacquireMutex", "main.f"), Operation.MUTEX),
        ("semacquire", ("main.f",), Operation.SEMAPHORE),
        ("semacquire", ("sync.runtime_Semacquire", "a/sync.(*RWMutex).RLock", "main.f"), Operation.READ_LOCK),
        ("semacquire", ("sync.runtime_Semacquire", "a/sync.(*RWMutex).Lock", "main.f"), Operation.WRITE_LOCK),
        ("semacquire", ("sync.runtime_Semacquire", "a/sync.(*Mutex).Lock", "main.f"), Operation.MUTEX),
        ("semacquire", ("sync.runtime_Semacquire", "main.(*pool).Acquire", "main.f"), Operation.SEMAPHORE),
        ("a state of tomorrow", ("sync.runtime_Semacquire", "a.(*Mutex).Lock"), Operation.MUTEX),
        ("a state of tomorrow", ("main.f",), Operation.SYSTEM),
        ("sync.RWMutex.RLock", ("main.f",), Operation.READ_LOCK),
        ("IO wait", READ, Operation.READ),
        ("IO wait", ACCEPT, Operation.ACCEPT),
        ("IO wait", WRITE, Operation.WRITE),
        ("IO wait", (*POLL, WAIT_READ, "internal/poll.spliceDrain", *SPLICE), Operation.READ),
        ("IO wait", (*POLL, "internal/poll.spliceDrain", *SPLICE), Operation.READ),
        ("IO wait", (*POLL, WAIT_WRITE, "internal/poll.splicePump", *SPLICE), Operation.WRITE),
        ("IO wait", (*POLL, WAIT_READ, "internal/poll.(*FD).Accept", "net.(*netFD).accept"), Operation.ACCEPT),
        ("IO wait", (*POLL, WAIT_WRITE, "internal/poll.(*FD).WaitWrite", "net.(*netFD).connect"), Operation.CONNECT),
        ("IO wait", (*OLD_POLL, "net.(*netFD).connect", "net.(*netFD).dial"), Operation.CONNECT),
        ("IO wait", (*OLD_POLL, "net.(*netFD).Write", "net.(*conn).Write"), Operation.WRITE),
        ("GC worker (idle)", ("runtime.gcBgMarkWorker",), Operation.SYSTEM),
    ],
)
def test_a_state_with_its_frames(status, functions, operation):
    assert operation_of(stack(*functions), State(status)) is operation


def profile_stack(*addresses: int, first_named: int) -> Stack:
    return Stack(frames=(Frame("main.f", "f.go", 3, address=first_named - 1),), addresses=addresses)


@pytest.mark.parametrize(
    ("addresses", "named", "operation"),
    [
        ((0x48D92A, 0x465F77, 0x72C62B, 0x4949E1), 0x72C62B, Operation.SELECT),
        ((0x48D92A, 0x418D5C, 0x418957, 0x72D1E5), 0x72D1E5, Operation.SEND),
        ((0x43B3F6, 0x407E9B, 0x407998, 0x6C3A70), 0x6C3A70, Operation.RECEIVE),
        ((0x48D92A, 0x419C8E, 0x4197D2, 0x72EC87), 0x72EC87, Operation.RECEIVE),
        ((0x48D92A, 0x419C8E, 0x400000, 0x72EC87), 0x72EC87, Operation.CHANNEL),
        ((0x72EC87, 0x4949E1), 0x72EC87, Operation.RUNNING),
        ((*range(0x400000, 0x400900, 0x100), 0x72EC87), 0x72EC87, Operation.RUNNING),
    ],
    ids=["select", "send-1.27", "receive-1.19", "receive-or-range-1.27", "unknown-version", "running", "allocating"],
)
def test_a_profile_tells_by_its_addresses(addresses, named, operation):
    assert operation_of(profile_stack(*addresses, first_named=named), None) is operation


def test_a_profile_names_locks_and_sleep_by_frames():
    assert operation_of(stack("time.Sleep", "main.f"), None) is Operation.SLEEP
    assert operation_of(stack("sync.runtime_notifyListWait", "sync.(*Cond).Wait"), None) is Operation.CONDITION
    assert operation_of(stack(*WAIT_GROUP), None) is Operation.WAIT_GROUP
    assert operation_of(stack("main.f"), None) is Operation.UNKNOWN


@pytest.mark.parametrize("leaf", ["sync.runtime_Semrelease", "internal/sync.runtime_Semrelease"])
def test_who_gives_a_lock_back_waits_for_nobody(leaf):
    frames = (Frame(leaf, address=0x72EC86), *stack("sync.(*Mutex).Unlock", "main.f").frames)
    assert operation_of(Stack(frames=frames, addresses=(0x1, 0x2, 0x72EC87)), None) is Operation.RUNNING


def test_not_all_of_package_sync_waits():
    frames = (Frame("sync.(*Pool).Get", address=0x72EC86), Frame("main.f"))
    assert operation_of(Stack(frames=frames, addresses=(0x72EC87, 0x4949E1)), None) is Operation.RUNNING


@pytest.mark.parametrize(
    ("functions", "status"),
    [
        (("sync.runtime_notifyListWait", "sync.(*Cond).Wait", "main.f"), "sync.Cond.Wait"),
        (WAIT_GROUP, "sync.WaitGroup.Wait"),
        (READ, "IO wait"),
        (ACCEPT, "IO wait"),
        (("time.Sleep", "main.f"), "sleep"),
        (("runtime.chansend1", "main.f"), "chan send"),
        (("main._Cfunc_lookup", "main.f"), "syscall"),
        (("main.f",), ""),
    ],
)
def test_the_state_that_a_traceback_would_print(functions, status):
    assert likely_status(stack(*functions)) == status
