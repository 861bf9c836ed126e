"""What goroutines of a profile do on channels, by the addresses at which the runtime has parked them.

A profile (`debug=1`) prints no states, and hides the runtime's leading frames, but not their addresses. A channel
operation parks under gopark, the body of the operation (chansend or chanrecv), and its entry (chansend1, chanrecv1,
chanrecv2), which stands directly before the body: the distance of their addresses is one number for each operation in
each build of the runtime (knowledge/channels.toml). https://github.com/golang/go/blob/master/src/runtime/chan.go
A select parks under gopark and selectgo, a `select {}` under gopark and block: two addresses in one profile that are as
far apart as these two functions tell which is which.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from debugtext.knowledge import channel_builds, selects_behind_blocks
from debugtext.records.frames import Stack
from debugtext.records.goroutines import GoroutineGroup
from debugtext.stacks.operations import Operation

_COLUMNS = (Operation.SEND, Operation.RECEIVE, Operation.NIL_SEND, Operation.NIL_RECEIVE)
_FOR_NIL = frozenset({Operation.NIL_SEND, Operation.NIL_RECEIVE})
_FRAMES_OF_A_PARK = 32
"""So many addresses are searched for that of the first named frame."""
_OF_A_CHANNEL = (3, 4)
"""How many frames are hidden above a wait at a channel: three, or four in old versions, which call goparkunlock."""
_OF_A_SELECT = 2
_PROOF = 2
"""So many different distances identify a build: a single one may be another build's by chance."""

Distances = Mapping[int, Operation]
"""For each distance between a channel operation's body and its entry, what the operation does."""


@dataclass(frozen=True, slots=True)
class Parks:
    """What the addresses of one profile mean: `distances` of channel operations, and the addresses in `blocks`.

    At the latter goroutines have parked in a `select {}`.
    """

    distances: Distances = field(default_factory=dict)
    blocks: frozenset[int] = frozenset()


def parks_of(groups: Iterable[GoroutineGroup]) -> Parks:
    """What each address means in one profile; the known builds are not loaded for a profile without such addresses."""
    stacks = [group.stack for group in groups if group.state is None]
    seen = {distance for stack in stacks if (distance := distance_of(stack)) is not None}
    selects = {address for stack in stacks if (address := select_address(stack)) is not None}
    return Parks(_meant(seen) if seen else {}, _blocks(selects) if len(selects) > 1 else frozenset())


def _blocks(selects: set[int]) -> frozenset[int]:
    """Which of the addresses under gopark are in block: those of selectgo stand as far behind as in a known build."""
    apart = selects_behind_blocks()
    return frozenset(one for one in selects if any(other - one in apart for other in selects))


def _meant(seen: set[int]) -> Distances:
    """What each distance means.

    If several distances all fit some known builds, they mean what these builds agree on, nil channels included.
    """
    parks = dict(usual_parks())
    builds = [build for build in _builds() if seen <= build.keys()] if len(seen) >= _PROOF else []
    for distance in seen if builds else ():
        meant = {build[distance] for build in builds}
        if len(meant) == 1:
            parks[distance] = meant.pop()
    return parks


@cache
def usual_parks() -> Distances:
    """What each distance means if the build is not known: no nil channel, and only CHANNEL if builds disagree."""
    meant: dict[int, set[Operation]] = {}
    for build in _builds():
        for distance, operation in build.items():
            meant.setdefault(distance, set()).add(operation)
    usual = {distance: operations - _FOR_NIL for distance, operations in meant.items()}
    return {
        distance: next(iter(operations)) if len(operations) == 1 else Operation.CHANNEL
        for distance, operations in usual.items()
    }


@cache
def _builds() -> tuple[Distances, ...]:
    """For each known build, what its distances mean."""
    return tuple(
        {distance: operation for operation, distances in zip(_COLUMNS, build, strict=True) for distance in distances}
        for build in channel_builds()
    )


def distance_of(stack: Stack) -> int | None:
    """The distance between a channel operation's body and its entry; None if the goroutine has not parked in one."""
    hidden = hidden_frames(stack)
    if hidden not in _OF_A_CHANNEL:
        return None
    return stack.addresses[hidden - 2] - stack.addresses[hidden - 1]


def select_address(stack: Stack) -> int | None:
    """The address below gopark at which a goroutine has parked in a select, with cases or without; else None."""
    return stack.addresses[1] if hidden_frames(stack) == _OF_A_SELECT else None


def hidden_frames(stack: Stack) -> int | None:
    """How many frames of the runtime a profile hides above the first named one; None if it prints no addresses."""
    address = stack.frames[0].address if stack.frames else None
    if address is None:
        return None
    return next((i for i, at in enumerate(stack.addresses[:_FRAMES_OF_A_PARK]) if at in (address, address + 1)), None)
