"""What `go test` says of tests and packages ends what stands above it: the next text is another test's or process's."""

import pytest

from debugtext.reading import read

PANIC = "--- FAIL: TestDiv (0.00s)\npanic: boom [recovered, repanicked]\n\n"
STACK = (
    "goroutine 7 [running]:\npanic({0x1?, 0x2?})\n\t/go/src/runtime/panic.go:860 +0x13a\n"
    "shop/pan.TestDiv(0x1?)\n\t/s/pan_test.go:66 +0xb\n"
)
CREATOR = "created by testing.(*T).Run in goroutine 1\n\t/go/src/testing/testing.go:2101 +0x4c5\n"
LEAK = (
    "--- FAIL: TestClient (0.45s)\n    leak_test.go:23: found unexpected goroutines:\n"
    "        [Goroutine 8 in state chan send, with shop/leak.(*Client).run on top of the stack:\n"
    "        shop/leak.(*Client).run(...)\n        \t/s/leak_test.go:14\n"
    "        created by shop/leak.NewClient in goroutine 7\n        \t/s/leak_test.go:17 +0x98\n        ]\n"
)
FAILED = "FAIL\tshop/pan\t0.004s\n"


def kinds(text: str) -> list[tuple[str, int]]:
    """What a text holds: the kind of each crash, or the format, and how many goroutines."""
    captures = read(text).captures
    return [(getattr(one.body, "kind", one.format), len(one.dump.goroutines)) for one in captures]


@pytest.mark.parametrize(
    "between",
    [
        pytest.param(FAILED, id="the package"),
        pytest.param(FAILED + "FAIL\n", id="the package and the run"),
        pytest.param("exit status 2\n" + FAILED, id="the exit status"),
        pytest.param("", id="the next test alone"),
        pytest.param("=== RUN   TestClient\n", id="the next test's beginning"),
    ],
)
@pytest.mark.parametrize("end", [CREATOR, ""], ids=["its creator is printed", "its creator is not"])
def test_a_leak_right_below_a_crash_is_one_of_its_own(between, end):
    text = f"{PANIC}{STACK}{end}{between}{LEAK}FAIL\n"
    assert kinds(text) == [("panic", 1), ("goleak", 1)]
    assert [capture.problems for capture in read(text).captures] == [(), ()]


@pytest.mark.parametrize("line", ["--- FAIL: TestB (0.00s)", "--- PASS: TestB (0.00s)", "=== RUN   TestB"])
def test_a_stack_right_below_another_test_is_read_without_its_header(line):
    text = f"{STACK}{CREATOR}{line}\n    b_test.go:21: should not panic\n{STACK.partition(chr(10))[2]}{CREATOR}"
    assert [count for _, count in kinds(text)] == [1, 1]


def test_a_line_of_others_in_the_middle_of_a_stack_is_left_out_as_before():
    (capture,) = read(f"{PANIC}{STACK}2026/11/22 05:41:43 server stopped\n{CREATOR}").captures
    assert (len(capture.dump.goroutines), len(capture.problems)) == (1, 1)
    assert capture.dump.goroutines[0].stack.created_by.function == "testing.(*T).Run"


def test_ancestors_stand_behind_the_creator():
    ancestor = "[originating from goroutine 1]:\nmain.main(...)\n\t/s/main.go:80 +0x1d\n"
    (capture,) = read(f"{PANIC}{STACK}a log line\n{CREATOR}{ancestor}exit status 2\n").captures
    assert len(capture.dump.goroutines[0].stack.ancestors) == 1
