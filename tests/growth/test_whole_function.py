"""The stacks of one function as one: sizes, pace and share of the same thing."""

from debugtext.growth.whole_function import whole_function
from debugtext.records.frames import Frame, Stack
from debugtext.records.growth import Shape, Trend


def trend(caller, values, growth, share=0.0):
    shape = Shape.GROWING if share else Shape.STEADY
    stack = Stack((Frame("main.add", "m.go", 7), Frame(caller, "m.go", 9)))
    slope = growth / 5
    return Trend("inuse_space", "bytes", values, shape, stack=stack, slope=slope, growth=growth, share=share, noise=3.0)


def numbers(found):
    return found.values, found.slope, found.growth, found.share


def test_the_parts_of_which_no_trend_is_proven_count_too():
    parts = trend("main.a", (0, 40, 80), 80, 0.8), trend("main.b", (0, 15, 10), 10), trend("main.c", (5, 5, 5), 0)
    whole = whole_function(parts)
    assert numbers(whole) == ((5, 60, 95), 18, 90, 0.9)
    assert (whole.stack, whole.shape, round(whole.noise, 1)) == (parts[0].stack, Shape.GROWING, 5.2)


def test_together_they_gain_no_more_than_all_did():
    parts = trend("main.a", (0, 40, 80), 80, 0.8), trend("main.b", (0, 15, 45), 45)
    assert numbers(whole_function(parts)) == ((0, 55, 125), 20, 100, 1)


def test_what_has_moved_from_one_stack_to_another_is_told_by_itself():
    parts = trend("main.a", (0, 40, 80), 80, 0.8), trend("main.b", (90, 40, 20), -70)
    assert numbers(whole_function(parts)) == ((0, 40, 80), 16, 80, 0.8)


def test_one_stack_is_as_it_is():
    one = trend("main.a", (0, 40, 80), 80, 0.8)
    assert whole_function([one]) == one
