"""Goroutines that wait for locks, grouped by the lock's address if the traceback prints it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from debugtext.analyzers.locks.addresses import OF_LOCKS, lock_address, may_lie_in, waits_for_readers
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import normalised_function
from debugtext.records.frames import Frame, receiver_type
from debugtext.records.goroutines import Arguments
from debugtext.stacks.arguments import pointer, sure_pointer
from debugtext.stacks.lock_types import takes_lock
from debugtext.stacks.operations import LOCKS, Operation
from debugtext.stacks.places import Place
from debugtext.stacks.wording import CUT_OFF, each, since

ONCE = ("sync.(*Once).doSlow", "sync.(*Once).Do")
"""The functions of a Once that take its lock: before Go 1.13 it was Do itself (sync/once.go)."""
_CLOSE = 256
"""A mutex mostly lies no further behind its object's beginning than this."""
_RECEIVER_AND_ANOTHER = 2


@dataclass(frozen=True, slots=True)
class Waiter:
    """A goroutine that waits for a lock, by its id; in profiles all goroutines of a group (the id is None).

    `caller` is the index of the frame that called Lock. `lock` is the lock's address, if it is printed. `nearest` is
    the nearest object below the lock, for waiters whose receiver is lost.
    """

    place: Place
    goroutine: int | None
    caller: int
    arguments: tuple[Arguments, ...] = ()
    lock: int | None = None
    nearest: int | None = None

    @property
    def count(self) -> int:
        """How many goroutines this waiter stands for."""
        return self.place.count if self.goroutine is None else 1

    @property
    def frame(self) -> Frame:
        """The frame that called Lock."""
        return self.place.stack.frames[self.caller]

    @property
    def is_cut_off(self) -> bool:
        """Whether the stack ends before the caller of Lock, so that `frame` is one of the lock's own."""
        return self.frame.package in OF_LOCKS

    @property
    def is_of_once(self) -> bool:
        """Whether it waits in sync.Once.Do for the function that the Once runs, at the Mutex inside the Once."""
        return not set(ONCE).isdisjoint(self.place.stack.functions[: self.caller])

    @property
    def receiver(self) -> int | None:
        """The object in which the lock lies: the receiver of the method that called Lock, or `nearest` in a function.

        A word that Go marks as stale (`?`) may be anything: it counts only if the lock can be a field of that object.
        If the lock lies close behind another argument, it is that one's: the lock of `b` in `a.move(b)`.
        """
        if not receiver_type(self.frame.function):
            return self.nearest
        if (closest := self._closest_argument()) is not None:
            return closest
        found = self.first_word(self.caller)
        is_likely = found is not None and may_lie_in(self.lock, found)
        return found if is_likely else self.sure_word(self.caller) or self.nearest

    def _closest_argument(self) -> int | None:
        """The receiver or other argument behind which the lock lies closest; None if it lies close behind none."""
        words = self.arguments[self.caller] if self.caller < len(self.arguments) else ()
        if self.lock is None or len(words) < _RECEIVER_AND_ANOTHER:
            return None
        lock = self.lock
        near = [at for word in words if (at := pointer(word)) is not None and 0 <= lock - at < _CLOSE]
        return max(near, default=None)

    def first_word(self, index: int) -> int | None:
        """The first argument of a frame, if it can be an address."""
        words = self.arguments[index] if index < len(self.arguments) else ()
        return pointer(words[0]) if words else None

    def sure_word(self, index: int) -> int | None:
        """The first argument of a frame, if it can be an address and Go does not mark it as stale."""
        return sure_pointer(self.arguments[index]) if index < len(self.arguments) else None


@dataclass(frozen=True)
class Lock:
    """One lock and all its waiters; `address` is None if the text does not print it.

    `count` may be larger than the waiters show: in large dumps some goroutines are only counted. `alike` more wait in
    the same function for a lock of their own each, if all do there whose arguments were read.
    """

    address: int | None
    waiters: tuple[Waiter, ...]
    count: int
    alike: int = 0

    @cached_property
    def first(self) -> Waiter:
        """The waiter to show: in the function from which most call Lock, the one that has waited longest."""
        most = next(iter(self.callers))
        here = (waiter for waiter in self.waiters if waiter.frame.function == most)
        return max(here, key=lambda waiter: waiter.place.oldest_minutes)

    @cached_property
    def callers(self) -> dict[str, int]:
        """The functions that call Lock and how many wait in each, the most first.

        Goroutines of large dumps that are only counted, and those whose stack is cut off before the caller, are added
        to the largest function.
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
        """The callers in words, each with its count; if all are cut off, `a function that is cut off`."""
        return CUT_OFF if self.first.is_cut_off else each(self.callers)

    @property
    def further_down(self) -> int:
        """In a profile, which prints no addresses: how many wait at a later line of the function than others do.

        These are past the first Lock: they may hold the first lock, and wait for another one.
        """
        if self.first.goroutine is not None:
            return 0
        here = [waiter for waiter in self.waiters if waiter.frame.function == self.first.frame.function]
        lines = {waiter.frame.line for waiter in here if waiter.frame.line is not None}
        return sum(waiter.count for waiter in here if waiter.frame.line != min(lines)) if len(lines) > 1 else 0

    @property
    def since(self) -> str:
        """`for 12 min`, or `for up to 12 min` if they have not all waited equally long."""
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
    def is_a_mutex(self) -> bool:
        """Whether only one goroutine can have the lock: it is a Mutex, not an RWMutex, which readers share."""
        return self.operations == {Operation.MUTEX}

    @property
    def is_at_readers(self) -> bool:
        """Whether a writer waits for readers to leave, which an excerpt may not show."""
        return any(waits_for_readers(waiter.place) for waiter in self.waiters)

    @property
    def receivers(self) -> frozenset[int]:
        """The objects in which the lock lies, as far as the waiters' arguments tell."""
        return frozenset(receiver for waiter in self.waiters if (receiver := waiter.receiver))


def locks_of(subject: Subject, places: Iterable[Place]) -> list[Lock]:
    """The locks for which goroutines wait.

    If a lock's own address is not printed (Go marks stale words with `?` and prints 0 for lost ones), waiters are
    grouped by the object whose method called Lock. If that is not printed either, they are grouped by its type, or by
    the function around closures.
    """
    found: dict[object, list[Waiter]] = {}
    counts: Counter[object] = Counter()
    alike: Counter[object] = Counter()
    for place in places:
        if place.operation not in LOCKS or (caller := caller_index(place)) is None:
            continue
        if _runs_only_lock_code(place):
            continue
        name = place.stack.frames[caller].function
        unknown: object = ("method of", receiver_type(name) or normalised_function(name), is_read_write(place))
        here: Counter[object] = Counter()
        sampled = subject.members(place.capture).sampled(place)
        for goroutine, arguments in sampled:
            address = lock_address(place, arguments, caller)
            waiter = Waiter(place, goroutine, caller, arguments, address)
            receiver = waiter.receiver
            key = address or (("object", receiver) if receiver else unknown)
            found.setdefault(key, []).append(waiter)
            here[key] += 1
        if not sampled:
            found.setdefault(unknown, []).append(Waiter(place, None, caller))
            here[unknown] += 1
        if len(here) > 1 and len(here) == len(sampled):
            alike[next(iter(here))] += place.count - len(sampled)
        else:
            here = _of_all(here, place.count)
        counts.update(here)
    return [
        Lock(key if isinstance(key, int) else None, tuple(waiters), counts[key], alike[key])
        for key, waiters in found.items()
    ]


def _of_all(read: Counter[object], count: int) -> Counter[object]:
    """How many of `count` waiters wait for each lock, if as many of those that were read do as of all."""
    total = read.total()
    found = Counter({key: number * count // total for key, number in read.items()})
    found[read.most_common(1)[0][0]] += count - found.total()
    return found


def _runs_only_lock_code(place: Place) -> bool:
    """Whether the goroutine runs nothing but the lock's own code, as in `go once.Do(loop)`: no code waits for it."""
    stack = place.stack
    return stack.created_by is not None and not stack.elisions and all(one.package in OF_LOCKS for one in stack.frames)


def is_read_write(place: Place) -> bool:
    """Whether the lock is an RWMutex: its Lock stands below that of the Mutex inside."""
    return any(function.startswith("sync.(*RWMutex)") for function in place.stack.functions)


def caller_index(place: Place) -> int | None:
    """The index of the frame that called Lock or RLock: the first outside of sync, the runtime and other locks.

    If a paste is cut off before that frame, the last one stands for it.
    """
    wrapper = len(place.stack.frames) - 1 if place.stack.frames else None
    for index, frame in enumerate(place.stack.frames):
        if frame.package in OF_LOCKS:
            continue
        if not takes_lock(frame.function):
            return index
        wrapper = index
    return wrapper
