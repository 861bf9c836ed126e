"""Who waits for which lock: waiters put together by the lock's address, where a traceback prints it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from debugtext.analyzers.locks.addresses import OF_LOCKS, lock_address, may_lie_in, waits_for_readers
from debugtext.analyzers.stacks.arguments import pointer, sure_pointer
from debugtext.analyzers.stacks.lock_types import takes_lock
from debugtext.analyzers.stacks.operations import LOCKS, Operation
from debugtext.analyzers.stacks.places import Place
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.wording import CUT_OFF, each, since
from debugtext.records.findings import normalised_function
from debugtext.records.frames import Frame, receiver_type
from debugtext.records.goroutines import Arguments

ONCE = ("sync.(*Once).doSlow", "sync.(*Once).Do")
"""Before Go 1.13 Do itself took the lock (sync/once.go)."""
_CLOSE, _WITH_ANOTHER = 256, 2
"""So close behind its object's beginning a mutex mostly lies; and so many arguments a method has with one more."""


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
        return not set(ONCE).isdisjoint(self.place.stack.functions[: self.caller])

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
    def since(self) -> str:
        """`for 12 min`, of several that have not all waited as long `for up to 12 min`."""
        places = {id(waiter.place): waiter.place for waiter in self.waiters}.values()
        return since([minutes for place in places for minutes in place.group.waits], sum(one.count for one in places))

    @property
    def oldest_minutes(self) -> int:
        """The longest printed wait."""
        return max(waiter.place.oldest_minutes for waiter in self.waiters)

    @property
    def operations(self) -> frozenset[Operation]:
        """Lock, RLock, or both."""
        return frozenset(waiter.place.operation for waiter in self.waiters)

    @property
    def is_at_readers(self) -> bool:
        """Whether a writer waits for those that have the lock for reading, which an excerpt may lack."""
        return any(waits_for_readers(waiter.place) for waiter in self.waiters)

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
        if _is_nobodys(place):
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


def _is_nobodys(place: Place) -> bool:
    """Whether nothing but the lock's own code was started, as by `go once.Do(loop)`: nobody waits for what it does."""
    stack = place.stack
    return stack.created_by is not None and not stack.elisions and all(one.package in OF_LOCKS for one in stack.frames)


def is_read_write(place: Place) -> bool:
    """Whether it is an RWMutex: its Lock stands in that of the Mutex inside."""
    return any(function.startswith("sync.(*RWMutex)") for function in place.stack.functions)


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
