"""Who can never go on: an error anywhere, a note where it may be meant."""

import pytest

from ..conftest import goroutine

SERVES = ("IO wait", "internal/poll.(*FD).Accept(0x1)", "example.com/app/web.serve(0x1)")


@pytest.mark.parametrize(
    ("state", "severity"),
    [("chan receive (nil chan)", "note"), ("chan send (nil chan)", "error")],
    ids=["receives", "sends"],
)
def test_a_main_function_that_receives_from_a_nil_channel_keeps_the_program_alive(dump, findings, state, severity):
    text = dump((state, "main.main()"), SERVES)
    assert [str(one.severity) for one in findings(text, rule="DT102")] == [severity]


def test_who_is_to_end_something_does_not_keep_it_alive(dump, alarms):
    text = dump(("chan receive (nil chan)", "example.com/app/feed.(*Room).Close(0x1)", "main.main()"), SERVES)
    assert alarms(text) == [("DT102", "example.com/app/feed.(*Room).Close")]


def test_any_other_goroutine_that_receives_from_a_nil_channel_is_lost(dump, alarms):
    text = dump(("select", "main.main()"), ("chan receive (nil chan)", "example.com/app/feed.follow(0x1)"))
    assert alarms(text) == [("DT102", "example.com/app/feed.follow")]


def test_where_all_are_asleep_that_is_told_once(findings):
    text = "fatal error: all goroutines are asleep - deadlock!\n\n" + goroutine(
        1, "chan send (nil chan)", "main.main()"
    )
    assert [found.rule for found in findings(text)] == ["DT104"]
