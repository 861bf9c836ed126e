"""Fields of MemStats that programs print themselves."""

import pytest

from debugtext.reading import read

MIB = 1 << 20
SNIPPET = "Alloc = {a} MiB\tTotalAlloc = {t} MiB\tSys = {s} MiB\tNumGC = {n}\n"


def memstats(text):
    return [capture.body for capture in read(text).captures if capture.format == "memstats"]


@pytest.mark.parametrize("prefix", ["", "2026/01/02 03:04:05 ", 'level=info msg="mem" ', "> ", "\t"])
def test_the_snippet_that_everybody_copies(prefix):
    [body] = memstats(f"It grows:\n\n{prefix}{SNIPPET.format(a=5, t=50, s=60, n=7)}\nWhy?\n")
    assert (body.alloc_bytes, body.total_alloc_bytes, body.sys_bytes, body.num_gc) == (5 * MIB, 50 * MIB, 60 * MIB, 7)
    assert (body.heap_alloc_bytes, body.line) == (5 * MIB, 3)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("HeapInuse = 17825792", 17825792),
        ("HeapInuse: 17,825,792 bytes", 17825792),
        ("HeapInuse=17MB", 17 * MIB),
        ("  HeapInuse   :   17 MiB", 17 * MIB),
        ("HeapInuse = 1.5 GiB", 3 << 29),
        ("m.HeapInuse: 17m", 17 * MIB),
        ("heap_inuse=17408KB", 17 * MIB),
        ('"heapInuse": 17825792,', 17825792),
        ("HeapInuse: 1.7825792e+07", 17825792),
        ("HeapInuse = 17.5", None),
    ],
)
def test_a_field_a_line(line, number):
    text = f"The heap:\nSys = 770240848\nHeapAlloc = 12318888\nHeapRelease = 718528512\n{line}\nNumGC = 161\n\nSo?\n"
    [capture] = read(text).captures
    body = capture.body
    assert (body.heap_inuse_bytes, body.sys_bytes, body.heap_alloc_bytes, body.num_gc) == (
        number,
        770240848,
        12318888,
        161,
    )
    assert (capture.first_line, capture.last_line) == (2, 6)
    assert [problem.line for problem in capture.problems] == ([] if number else [5])


def test_a_struct_on_one_line():
    text = (
        "{Alloc:123 TotalAlloc:456 Sys:789 Lookups:0 Mallocs:5 Frees:2 HeapAlloc:123 GCCPUFraction:0.25 EnableGC:true}"
    )
    [body] = memstats(text)
    assert (body.alloc_bytes, body.mallocs, body.frees, body.gc_cpu_fraction) == (123, 5, 2, 0.25)


def test_lists_are_passed_over():
    sizes = [
        "BySize: [{\n      Frees: 1,\n      Mallocs: 2,\n      Size: 0\n  }, {\n      Frees: 3,\n      Size: 8\n  }],"
    ]
    sizes += ["BySize:[{Size:0 Mallocs:2 Frees:1} {Size:8 Mallocs:3 Frees:2}] PauseNs:[1 2 3]"]
    for list_ in sizes:
        [body] = memstats(
            f"> debug.memStats()\n{{\n  Alloc: 5,\n  {list_}\n  Frees: 7,\n  HeapInuse: 9,\n  Mallocs: 8\n}}\n"
        )
        assert (body.alloc_bytes, body.frees, body.mallocs, body.heap_inuse_bytes) == (5, 7, 8, 9)


def test_each_time_is_a_capture_of_its_own():
    lines = "".join(SNIPPET.format(a=5 * at, t=9 * at, s=60, n=at) for at in range(1, 7))
    assert [body.alloc_bytes // MIB for body in memstats(lines)] == [5, 10, 15, 20, 25, 30]
    blocks = "".join(f"--- {at}\nSys: 70 MiB\nHeapAlloc: {at} MiB\nNumGC: {at}\n" for at in range(1, 4))
    assert [(body.heap_alloc_bytes // MIB, body.sys_bytes, body.line) for body in memstats(blocks)] == [
        (1, 70 * MIB, 2),
        (2, 70 * MIB, 6),
        (3, 70 * MIB, 10),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Alloc = 5 MiB\nand nothing else\n",
        "Alloc: 5\nSys: 3\nFrees: 2\nMallocs: 7\n",
        "HeapAlloc: 5, NumGC: 3\n",
        "HeapAlloc: many\nNumGC: few\nHeapSys: none\n",
        "real 0.3\nuser 0.2\nsys: 0.1\nalloc: 5\nheap_size: 7\n",
        "runtime.ReadMemStats(&m)\nfmt.Println(m.Alloc, m.TotalAlloc, m.Sys, m.NumGC)\n",
        'fmt.Printf("Alloc = %v MiB", m.Alloc)\nfmt.Printf("TotalAlloc = %v")\nfmt.Printf("NumGC = %v")\n',
        "HeapAlloc: 5\n\n\n\n\n\n\nHeapSys: 5\n\n\n\n\n\n\nNumGC: 5\n",
        "func Alloc(n int) *T { return &T{Sys: 1} }\n",
    ],
)
def test_prose_and_settings_are_none(text):
    assert memstats(text) == []


@pytest.mark.parametrize("number", ["1e999", "9e99999 MiB"])
def test_what_is_too_large_to_be_a_number_is_none(number):
    (capture,) = read(f"Alloc = {number}\nTotalAlloc = 2 MiB\nSys = 3 MiB\nNumGC = 7\nGCCPUFraction = 1e999\n").captures
    assert (capture.body.alloc_bytes, capture.body.num_gc, capture.body.gc_cpu_fraction) == (None, 7, None)
