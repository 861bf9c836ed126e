"""MemStats as `gops memstats` prints them: whole numbers in brackets, or rounded ones alone; remarks of people."""

import pytest

from debugtext.formats.profiles import gops
from debugtext.reading import read
from debugtext.records.memstats import MemStats

from ..parsing import captures_by

TEXT = """\
alloc: 1.11MB (1161512 bytes)
total-alloc: 2.11GB (2265611010 bytes)
sys: 900 bytes
lookups: 0
mallocs: 416
frees: 83
heap-in-use: 1.51MB (1581056 bytes)
stack-mspan-inuse: 643.28KB (658720 bytes)
next-gc: when heap-alloc >= 4.00MB (4194304 bytes)
last-gc: 2026-11-21 20:36:18.0285 +0100 CET
gc-pause-total: 195.963µs
gc-pause: 23532
gc-pause-end: 1795293378028500000
num-gc: 5
num-forced-gc: 0
gc-cpu-fraction: 1.2e-05
enable-gc: true
debug-gc: false
"""
READ = MemStats(
    alloc_bytes=1161512,
    total_alloc_bytes=2265611010,
    sys_bytes=900,
    lookups=0,
    mallocs=416,
    frees=83,
    heap_inuse_bytes=1581056,
    mspan_inuse_bytes=658720,
    next_gc_bytes=4194304,
    last_gc_ns=1795289778028500000,
    pause_ns=(23532,),
    pause_end_ns=(1795293378028500000,),
    num_gc=5,
    num_forced_gc=0,
    gc_cpu_fraction=1.2e-05,
    enable_gc=True,
    debug_gc=False,
)


def test_each_field_has_its_number():
    [capture] = captures_by(gops, text=TEXT)
    assert capture.body == READ
    assert (capture.format, capture.first_line, capture.last_line, capture.truncated) == ("memstats", 1, 18, False)
    assert capture.body.pauses_ns == (23532,)


@pytest.mark.parametrize("remark", ["// what it has", " // was es hat", " 82", " <- here", "# 堆内存", "  "])
def test_a_remark_behind_a_number_is_not_its_own(remark):
    [capture] = captures_by(gops, text=TEXT.replace("\n", f"{remark}\n"))
    assert capture.body == READ


def test_a_text_may_be_indented_stand_in_a_fence_and_end_early():
    text = f"$ gops memstats 47670\n```\n{TEXT.partition('gc-pause-total')[0]}```\n".replace("\n", "\n  ")
    [capture] = read(text.encode()).captures
    assert (capture.body.line, capture.body.last_gc_ns, capture.truncated) == (3, READ.last_gc_ns, True)


def test_before_the_first_collection_there_is_no_time_of_it():
    [capture] = captures_by(gops, text=TEXT.replace("2026-11-21 20:36:18.0285 +0100 CET", "-"))
    assert (capture.body.last_gc_ns, capture.body.num_gc) == (None, 5)


def test_a_rounded_number_alone_is_as_good_as_it_gets():
    [capture] = captures_by(gops, text="alloc: 1.50KB\ntotal-alloc: 2.25GB\nsys: 1.00EB\n")
    assert (capture.body.alloc_bytes, capture.body.total_alloc_bytes) == (1536, 2415919104)
    assert capture.body.sys_bytes == 1 << 60


def test_a_second_text_is_another():
    assert [capture.first_line for capture in captures_by(gops, text=TEXT + TEXT)] == [1, 19]


@pytest.mark.parametrize(
    "text", ["alloc: 3 bytes\nso it says\n", "alloc: 12 objects\n", "alloc: 1.5MB/s\n", "alloc: \n"]
)
def test_words_about_memory_are_none(text):
    assert captures_by(gops, text=text) == []
