"""Which frames are one location."""

import pytest

from debugtext.records.frames import Frame, Stack
from debugtext.views.inlining import locations_of


def profile_frame(function, entry, offset):
    """A frame of a debug=1 text: the address is the entry of the physical function plus the offset."""
    return Frame(function, "/src/m.go", 1, offset=offset, address=entry + offset)


def groups(*frames):
    return [[frame.function for frame in location.frames] for location in locations_of(Stack(tuple(frames)))]


def test_frames_with_one_entry_are_inlined_into_the_last_of_them():
    found = groups(
        profile_frame("main.inlined2", 0x6BC6A0, 0x24),
        profile_frame("main.inlined", 0x6BC6A0, 0x25),
        profile_frame("main.callsInlined", 0x6BC6A0, 0x2A),
        profile_frame("runtime.main", 0x453040, 0x426),
    )
    assert found == [["main.inlined2", "main.inlined", "main.callsInlined"], ["runtime.main"]]


def test_recursion_is_not_inlining():
    found = groups(
        profile_frame("main.walk", 0x1000, 0x10),
        profile_frame("main.walk", 0x1000, 0x20),
        profile_frame("main.main", 0x2000, 0x30),
    )
    assert found == [["main.walk"], ["main.walk"], ["main.main"]]


def test_recursion_through_an_inlined_function():
    found = groups(
        profile_frame("main.each", 0x1000, 0x10),
        profile_frame("main.walk", 0x1000, 0x11),
        profile_frame("main.each", 0x1000, 0x20),
        profile_frame("main.walk", 0x1000, 0x21),
    )
    assert found == [["main.each", "main.walk"], ["main.each", "main.walk"]]


def test_a_traceback_says_what_is_inlined():
    found = groups(Frame("main.a", inlined=True), Frame("main.b", offset=0x25), Frame("main.c", offset=0x3))
    assert found == [["main.a", "main.b"], ["main.c"]]


def test_an_inlined_frame_at_the_root_stays_alone():
    assert groups(Frame("main.a", inlined=True)) == [["main.a"]]


def test_the_address_is_that_of_the_innermost_frame():
    frames = (profile_frame("main.a", 0x1000, 0x10), profile_frame("main.b", 0x1000, 0x11))
    assert [location.address for location in locations_of(Stack(frames))] == [0x1010]


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [((), []), ((0x4010,), []), ((0x4010, 0x5010), [0x400F, 0x500F])],
    ids=["no address", "runtime.goexit alone", "without symbols"],
)
def test_stacks_without_names(addresses, expected):
    assert [location.address for location in locations_of(Stack(addresses=addresses))] == expected
