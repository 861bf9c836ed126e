"""The tail of a test's output: goroutines, and below them how long the package took."""

import pytest

from debugtext.reading import read

TAIL = """\
goroutine 7 [chan receive, 9 minutes]:
testing.(*T).Run(0xc000003a40, {0x5527b6?, 0x4d4d93?}, 0x55a8d8)
\t/usr/local/go/src/testing/testing.go:1859 +0x414
testing.runTests.func1(0xc000003a40)
\t/usr/local/go/src/testing/testing.go:2279 +0x37

goroutine 8 [chan receive, 9 minutes]:
example.com/till.TestClose(0xc000003c00?)
\t/src/till/till_test.go:12 +0x28
testing.tRunner(0xc000003c00, 0x55a8d8)
\t/usr/local/go/src/testing/testing.go:1792 +0xf4
created by testing.(*T).Run in goroutine 1
\t/usr/local/go/src/testing/testing.go:1851 +0x413
"""


@pytest.mark.parametrize(
    ("end", "minutes", "last_line"),
    [
        ("FAIL\texample.com/till\t600.013s\nFAIL\n", 10, 14),
        ("exit status 2\nFAIL\texample.com/till\t600.3s\n", 10, 15),
        ("FAIL    example.com/till    1805.9s\n", 30, 14),
    ],
    ids=["ten minutes", "behind the exit status", "half an hour, with blanks"],
)
def test_a_package_that_took_a_round_ten_minutes_ran_out_of_time(end, minutes, last_line):
    (found,) = read(TAIL + end).captures
    assert (found.format, found.body.kind, found.body.reason) == (
        "crash",
        "test-timeout",
        f"test timed out after {minutes}m0s",
    )
    assert (found.body.package.name, len(found.body.goroutines)) == ("example.com/till", 2)
    assert (found.first_line, found.last_line) == (1, last_line)


@pytest.mark.parametrize(
    "end",
    [
        "FAIL\texample.com/till\t0.013s\n",
        "FAIL\texample.com/till\t640.2s\n",
        "FAIL\texample.com/till\t599.9s\n",
        "ok  \texample.com/till\t600.1s\n",
        "the server said\nFAIL\texample.com/till\t600.1s\n",
        "exit status 2\n",
    ],
)
def test_any_other_time_or_line_says_nothing(end):
    (found,) = read(TAIL + end).captures
    assert (found.format, found.last_line) == ("goroutine-dump", 13)
