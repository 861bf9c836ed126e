"""Flat and cum per function."""

import pytest

from debugtext.records.frames import Stack
from debugtext.records.heap import HEAP_KINDS, Allocation, HeapProfile, HeapSample
from debugtext.views.flat_cum import FunctionRow, top

from ..texts import stack


def heap(*samples: tuple[Stack, int, int], rate: int = 1) -> HeapProfile:
    return HeapProfile(tuple(HeapSample(Allocation(n, b), Allocation(n, b), s, 1) for s, n, b in samples), rate)


def test_flat_is_the_leaf_and_cum_everything_above():
    table = top(heap((stack("main.leaf", "main.mid", "main.main"), 1, 100), (stack("main.mid", "main.main"), 1, 7)))
    assert table.total == 107
    assert table.rows == (
        FunctionRow("main.leaf", 100, 100),
        FunctionRow("main.mid", 7, 107),
        FunctionRow("main.main", 0, 107),
    )


def test_recursion_counts_once():
    table = top(heap((stack("main.walk", "main.walk", "main.walk", "main.main"), 1, 10)))
    assert table.rows == (FunctionRow("main.walk", 10, 10), FunctionRow("main.main", 0, 10))


def test_each_record_is_estimated_before_it_is_added():
    """One object of 48 bytes at the default rate stands for 10923 objects; two records are not averaged."""
    records = heap((stack("main.a"), 1, 48), (stack("main.a"), 1, 1048576), rate=524288)
    objects = top(records, HEAP_KINDS[2])
    assert objects.total == 10923 + 1
    assert top(records).total == 524312 + 1212696


@pytest.mark.parametrize("kind", HEAP_KINDS, ids=lambda kind: kind.name)
def test_an_empty_profile_has_no_rows(kind):
    table = top(heap(), kind)
    assert (table.total, table.rows) == (0, ())


def test_a_stack_without_symbols_is_unknown():
    table = top(heap((Stack(addresses=(1, 2)), 1, 5)))
    assert table.rows == (FunctionRow("<unknown>", 5, 5),)


def test_equal_flats_are_sorted_by_name_and_by_cum_on_demand():
    table = top(heap((stack("main.b", "main.main"), 1, 5), (stack("main.a", "main.main"), 1, 5)))
    assert [row.function for row in table.rows] == ["main.a", "main.b", "main.main"]
    assert [row.function for row in table.by_cum()] == ["main.main", "main.a", "main.b"]
