"""Who waits for which lock: waiters put together by the lock's address, where a traceback prints it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.lock_types import is_of_lock, takes_lock
from debugtext.analyzers.stacks.operations import LOCKS, Operation
from debugtext.analyzers.stacks.places import Place
from debugtext.analyzers.wording import CUT_OFF, each
from debugtext.records.findings import normalised_function
from debugtext.records.frames import Frame
from debugtext.records.goroutines import Arguments

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
"""Mutex is {state int32; sema uint32}, RWMutex {w Mutex; writerSem, readerSem uint32; …} "
"(sync/mutex.go, rwmutex.go)."""
ONCE = "sync.(*Once).doSlow"
_LARGEST_OBJECT = 1 << 16
_CLOSE, _WITH_ANOTHER = 256, 2
"""So close behind its object's beginning a mutex mostly lies; and so many arguments a method has with one more."""
OF_LOCKS = frozenset({"sync", "internal/sync", "runtime", "sync/atomic"})
"""The packages of the locks themselves: a frame of theirs is not who takes one."""


@dataclass(frozen=True, slots=True)
class Waiter:
    """A goroutine that waits for a lock, by its id; in profiles it stands for its whole group (None).

    `caller` is the index of the frame that called Lock; `lock` is the lock's address, where it is printed, and
    `nearest` the object below it, where the receiver is lost.
    """

    place: Place
    goroutine: int | None
    caller: int
    arguments: tuple[Arguments, ...] = ()
    lock: int | None = None
    nearest: int | None = None

    @property
    def count(self) -> int:
        """How many goroutines it stands for."""
        return self.place.count if self.goroutine is None else 1

    @property
    def frame(self) -> Frame:
        """The frame that called Lock."""
        return self.place.stack.frames[self.caller]

    @property
    def is_cut_off(self) -> bool:
        """Whether the stack ends before the caller: the frame is the last one of the lock's own."""
        return self.frame.package in OF_LOCKS

    @property
    def is_of_once(self) -> bool:
        """Whether it waits for the function that a sync.Once runs, behind the Once's own Mutex."""
        return ONCE in self.place.stack.functions[: self.caller]

    @property
    def receiver(self) -> int | None:
        """The object whose method called Lock, by the method's first argument; of a plain function the nearest one.

        A word that Go marks as stale (`?`) may be anything: it counts only where the lock can lie in that object. Where
        the lock lies close behind another argument, it is that one's: of `b` in `a.move(b)`.
        """
        if not receiver_type(self.frame.function):
            return self.nearest
        if (other := self._other_with_lock()) is not None:
            return other
        found = self.first_word(self.caller)
        is_likely = found is not None and may_lie_in(self.lock, found)
        return found if is_likely else self.sure_word(self.caller) or self.nearest

    def _other_with_lock(self) -> int | None:
        """The argument of the method, other than its receiver, that the lock lies in or closest behind."""
        words = self.arguments[self.caller] if self.caller < len(self.arguments) else ()
        if self.lock is None or len(words) < _WITH_ANOTHER:
            return None
        lock = self.lock
        near = [at for word in words if (at := pointer(word)) is not None and 0 <= lock - at < _CLOSE]
        return max(near) if near and max(near) != self.first_word(self.caller) else None

    def first_word(self, index: int) -> int | None:
        """The first argument of a frame, if it can be an address."""
        words = self.arguments[index] if index < len(self.arguments) else ()
        return pointer(words[0]) if words else None

    def sure_word(self, index: int) -> int | None:
        """The same, unless Go marks it as stale."""
        return sure_pointer(self.arguments[index]) if index < len(self.arguments) else None


@dataclass(frozen=True)
class Lock:
    """One lock and all that wait for it; `address` is None where the text does not print it."""

    address: int | None
    waiters: tuple[Waiter, ...]
    count: int

    @cached_property
    def first(self) -> Waiter:
        """A waiter to show: of those in the function that most call it from, one that has waited longest."""
        most = next(iter(self.callers))
        here = (waiter for waiter in self.waiters if waiter.frame.function == most)
        return max(here, key=lambda waiter: waiter.place.oldest_minutes)

    @cached_property
    def callers(self) -> dict[str, int]:
        """The functions that call Lock, the one with most waiters first, and how many wait in each.

        Of a large dump not every goroutine is looked at: the rest counts as the largest's, as do those whose stack is
        cut off before the caller.
        """
        counts: dict[str, int] = {}
        oldest: dict[str, int] = {}
        named = [waiter for waiter in self.waiters if not waiter.is_cut_off]
        for waiter in named or self.waiters:
            function = waiter.frame.function
            counts[function] = counts.get(function, 0) + waiter.count
            oldest[function] = max(oldest.get(function, 0), waiter.place.oldest_minutes)
        largest = max(counts, key=lambda name: (counts[name], oldest[name]))
        counts[largest] += max(0, self.count - sum(counts.values()))
        return dict(sorted(counts.items(), key=lambda item: (-item[1], -oldest[item[0]])))

    @property
    def where(self) -> str:
        """The callers in words, each with its count; a function of the lock's own says nothing."""
        return CUT_OFF if self.first.is_cut_off else each(self.callers)

    @property
    def further_down(self) -> int:
        """Of a profile, which prints no addresses: how many wait at a later Lock of the function in which others wait.

        They are past the first one: it may be theirs, and what they wait for another's.
        """
        if self.first.goroutine is not None:
            return 0
        here = [waiter for waiter in self.waiters if waiter.frame.function == self.first.frame.function]
        lines = {waiter.frame.line for waiter in here if waiter.frame.line is not None}
        return sum(waiter.count for waiter in here if waiter.frame.line != min(lines)) if len(lines) > 1 else 0

    @property
    def oldest_minutes(self) -> int:
        """The longest printed wait."""
        return max(waiter.place.oldest_minutes for waiter in self.waiters)

    @property
    def operations(self) -> frozenset[Operation]:
        """Lock, RLock, or both."""
        return frozenset(waiter.place.operation for waiter in self.waiters)

    @property
    def receivers(self) -> frozenset[int]:
        """The objects in which the lock lies, as far as arguments tell."""
        return frozenset(receiver for waiter in self.waiters if (receiver := waiter.receiver))


def locks_of(subject: Subject, places: Iterable[Place]) -> list[Lock]:
    """The locks that goroutines wait for.

    Where the lock's own address is not printed (Go marks stale words with `?` and prints 0 for lost ones), the object
    whose method called Lock stands for it, and where that is not printed either, the type, or the function around
    closures.
    """
    found: dict[object, list[Waiter]] = {}
    counts: dict[object, int] = {}
    for place in places:
        if place.operation not in LOCKS or (caller := caller_index(place)) is None:
            continue
        name = place.stack.frames[caller].function
        unknown: object = ("method of", receiver_type(name) or normalised_function(name), is_read_write(place))
        key = unknown
        sampled = subject.members(place.capture).sampled(place)
        for goroutine, arguments in sampled:
            address = lock_address(place, arguments, caller)
            waiter = Waiter(place, goroutine, caller, arguments, address)
            receiver = waiter.receiver
            key = address or (("object", receiver) if receiver else unknown)
            found.setdefault(key, []).append(waiter)
            counts[key] = counts.get(key, 0) + 1
        if not sampled:
            found.setdefault(unknown, []).append(Waiter(place, None, caller))
        counts[key] = counts.get(key, 0) + place.count - len(sampled)
    return [Lock(key if isinstance(key, int) else None, tuple(waiters), counts[key]) for key, waiters in found.items()]


def is_read_write(place: Place) -> bool:
    """Whether it is an RWMutex: its Lock stands in that of the Mutex inside."""
    return any(function.startswith("sync.(*RWMutex)") for function in place.stack.functions)


def receiver_type(function: str) -> str:
    """`pkg.(*T)` of `pkg.(*T).Method`; empty for a plain function."""
    start = function.find("(")
    end = function.find(")", start)
    return function[: end + 1] if 0 <= start < end else ""


def caller_index(place: Place) -> int | None:
    """The frame that called Lock or RLock: the first that is not package sync's, the runtime's, or a lock's itself.

    Where a paste is cut behind those, the last one stands for it.
    """
    wrapper = len(place.stack.frames) - 1 if place.stack.frames else None
    for index, frame in enumerate(place.stack.frames):
        if frame.package in OF_LOCKS:
            continue
        if not takes_lock(frame.function):
            return index
        wrapper = index
    return wrapper


def lock_address(place: Place, arguments: tuple[Arguments, ...], caller: int) -> int | None:
    """The address of the lock, from the arguments of the lock's own frames.

    A word that Go marks as stale counts only where the object whose method called Lock can hold that lock.
    """
    if (other := _of_other_type(place)) is not None:
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
    """Where the semaphore lies in the lock; a writer may wait for the Mutex in the RWMutex."""
    if place.operation is Operation.WRITE_LOCK and "sync.(*Mutex).Lock" in place.stack.functions[:4]:
        return _SEMAPHORE_OFFSETS[Operation.MUTEX]
    return _SEMAPHORE_OFFSETS[place.operation]


def _of_other_type(place: Place) -> int | None:
    """The frame of a lock that is none of package sync's: where it has its semaphore is not known."""
    frames = place.stack.frames
    at = next((index for index, frame in enumerate(frames) if frame.package not in OF_LOCKS), 0)
    return at if at and "runtime_Semacquire" in frames[at - 1].function and is_of_lock(frames[at].function) else None


def may_lie_in(lock: int | None, receiver: int) -> bool:
    """Whether a lock can be a field of the object: one that lies elsewhere is another object's."""
    return lock is None or 0 <= lock - receiver < _LARGEST_OBJECT


def sure_pointer(words: Arguments) -> int | None:
    """The first argument of a frame, if it can be an address and Go does not mark it as stale."""
    return pointer(words[0]) if words and not words[0].endswith("?") else None


def pointer(word: str) -> int | None:
    """An argument word that can be the address of something: `0xc000012345?` is, `0x1` is not."""
    text = word.strip("{}? ")
    if not text.startswith("0x"):
        return None
    try:
        value = int(text, 16)
    except ValueError:
        return None
    return value if value >= 1 << 16 else None
