"""Texts made to cost: the time they take grows with their length, not with its square."""

import time
import tracemalloc

import pytest

from debugtext.reading import read

HEADER = "goroutine 1 [running]:\n"
FRAME = "main.f()\n\t/a.go:1 +0x1\n"
SECONDS = 20
"""What took the square of its length took minutes."""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEADER * 5_000, id="goroutines without frames"),
        pytest.param("".join(f"goroutine {i} [select]:\n\n" for i in range(30_000)), id="ids without frames"),
        pytest.param((HEADER + "created by a.b\n\t/a:1\n" + FRAME * 40 + "\n") * 500, id="creators above their frames"),
        pytest.param("goroutine profile: total 1\n1 @" + " 0x1" * 500_000 + "\n", id="addresses"),
        pytest.param((HEADER + FRAME + "exit status 2\n") * 3_000, id="small dumps without blank lines"),
        pytest.param((HEADER + FRAME + "\nx\n\n") * 5_000, id="small dumps"),
        pytest.param("panic: x\n" + HEADER * 4_000, id="headers below a panic"),
        pytest.param("panic: x\n" + "\ty\n" * 20_000, id="a message of many lines"),
        pytest.param("fatal error: x\n" + "\ty\n" * 20_000, id="a fatal error of many lines"),
        pytest.param("panic: x\n\n" * 5_000, id="panics"),
        pytest.param("PC=0x1 m=0 sigcode=0\n" * 20_000, id="signals"),
        pytest.param("goroutine profile: total 1\n" * 10_000, id="titles"),
        pytest.param("goroutine profile: total 1\nx\n" * 5_000, id="titles between other lines"),
        pytest.param("--- mutex:\n#\t0x1 z\n1 @ 0x1\n" * 3_000, id="profiles of broken lines"),
        pytest.param("heap profile: 0: 0 [0: 0] @ heap/1\n1: 1 [1: 1] @ 0x1\nx\n" * 2_000, id="heap texts"),
        pytest.param("goroutine 1 [running] {" + "a" * 300_000 + "}:\n" + FRAME, id="one long label"),
        pytest.param("goroutine 1 [running] {" + "a: b, " * 50_000 + "}:\n" + FRAME, id="labels"),
        pytest.param(HEADER + "main.f(" + "{" * 300_000 + "}" * 300_000 + ")\n\t/a.go:1 +0x1\n", id="nested arguments"),
        pytest.param(HEADER + "main.f" + "(" * 300_000 + ")\n\t/a.go:1 +0x1\n", id="brackets"),
        pytest.param("# runtime.MemStats\n# PauseNs = [1" + " " * 300_000 + "x\n", id="blanks in a list"),
        pytest.param("100000000 instances of:\nmain.f()\n\t/a:1\n" * 300, id="copies of a goroutine"),
        pytest.param(
            "leaked goroutine: goroutine 1 [x" * 3_000 + "\n" + "leaked goroutine: goroutine 1 " * 3_000, id="leaks"
        ),
        pytest.param("Goroutine 1 in state x" + ", with " * 40_000 + "on top of the stack:x\n", id="states"),
        pytest.param(
            "WARNING: DATA RACE\nGlobal var x" + " of size 8 at 0x1 declared at x" * 10_000 + "\n", id="variables"
        ),
        pytest.param("WARNING: DATA RACE\n" * 200_000, id="warnings of races"),
        pytest.param("POTENTIAL DEADLOCK:\n" * 10_000, id="reports about locks"),
        pytest.param("POTENTIAL DEADLOCK:\nhappened before\n" + "a.go:1 a.b {\n" * 20_000, id="places of a lock"),
        pytest.param("panic recovered:\nx\n" * 10_000, id="recovered panics"),
        pytest.param("panic recovered:\n" + "a.b" * 3_000 + ":\n" + "a.b" * 3_000 + ":\n", id="dots"),
        pytest.param("runtime.gopanic\n\t/a.go:1\n" * 10_000, id="frames of a recovered panic"),
        pytest.param(" panic: x\n -> a.b\n ->   /a.go:1\n\n" * 3_000, id="arrows"),
        pytest.param("1: running\n" * 20_000, id="buckets without frames"),
        pytest.param("999999999: running\n  p f.go:1 g()\n" * 300, id="copies of a bucket"),
        pytest.param("Goroutine 1 - User: a.go:1 a.b\n" * 3_000, id="lists of one goroutine"),
        pytest.param(" " * 9_000 + "Goroutine 1 - User: a.go:1 " + "a:1 " * 200, id="blanks before a goroutine"),
        pytest.param('"memstats": {' + "[{" * 100_000, id="nested JSON"),
        pytest.param((HEADER + "created by a.b\n\t/a:1\n" + FRAME * 190 + "\n") * 20, id="frames behind the creator"),
    ],
)
def test_reading_takes_no_more_time_than_the_length_of_a_text_allows(text):
    began = time.process_time()
    read(text)
    assert time.process_time() - began < SECONDS


def test_a_bounded_number_of_copies_stands_for_equal_goroutines():
    (capture,) = read("Too many goroutines.\n" + "100000000 instances of:\nmain.f()\n\t/a:1\n" * 3).captures
    assert capture.goroutines == 10_002


def test_a_message_is_kept_so_far_and_the_rest_is_told():
    (capture,) = read("panic: x\n" + "\ty\n" * 12_000 + "\n" + HEADER + FRAME).captures
    assert capture.body.panics[0].text.count("y") == 9_999
    assert [(problem.line, problem.message) for problem in capture.problems] == [
        (
            10_001,
            "2001 lines are left out: a crash report holds no more than 10000 lines or 1048576 characters in a row",
        )
    ]


@pytest.mark.parametrize(
    ("headline", "tail", "was_recovered"),
    [
        pytest.param("panic: ", "", False, id="a panic"),
        pytest.param("panic: ", " [recovered]", True, id="a panic that was recovered"),
        pytest.param("2026/11/21 02:03:04 http: panic serving 10.0.0.7:4000: ", "", False, id="a panic of a handler"),
    ],
)
def test_of_a_message_of_some_mib_the_ends_are_kept_and_the_stack_below_is_read(headline, tail, was_recovered):
    text = f"starting\n{headline}first {'words ' * 500_000}last{tail}\n\n{HEADER}{FRAME}"
    (capture,) = read(text).captures
    (panic,) = capture.body.panics
    assert (capture.format, capture.first_line, capture.goroutines) == ("crash", 2, 1)
    assert (panic.text[:11], panic.text[-4:], panic.recovered) == ("first words", "last", was_recovered)
    ((line, message),) = ((problem.line, problem.message) for problem in capture.problems)
    assert (line, message.partition(" ")[2]) == (
        2,
        "characters of this line are left out: they are the middle of a message",
    )
    assert int(message.split()[0]) + len(f"{headline}{panic.text}{tail}") - len(" ... ") == len(text.split("\n")[1])


def test_the_lines_of_a_message_are_kept_up_to_a_mib():
    text = f"panic: {chr(10).join([chr(9) + 'x' * 3_999] * 600)}\n\n{HEADER}{FRAME}"
    (capture,) = read(text).captures
    assert 1 << 20 <= len(capture.body.panics[0].text) < (1 << 20) + 4_000
    assert [(problem.line, problem.message.partition(":")[0]) for problem in capture.problems] == [
        (264, "337 lines are left out")
    ]
    assert capture.goroutines == 1


def test_headlines_without_end_take_bounded_space():
    (capture,) = read("panic: x\n" + "\tpanic: y\n" * 30_000 + "\n" + HEADER + FRAME).captures
    assert (len(capture.body.panics), capture.goroutines, len(capture.problems)) == (10_000, 1, 1)


def test_strange_labels_take_a_small_multiple_of_their_length():
    """The expression for a header kept a way back for each label once."""
    labels = ", ".join(f'"k{number}": "v"' for number in range(20_000))
    tracemalloc.start()
    read(f"goroutine 1 [running] {{{labels}}}:\n{FRAME}")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 40 * len(labels)
