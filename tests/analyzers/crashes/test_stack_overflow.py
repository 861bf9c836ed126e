"""Endless recursion: the functions that call each other, from however much of the stack is there."""

import pytest

from debugtext.analyzers.crash_facts.recursion import came_back, recursion, twice

from ...texts import stack

PRINTS_ITSELF = (
    "tree.(*Node).Name -> fmt.Sprintf -> fmt.(*pp).handleMethods -> tree.(*Node).String -> tree.(*Node).Name"
)
HEADLINE = (
    "runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n\ngoroutine 7 [running]:\n"
)


@pytest.mark.parametrize(
    ("functions", "cycle"),
    [
        (["main.f"] * 5 + ["main.main"], ("main.f",)),
        (["main.a", "main.b"] * 4 + ["main.main"], ("main.a", "main.b")),
        (["runtime.morestack", *["main.a", "main.b", "main.c"] * 3], ("main.a", "main.b", "main.c")),
        (["main.a", "main.b", "main.c", "main.main"], ()),
        (["main.f"] * 2, ()),
    ],
)
def test_a_recursion_cycle(functions, cycle):
    assert recursion(stack(*functions)) == cycle


@pytest.mark.parametrize(
    ("functions", "cycle"),
    [
        (["main.f", "main.f", "main.g", "main.b", "main.a", "main.b", "main.a"], ("main.b", "main.a")),
        (["main.f", "main.f", "main.g"], ("main.f",)),
        (["main.f", "main.g", "main.h"], ()),
    ],
)
def test_what_stands_twice_in_a_short_stack(functions, cycle):
    assert twice(stack(*functions)) == cycle


def test_a_function_that_comes_back_by_other_ways():
    walk = ["main.node", "main.walk", "main.list", "main.leaf", "main.walk", "main.main"]
    assert came_back(stack(*walk), walk) == ("main.walk", "main.list", "main.leaf")
    assert came_back(stack("main.f", "main.g"), ["main.f", "main.g"]) == ()


def overflow(*functions: str, below: str = "") -> str:
    calls = (
        f"{function}(0x1)\n\t/src/{function.rpartition('/')[2].partition('.')[0]}.go:{8 + at} +0x1d\n"
        for at, function in enumerate(functions)
    )
    return HEADLINE + "".join(calls) + below


@pytest.mark.parametrize(
    ("functions", "below", "title", "line"),
    [
        (["tree.Walk"] * 9, "", "tree.Walk calls itself without end", 8),
        (
            ["fmt.(*pp).handleMethods", "fmt.Sprintf", "tree.(*Node).Name", "tree.(*Node).String"] * 5,
            "...1000 frames elided...\nmain.main()\n\t/src/main.go:3 +0x1d\n",
            f"{PRINTS_ITSELF} without end, 1,021 calls deep",
            10,
        ),
        (
            ["tree.F", "tree.E", "tree.D", "tree.C", "tree.B", "tree.A"] * 4,
            "...additional frames elided...\n",
            "tree.F -> tree.A -> tree.B -> 3 more -> tree.F without end",
            8,
        ),
        (["tree.Leaf", "tree.B", "tree.A", "tree.B", "tree.A"], "", "tree.B -> tree.A -> tree.B without end", 9),
    ],
    ids=["alone", "through the library", "many", "a short excerpt"],
)  # fmt: skip
def test_the_title_tells_who_calls_whom_from_the_first_own_function_on(findings, functions, below, title, line):
    found = findings(overflow(*functions, below=below), rule="DT605")[0]
    assert found.title == f"stack overflow: {title}"
    assert found.location.line == line
    assert found.functions[0] == title.partition(" ")[0]
