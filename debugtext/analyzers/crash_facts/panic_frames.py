"""What the runtime's frames on a stack prove about a panic or a fatal error whose message is missing."""

from debugtext.records.frames import Stack

THROWS = frozenset({
    "runtime.throw", "runtime.fatal", "internal/runtime/maps.fatal",
    "sync.throw", "sync.fatal", "internal/sync.throw", "internal/sync.fatal",
})  # fmt: skip
"""Functions that end the program with a fatal error."""
_RAISES = THROWS | {"panic", "runtime.panic", "runtime.gopanic"}
PANIC_FRAMES = _RAISES | {"runtime.sigpanic"}
"""Functions that only a panic, a fault or a fatal error calls."""
_PRINT_STACK = frozenset({"runtime/debug.Stack", "runtime/debug.PrintStack"})
"""Functions that print the stack of the goroutine that calls them."""
_KUBERNETES_HANDLERS = ("/pkg/util/runtime.HandleCrash", "/pkg/util/runtime.handleCrash", "/pkg/util/runtime.logPanic")
"""Functions that log a panic and panic again: https://pkg.go.dev/k8s.io/apimachinery/pkg/util/runtime#HandleCrash."""
_OUTERMOST = frozenset(
    {"main.main", "runtime.main", "runtime.goexit", "runtime.mstart", "runtime.mcall", "testing.tRunner"}
)
"""Functions that are at the bottom of a complete stack."""
_FRAMES_ABOVE_A_PANIC = 8
"""How many frames of handlers that log a panic may stand above it. A panic further down may have been recovered."""

NIL_DEREFERENCE = "nil dereference"
CONCURRENT_MAP = "concurrent use of a map"
_PANICS = (
    ("runtime.panicmem", NIL_DEREFERENCE),
    ("runtime.sigpanic", "fault"),
    ("runtime.goPanicIndex", "index out of range"),
    ("runtime.panicindex", "index out of range"),
    ("runtime.goPanicSlice", "slice bounds out of range"),
    ("runtime.panicslice", "slice bounds out of range"),
    ("runtime.panicBounds", "index or slice bounds out of range"),
    ("runtime.panicdivide", "division by zero"),
    ("runtime.panicshift", "shift by a negative number"),
    ("runtime.panicwrap", "method of a value called through a nil pointer"),
    ("runtime.panicdottype", "failed type assertion"),
    ("runtime.panicnildottype", "failed type assertion"),
    ("runtime.panicmakeslice", "make of a slice with an impossible length"),
    ("runtime.growslice", "slice grown beyond what can be"),
    ("runtime.closechan", "close of a closed or nil channel"),
    ("runtime.chansend", "send on a closed channel"),
    ("runtime.mapassign", "assignment to an entry of a nil map"),
    ("runtime.mapaccess", "map key that cannot be hashed"),
    ("runtime.mapdelete", "map key that cannot be hashed"),
    ("runtime.typehash", "map key that cannot be hashed"),
    ("runtime.efaceeq", "comparison of values that cannot be compared"),
    ("runtime.ifaceeq", "comparison of values that cannot be compared"),
    ("sync.(*WaitGroup).Add", "misuse of a sync.WaitGroup"),
)
"""The function that calls panic, and what it found: runtime/panic.go, chan.go, slice.go, alg.go, map.go, and
sync/waitgroup.go."""
_FATAL_ERRORS = (
    ("runtime.sigpanic", "fault at an unexpected address"),
    ("runtime.map", CONCURRENT_MAP),
    ("internal/runtime/maps.", CONCURRENT_MAP),
    ("sync.(*Mutex).unlockSlow", "unlock of an unlocked mutex"),
    ("internal/sync.(*Mutex).unlockSlow", "unlock of an unlocked mutex"),
    ("sync.(*RWMutex).Unlock", "unlock of an unlocked sync.RWMutex"),
    ("sync.(*RWMutex).RUnlock", "unlock of an unlocked sync.RWMutex"),
    ("sync.(*RWMutex).rUnlockSlow", "unlock of an unlocked sync.RWMutex"),
    ("runtime.sysMap", "out of memory"),
    ("runtime.largeAlloc", "out of memory"),
    ("runtime.(*mcache).allocLarge", "out of memory"),
    ("runtime.checkdead", "all goroutines are asleep"),
    ("runtime.checkmcount", "too many threads"),
    ("runtime.newosproc", "too many threads"),
)
"""The function that calls throw or fatal, and what it found: runtime/map.go, malloc.go, mem_linux.go, proc.go, and
package sync."""


def last_panic(stack: Stack) -> int | None:
    """The index of the outermost `panic`; None without one. Above it stand deferred functions, which may panic too."""
    return max((i for i, function in enumerate(stack.functions) if function in PANIC_FRAMES), default=None)


def panics_near_top(stack: Stack) -> list[str]:
    """The functions near the top of a stack that only a panic or a fatal error calls."""
    return [function for function in stack.functions[:_FRAMES_ABOVE_A_PANIC] if function in PANIC_FRAMES]


def is_handler(function: str) -> bool:
    """Whether a function only raises or handles panics: the frame at fault stands below it."""
    return function in PANIC_FRAMES or any(handler in function for handler in _KUBERNETES_HANDLERS)


def is_cut(stack: Stack) -> bool:
    """Whether the outermost frames of a stack are missing: it has no creator, no main, and no frame of C code."""
    if stack.created_by is not None or not _OUTERMOST.isdisjoint(stack.functions):
        return False
    return bool(stack.frames) and all(frame.package or frame.function == "panic" for frame in stack.frames)


def was_recovered(stack: Stack) -> bool:
    """Whether a stack was printed by code that recovers a panic: then the program goes on."""
    return not _PRINT_STACK.isdisjoint(stack.functions[:_FRAMES_ABOVE_A_PANIC])


def logged_by(stack: Stack) -> str:
    """The deferred function that logs a panic with debug.Stack; empty if none does.

    The runtime runs deferred functions before it prints a panic, so a function that logs its text got it from recover.
    """
    functions, panicked = stack.functions, last_panic(stack)
    if panicked is None or functions[0] not in _PRINT_STACK:
        return ""
    return next((function for function in functions[:panicked] if function not in _PRINT_STACK), "")


def raised(stack: Stack) -> str:
    """What the caller of the outermost panic proves that it was; `panic` or `fatal error` if it proves nothing."""
    functions = stack.functions
    at = max((i for i, function in enumerate(functions) if function in _RAISES), default=None)
    if at is None:
        return "panic"
    caller = functions[at + 1] if at + 1 < len(functions) else ""
    is_fatal = functions[at] in THROWS
    if functions[at] == "internal/runtime/maps.fatal":
        return CONCURRENT_MAP
    proofs = _FATAL_ERRORS if is_fatal else _PANICS
    found = (words for start, words in proofs if caller.startswith(start))
    return next(found, "fatal error" if is_fatal else "panic")
