"""Where goroutines stand: each group with its operation, its owner, and what the knowledge says about its stack."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from debugtext.knowledge.entries import Idle, Knowledge, Library
from debugtext.records.captures import Capture
from debugtext.records.counts import CountProfile
from debugtext.records.findings import normalised_function
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import GoroutineGroup
from debugtext.stacks.channel_parks import parks_of
from debugtext.stacks.operations import IO, LOCKS, SURE_MINUTES, Operation
from debugtext.stacks.ownership import Ownership
from debugtext.stacks.waiting import c_function, is_at_work, named_functions, operation_of, writes_to_pipe
from debugtext.stacks.wording import minutes, named_with_line

MAIN = "main.main"
"""Where the main goroutine's own code begins."""
_CLOSURES = frozenset({"func", "gowrap", "deferwrap", "glob", "", "init"})
_NEVER_IDLE = LOCKS | {Operation.SEND, Operation.NIL_SEND, Operation.NIL_RECEIVE}
"""No goroutine stays in these by design: they pass in a moment, or never."""
_DIRECTIONS = frozenset({Operation.SEND, Operation.RECEIVE})
_FILE_WRITE = "os.(*File).Write"
"""A write to a pipe or a log, where no slow client reads."""
_MOST_RUNNING = 10
"""So many goroutines of one stack do not run at once: the addresses of their profile were invented or cut off."""
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@dataclass(frozen=True, slots=True)
class Place:
    """One group of goroutines: same stack, same state.

    `front` is the frame to open in an editor: the first of own code, else of a dependency; None for a bare stack. `own`
    says whether it is own code. `idle` is the knowledge's entry about goroutines that wait so by design, `libraries`
    are its entries about leaks that the stack fits.
    """

    input: str
    capture: Capture
    group: GoroutineGroup
    operation: Operation
    front: Frame | None
    own: bool
    idle: Idle | None = None
    libraries: tuple[Library, ...] = ()

    @property
    def stack(self) -> Stack:
        """The stack of all its goroutines."""
        return self.group.stack

    @property
    def count(self) -> int:
        """How many goroutines the group has."""
        return self.group.count

    @property
    def function(self) -> str:
        """The front frame's function; empty for a bare stack."""
        return self.front.function if self.front else ""

    @property
    def oldest_minutes(self) -> int:
        """The longest printed wait, 0 if none is printed."""
        return self.group.waits[-1] if self.group.waits else 0

    @property
    def writes_to_pipe(self) -> bool:
        """Whether the send is a write to an io.Pipe, which cannot be given a buffer."""
        return self.operation is Operation.SEND and writes_to_pipe(self.stack)

    @property
    def waits_for(self) -> str:
        """What the goroutines do or wait for, in words: `sending on a channel`."""
        if self.writes_to_pipe:
            return "writing to a pipe"
        called = c_function(self.stack) if self.operation is Operation.SYSCALL else ""
        return f"in the C function {called}" if called else self.operation.doing

    @property
    def in_words(self) -> str:
        """Where they stand and what they wait for: `chat.(*Hub).run: sending on a channel for 2 min`."""
        return f"{self.function}: {self.waits_for}{minutes(self.oldest_minutes)}"

    @property
    def with_line(self) -> str:
        """The same with the line to open, without minutes: `chat.(*Hub).run (hub.go:31): sending on a channel`."""
        return f"{named_with_line(self.front) if self.front else ''}: {self.waits_for}"

    @property
    def leaked(self) -> bool:
        """Whether the runtime marked them as leaked, or the profile lists only leaked goroutines."""
        if self.group.state is not None:
            return self.group.state.leaked
        return isinstance(self.capture.body, CountProfile) and self.capture.body.name == "goroutineleak"

    @property
    def at_rest(self) -> bool:
        """Whether the goroutines wait by design, and are not too many for that."""
        return self.idle is not None and (not self.idle.limit or self.count <= self.idle.limit)


def places_of(name: str, capture: Capture, ownership: Ownership, knowledge: Knowledge) -> Iterable[Place]:
    """A place for each group of a capture that is not empty, the largest first."""
    groups = capture.groups()
    parks = parks_of(groups)
    for group in groups:
        stack = group.stack
        if not group.count:  # a broken count
            continue
        front = ownership.front_frame(stack)
        own = front is not None and ownership.is_own(front)
        operation = operation_of(stack, group.state, parks)
        works = operation is Operation.RUNNING and group.state is None
        if works and group.count >= _MOST_RUNNING and not is_at_work(stack):
            operation, works = Operation.UNKNOWN, False
        to_file = _FILE_WRITE in stack.functions
        stands = operation not in IO or (operation is Operation.WRITE and (to_file or is_old(group.waits)))
        above = stack.frames.index(front) + 1 if front is not None and own and stands else None
        idle = knowledge.idle_entry(stack, front.function if front else "", named_functions(stack)[:1], above)
        libraries = () if works else knowledge.libraries_of(stack, above, operation)
        yield Place(
            name, capture, group, operation, front, own, idle if operation not in _NEVER_IDLE else None, libraries
        )


def with_directions(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places; a profile's CHANNEL becomes SEND or RECEIVE if a traceback beside it shows this for the line."""
    known: dict[Frame, set[Operation]] = {}
    every = tuple(places)
    for place in every:
        if place.front is not None and place.operation in _DIRECTIONS:
            known.setdefault(place.front.spot, set()).add(place.operation)
    return tuple(_directed(place, known) for place in every) if known else every


def _directed(place: Place, known: dict[Frame, set[Operation]]) -> Place:
    """The place with the operation that is known for its line, if there is only one."""
    found = known.get(place.front.spot, set()) if place.operation is Operation.CHANNEL and place.front else set()
    if len(found) != 1:
        return place
    (operation,) = found
    return replace(place, operation=operation, idle=None if operation in _NEVER_IDLE else place.idle)


def is_old(waits: Sequence[int]) -> bool:
    """Whether the longest of these waits (ascending minutes) has surely lasted for minutes."""
    return bool(waits) and waits[-1] >= SURE_MINUTES


def started_by(place: Place) -> str:
    """The function with the go statement; empty if not known.

    Profiles do not print it, but the name of a closure begins with the function around it.
    """
    creator = place.stack.created_by
    if creator is not None:
        return normalised_function(creator.function)
    if place.group.state is not None or not place.stack.functions:
        return ""
    outer, _, last = place.stack.functions[-1].rpartition(".")
    return normalised_function(outer) if last.rstrip("0123456789") in _CLOSURES else ""


@lru_cache(maxsize=10_000)
def words_of(function: str) -> tuple[str, ...]:
    """The words of a function's own name in small letters; for a closure, those of the function around it.

    `pkg.(*Pool).runWorker` has run and worker, `pkg.NewPool.func1` new and pool. The type's name is left out, as a
    Server has short methods too.
    """
    parts = normalised_function(function).rpartition("/")[2].split(".")
    names = [part for part in parts[1:] if part not in _CLOSURES and not part.startswith("(")]
    return tuple(word.lower() for word in _WORD.findall(names[-1])) if names else ()
