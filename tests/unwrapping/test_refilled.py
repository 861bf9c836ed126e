"""Reports of goleak that somebody has filled into a narrow paragraph."""

import textwrap

import pytest

from debugtext.reading import read

REPORT = (
    "goleak: Errors on successful test run: found unexpected goroutines: [Goroutine 7 in state chan receive, with "
    "example.com/depot/yard.New.func1 on top of the stack: goroutine 7 [chan receive]: example.com/depot/yard.New.func1"
    "(0xc00009bd20) ./depot/yard/yard.go:23 +0x66 created by example.com/depot/yard.New in goroutine 6 "
    "./depot/yard/yard.go:22 +0x85 Goroutine 8 in state select, with example.com/depot/yard.(*Crane).lift on top of "
    "the stack: goroutine 8 [select]: example.com/depot/yard.(*Crane).lift(0xc00009bd20) ./depot/yard/crane.go:5 +0x1 "
    "] FAIL example.com/depot/yard 0.450s FAIL"
)


def cut(width, text=REPORT):
    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


@pytest.mark.parametrize("width", [50, 60, 72])
@pytest.mark.parametrize("names", ["whole", "behind a dot", "before a dot"])
def test_a_report_filled_into_a_paragraph_is_one(width, names):
    text = {
        "whole": REPORT,
        "behind a dot": REPORT.replace("yard.New.func1(", "yard. New.func1("),
        "before a dot": REPORT.replace("yard.New.func1 on", "yard .New.func1 on"),
    }[names]
    [capture] = read(f"It leaks:\n\n```\n{cut(width, text)}\n```\n").captures
    assert [(one.state.status, one.stack.functions) for one in capture.body.goroutines] == [
        ("chan receive", ("example.com/depot/yard.New.func1",)),
        ("select", ("example.com/depot/yard.(*Crane).lift",)),
    ]


def test_words_about_leaks_are_left_as_they_are():
    assert read("The test found\nunexpected goroutines: [Goroutine 7 in state\nnobody knows\n").captures == ()
