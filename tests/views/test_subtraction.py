"""One profile less another."""

import pytest

from debugtext.errors import SettingsError
from debugtext.records.counts import CountProfile
from debugtext.views.call_graph import call_graph
from debugtext.views.from_records import sample_table
from debugtext.views.options import ViewOptions
from debugtext.views.subtraction import subtract


@pytest.fixture
def grown(counts):
    """What was before, and what is now."""
    before = counts(("main.a main.main", 10), ("main.b main.main", 7))
    return before, counts(("main.a main.main", 10), ("main.b main.main", 9), ("main.c main.main", 1))


def test_base_leaves_what_grew(grown):
    before, now = grown
    graph = call_graph(subtract(now, before), ViewOptions())
    assert [(node.place.function, node.flat) for node in graph.nodes] == [
        ("main.b", 2),
        ("main.c", 1),
        ("main.main", 0),
    ]
    assert graph.total == 3


def test_diff_base_takes_shares_of_the_base(grown):
    before, now = grown
    graph = call_graph(subtract(now, before, diff=True), ViewOptions())
    assert graph.total == 17
    assert [(node.place.function, node.flat) for node in graph.nodes] == [
        ("main.b", 2),
        ("main.c", 1),
        ("main.main", 0),
    ]


def test_diff_base_marks_what_is_of_the_base(grown):
    before, now = grown
    assert [sample.labels for sample in subtract(now, before, diff=True).samples[3:]] == [
        (("pprof::base", "true"),)
    ] * 2


def test_drop_negative(grown):
    before, now = grown
    graph = call_graph(subtract(before, now), ViewOptions(drop_negative=True, trim=False))
    assert graph.nodes == ()


def test_profiles_of_two_kinds_cannot_be_compared(grown):
    before, _ = grown
    with pytest.raises(SettingsError, match="the base holds threadcreate, the profile goroutine"):
        subtract(before, sample_table(CountProfile("threadcreate", 0, ())))
