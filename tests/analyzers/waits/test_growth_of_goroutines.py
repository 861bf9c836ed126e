"""Which goroutines stay, by their ids: those that have all ended since are no growth, however many stand there now."""

import pytest

from debugtext.comparing import follow
from debugtext.reading import read
from debugtext.settings import Ignore

from ...texts import goroutine, profile

MAIN = goroutine(1, "chan receive", "main.main()")
POOL = [goroutine(number, "chan receive", "main.main.func2()") for number in range(5, 45)]


def _sends(first: int, count: int) -> list[str]:
    return [goroutine(number, "chan send", "main.main.func5.1()") for number in range(first, first + count)]


@pytest.mark.parametrize(
    ("first", "growth"), [(900, []), (100, [[20, 160]])], ids=["all have ended", "the same ones are there still"]
)
def test_those_that_have_ended_are_no_growth_whoever_else_stays_in_a_closure_of_the_same_function(
    findings, first, growth
):
    texts = ["\n".join([MAIN, *POOL, *_sends(at, count)]) for at, count in ((100, 20), (first, 160))]
    assert [found.evidence["counts"] for found in findings(*texts, rule="DT210")] == growth


def test_what_says_why_they_wait_tells_that_they_become_more(findings):
    texts = ["\n".join([MAIN, *_sends(100, count)]) for count in (20, 60, 90, 120, 150)]
    (found,) = findings(*texts)
    assert (found.rule, str(found.severity), found.evidence["also"]) == ("DT201", "error", ["DT210"])
    assert (found.evidence["counts"], found.evidence["growth"]) == ([20, 60, 90, 120, 150], 130)


def test_where_that_reason_is_ignored_the_growth_is_told_by_itself(findings):
    texts = ["\n".join([MAIN, *_sends(100, count)]) for count in (20, 60, 90, 120, 150)]
    found = findings(*texts, ignores=(Ignore("wanted", rule="DT201"),))
    assert [(one.rule, one.evidence.get("also")) for one in found] == [("DT210", None)]


def test_requests_that_become_more_were_not_started_where_they_wait(findings):
    def text(count: int) -> str:
        calls = ("internal/poll.(*FD).Read(0x1)", "rail.(*Line).ask(0x1)", "net/http.(*conn).serve(0x1)")
        return "\n".join([MAIN, *(goroutine(number, "IO wait", *calls) for number in range(100, 100 + count))])

    (found,) = findings(*map(text, (20, 60, 90)), rule="DT210")
    assert found.advice.startswith("More and more requests do not end here")


def test_what_only_calls_them_becomes_more_for_itself(findings):
    """Connections without a request, beside handlers that are stuck below the same function of net/http."""
    handler = ("rail.ask(0x1)", "rail.first(0x1)", "rail.second(0x1)", "rail.third(0x1)", "net/http.(*conn).serve(0x1)")

    def text(stuck: int, idle: int) -> str:
        sends = [goroutine(number, "chan send", *handler) for number in range(100, 100 + stuck)]
        serves = ("internal/poll.(*FD).Read(0x1)", "net/http.(*conn).serve(0x1)")
        return "\n".join([MAIN, *sends, *(goroutine(number, "IO wait", *serves) for number in range(600, 600 + idle))])

    found = findings(text(40, 20), text(40, 1500))
    assert [one.rule for one in found if one.functions[0] == "net/http.(*conn).serve" and one.severity != "note"] == [
        "DT210"
    ]


@pytest.mark.parametrize(
    ("hours_apart", "pace", "per_hour"),
    [(24, ", 4 a day,", 0.1667), (8, ", 12 a day,", 0.5), (2, ", 2 an hour,", 2.0), (0.25, ", 16 an hour,", 16.0)],
)
def test_the_pace_of_a_slow_leak_is_told_by_day(hours_apart, pace, per_hour):
    texts = [read(profile((10 + 4 * number, ("main.worker", "main.serve")))) for number in range(10)]
    (found,) = follow(texts, every_seconds=hours_apart * 3600).findings
    assert (pace in found.title, found.evidence["per_hour"]) == (True, per_hour)
