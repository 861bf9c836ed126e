"""Several goroutine profiles in one text: when the rise of their totals is worth an alarm."""

import pytest

RECORD = "{0} @ 0x1\n#\t0x1\tmain.await+0x1\t/m.go:5\n\n"


def headers(*totals, record=""):
    return "".join(
        f"at {hour} h\ngoroutine profile: total {total}\n{record.format(total)}" for hour, total in enumerate(totals)
    )


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
    ],
    ids=str,
)
def test_totals_that_rise(findings, totals, told):
    found = findings(headers(*totals), rule="DT216")
    assert [(one.title, one.severity) for one in found] == [(title, "warning") for title in told]


def test_two_whole_profiles_may_be_of_two_processes(findings):
    assert findings(headers(10, 1010, record=RECORD), rule="DT216") == []
    assert len(findings(headers(10, 500, 1010, record=RECORD), rule="DT216")) == 1


def test_a_comparison_names_the_stack_instead(findings):
    assert findings(headers(10, 20, 500), headers(500, 600, 1010), rule="DT216") == []
