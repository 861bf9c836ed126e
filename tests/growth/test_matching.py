"""Stacks that are one place in the program, in two readings of it."""

import pytest

from debugtext.growth import matching
from debugtext.growth.matching import Matcher


@pytest.fixture
def matches(stack):
    """The places of the second reading as indexes into the first; None where a place is new."""

    def find(before, after):
        matcher = Matcher()
        known = matcher.identify([item if not isinstance(item, str) else stack(item) for item in before])
        now = matcher.identify([item if not isinstance(item, str) else stack(item) for item in after])
        return [known.index(identity) if identity in known else None for identity in now]

    return find


CASES = [
    pytest.param(["main.f:10+5"], ["main.f:10+5"], [0], id="the same"),
    pytest.param(["main.f:10+5"], ["main.f:44+99"], [0], id="rebuilt: line and offset moved"),
    pytest.param(["main.f:10+5"], ["main.g:10+5"], [None], id="another function"),
    pytest.param(["main.f.func2:10+5"], ["main.f.func3:17+5"], [0], id="a closure renumbered"),
    pytest.param(["main.f.func2:10+5"], ["main.f.func3:17+9"], [0], id="a closure renumbered and edited"),
    pytest.param(["main.f.func2.1:10+5"], ["main.f.func3.1:17+5"], [0], id="a closure in a renumbered one"),
    pytest.param(["main.f.gowrap1:10+5"], ["main.f.gowrap2:12+5"], [0], id="a wrapper of a go statement renumbered"),
    pytest.param(
        ["main.f.func1:10+5", "main.f.func2:20+7"],
        ["main.f.func1:4+9", "main.f.func2:14+5", "main.f.func3:24+7"],
        [None, 0, 1],
        id="a closure put before two others: the code tells which is which",
    ),
    pytest.param(
        ["main.f.func1:10+5", "main.f.func2:20+5", "main.main:3+8"],
        ["main.f.func2:20+5", "main.f.func1:10+5", "main.main:3+8"],
        [1, 0, 2],
        id="alike code in one build: the names tell",
    ),
    pytest.param(
        ["main.f.func1:10+5", "main.main:3+8"],
        ["main.f.func2:20+7", "main.main:3+8"],
        [None, 1],
        id="one build: a closure that is gone is not another one",
    ),
]


@pytest.mark.parametrize(("before", "after", "expected"), CASES)
def test_places(matches, before, after, expected):
    assert matches(before, after) == expected


def test_addresses_do_not_matter(matches, stack):
    before = stack("main.f:10", addresses=(0x1000,))
    assert matches([before], [stack("main.f:10", addresses=(0x2000,))]) == [0]


def test_stacks_without_names_are_told_by_their_addresses(matches, stack):
    before = [stack(addresses=(1, 2)), stack(addresses=(1, 3))]
    assert matches(before, [stack(addresses=(1, 3)), stack(addresses=(1, 4))]) == [1, None]


def test_the_depth_of_a_recursion_does_not_matter(matches, stack):
    deep = stack("main.down:5", "main.down:7", "main.down:7", "main.main:1")
    assert matches([deep], [stack("main.down:5", "main.down:7", "main.main:1")]) == [0]


def test_creators_tell_goroutines_apart(matches, stack):
    one, other = stack("main.f:1", creator="main.a:9"), stack("main.f:1", creator="main.b:9")
    assert matches([one], [other]) == [None]


def test_a_profile_without_creators_matches_a_dump_with_them(matches, stack):
    assert matches([stack("main.f:1")], [stack("main.f:1", creator="main.a:9")]) == [0]


def test_lines_of_one_function_are_one_place(stack):
    first, second = Matcher().identify([stack("main.f:10"), stack("main.f:12")])
    assert first == second


def test_a_place_is_known_again_after_an_absence(stack):
    matcher = Matcher()
    first = matcher.identify([stack("main.f:1"), stack("main.g:1")])
    matcher.identify([stack("main.g:1")])
    assert matcher.identify([stack("main.f:1")]) == first[:1]


@pytest.mark.parametrize(
    ("most", "expected"), [pytest.param(9, [0, 1, 2], id="all pairs"), pytest.param(8, [0, None, None], id="too many")]
)
def test_of_very_many_closures_only_those_of_equal_names_are_matched(matches, monkeypatch, most, expected):
    monkeypatch.setattr(matching, "MOST_PAIRS", most)
    before = ["main.f.func1:1+5", "main.f.func2:2+6", "main.f.func3:3+7"]
    assert matches(before, ["main.f.func1:11+55", "main.f.func12:12+6", "main.f.func13:13+77"]) == expected


def test_what_is_the_same_in_both_texts_makes_no_pairs(matches, monkeypatch):
    monkeypatch.setattr(matching, "MOST_PAIRS", 1)
    before = ["main.f.func1:1+5", "main.f.func2:2+6", "main.f.func3:3+7"]
    assert matches(before, [*before[:2], "main.f.func4:3+7"]) == [0, 1, 2]
