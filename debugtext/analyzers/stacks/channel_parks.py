"""What goroutines of a profile do on channels: told by where the runtime's code has parked them.

A profile (`debug=1`) prints no states, and hides the runtime's leading frames, but not their addresses. A channel
operation parks under gopark, the body of the operation (chansend or chanrecv), and its entry (chansend1, chanrecv1,
chanrecv2), which stands directly before the body: the distance of their addresses is one number for each operation in
each build of the runtime (knowledge/channels.toml). https://github.com/golang/go/blob/master/src/runtime/chan.go
"""

from collections.abc import Iterable, Mapping
from functools import cache

from debugtext.analyzers.stacks.operations import Operation
from debugtext.knowledge import channel_builds
from debugtext.records.frames import Stack
from debugtext.records.goroutines import GoroutineGroup

_IN_ORDER = (Operation.SEND, Operation.RECEIVE, Operation.NIL_SEND, Operation.NIL_RECEIVE)
_FOR_NIL = frozenset({Operation.NIL_SEND, Operation.NIL_RECEIVE})
_FRAMES_OF_A_PARK = 32
_OF_A_CHANNEL = (3, 4)
"""So many frames are hidden above who waits at a channel; old versions have goparkunlock besides."""
_PROOF = 2
"""So many different distances of one build show that it is this one: one alone may be another build's by chance."""

Parks = Mapping[int, Operation]
"""From the distance between a channel operation's body and its entry to what it does."""


def parks_of(groups: Iterable[GoroutineGroup]) -> Parks:
    """What each distance means in one profile; nothing is loaded for a text without any.

    If there are several, and all are those of known builds, they tell what they tell in these, a nil channel too.
    """
    stacks = (group.stack for group in groups if group.state is None)
    seen = {distance for stack in stacks if (distance := distance_of(stack)) is not None}
    if not seen:
        return {}
    parks = dict(usual_parks())
    builds = [build for build in _builds() if seen <= build.keys()] if len(seen) >= _PROOF else []
    for distance in seen if builds else ():
        meant = {build[distance] for build in builds}
        if len(meant) == 1:
            parks[distance] = meant.pop()
    return parks


@cache
def usual_parks() -> Parks:
    """What each distance means where the build is not known: never a nil channel, nor one of two that builds tell."""
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
def _builds() -> tuple[Parks, ...]:
    """The known builds, each with what its distances mean."""
    return tuple(
        {distance: operation for operation, those in zip(_IN_ORDER, build, strict=True) for distance in those}
        for build in channel_builds()
    )


def distance_of(stack: Stack) -> int | None:
    """How far behind its entry a channel operation has parked; None of what has not parked so."""
    hidden = hidden_frames(stack)
    if hidden not in _OF_A_CHANNEL:
        return None
    return stack.addresses[hidden - 2] - stack.addresses[hidden - 1]


def hidden_frames(stack: Stack) -> int | None:
    """How many frames of the runtime a profile hides above the first named one; None where it has no addresses."""
    address = stack.frames[0].address if stack.frames else None
    if address is None:
        return None
    return next((i for i, at in enumerate(stack.addresses[:_FRAMES_OF_A_PARK]) if at in (address, address + 1)), None)
