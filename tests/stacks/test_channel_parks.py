"""What a profile's addresses tell of channels: sends and receives always, nil channels where the build is known."""

import pytest

from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import GoroutineGroup, State
from debugtext.stacks.channel_parks import Parks, parks_of, usual_parks
from debugtext.stacks.waiting import likely_status

ENTRY = 0x407E32
RECEIVES, NIL_RECEIVES, SENDS, NIL_SENDS = 0x4DC, 0x207, 0x405, 0x115
"""The distances of Go 1.26 on amd64."""


def group(distance: int, state: State | None = None) -> GoroutineGroup:
    """A goroutine of a profile that has parked so far behind the entry of a channel operation."""
    frames = (Frame("main.f", address=0x6B0C19), Frame("main.main", address=0x6B0D00))
    stack = Stack(frames=frames, addresses=(0x43BBEE, ENTRY + distance, ENTRY, 0x6B0C1A, 0x6B0D01))
    return GoroutineGroup(stack, state, 1, line=2)


def told(*distances: int) -> list[str]:
    groups = [group(distance) for distance in distances]
    parks = parks_of(groups)
    return [likely_status(one.stack, parks) for one in groups]


def test_two_operations_of_a_build_tell_of_nil_channels():
    assert told(RECEIVES, NIL_RECEIVES) == ["chan receive", "chan receive (nil chan)"]
    assert told(NIL_SENDS, NIL_RECEIVES) == ["chan send (nil chan)", "chan receive (nil chan)"]
    assert told(0x1E8, 0x4AC) == ["chan receive (nil chan)", "chan receive"]  # Go 1.26 on arm64
    assert told(0x558, 0x379) == ["chan receive (nil chan)", "chan receive"]  # the same on amd64, -l


def test_one_alone_may_be_chance():
    assert told(NIL_RECEIVES) == ["chan send or receive"]
    assert told(NIL_RECEIVES, 0x9FF) == ["chan send or receive", "chan send or receive"]  # no known build's
    assert told(RECEIVES) == ["chan receive"]


def test_those_of_different_builds_tell_of_none():
    assert told(NIL_RECEIVES, 0x3CD) == ["chan send or receive", "chan receive"]  # Go 1.26 and 1.22


def test_what_is_a_send_in_one_build_and_a_receive_in_another_is_open_until_the_build_is_known():
    assert told(0x448) == ["chan send or receive"]
    assert told(0x448, 0x594) == ["chan send", "chan receive"]  # Go 1.18 on amd64


def test_a_traceback_tells_by_its_states():
    assert parks_of([group(NIL_RECEIVES, State("chan receive")), group(RECEIVES, State("select"))]) == Parks()


@pytest.mark.parametrize(("distance", "status"), [(SENDS, "chan send"), (NIL_SENDS, "chan send or receive")])
def test_of_a_stack_alone_the_usual_is_told(distance, status):
    assert likely_status(group(distance).stack) == status
    assert (distance in usual_parks()) is True


BLOCK, SELECTGO = 0x44B9C6, 0x44B9C6 + 0xABF
"""The addresses at which Go 1.26 on amd64 parks in a select without and with cases."""


def in_select(address: int) -> GoroutineGroup:
    """A goroutine of a profile that has parked in a select at this address."""
    frames = (Frame("main.f", address=0x6B0C19),)
    return GoroutineGroup(Stack(frames=frames, addresses=(0x43BBEE, address, 0x6B0C1A)), None, 1, line=2)


@pytest.mark.parametrize(
    ("addresses", "statuses"),
    [
        pytest.param([BLOCK, SELECTGO], ["select (no cases)", "select"], id="both: each is told by the other"),
        pytest.param([BLOCK], ["select"], id="one alone may be either"),
        pytest.param([BLOCK, SELECTGO + 1], ["select", "select"], id="so far apart in no known build"),
    ],
)
def test_a_select_without_cases_is_told_by_one_with_cases(addresses, statuses):
    groups = [in_select(address) for address in addresses]
    parks = parks_of(groups)
    assert [likely_status(one.stack, parks) for one in groups] == statuses
