"""A law of weighing crowds: a count has no shape. What is told changes at a documented threshold and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debugtext.analysis import analyze
from debugtext.reading import read

from ..texts import profile

CROWDS = {
    "workers": ("runtime.selectgo", "shop/till.(*Pool).worker"),
    "receivers": ("runtime.chanrecv1", "shop/till.(*Retry).attend"),
    "senders": ("runtime.chansend1", "shop/till.(*Retry).put"),
    "requests": ("runtime.selectgo", "net/http.(*persistConn).roundTrip", "shop/till.fetch"),
}
BETWEEN = [(100, 299), (300, 499), (500, 999), (1001, 1999), (2000, 9999)]
"""The counts between two thresholds; of exactly a thousand some say that it is more, and some that it is not."""

crowds = st.sampled_from(sorted(CROWDS))
counts = st.sampled_from(BETWEEN).flatmap(lambda ends: st.tuples(st.integers(*ends), st.integers(*ends)))


def with_others(crowd: str, count: int, others: int) -> str:
    """A text at debug=1 of one crowd, and of others that sleep."""
    return profile((count, CROWDS[crowd]), (others, ("time.Sleep", "shop/day.pause")))


def told(crowd: str, count: int, texts: int, *, alone: bool) -> list[tuple[str, str]]:
    """The rules that speak of a crowd, and how loud: nearly all there is, or a third of it."""
    readings = [read(with_others(crowd, count, 3 if alone else 2 * count))] * texts
    return [(one.rule, str(one.severity)) for one in analyze(readings).findings]


@settings(max_examples=150)
@given(crowds, counts, st.integers(1, 3), st.booleans())
def test_two_counts_between_the_same_thresholds_are_told_alike(crowd, both, texts, alone):
    """A round number, or one of tens, eights or hundreds, is a number as any other."""
    one, other = both
    assert told(crowd, one, texts, alone=alone) == told(crowd, other, texts, alone=alone)


@pytest.mark.parametrize("texts", [1, 3])
@pytest.mark.parametrize("crowd", CROWDS)
@pytest.mark.parametrize(
    ("count", "neighbour"), [(599, 600), (600, 601), (1001, 1024), (2047, 2048), (2048, 2049), (4999, 5000)]
)
def test_a_round_number_is_told_as_its_neighbours_are(crowd, count, neighbour, texts):
    assert told(crowd, count, texts, alone=True) == told(crowd, neighbour, texts, alone=True)


@pytest.mark.parametrize("crowd", CROWDS)
def test_at_a_threshold_more_is_told(crowd):
    loudness = [told(crowd, count, 1, alone=True) for count in (3, 2000)]
    assert loudness[0] != loudness[1]
