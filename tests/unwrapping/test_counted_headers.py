"""A header that says of how many goroutines it is stands for so many."""

import pytest

from debugtext.reading import read

BELOW = "main.worker(0xc000012345)\n\t/src/m/main.go:50 +0x25\ncreated by main.main\n\t/src/m/main.go:88 +0x17f\n"
OTHERS = "goroutine 1 [running]:\nmain.main()\n\t/src/m/main.go:5 +0x1d\n"


@pytest.mark.parametrize(
    "header",
    [
        "goroutine 461 [semacquire, 14 minutes]: 820 times: [461,...]",
        "goroutine 461 [semacquire, 14 minutes]: 820 times: [[461, 872, 903]",
        f"goroutine 461 [semacquire, 14 minutes]: 820 times: [461{', 1000007' * 800}]",
        "goroutine 461 [semacquire, 14 minutes]: 820 times",
        "goroutine 461 [semacquire, 14 minutes]: (820 times)",
        "goroutine 461 [semacquire, 14 minutes] x 820:",
        "goroutine 461 [semacquire, 14 minutes] (x820):",
        "goroutine 461 [semacquire, 14 minutes]: ×820",  # noqa: RUF001
        "goroutine 461 [semacquire, 14 minutes] (820 goroutines):",
        "goroutine 461 [semacquire, 14 minutes]: (+819 more)",
        "goroutine 461 [semacquire, 14 minutes] (and 819 others):",
        "820x goroutine 461 [semacquire, 14 minutes]:",
        "(820 times) goroutine 461 [semacquire, 14 minutes]:",
        "820 × goroutine N [semacquire, 14 minutes]:",  # noqa: RUF001
        "820 goroutines [semacquire, 14 minutes]:",
    ],
)
@pytest.mark.parametrize("prefix", ["", "> ", "2026-11-21T02:03:04Z "], ids=["plain", "quoted", "in a log"])
def test_so_many_goroutines_are_read(header, prefix):
    text = f"{OTHERS}\n{header}\n{BELOW}\n{OTHERS.replace(' 1 [running]', ' 7 [select]')}"
    reading = read("".join(f"{prefix}{line}".rstrip() + "\n" for line in text.split("\n")))
    (capture,) = reading.captures
    assert [(group.count, group.line, group.waits[:2]) for group in capture.groups()] == [
        (820, 5, (14, 14)),
        (1, 1, ()),
        (1, 11, ()),
    ]
    assert list(reading.all_problems()) == []


@pytest.mark.parametrize("ids", ["[461, 872,\n903, 5,\n7]", "[[461, 872, 903,\n5,\n7"])
def test_the_ids_may_go_on_below(ids):
    (capture,) = read(f"{OTHERS}\ngoroutine 461 [select]: 820 times: {ids}\n{BELOW}").captures
    assert [(group.count, group.line) for group in capture.groups()] == [(820, 5), (1, 1)]
    assert {461, 872, 903, 5, 7} <= {goroutine.id for goroutine in capture.body.goroutines}
    assert capture.problems == ()


def test_the_ids_that_are_listed_are_known():
    (capture,) = read(f"goroutine 461 [select]: 4 times: [461, 470]\n{BELOW}").captures
    assert [goroutine.id for goroutine in capture.body.goroutines] == [461, 470, 0, 0]


@pytest.mark.parametrize("times", [0, 999_999], ids=["none", "too many to write out"])
def test_a_count_that_is_not_believed_is_told(times):
    reading = read(f"goroutine 461 [select] x {times}:\n{BELOW}")
    (capture,) = reading.captures
    assert (capture.goroutines, [problem.line for problem in reading.all_problems()]) == (1, [1])


def test_of_one_text_so_many_are_written_out():
    text = f"goroutine 461 [select] x 30000:\n{BELOW}\n" * 4
    reading = read(text)
    (capture,) = reading.captures
    assert (capture.goroutines, [problem.line for problem in reading.all_problems()]) == (30_000, [7, 13, 19])


@pytest.mark.parametrize("header", ["goroutine 5 [select] x 900:", "goroutines 101..999 [select]:"])
def test_of_one_text_so_many_characters_are_written_out(header):
    reading = read(f"{header}\nmain.f(0x1)\n\t/a.go:1 +0x1\n{'z' * 20_000}\n\n{OTHERS}")
    assert sum(capture.goroutines for capture in reading.captures) < 3
    assert [problem.line for problem in reading.all_problems()] == [1]


@pytest.mark.parametrize("number", ["820 ", "[820] ", "820: "])
def test_a_number_before_a_header_that_has_one_is_no_count(number):
    (capture,) = read(f"{number}goroutine 461 [select]:\n{BELOW}").captures
    assert capture.goroutines == 1
