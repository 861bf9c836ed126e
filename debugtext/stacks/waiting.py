"""What a goroutine waits for: from the state that a traceback prints, or from the frames of a profile."""

from debugtext.records.frames import Stack
from debugtext.records.goroutines import State
from debugtext.stacks.channel_parks import Parks, distance_of, hidden_frames, select_address, usual_parks
from debugtext.stacks.lock_types import is_of_lock, only_reads
from debugtext.stacks.operations import IO, Operation

_STATUS = {
    "chan send": Operation.SEND,
    "chan receive": Operation.RECEIVE,
    "chan send (nil chan)": Operation.NIL_SEND,
    "chan receive (nil chan)": Operation.NIL_RECEIVE,
    "select": Operation.SELECT,
    "select (no cases)": Operation.NO_CASES,
    "sync.Mutex.Lock": Operation.MUTEX,
    "sync.RWMutex.RLock": Operation.READ_LOCK,
    "sync.RWMutex.Lock": Operation.WRITE_LOCK,
    "sync.WaitGroup.Wait": Operation.WAIT_GROUP,
    "sync.Cond.Wait": Operation.CONDITION,
    "sleep": Operation.SLEEP,
    "coroutine": Operation.COROUTINE,
    "synctest.Run": Operation.BUBBLE,
    "synctest.Wait": Operation.BUBBLE,
    "syscall": Operation.SYSCALL,
    "running": Operation.RUNNING,
    "runnable": Operation.RUNNING,
    "preempted": Operation.RUNNING,
    "copystack": Operation.RUNNING,
}
_AS_PRINTED = {operation: status for status, operation in reversed(_STATUS.items())} | {
    Operation.CHANNEL: "chan send or receive",
    Operation.SEMAPHORE: "semacquire",
    **dict.fromkeys(IO | {Operation.ACCEPT}, "IO wait"),
}
_LEAVES = {
    "runtime.chansend": Operation.SEND,
    "runtime.chansend1": Operation.SEND,
    "runtime.chanrecv": Operation.RECEIVE,
    "runtime.chanrecv1": Operation.RECEIVE,
    "runtime.chanrecv2": Operation.RANGE,
    "runtime.selectgo": Operation.SELECT,
    "runtime.block": Operation.NO_CASES,
    "time.Sleep": Operation.SLEEP,
    "runtime.timeSleep": Operation.SLEEP,
    "sync.runtime_notifyListWait": Operation.CONDITION,
    "sync.runtime_SemacquireWaitGroup": Operation.WAIT_GROUP,
    "sync.runtime_SemacquireRWMutexR": Operation.READ_LOCK,
    "sync.runtime_SemacquireRWMutex": Operation.WRITE_LOCK,
    "syscall.Syscall": Operation.SYSCALL,
    "syscall.Syscall6": Operation.SYSCALL,
    "syscall.RawSyscall": Operation.SYSCALL,
    "syscall.read": Operation.SYSCALL,
    "syscall.syscall": Operation.SYSCALL,
    "runtime.cgocall": Operation.SYSCALL,
    "internal/runtime/syscall.Syscall6": Operation.SYSCALL,
    "runtime/internal/syscall.Syscall6": Operation.SYSCALL,
}
_LOCK_FRAMES = (
    ("sync.(*RWMutex).RLock", Operation.READ_LOCK),
    ("sync.(*RWMutex).Lock", Operation.WRITE_LOCK),
    ("sync.(*WaitGroup).Wait", Operation.WAIT_GROUP),
    ("sync.(*Cond).Wait", Operation.CONDITION),
    ("sync.(*Mutex).Lock", Operation.MUTEX),
    ("sync.(*Mutex).lockSlow", Operation.MUTEX),
    ("internal/sync.(*Mutex).lockSlow", Operation.MUTEX),
)
_CGO_PREFIXES = ("_Cfunc_", "_C2func_")
_PIPE_WRITES = frozenset({("io.(*pipe).write",), ("io.(*pipe).Write",), ("net.(*pipe).write",)})
"""They send on a channel to the pipe's reader, in a select whose other cases are for the pipe's end."""
_SEMAPHORES = ("sync.runtime_Semacquire", "internal/sync.runtime_Semacquire")
_RELEASES = frozenset({"sync.runtime_Semrelease", "internal/sync.runtime_Semrelease"})
_POLLS = ("internal/poll.runtime_pollWait", "internal/poll.(*pollDesc)", "net.runtime_pollWait", "net.(*pollDesc)")
_WRITES_TEXTS = "runtime/pprof."
_PARKED = "runtime.gopark"
_TURNS = frozenset({"internal/poll.(*fdMutex).rwlock", "net.(*fdMutex).rwlock"})
_ACCEPTS = frozenset({"Accept", "accept", "AcceptTCP", "AcceptUnix"})
_WAITS_TO_WRITE = "net.(*pollDesc).WaitWrite"
_CONNECTS = frozenset({"connect", "WaitWrite"})
_READING = frozenset({"Read", "read", "ReadFrom", "ReadFromUDP", "ReadMsg", "RawRead", "waitRead", "spliceDrain"})
_WRITES = frozenset({
    "Write", "write", "Writev", "writev", "WriteTo", "waitWrite", "SendFile", "Sendfile", "splicePump",
})  # fmt: skip
_LEAST_FRAMES_HIDDEN = 5
"""A profile that hides so many frames caught the goroutine at work in the runtime, not parked."""
_FRAMES_OF_A_WAIT = 7
"""A lock, read or accept stands within so many frames from the leaf; further down are the user's functions."""


def operation_of(stack: Stack, state: State | None, parks: Parks | None = None) -> Operation:
    """What a goroutine on this stack waits for; `parks` are the channel parks of its profile."""
    if state is None or state.status in {"waiting", "idle", ""}:
        return _from_frames(stack, parks)
    known = _STATUS.get(state.status)
    if known is Operation.RECEIVE and "runtime.chanrecv2" in stack.functions[:4]:
        return Operation.RANGE
    if known is Operation.SELECT and writes_to_pipe(stack):
        return Operation.SEND
    if known is not None:
        return known
    if state.status.startswith("semacquire"):
        return _behind_semaphore(named_functions(stack))
    if state.status == "IO wait":
        return _direction(named_functions(stack))
    return _from_frames(stack) if stack.functions and stack.functions[0].startswith(_SEMAPHORES) else Operation.SYSTEM


def likely_status(stack: Stack, parks: Parks | None = None) -> str:
    """The state that a traceback would print for a goroutine of a profile; empty if its frames do not show it."""
    return as_printed(_from_frames(stack, parks))


def as_printed(operation: Operation) -> str:
    """The state that a traceback prints for an operation; empty if it may be one of several."""
    return _AS_PRINTED.get(operation, "")


def writes_to_pipe(stack: Stack) -> bool:
    """Whether a goroutine writes to an io.Pipe or net.Pipe: that is a send, though the state is `select`."""
    return named_functions(stack)[:1] in _PIPE_WRITES


def waits_for_its_turn(stack: Stack) -> bool:
    """Whether a goroutine waits until another has read or written the same file (internal/poll/fd_mutex.go)."""
    return not _TURNS.isdisjoint(named_functions(stack)[:_FRAMES_OF_A_WAIT])


def writes_profile(stack: Stack) -> bool:
    """Whether a goroutine is in package runtime/pprof, and so writes the text."""
    return any(function.startswith(_WRITES_TEXTS) for function in stack.functions)


def calls_c(function: str) -> bool:
    """Whether cgo made a function to call C: `main._Cfunc_getaddrinfo` in _cgo_gotypes.go (cmd/cgo/out.go)."""
    return function.rpartition(".")[2].startswith(_CGO_PREFIXES)


def c_function(stack: Stack) -> str:
    """The C function that a goroutine has called; empty if it is not in C."""
    call = next((function for function in stack.functions[:_FRAMES_OF_A_WAIT] if calls_c(function)), "")
    return call.rpartition(".")[2].removeprefix("_").partition("_")[2]


def named_functions(stack: Stack) -> tuple[str, ...]:
    """The functions without the runtime's own at the top: level 2 tracebacks print gopark and the like."""
    functions = stack.functions
    start = next((i for i, function in enumerate(functions) if not function.startswith("runtime.")), 0)
    return functions[start:]


def _from_frames(stack: Stack, parks: Parks | None = None) -> Operation:
    """The operation by the frames alone; a profile hides the runtime's leading frames, but not their addresses."""
    functions = stack.functions[:_FRAMES_OF_A_WAIT]
    if not functions:
        return Operation.SYSTEM
    if (named := _by_name(functions[:3])) is not None:
        return named
    if functions[0] == _PARKED:  # a debugger's stack shows the runtime's frames
        functions = named_functions(stack)[:_FRAMES_OF_A_WAIT] or functions
    leaf = functions[0]
    if leaf.startswith(_SEMAPHORES):
        return _behind_semaphore(stack.functions)
    if is_at_work(stack):
        return Operation.RUNNING
    if leaf.startswith("sync."):
        return _lock(functions) or _hidden_channel(stack, parks)
    if leaf.startswith(_POLLS):
        return _direction(stack.functions)
    if leaf.startswith(_WRITES_TEXTS):
        return Operation.RUNNING  # it writes this very text
    return _hidden_channel(stack, parks)


def _behind_semaphore(functions: tuple[str, ...]) -> Operation:
    """The operation behind a wait at the runtime's semaphore: a lock, or the turns in which goroutines use one file."""
    if not _TURNS.isdisjoint(functions[:_FRAMES_OF_A_WAIT]):
        return _direction(functions)
    return _lock(functions[:_FRAMES_OF_A_WAIT]) or Operation.SEMAPHORE


def _by_name(functions: tuple[str, ...]) -> Operation | None:
    """The operation by the names of the first functions; None if they do not show it."""
    for function in functions:
        if function in _LEAVES:
            return _LEAVES[function]
    if calls_c(functions[0]):
        return Operation.SYSCALL
    return Operation.COROUTINE if functions[0].startswith("iter.Pull") else None  # parked by runtime.coroswitch


def _hidden_channel(stack: Stack, parks: Parks | None) -> Operation:
    """The operation by the number of runtime frames that are hidden above the first named one.

    A select parks under gopark and selectgo (runtime/select.go), a channel operation under one more, or two.
    """
    distance = distance_of(stack)
    if distance is not None:
        return (usual_parks() if parks is None else parks.distances).get(distance, Operation.CHANNEL)
    match hidden_frames(stack):
        case 0:
            return Operation.RUNNING
        case 2:
            if parks is not None and select_address(stack) in parks.blocks:
                return Operation.NO_CASES
            return Operation.SEND if writes_to_pipe(stack) else Operation.SELECT
    return Operation.UNKNOWN


def is_at_work(stack: Stack) -> bool:
    """Whether a profile caught a goroutine at work in the runtime: allocating, collecting, giving a lock back.

    A goroutine that parks has at most four frames of the runtime above the function that parks. One that gives a lock
    to a goroutine that has waited long lets that one run first (runtime/sema.go semrelease1).
    """
    hidden = hidden_frames(stack)
    return (hidden is not None and hidden >= _LEAST_FRAMES_HIDDEN) or not _RELEASES.isdisjoint(stack.functions[:1])


def _lock(functions: tuple[str, ...]) -> Operation | None:
    """The wait that the frames near the leaf name, if it is one of package sync or of another lock.

    RWMutex.Lock stands below the Mutex.Lock that it calls.
    """
    for function, operation in _LOCK_FRAMES:
        if function in functions:
            return operation
    if functions and functions[0] in {"sync.runtime_SemacquireMutex", "internal/sync.runtime_SemacquireMutex"}:
        return Operation.MUTEX
    caller = functions[1] if len(functions) > 1 and functions[0].startswith(_SEMAPHORES) else ""
    if not is_of_lock(caller):
        return None
    if only_reads(caller):
        return Operation.READ_LOCK
    return Operation.WRITE_LOCK if "RW" in caller else Operation.MUTEX


def _direction(functions: tuple[str, ...]) -> Operation:
    """Whether a goroutine in the network poller reads, writes, accepts or connects.

    The frame nearest to the leaf decides. A copy between connections does both (internal/poll.Splice): it reads while
    it fills its pipe, and writes while it empties the pipe.
    """
    for function in functions[: _FRAMES_OF_A_WAIT + 3]:
        name = function.rpartition(".")[2]
        if function == _WAITS_TO_WRITE:
            continue  # its caller shows whether it connects or writes (net/fd_unix.go up to Go 1.8)
        if name in _ACCEPTS:
            return Operation.ACCEPT
        if name in _CONNECTS:
            return Operation.CONNECT
        if name in _WRITES:
            connects = "internal/poll.(*FD).WaitWrite" in functions[:_FRAMES_OF_A_WAIT]
            return Operation.CONNECT if connects else Operation.WRITE
        if name in _READING:
            accepted = any(f.rpartition(".")[2] in _ACCEPTS for f in functions[:_FRAMES_OF_A_WAIT])
            return Operation.ACCEPT if accepted else Operation.READ
    return Operation.NETWORK
