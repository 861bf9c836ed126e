"""What a comparison says beside its stacks: whether the heap records could move at all."""

import pytest

from debugtext.analysis import analyze
from debugtext.records.captures import Capture, Reading
from debugtext.records.frames import Frame, Stack
from debugtext.records.heap import Allocation, HeapProfile, HeapSample
from debugtext.records.memstats import MemStats
from debugtext.renderers import render
from debugtext.renderers._renderer import RenderOptions

HELD = HeapSample(Allocation(4, 4096), Allocation(4, 4096), Stack(frames=(Frame("main.keep", "m.go", 7),)), 2)


def reading(collections: int, forced: int) -> Reading:
    stats = MemStats(num_gc=collections, num_forced_gc=forced)
    return Reading("-", (Capture("heap", 1, 9, HeapProfile((HELD,), rate=1, memstats=stats)),))


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ((7, 0), "No garbage collection ran between the texts, and heap records only move at one: ask with heap?gc=1."),
        ((8, 0), "Only one garbage collection ran between the texts, and heap records only move at one: ask with"),
        ((8, 1), ""),
        ((9, 0), ""),
        ((2, 0), ""),
    ],
    ids=["no collection", "one", "one asked for", "two", "a new process"],
)
def test_records_that_no_collection_moved_prove_nothing(after, said):
    text = render(analyze([reading(7, 0), reading(*after)]), "table", RenderOptions(width=200))
    assert ("heap records only move" in text) == bool(said)
    assert said in text
