"""What a comparison says beside its stacks: whether the heap records could move at all."""

import pytest

from debugtext.analysis import analyze
from debugtext.records.captures import Capture, Reading
from debugtext.records.frames import Frame, Stack
from debugtext.records.heap import Allocation, HeapProfile, HeapSample
from debugtext.records.memstats import MemStats
from debugtext.renderers import render
from debugtext.renderers.options import RenderOptions

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


def test_what_grew_comes_before_memstats_where_both_have_no_room():
    def heap(objects: int) -> Reading:
        stats = MemStats(heap_alloc_bytes=objects << 24, heap_objects=objects, sys_bytes=objects << 25, num_gc=objects)
        samples = tuple(
            HeapSample(Allocation(objects, objects << 20), Allocation(objects, objects << 20), Stack((frame,)), 2)
            for frame in (Frame(f"main.keep{number}", "m.go", number) for number in range(9))
        )
        return Reading("-", (Capture("heap", 1, 9, HeapProfile(samples, rate=1, memstats=stats)),))

    report = analyze([heap(2), heap(40)])
    lines = render(report, "table", RenderOptions(width=80, height=24)).splitlines()
    assert sum("keep" in line and line.startswith("+38 MiB") for line in lines) > 2
    assert lines[-1] == "… and MemStats (--full shows all)"
    assert "memstats" in render(report, "table", RenderOptions(width=80, full=True))
