"""Several goroutine profiles in one text: when the rise of their totals is worth an alarm."""

import pytest

RECORD = "{0} @ 0x1\n#\t0x1\tmain.await+0x1\t/m.go:5\n\n"


def headers(*totals, record="", between=""):
    return "".join(f"goroutine profile: total {total}\n{record.format(total)}{between}" for total in totals)


@pytest.mark.parametrize(
    ("totals", "told"),
    [
        ((1003, 2003, 3003), ["goroutines rise from 1,003 to 3,003 within this text"]),
        ((10, 1010), ["goroutines rise from 10 to 1,010 within this text"]),
        ((50, 90, 103, 2000, 3000, 3000), ["goroutines rise from 50 to 3,000 within this text"]),
        ((3003, 103, 503, 903), ["goroutines rise from 103 to 903 within this text"]),
        ((3003, 2003, 1003), []),
        ((42, 44, 45), []),
        ((1000, 1100, 1200), []),
        ((10, 400), []),
        ((1000, 2000), []),
        ((7, 7, 7), []),
        ((12, 150, 160, 161), []),
    ],
    ids=str,
)
def test_totals_that_rise(findings, totals, told):
    found = findings(headers(*totals), rule="DT216")
    assert [(one.title, one.severity) for one in found] == [(title, "warning") for title in told]


def test_two_whole_profiles_may_be_of_two_processes(findings):
    assert findings(headers(10, 1010, record=RECORD), rule="DT216") == []
    assert len(findings(headers(10, 500, 1010, record=RECORD), rule="DT216")) == 1


def test_whole_profiles_of_one_program_share_their_largest_stack(findings):
    other = RECORD.replace("await", "handle")
    text = headers(10, 500, record=RECORD) + headers(1010, record=other)
    assert findings(text, rule="DT216") == []


def test_headers_of_a_log_may_be_of_any_process(findings):
    assert findings(headers(10, 500, 1010, between="ok example.com/shop 0.1s\n"), rule="DT216") == []


def test_headers_that_are_compared_are_of_one(findings):
    assert len(findings(headers(10), headers(1010), rule="DT216")) == 1
    assert findings(headers(10, record=RECORD), headers(1010, record=RECORD), rule="DT216") == []
