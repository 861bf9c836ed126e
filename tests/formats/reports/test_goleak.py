"""What leak checkers print becomes a crash record of their kind, with the goroutines that they name."""

import pytest

from debugtext.formats.crashes import crash
from debugtext.formats.dumps import dump
from debugtext.formats.reports import goleak
from debugtext.reading import read
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash, TestRun

from ..parsing import captures_by

STUCK = (
    "example.com/m.stuck(...)\n\t/src/m/a_test.go:3\n"
    "created by example.com/m.spawn in goroutine 18\n\t/src/m/a_test.go:4 +0x1a\n"
)
SPAWN = (
    "example.com/m.spawn.func1()\n\t/src/m/a_test.go:4 +0x65\n"
    "created by example.com/m.spawn in goroutine 18\n\t/src/m/a_test.go:4 +0x69\n"
)
GOLEAK = (
    f"[Goroutine 19 in state chan receive (nil chan), with example.com/m.stuck on top of the stack:\n{STUCK}"
    f" Goroutine 20 in state select, 2 minutes, with example.com/m.spawn.func1 on top of the stack:\n{SPAWN}]\n"
)
GOLEAK_1_1 = (
    "[Goroutine 19 in state chan receive (nil chan), with example.com/m.stuck on top of the stack:\n"
    f"goroutine 19 [chan receive (nil chan)]:\n{STUCK}\n"
    " Goroutine 20 in state select, 2 minutes, with example.com/m.spawn.func1 on top of the stack:\n"
    f"goroutine 20 [select, 2 minutes]:\n{SPAWN}]\n"
)


def indented(text: str, spaces: int) -> str:
    """The text as t.Error prints it."""
    return "".join(" " * spaces + line for line in text.splitlines(keepends=True))


def captures(text: str) -> list[Capture]:
    """Every capture of a text, with its problems."""
    return captures_by(crash, goleak, dump, text=text)


def only(text: str) -> Crash:
    """The report of a text that holds nothing else, and is without problems."""
    (capture,) = captures(text)
    assert capture.problems == ()
    assert isinstance(capture.body, Crash)
    return capture.body


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            (f"goleak: Errors on successful test run: found unexpected goroutines:\n{GOLEAK}"), id="VerifyTestMain"
        ),
        pytest.param(
            (f"goleak: Errors on successful test run:  found unexpected goroutines:\n{GOLEAK_1_1}FAIL\tm\t0.4s\n"),
            id="1.1",
        ),
        pytest.param(f"    a_test.go:5: found unexpected goroutines:\n{indented(GOLEAK, 8)}FAIL\n", id="VerifyNone"),
        pytest.param(
            (f"    a_test.go:5: found unexpected goroutines:\n{indented(GOLEAK_1_1, 8)}FAIL\n"), id="VerifyNone of 1.1"
        ),
        pytest.param(f"        a_test.go:5: found unexpected goroutines:\n{indented(GOLEAK, 12)}", id="in a subtest"),
        pytest.param(f"found unexpected goroutines:\n{GOLEAK.replace(chr(9), '        ')}", id="tabs pasted as spaces"),
        pytest.param(GOLEAK, id="without its heading"),
        pytest.param(indented(GOLEAK.removesuffix("]\n"), 4), id="cut before its end"),
    ],
)
def test_goleak(text):
    record = only(text)
    assert record.kind == "goleak"
    assert [(goroutine.id, goroutine.state.status) for goroutine in record.goroutines] == [
        (19, "chan receive (nil chan)"),
        (20, "select"),
    ]
    assert [goroutine.stack.functions for goroutine in record.goroutines] == [
        ("example.com/m.stuck",),
        ("example.com/m.spawn.func1",),
    ]
    assert record.goroutines[1].state.waiting_minutes == 2
    assert record.goroutines[0].parent_id == 18
    assert record.goroutines[0].stack.created_by.line == 4
    assert (record.crashed_id, record.fault_frames) == (None, ())


def test_lines_and_the_failed_test():
    text = (
        "--- FAIL: TestA (0.1s)\n    --- FAIL: TestA/b (0.1s)\n"
        f"        a_test.go:5: found unexpected goroutines:\n{indented(GOLEAK, 12)}"
    )
    (capture,) = captures(text)
    assert (capture.format, capture.first_line, capture.last_line) == ("crash", 3, 14)
    assert isinstance(capture.body, Crash)
    assert capture.body.reason == "found unexpected goroutines"
    assert capture.body.tests == (TestRun("TestA", 0.1, failed=True), TestRun("TestA/b", 0.1, failed=True))
    assert [goroutine.line for goroutine in capture.body.goroutines] == [4, 9]


def test_what_to_quote_without_a_heading():
    assert only(GOLEAK).reason == (
        "Goroutine 19 in state chan receive (nil chan), with example.com/m.stuck on top of the stack"
    )


@pytest.mark.parametrize("words", ["leaktest: leaked goroutine: ", "Leaked goroutine: ", "Found leaked goroutine: "])
def test_leaktest(words):
    first = f"    leaktest.go:150: {words}goroutine 19 [chan receive (nil chan)] {{k: v}}:\n{indented(STUCK, 8)}"
    second = f"    leaktest.go:150: {words}goroutine 20 [running]:\n{indented(SPAWN, 8)}"
    record = only(
        "=== RUN   TestA\n    leaktest.go:132: leaktest: context deadline exceeded\n"
        f"{first}{second}--- FAIL: TestA (5.0s)\n"
    )
    assert (record.kind, record.tests) == ("leaktest", (TestRun("TestA", failed=True),))
    assert record.reason == "leaked goroutine: goroutine 19 [chan receive (nil chan)] {k: v}"
    assert [(goroutine.id, goroutine.labels) for goroutine in record.goroutines] == [(19, (("k", "v"),)), (20, ())]


@pytest.mark.parametrize("one", ["goroutine", "goroutines"])
def test_gleak(one):
    stack = "    main.stuck(0x1) at m/a_test.go:3\n    created by main.spawn at m/a.go:9\n"
    text = f"  Expected not to leak 2 {one}:\n  goroutine 19 [sleep]\n{stack}  goroutine 20 [select]\n{stack}"
    [capture] = read(text.encode()).captures
    assert (capture.body.kind, capture.body.reason) == ("gleak", f"Expected not to leak 2 {one}")
    assert [(each.id, each.state.status) for each in capture.body.goroutines] == [(19, "sleep"), (20, "select")]
    assert [(frame.function, frame.file, frame.line) for frame in capture.body.goroutines[0].stack.frames] == [
        ("main.stuck", "m/a_test.go", 3)
    ]


@pytest.mark.parametrize("place", ["", "    main_test.go:64: "])
def test_counts_of_equal_stacks(place):
    spaces = 8 if place else 0
    text = (
        f"{place}3 instances of:\n{indented(STUCK, spaces)}\n{place}1 instances of:\n"
        f"{indented(SPAWN, spaces)}\nexit status 1\n"
    )
    record = only(text)
    assert (record.kind, record.reason) == ("leaktest", "3 instances of example.com/m.stuck(...)")
    assert [goroutine.id for goroutine in record.goroutines] == [0, 0, 0, 0]
    assert [group.count for group in record.groups()] == [3, 1]
    assert only(f"Too many goroutines running after all test(s).\n{text}").reason == (
        "Too many goroutines running after all test(s)."
    )


def test_what_net_http_calls_leaked_are_all_goroutines_but_the_main_one():
    main = "testing.RunTests(0x1)\n\t/go/testing.go:556 +0xdc3\nmain.main()\n\t/src/m/_testmain.go:102 +0x28d\n"
    stacks = "\n".join(indented(stack, 8) for stack in (STUCK, main, SPAWN))
    record = only(f"    z_last_test.go:97: Test appears to have leaked a Transport:\n{stacks}")
    assert (record.kind, record.reason) == ("leaktest", "appears to have leaked a Transport")
    assert [goroutine.stack.functions for goroutine in record.goroutines] == [
        ("example.com/m.stuck",), ("example.com/m.spawn.func1",),
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["Test", "... Error: Test aSuite.TestB check-count 50"])
def test_a_goroutine_without_header_begins_on_the_line_that_calls_it_leaked(words):
    source = '    c.Errorf("Test %s check-count %d appears to have leaked: %v", c.TestName(), cnt, g)\n'
    (capture,) = captures(f"{source}{words} appears to have leaked: {STUCK}\n{words} appears to have leaked: {SPAWN}")
    body = capture.body
    assert isinstance(body, Crash)
    assert (body.kind, body.reason, body.line, capture.problems) == ("leaktest", "appears to have leaked", 2, ())
    assert [(goroutine.stack.functions, goroutine.stack.created_by.line) for goroutine in body.goroutines] == [
        (("example.com/m.stuck",), 4), (("example.com/m.spawn.func1",), 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cut",
    [
        " of the stack:\n",
        " of the st",
        "",
        " of the stack:\nexample.com/m.spawn.func1()\n",
        " of the stack:\nexample.com/m.sp",
    ],
    ids=["caption", "half a caption", "most of one", "call", "half a call"],
)
def test_what_is_on_top_of_a_stack_is_known_where_the_stack_is_cut_off(cut):
    head = f"[Goroutine 19 in state select, with example.com/m.stuck on top of the stack:\n{STUCK}"
    second = f"\n Goroutine 20 in state select, with example.com/m.spawn.func1 on top{cut}"
    (capture,) = captures(f"found unexpected goroutines:\n{head}{second}")
    assert [goroutine.id for goroutine in capture.body.goroutines] == [19, 20]
    assert capture.body.goroutines[1].stack.functions == ("example.com/m.spawn.func1",)
    assert capture.truncated
    assert "the text ends in the middle of a goroutine" in [problem.message for problem in capture.problems]


def test_captions_alone_are_a_list_of_goroutines():
    captions = "\n ".join(f"Goroutine {i} in state IO wait, with m.f{i} on top of the stack:\n" for i in (7, 8))
    body = only(f"found unexpected goroutines:\n[{captions}]\n")
    assert [(goroutine.id, goroutine.stack.functions) for goroutine in body.goroutines] == [
        (7, ("m.f7",)),
        (8, ("m.f8",)),
    ]


def test_a_log_line_inside_is_a_problem():
    (capture,) = captures(
        GOLEAK.replace("created by example.com/m.stuck", "x").replace(
            ("\t/src/m/a_test.go:3\n"), ("\t/src/m/a_test.go:3\nserved /a\n")
        )
    )
    assert [(problem.line, problem.found) for problem in capture.problems] == [(4, "served /a")]
    assert capture.goroutines == 2


@pytest.mark.parametrize(
    "text",
    [
        "We found 3 instances of:\nthings like f(x)\n",
        "3 instances of:\nfoo (bar)\nok  \tm\t(cached)\n",
        "Too many goroutines running after all test(s).\nFAIL\n",
        "no test has found unexpected goroutines:\n\npanic free\n",
    ],
)
def test_words_that_are_no_report(text):
    assert captures(text) == []


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["etcd-6605-leaktest.txt", "hatchet-goleak-grpc.txt", "hdb-goleak-connectionopener.txt"]
)
def test_reports_from_the_wild(shared, name):
    record = only((shared / "realworld" / name).read_text("utf-8"))
    assert len(record.goroutines) == (1 if name.startswith("hdb") else 2)
