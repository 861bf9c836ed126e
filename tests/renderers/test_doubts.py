"""No clean bill of health where little was read, or nothing was recorded."""

import json
from dataclasses import replace

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read
from debugtext.records.captures import Capture, Problem, Reading
from debugtext.records.contention import ContentionProfile
from debugtext.records.heap import HeapProfile
from debugtext.records.reports import Report
from debugtext.renderers import render
from debugtext.renderers.options import RenderOptions

UNREAD = tuple(Problem(line, "this line was left out") for line in range(1, 1500))


def test_more_problems_than_records_allow_no_verdict(make_report, dump):
    report = make_report(replace(dump, problems=UNREAD))
    table = render(report, "table", RenderOptions())
    assert table.startswith("nothing wrong found, but 1,499 lines could not be read: no verdict\n")
    assert "healthy" not in table + render(report, "markdown", RenderOptions())


def test_a_few_problems_do(make_report, dump):
    report = make_report(replace(dump, problems=UNREAD[:3]))
    assert render(report, "table", RenderOptions()).startswith("healthy: nothing wrong found in 1,200 goroutines; ")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("contention", ContentionProfile("block", 1_000_000_000, ())),
        ("contention", ContentionProfile("mutex", 1_000_000_000, (), 0)),
        ("heap", HeapProfile((), 0)),
    ],
)
def test_a_profile_that_was_off_is_not_healthy(make_report, kind, body):
    shown = render(make_report(Capture(kind, 1, 3, body)), "table", RenderOptions())
    assert shown.startswith("nothing was recorded: no verdict\n")


SAMPLE = "1: 4096 [1: 4096] @ 0x1\n#\t0x1\tmain.fill+0x1\t/src/main.go:5\n\n"
STATISTICS = "# HeapAlloc = 4096\n# HeapSys = 8192\n"
LAST_STATISTICS = "# NumGC = 3\n# DebugGC = false\n"


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        (f"/src/other.go:7\n\n{SAMPLE}# runtime.MemStats\n{STATISTICS}{LAST_STATISTICS}", True),
        (f"8 / 16072\n# GCSys = 24\n# NextGC = 32\n# LastGC = 17\n{LAST_STATISTICS}", True),
        (f"{STATISTICS}{LAST_STATISTICS}", False),
        (f"heap profile: 1: 4096 [1: 4096] @ heap/1048576\n{SAMPLE}{STATISTICS}{LAST_STATISTICS}", False),
    ],
    ids=["a heap text", "its MemStats", "the numbers of the heap are there", "a whole text"],
)
def test_memory_whose_beginning_was_cut_off_is_not_healthy(lost, said):
    first = render(analyze([read(lost)]), "table", RenderOptions()).partition("\n")[0]
    assert ("the text lacks its beginning: no verdict" in first) == said
    assert ("healthy" in first) != said


ONE, OTHER = (f"goroutine {number} [select]:\nshop.(*Till).run(0x1)\n\t/src/till.go:7 +0x1d\n" for number in (1, 77))
MAIN = "main.main()\n\t/src/main.go:3 +0x1d\n\n"
WRITER = "goroutine 5 [running]:\nruntime/pprof.writeGoroutineStacks(0x1)\n\t/pprof.go:7 +0x1d\n\n"
SIGNALS = "goroutine 5 [syscall]:\nos/signal.signal_recv()\n\t/sigqueue.go:1 +0x1d\n"
BY = "created by main.main\n\t/src/main.go:5 +0x1d\n\n"
HEADLESS = "shop.read(0x1)\n\t/src/till.go:9 +0x1d\n" + BY
RECORD = "12 @ 0x1 0x2\n#\t0x1\tshop.(*Till).run+0x1\t/src/till.go:7\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OTHER, "nothing wrong found in an excerpt of 1 goroutine: give the whole dump for a verdict"),
        (ONE + "\n" + OTHER, "nothing wrong found in an excerpt of 2 goroutines: give the whole dump for a verdict"),
        (ONE + MAIN + OTHER, "nothing wrong found in an excerpt of 2 goroutines: give the whole dump for a verdict"),
        (WRITER + ONE + MAIN + OTHER, "healthy: nothing wrong found in 3 goroutines"),
        (
            SIGNALS + BY + ONE + MAIN + OTHER,
            "nothing wrong found in an excerpt of 3 goroutines: give the whole dump for a verdict",
        ),
        (
            WRITER.strip() + "\n" + BY + ONE + MAIN + OTHER + BY + OTHER.replace("77", "78"),
            "nothing wrong found in an excerpt of 4 goroutines: give the whole dump for a verdict",
        ),
        (f"goroutine profile: total 3\n3{RECORD[2:]}", "healthy: nothing wrong found in 3 goroutines"),
        (f"goroutine profile: total 7\n3{RECORD[2:]}", "nothing wrong found in 3 of 7 goroutines: no verdict"),
        (
            f"3{RECORD[2:]}\nAnd:\n\n{HEADLESS}",
            "nothing wrong found in an excerpt of 4 goroutines: give the whole dump for a verdict",
        ),
        (f"3{RECORD[2:]}", "nothing wrong found in an excerpt of 3 goroutines: give the whole dump for a verdict"),
    ],
    ids=[
        "without goroutine 1",
        "with the top of it",
        "without who wrote it",
        "with all of them",
        "who waits for signals writes none",
        "cut before who created the last one",
        "a profile",
        "less than half of one",
        "a record, and a stack without its header",
        "a record of a profile",
    ],
)
def test_an_excerpt_is_not_healthy(text, said):
    assert render(Report((read(text),)), "table", RenderOptions(width=100)).startswith(said)


def test_counts_without_a_stack_allow_none():
    text = "goroutine profile: total 50\n30 @ 0x1 0x2\n\n20 @ 0x3\n\n"
    table = render(Report((read(text),)), "table", RenderOptions())
    assert table.startswith("nothing wrong found, but the goroutines' stacks are missing: no verdict\n")


def test_a_heap_of_addresses_alone_allows_none():
    text = "heap profile: 1: 9 [1: 9] @ heap/1\n1: 9 [1: 9] @ 0x1 0x2\n"
    said = "nothing wrong found, but the text names no function, only addresses"
    assert render(Report((read(text),)), "table", RenderOptions()).startswith(said)
    with_names = f"{text}#\t0x1\tmain.f+0x1\t/a.go:1\n"
    assert not render(Report((read(with_names),)), "table", RenderOptions()).startswith(said)


def test_a_program_that_was_aborted_is_not_called_healthy(samples):
    text = (samples / "crash" / "sigquit-go1.27.txt").read_text().replace("SIGQUIT: quit", "SIGABRT: abort")
    said = render(Report((read(text),)), "table", RenderOptions()).splitlines()
    assert said[0].startswith("nothing wrong found in ")
    assert "; somebody has ended the program" in " ".join(said[:2])


def test_a_script_is_told_of_doubts_too():
    whole = f"goroutine profile: total 3\n3{RECORD[2:]}"
    loud = OTHER.replace("select", "chan send, 90 minutes")
    said = [json.loads(render(analyze([read(text)]), "json")).get("doubt") for text in (OTHER, whole, loud)]
    assert said == ["nothing wrong found in an excerpt of 1 goroutine: give the whole dump for a verdict", None, None]


@pytest.mark.parametrize(("first", "last", "is_swapped"), [(100, 200, False), (200, 100, True), (0, 100, False)])
def test_texts_in_the_wrong_order_get_no_verdict(first, last, is_swapped):
    heap = "heap profile: 1: 64 [1: 64] @ heap/1\n1: 64 [1: 64] @ 0x10\n#\t0x10\tmain.keep+0x1\t/m.go:1\n\n"
    texts = (f"{heap}# runtime.MemStats\n# Alloc = 4096\n# LastGC = {time}\n" for time in (first, last))
    report = analyze([read(text) for text in texts])
    told = render(report, "table", RenderOptions()).startswith("nothing wrong found, but the last text is older than")
    assert told is is_swapped


def test_what_a_note_tells_may_be_wrong():
    rows = "".join(f"  0 0% 99% 1990 99%  {name}\n" for name in ("main.(*Client).readLoop", "runtime.netpollblock"))
    head = "Type: goroutine\nShowing nodes accounting for 2000, 100% of 2000 total\n  flat  flat%  sum%  cum  cum%\n"
    report = analyze([read(f"{head}  1999 99% 99% 1999 99%  runtime.gopark\n{rows}")])
    assert [str(found.severity) for found in report.findings] == ["note"]
    table = render(report, "table", RenderOptions(width=100))
    assert table.startswith("nothing certain, but a table of pprof's top has no stacks: no verdict; worth a look:\n")


def test_a_script_is_told_that_a_text_is_cut_off(make_report, dump):
    told = json.loads(render(make_report(replace(dump, truncated=True)), "json"))
    assert told["doubt"] == "nothing wrong found, but the text is cut off: no verdict"


def test_an_input_that_could_not_be_read_may_hold_what_is_wrong(make_report, dump):
    missing = Reading("b.txt", (), (Problem(0, "b.txt: no such file"),))
    report = replace(make_report(dump), readings=(*make_report(dump).readings, missing))
    said = "nothing wrong found, but 1 of 2 inputs could not be read: no verdict"
    assert render(report, "table", RenderOptions()).startswith(f"{said}\n")
    assert json.loads(render(report, "json"))["doubt"] == said


def test_the_list_of_a_leak_checker_is_no_excerpt():
    said = "Goroutine 7 in state running, with shop.run on top of the stack:"
    creator = "created by time.goFunc in goroutine 1\n\t/shop.go:3 +0x1\n"
    stack = f"goroutine 7 [running]:\nshop.run()\n\t/shop.go:7 +0x1\n{creator}"
    text = f"    leaks.go:78: found unexpected goroutines:\n[{said}\n{stack}]\n"
    reading = read(text)
    (capture,) = reading.captures
    for checker in ("goleak", "leaktest", "gleak"):
        of_checker = replace(reading, captures=(replace(capture, body=replace(capture.body, kind=checker)),))
        shown = render(analyze([of_checker]), "table", RenderOptions())
        assert shown.startswith("only a note in 1 goroutine; worth "), checker
