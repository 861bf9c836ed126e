"""What MemStats, heap and contention texts tell at one moment; on records built by hand."""

import pytest

from debugtext.analysis import analyze
from debugtext.analyzers.memory.holdings import is_start_up, part_of_heap
from debugtext.records.captures import Capture, Reading
from debugtext.records.frames import Stack
from debugtext.records.heap import Allocation, HeapProfile, HeapSample
from debugtext.records.memstats import MemStats

MIB, GIB, MILLI = 1 << 20, 1 << 30, 1_000_000


def told(stats: MemStats) -> dict[str, str]:
    reading = Reading("-", (Capture("memstats", 1, 9, stats),))
    return {found.rule: found.title for found in analyze([reading]).findings}


@pytest.mark.parametrize(
    ("stats", "rule", "title"),
    [
        (
            MemStats(stack_inuse_bytes=90 * MIB, heap_inuse_bytes=8 * MIB), "DT405",
            "goroutine stacks use 90 MiB, more than the heap (8 MiB)",
        ),
        (
            MemStats(heap_idle_bytes=900 * MIB, heap_released_bytes=100 * MIB, sys_bytes=GIB), "DT406",
            "800 MiB of 1 GiB are free pages that the runtime keeps: top shows more than is used",
        ),
        (
            MemStats(heap_inuse_bytes=400 * MIB, heap_alloc_bytes=100 * MIB), "DT407",
            "300 MiB of the heap's 400 MiB are holes between live objects",
        ),
        (
            MemStats(max_rss_bytes=3 * GIB, sys_bytes=GIB), "DT408",
            "the process had 3 GiB at its largest, Go's runtime knows of 1 GiB",
        ),
        (
            MemStats(gc_cpu_fraction=0.31, num_gc=5000), "DT409",
            "garbage collection takes 31% of the processor",
        ),
        (
            MemStats(gc_cpu_fraction=0.84, num_gc=24, num_forced_gc=24), "DT409",
            "garbage collection takes 84% of the processor",
        ),
        (
            MemStats(num_gc=40, pause_ns=tuple([MILLI] * 38 + [150 * MILLI] * 2 + [0] * 216)), "DT410",
            "garbage collection stopped the program for 150 ms (99th percentile of 40)",
        ),
        (
            MemStats(num_gc=100, num_forced_gc=90), "DT411",
            "90 of 100 garbage collections were forced by the program",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("DT") else "",
)  # fmt: skip
def test_an_account_of_memory(stats, rule, title):
    assert told(stats) == {rule: title}


@pytest.mark.parametrize(
    "stats",
    [
        MemStats(),
        MemStats(stack_inuse_bytes=4 * MIB, heap_inuse_bytes=3 * MIB),
        MemStats(heap_idle_bytes=900 * MIB, heap_released_bytes=890 * MIB, sys_bytes=GIB),
        MemStats(heap_inuse_bytes=400 * MIB, heap_alloc_bytes=300 * MIB),
        MemStats(max_rss_bytes=GIB + 100 * MIB, sys_bytes=GIB),
        MemStats(gc_cpu_fraction=0.9, num_gc=3),
        MemStats(gc_cpu_fraction=0.02, num_gc=3000),
        MemStats(gc_cpu_fraction=0.4, num_gc=24, num_forced_gc=24),
        MemStats(num_gc=5, pause_ns=tuple([900 * MILLI] * 5 + [0] * 251)),
        MemStats(num_gc=1000, num_forced_gc=90),
    ],
)
def test_nothing_to_tell(stats):
    assert told(stats) == {}


@pytest.mark.parametrize(
    ("forced", "first_words"),
    [
        (0, {"DT409": "Allocate", "DT410": "Look"}),
        (29, {"DT409": "Allocate", "DT410": "Look"}),
        (30, {"DT409": "Most", "DT410": "Most"}),
        (60, {"DT409": "Most", "DT410": "Most", "DT411": "Remove"}),
    ],
)
def test_collections_that_the_program_forces_are_the_first_to_go(forced, first_words):
    stats = MemStats(gc_cpu_fraction=0.3, num_gc=60, num_forced_gc=forced, pause_ns=(150 * MILLI,) * 256)
    reading = Reading("-", (Capture("memstats", 1, 9, stats),))
    assert {found.rule: found.advice.split()[0] for found in analyze([reading]).findings} == first_words


def heap(*records: str) -> str:
    return "heap profile: 9: 9 [9: 9] @ heap/1048576\n" + "".join(
        f"{record} @ 0x{number}00001\n#\t0x{number}00000\tmain.f{number}+0x1\t/src/f.go:{number}\n\n"
        for number, record in enumerate(records, 1)
    )


GIBI = 1 << 30


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ((f"90: {2 * GIBI} [90: {2 * GIBI}]",), "warning"),
        ((f"1: {GIBI // 2} [1: {GIBI // 2}]",), "warning"),
        ((f"90: {GIBI // 2} [90: {GIBI // 2}]",), "warning"),
        ((f"900: {GIBI // 2} [900: {GIBI // 2}]",), "note"),
        ((f"90: {2 * GIBI} [90: {2 * GIBI}]", f"90: {GIBI} [90: {GIBI}]"), "note"),
    ],
    ids=["gigabytes", "one huge object", "large objects", "half a gigabyte", "two thirds"],
)
def test_who_holds_nearly_all_of_a_large_heap_is_a_warning(findings, records, told):
    (found,) = findings(heap(*records), rule="DT403")
    assert "(`debugtext diff`)" in found.advice
    (again,) = findings(heap(*records), heap(*records), rule="DT403")
    assert "compare" not in again.advice
    assert (str(found.severity), str(found.verdict), found.functions[0]) == (told, "pressure", "main.f1")


def test_of_a_series_the_cure_says_whether_it_grows(findings):
    texts = [heap(f"{64 + (number % 2)}: {(64 + number % 2) * MIB} [99: {99 * MIB}]") for number in range(6)]
    (found,) = findings(*texts, rule="DT403")
    assert found.advice.startswith("It does not grow from text to text")
    (few,) = findings(*texts[:3], rule="DT403")
    assert few.advice.startswith("If it grows from text to text it leaks")


def test_who_is_seen_to_grow_is_not_asked_whether_it_does(findings):
    less, more = (heap(f"{count}: {count << 20} [{count}: {count << 20}]") for count in (90, 900))
    assert [found.rule for found in findings(less, more)] == ["DT401"]


def test_who_holds_the_live_heap_is_named_beside_who_makes_the_garbage(findings):
    records = f"0: 0 [90000: {90 * GIBI}]", f"12: {12 << 20} [12: {12 << 20}]", f"8: {8 << 20} [8: {8 << 20}]"
    (found,) = findings(heap(*records), rule="DT404")
    assert found.functions[0] == "main.f1"
    assert [one.partition(":")[0] for one in found.evidence["live_heap_held_by"]] == ["main.f2", "main.f3"]


def test_who_makes_the_garbage_holds_no_live_heap_to_speak_of(findings):
    records = f"12: {12 << 20} [90000: {90 * GIBI}]", f"8: {7 << 20} [8: {7 << 20}]"
    (found,) = findings(heap(*records), rule="DT404")
    assert "live_heap_held_by" not in found.evidence


def steps(*records: str, header: str = "9: 9 [9: 9]", above: str = "") -> str:
    """Records of one stack; `above` are functions of Go's library that allocate for `till.(*Till).note`."""
    frames = [*above.split(), "till.(*Till).note", "main.main"]
    named = "".join(f"#\t0x{number}0\t{name}+0x1\t/src/f.go:{number}\n" for number, name in enumerate(frames, 1))
    addresses = " ".join(f"0x{number}1" for number in range(1, len(frames) + 1))
    return f"heap profile: {header} @ heap/1048576\n" + "".join(f"{one} @ {addresses}\n{named}\n" for one in records)


ONE = f"1: {GIBI} [1: {GIBI}]"
GIVEN_UP = tuple(f"0: 0 [1: {GIBI >> step}]" for step in range(1, 6))


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (steps(ONE, *GIVEN_UP), ["DT412"]),
        (steps(ONE), ["DT403"]),
        (steps(ONE, *(record.replace("[1", "[4") for record in GIVEN_UP)), ["DT403"]),
        (steps(ONE, header=f"1: {GIBI} [21: {2 * GIBI}]"), ["DT412"]),
        (steps(ONE, header=f"1: {GIBI} [90000: {2 * GIBI}]"), ["DT403"]),
        (steps(f"8: {GIBI} [20: {3 * GIBI}]", above="bytes.growSlice"), ["DT412"]),
        (steps(f"8: {GIBI} [20: {3 * GIBI}]", above="strings.(*Builder).grow strings.Repeat"), ["DT403"]),
        (steps(f"8: {GIBI} [900: {90 * GIBI}]", above="bytes.growSlice"), ["DT404", "DT403"]),
        (steps(f"8: {GIBI >> 3} [20: {3 * GIBI >> 3}]", above="bytes.growSlice"), ["DT403"]),
        (steps(ONE, f"1: {GIBI >> 1} [1: {GIBI >> 1}]", *GIVEN_UP[1:]), ["DT412"]),
        (steps(f"9000: {2 * GIBI} [9010: {2 * GIBI + 9000}]"), ["DT412"]),
        (steps(f"9000: {2 * GIBI} [9010: {2 * GIBI + 9000}]").replace("note", "loadAll"), ["DT403"]),
        (steps(f"9000: {2 * GIBI} [19000: {4 * GIBI}]"), ["DT403"]),
    ],
    ids=["a slice step by step", "without steps", "started anew", "an excerpt", "an excerpt with garbage",
         "buffers", "strings of their full size", "buffers that pass", "small buffers", "a map that moves",
         "never given back", "loaded",
         "given back"],
)  # fmt: skip
def test_what_one_text_proves_to_have_grown(findings, text, rules):
    assert sorted(found.rule for found in findings(text)) == sorted(rules)


def test_of_a_series_the_texts_tell_what_grew(findings):
    text = steps(ONE, *GIVEN_UP)
    assert findings(text, text, rule="DT412") == []


def test_large_holes_just_after_a_collection_may_fill_again():
    stats = MemStats(heap_inuse_bytes=30 * GIB, heap_alloc_bytes=20 * GIB, next_gc_bytes=40 * GIB)
    (found,) = analyze([Reading("-", (Capture("memstats", 1, 9, stats),))]).findings
    assert (found.rule, str(found.severity)) == ("DT407", "note")
    assert "may fill again" in found.advice


def descriptors(samples: int) -> str:
    size = samples * 480
    return (
        f"heap profile: {samples}: {size} [{samples}: {size}] @ heap/1048576\n"
        f"{samples}: {size} [{samples}: {size}] @ 0x1 0x2\n#\t0x1\truntime.malg+0x24\truntime/proc.go:5274\n"
        "#\t0x2\truntime.newproc1+0x78\truntime/proc.go:5322\n\n"
    )


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        pytest.param(descriptors(20), ["about 22,000 goroutines are there, or were once at the same time"], id="many"),
        pytest.param(descriptors(9), [], id="too few samples to know"),
        pytest.param(
            descriptors(20) + "goroutine profile: total 12000\n12000 @ 0x1\n#\t0x0\tmain.serve+0x1\t/m.go:3\n",
            [],
            id="goroutines that the text shows",
        ),
    ],
)
def test_goroutines_that_were_leave_their_descriptors(findings, text, titles):
    assert [one.title for one in findings(text, rule="DT414")] == titles


def test_where_all_code_is_a_librarys_the_library_holds_the_memory(findings):
    vendored = heap(f"90: {2 * GIBI} [90: {2 * GIBI}]").replace("main.f1", "a.org/x/vendor/b.org/y.(*Buffer).Fill")
    (found,) = findings(vendored, rule="DT403")
    assert found.functions[0] == "a.org/x/vendor/b.org/y.(*Buffer).Fill"
    small = "1: 99 [1: 99] @ 0x900001\n#\t0x900000\tmain.load+0x1\t/src/f.go:9\n\n"
    assert findings(vendored + small, rule="DT403") == []


@pytest.mark.parametrize(
    ("header_bytes", "titles"),
    [
        (600 * MIB, ["till.(*Till).note holds 600 MiB, 100% of the live heap"]),
        (GIB, ["till.(*Till).note holds 600 MiB, 59% of the profile"]),
        (2 * GIB, []),
    ],
    ids=["all of it", "most of it", "a part that is not the most"],
)
def test_a_share_is_one_of_the_heap_that_the_header_counts(findings, header_bytes, titles):
    text = steps(f"1: {600 * MIB} [1: {600 * MIB}]", header=f"9: {header_bytes} [9: {header_bytes}]")
    assert [found.title for found in findings(text)] == titles


def test_records_below_zero_hold_nothing(findings):
    """As `-base` leaves them, and damage may."""
    assert findings(steps("-300: 2000000 [2: 8]")) == []


@pytest.mark.parametrize(
    ("header_mib", "live_mib", "part"),
    [
        (600, 1100, "100% of the live heap"),
        (600, 6000, "100% of the profile, 10% of the live heap"),
        (800, None, "75% of the profile"),
        (800, 1200, "75% of the profile"),
        (800, 6000, "75% of the profile, 10% of the live heap"),
    ],
    ids=["a whole one", "rarely sampled", "an excerpt", "an excerpt of all that lives", "an excerpt of little of it"],
)
def test_a_share_is_one_of_the_live_heap_only_where_the_records_tell_of_all(header_mib, live_mib, part):
    stats = MemStats(heap_alloc_bytes=live_mib * MIB) if live_mib else None
    held, counted = (Allocation(9, mib * MIB) for mib in (600, header_mib))
    profile = HeapProfile((HeapSample(held, held, Stack(), 2),), 1, header_inuse=counted, memstats=stats)
    assert part_of_heap(profile, held.bytes, counted.bytes) == part


@pytest.mark.parametrize(
    ("function", "once"),
    [
        ("app.init", True), ("app.init.0", True), ("app.init.func1", True), ("app.glob..func2", True),
        ("app.initTables", True), ("app.initiateTransfer", False), ("app.(*Pool).initial", False),
        ("app.InitSession", False), ("app.(*Hub).initSession", False),
    ],
)  # fmt: skip
def test_what_runs_once_at_the_start(function, once):
    assert is_start_up(function) is once
