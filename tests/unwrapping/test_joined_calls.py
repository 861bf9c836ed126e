"""Calls joined to the location above them, and headlines joined to what the runtime prints around them."""

import pytest

from debugtext.reading import read

JOINED = """It dies:
runtime: goroutine stack exceeds 1000000000-byte limit runtime: sp=0xc14 stack=[0xc13, 0xc16] \
fatal error: stack overflow runtime stack: runtime.throw({0x8e, 0xb})
/go/src/runtime/panic.go:992 +0x73 runtime.newstack()
/go/src/runtime/stack.go:1101 +0x5cc goroutine 1 [running]: depot.(*Yard).Shunt(0x872e00?, 0xbec8)
/src/depot/yard.go:188 +0x278 fp=0xc140 sp=0xc14f pc=0x45c depot.(*Wagon).Pull(...)
/src/depot/wagon.go:7 depot.(*Train).Leave(0x1)
C:/src/depot/train.go:9 +0x1f created by depot.Open
/src/depot/open.go:4 +0x1
"""


def crashes(text):
    return [capture.body for capture in read(text).captures if capture.format == "crash"]


def test_each_call_stands_above_its_location_again():
    [crash] = crashes(JOINED)
    assert (crash.fatal, crash.runtime_messages[0]) == (
        "stack overflow",
        "runtime: goroutine stack exceeds 1000000000-byte limit",
    )
    [goroutine] = crash.goroutines
    assert [(frame.function, frame.file, frame.line) for frame in goroutine.stack.frames] == [
        ("depot.(*Yard).Shunt", "/src/depot/yard.go", 188),
        ("depot.(*Wagon).Pull", "/src/depot/wagon.go", 7),
        ("depot.(*Train).Leave", "C:/src/depot/train.go", 9),
    ]
    assert goroutine.stack.created_by.function == "depot.Open"
    assert [frame.function for frame in crash.runtime_stack] == ["runtime.throw", "runtime.newstack"]


@pytest.mark.parametrize("before", ["", "We get ", "12:07:09 died with "])
def test_a_headline_may_stand_in_the_middle_of_a_line_that_goes_on_with_a_goroutine(before):
    asleep = "fatal error: all goroutines are asleep - deadlock!"
    [crash] = crashes(
        f"{before}{asleep} goroutine 7 [select (no cases)]: depot.Open(...)\n\t/src/depot/open.go:4 +0x1\n"
    )
    assert crash.fatal == "all goroutines are asleep - deadlock!"
    assert [goroutine.stack.functions for goroutine in crash.goroutines] == [("depot.Open",)]


def test_locations_written_before_their_functions_are_left_as_they_are():
    text = (
        "goroutine 7 [select]:\n/src/depot/open.go:4 depot.Open(...)\n/src/depot/yard.go:9 depot.(*Yard).Shunt(...)\n"
    )
    [capture] = read(text).captures
    assert [frame.function for frame in capture.body.goroutines[0].stack.frames] == [
        "depot.Open",
        "depot.(*Yard).Shunt",
    ]


def test_a_crash_told_in_prose_has_its_goroutine():
    told = 'depot: "yard open; fatal error: all goroutines are asleep - deadlock!", goroutine 1 [select (no cases)] '
    [crash] = crashes(f"Up: 3\n{told}main.main() /src/depot/main.go:162 +0x109c; it ended: exit status 2)\n")
    assert (crash.fatal, crash.goroutines[0].stack.functions) == (
        "all goroutines are asleep - deadlock!",
        ("main.main",),
    )
