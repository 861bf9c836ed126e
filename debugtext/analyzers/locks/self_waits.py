"""Goroutines that wait for themselves: a library's function waits for the end of the code that has called it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from debugtext.analyzers.crash_facts.crashing import is_snapshot
from debugtext.analyzers.crash_facts.which_rule import rule_of
from debugtext.analyzers.evidence.excerpts import is_excerpt
from debugtext.analyzers.locks.addresses import lock_address
from debugtext.analyzers.locks.waiters import ONCE, caller_index
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.rule_families import ALL_ASLEEP
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.stacks.arguments import sure_pointer
from debugtext.stacks.company import HANDS_OVER
from debugtext.stacks.operations import LOCKS, Operation
from debugtext.stacks.ownership import Owner
from debugtext.stacks.places import Place
from debugtext.stacks.wording import goroutines, minutes


@dataclass(frozen=True, slots=True)
class Ring:
    """A way to wait for oneself: a library's function waits for the end of the code from which it is called.

    - `waits`: the functions that wait. All names of functions here are the ends of full names.
    - `inside`: the functions that run the code for whose end `waits` wait.
    - `others`: a goroutine in one of these may be awaited instead: another caller, or a server that was not stopped.
    - `operations`: what a goroutine in `waits` waits for; `what` and `advice` are the words of the finding.
    - `is_method`: `waits` and `inside` have the same receiver; else the goroutine in `others` has started this one.
    - `has_keys`: the receiver alone does not say what is awaited; it also takes a key.
    - `is_freed`: leaving `inside`, even by a panic, lets the waiters go on, so only a goroutine still there is awaited.
    """

    waits: tuple[str, ...]
    inside: tuple[str, ...]
    others: tuple[str, ...]
    operations: frozenset[Operation]
    what: str
    advice: str
    is_method: bool = True
    has_keys: bool = False
    is_freed: bool = False


_DO, _CALL = "singleflight.(*Group).Do", "singleflight.(*Group).doCall"
_FARTHEST_LOCK = 4
"""How far behind the beginning of a Once its Mutex lies at most.

Once is {done atomic.Bool; m Mutex}, before Go 1.13 the other way round (sync/once.go).
"""
_END = frozenset({Operation.SELECT, Operation.CONDITION, Operation.WAIT_GROUP, Operation.SLEEP, Operation.SEMAPHORE})
_OF_A_SERVER = (
    _END,
    "the end of the server whose request it handles",
    "Stop the server outside of its handlers: in a goroutine of its own, or let the handler tell main to.",
)
RINGS = (
    Ring(
        (_DO,),
        (_DO, _CALL),
        (_DO, _CALL),
        frozenset({Operation.WAIT_GROUP}),
        "a call of a singleflight.Group that it makes itself",
        "Do not ask the group for the same key from the function that it runs: call what that needs directly.",
        has_keys=True,
    ),
    Ring(
        ONCE,
        ONCE,
        ONCE[:1],
        LOCKS,
        "a sync.Once whose function it runs itself",
        "The function that a Once runs must not come back to it: let it use what it has made so far directly.",
        is_freed=True,
    ),
    Ring(
        ("net/http.(*Server).Shutdown", "net/http/httptest.(*Server).Close"),
        ("net/http.(*conn).serve",),
        ("net/http.(*Server).Serve",),
        *_OF_A_SERVER,
        is_method=False,
    ),
    Ring(
        ("google.golang.org/grpc.(*Server).GracefulStop",),
        ("google.golang.org/grpc.(*Server).handleStream",),
        ("google.golang.org/grpc.(*Server).Serve",),
        *_OF_A_SERVER,
    ),
)
"""Their documentation says who must not call them: https://pkg.go.dev/golang.org/x/sync/singleflight#Group.Do,
https://pkg.go.dev/sync#Once.Do, https://pkg.go.dev/net/http#Server.Shutdown,
https://pkg.go.dev/google.golang.org/grpc#Server.GracefulStop"""


class WaitsForItself(Rule):
    """A goroutine waits for something that ends only when this goroutine itself goes on.

    **What it sees.** One stack on which a library function that waits is called from inside the very thing it waits
    for: `singleflight.Group.Do` inside the function that Do runs, `sync.Once.Do` inside its own function, or `Shutdown`
    of a server inside one of its handlers (also Close of httptest and GracefulStop of gRPC).

    **Why it is trouble.** It can never go on, and everyone who asks for the same key, or waits for the server to end,
    gets stuck as well.

    **When it is not.** When it is another key, another Once or another server. Nothing is reported if the addresses
    differ, or if another goroutine may be the one that is waited for; where the address of a Once is lost, that is any
    other goroutine inside a Once. A Shutdown with a deadline ends when the deadline passes.

    **What to do.** Call what is needed directly rather than through the group or the Once; stop a server from outside
    its handlers.
    """

    id = "DT308"
    name = "waits-for-itself"
    verdict = Verdict.DEADLOCK
    certainty = Certainty.LIKELY
    fires_on: ClassVar = ("dump/itself-go1.26.txt",)
    quiet_on: ClassVar = ("dump/others-go1.26.txt", "dump/once-stuck-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each place."""
        return (self.tell(subject, place, ring) for place, ring in self_waits(subject))

    def tell(self, subject: Subject, place: Place, ring: Ring) -> Finding:
        """The finding about the goroutines of one place, and about others that wait there for them."""
        beside = (one for one in subject.company(place.capture).places if one is not place)
        others = [one for one in beside if _is_alike(one, place) or _is_at_same_lock(subject, one, place, ring)]
        count = sum(one.count for one in others)
        return self.place_finding(
            subject,
            f"{place.function} waits for {ring.what}{minutes(place.oldest_minutes)}"
            f"{f', and {goroutines(count)} for that one' * bool(count)}",
            [place, *others],
            severity=Severity.WARNING if is_excerpt(subject, place.capture) else Severity.ERROR,
            evidence={"goroutines": place.count, "oldest_minutes": place.oldest_minutes, "waits_in": ring.waits[0]},
            advice=ring.advice,
        )


def _is_alike(other: Place, place: Place) -> bool:
    """Whether the goroutines of two places wait for the same operation in the same function."""
    return other.function == place.function and other.operation == place.operation


def _is_at_same_lock(subject: Subject, other: Place, place: Place, ring: Ring) -> bool:
    """Whether the ring waits at a lock, and the goroutines of two places wait for the same one, by its address."""
    return other.operation in ring.operations & LOCKS and _lock(subject, other) == _lock(subject, place) is not None


def _lock(subject: Subject, place: Place) -> int | None:
    """The address of the lock that the first goroutine of a place waits for, if it is printed."""
    sampled = subject.members(place.capture).sampled(place)
    return lock_address(place, sampled[0][1], caller_index(place) or 0) if sampled else None


def self_waits(subject: Subject) -> list[tuple[Place, Ring]]:
    """The places whose goroutines wait for themselves, each with the way in which they do."""
    return subject.once(_found)


def _found(subject: Subject) -> list[tuple[Place, Ring]]:
    places = (place for place in subject.places if not place.leaked and may_hang(subject, place.capture))
    return [(place, ring) for place in places if (ring := ring_of(subject, place))]


def may_hang(subject: Subject, capture: Capture) -> bool:
    """Whether waiting goroutines mean something: no crash stopped them at work, or all are asleep (DT104)."""
    asleep = isinstance(capture.body, Crash) and rule_of(capture.body) == ALL_ASLEEP
    return asleep or is_snapshot(subject, capture)


def ring_of(subject: Subject, place: Place) -> Ring | None:
    """The way in which the goroutines of a place wait for themselves; None if they do not seem to."""
    known = (ring for ring in RINGS if place.operation in ring.operations)
    return next((ring for ring in known if _is_closed(subject, place, ring)), None)


def _is_closed(subject: Subject, place: Place, ring: Ring) -> bool:
    """Whether a function of `ring.waits` stands above one of `ring.inside` on the stack, with own code in between."""
    frames = place.stack.frames
    functions = place.stack.functions
    top = next((at for at, function in enumerate(functions) if function.endswith(ring.waits)), len(frames))
    left = _caller(subject, place, top)
    inside = [at for at in range(left, len(frames)) if functions[at].endswith(ring.inside)]
    if not inside:
        return False
    if not ring.is_method:
        return not _may_wait_for_another(subject, place, ring)
    receivers = _receivers(subject, place, [top, *inside])
    if receivers[0] is not None and any(receivers[1:]):
        return receivers[0] in receivers[1:] and not (ring.has_keys and _may_wait_for_another(subject, place, ring))
    if ring.is_freed and _only_it_is_inside(subject, place, ring) and _may_be_one(subject, place, receivers[1:]):
        return True
    again = _caller(subject, place, inside[-1])
    return functions[left] in functions[again : again + 1] and not _may_wait_for_another(subject, place, ring)


def _only_it_is_inside(subject: Subject, place: Place, ring: Ring) -> bool:
    """Whether a whole text shows no other goroutine in `ring.inside`: so this one can only wait for itself."""
    waits = place.stack.functions[: caller_index(place)]
    if place.count > 1 or is_excerpt(subject, place.capture) or not any(name.endswith(ring.waits) for name in waits):
        return False
    others = (one for one in subject.company(place.capture).places if one is not place)
    return not any(_may_be_inside(one, ring) for one in others)


def _may_be_inside(place: Place, ring: Ring) -> bool:
    """Whether goroutines are in `ring.inside` below the call that waits; True if their stack is not complete."""
    stack = place.stack
    beyond = caller_index(place) if place.operation in ring.operations else 0
    is_whole = stack.frames and not stack.elisions
    return not is_whole or any(name.endswith(ring.inside) for name in stack.functions[beyond:])


def _may_be_one(subject: Subject, place: Place, receivers: list[int | None]) -> bool:
    """Whether the awaited lock may lie in an object that the goroutine is inside of; True if addresses are lost."""
    lock = _lock(subject, place)
    known = [receiver for receiver in receivers if receiver is not None]
    return lock is None or not known or any(0 <= lock - receiver <= _FARTHEST_LOCK for receiver in known)


def _caller(subject: Subject, place: Place, called: int) -> int:
    """The index of the first frame below `called` that is neither of its package nor of the standard library."""
    frames = place.stack.frames
    callers = (at for at in range(called, len(frames)) if frames[at].package != frames[called].package)
    return next((at for at in callers if subject.ownership.owner(frames[at]) is not Owner.STANDARD), len(frames))


def _receivers(subject: Subject, place: Place, indexes: list[int]) -> list[int | None]:
    """The receivers of some frames; None for those that Go has lost."""
    sampled = subject.members(place.capture).sampled(place)
    arguments = sampled[0][1] if sampled else ()
    return [sure_pointer(arguments[at]) if at < len(arguments) else None for at in indexes]


def _may_wait_for_another(subject: Subject, place: Place, ring: Ring) -> bool:
    """Whether a goroutine in `ring.others` may be awaited instead, because it does not wait there itself."""
    members, company = subject.members(place.capture), subject.company(place.capture)
    parents = set() if ring.is_method else members.parents(place)
    there = [one for one in company.places if any(name.endswith(ring.others) for name in one.stack.functions)]
    if not ring.is_method and not parents and not _serves_more(company.places, ring):
        return False
    return any(
        one is not place
        and one.operation not in ring.operations
        and (not parents or not parents.isdisjoint(members.ids(one)))
        for one in there
    )


def _serves_more(places: Sequence[Place], ring: Ring) -> bool:
    """Whether another server may be stopped: a request is handled that neither stops one nor writes this text."""
    handlers = (one for one in places if HANDS_OVER in one.stack.functions and one.operation is not Operation.RUNNING)
    return any(not one.stack.functions[0].endswith(ring.waits) for one in handlers)
