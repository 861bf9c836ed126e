"""A panic's text may hold a stack: who recovers one panic and panics again with debug.Stack() in its words."""

import pytest

from debugtext.reading import read

BOOM = "panic: assignment to entry in nil map [recovered]\n"
PRINTED = "goroutine 1 [running]:\nruntime/debug.Stack()\n\t/go/src/runtime/debug/stack.go:26 +0x5e\n"
STACK = (
    "main.work.func1()\n\t/s/main.go:137 +0x31\npanic({0x1?, 0x2?})\n\t/go/src/runtime/panic.go:860 +0x13a\n"
    "main.work()\n\t/s/main.go:141 +0x9c5\nmain.main()\n\t/s/main.go:9 +0x1d\n"
)
RAN = f"goroutine 1 [running]:\n{STACK}"
OTHER = "goroutine 8 [chan receive]:\nmain.worker(0x1)\n\t/s/main.go:64 +0x1d\n"
FAULT = "[signal SIGSEGV: segmentation violation code=0x1 addr=0x8 pc=0x6d9da5]\n"


def tabbed(text: str) -> str:
    """The further lines of a message, as Go prints them since 1.23."""
    return "".join(f"\t{line}\n" for line in text.splitlines())


@pytest.mark.parametrize("shown", [tabbed, str], ids=["behind tabs, since 1.23", "raw, up to 1.22"])
@pytest.mark.parametrize(
    "behind",
    [
        pytest.param(f"\n{FAULT}\n", id="a fault"),
        pytest.param(" [recovered, repanicked]\n\n", id="the test runner's mark"),
        pytest.param(" [recovered]\n\n", id="the mark of who recovered"),
        pytest.param("\n\n", id="neither"),
    ],
)
def test_one_panic_is_one_crash(shown, behind):
    text = f"{BOOM}\tpanic: worker died: boom\n{shown(PRINTED + STACK)}{behind}{RAN}\n{OTHER}exit status 2\n"
    (capture,) = read(text).captures
    assert (capture.body.kind, capture.body.reason, capture.body.exit_status) == ("panic", "worker died: boom", 2)
    assert [goroutine.id for goroutine in capture.dump.goroutines][-2:] == [1, 8]
    assert (capture.body.signal is not None) == (FAULT in behind)


def test_a_fault_behind_a_goroutine_is_the_next_report_s_as_before():
    captures = read(f"panic: boom\n\n{RAN}\n{FAULT}\n{RAN}").captures
    assert [capture.body.kind for capture in captures] == ["panic", "signal"]


@pytest.mark.parametrize("shown", ["goroutine 5 [running]:", "\t\tgoroutine 5 [running]: [recovered, repanicked]"])
def test_a_header_in_the_text_of_an_error_is_no_goroutine(shown):
    test = "--- FAIL: TestWrapped (0.00s)\n    --- FAIL: TestWrapped/sub (0.00s)\n"
    (capture,) = read(f"{test}panic: load config: bad state 7:\n{shown}\n\n{RAN}FAIL\tshop/pan\t0.005s\n").captures
    assert [goroutine.id for goroutine in capture.dump.goroutines] == [1]
    assert capture.body.crashed_id == 1


def test_a_header_at_which_the_text_is_cut_off_is_a_goroutine_as_before():
    (capture,) = read("panic: boom\n\ngoroutine 5 [running]:\n\n" + OTHER).captures
    assert [goroutine.id for goroutine in capture.dump.goroutines] == [5, 8]
