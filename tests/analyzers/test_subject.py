"""What a subject computes once: each result belongs to the objects it was made of."""

import pytest

from debugtext.analyzers.subject import Subject
from debugtext.reading import read
from debugtext.settings import Settings
from debugtext.stacks.ownership import Ownership


class Box:
    """Something that is known by its identity."""

    def __init__(self, number):
        self.number = number


def number_of(subject, box):
    return box.number


def test_a_new_object_in_the_place_of_one_that_is_gone_is_another_one():
    subject = Subject((read("all is well"),), Ownership.infer((), ()), Settings())
    assert [subject.once(number_of, Box(number)) for number in range(100)] == [*range(100)]


def test_every_part_of_a_key_is_given_by_place():
    """By name, objects would be compared by value, and two that are equal taken for one."""
    subject = Subject((read("all is well"),), Ownership.infer((), ()), Settings())
    with pytest.raises(TypeError, match="unexpected keyword argument 'box'"):
        subject.once(number_of, box=Box(1))


def test_the_same_object_is_asked_once():
    subject, box = Subject((read("all is well"),), Ownership.infer((), ()), Settings()), Box(1)
    assert subject.once(number_of, box) == 1
    box.number = 2
    assert subject.once(number_of, box) == 1
