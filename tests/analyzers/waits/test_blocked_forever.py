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


@pytest.mark.parametrize(
    ("count", "state", "severity"),
    [
        pytest.param(1, "chan receive (nil chan)", "note", id="a loop that is switched off"),
        pytest.param(2, "chan receive (nil chan)", "error", id="two of them"),
        pytest.param(1, "chan send (nil chan)", "error", id="a sender"),
    ],
)
def test_a_single_loop_that_main_has_started_may_be_switched_off(findings, count, state, severity):
    loops = [
        goroutine(n, state, "example.com/app/feed.flush(0x1)", created_by="main.main") for n in range(5, 5 + count)
    ]
    (found,) = findings("\n".join([goroutine(1, "select", "main.main()"), *loops]), rule="DT102")
    assert found.severity == severity


def test_where_all_are_asleep_that_is_told_once(findings):
    text = "fatal error: all goroutines are asleep - deadlock!\n\n" + goroutine(
        1, "chan send (nil chan)", "main.main()"
    )
    assert [found.rule for found in findings(text)] == ["DT104"]


def by_address(distance: int, function: str, of_main: int = 0x4DC) -> str:
    """A profile of twelve goroutines that a channel operation has parked so far behind its entry, and the main one."""
    entry = 0x407E32
    return (
        f"goroutine profile: total 13\n12 @ 0x43bbee {entry + distance:#x} {entry:#x} 0x6b0c1a 0x46d801\n"
        f"#\t0x6b0c19\t{function}+0x79\t/src/feed.go:30\n\n"
        f"1 @ 0x43bbee {entry + of_main:#x} {entry:#x} 0x6713c5 0x43b77b\n"
        "#\t0x6713c4\tmain.main+0x284\t/src/main.go:45\n"
    )


def test_a_profile_tells_a_nil_channel_by_where_the_runtime_parks(findings):
    (found,) = findings(by_address(0x207, "example.com/app/feed.(*Lane).loop"))
    assert (found.rule, str(found.severity), str(found.certainty)) == ("DT102", "warning", "likely")
    assert found.functions[0] == "example.com/app/feed.(*Lane).loop"
    assert found.evidence["state"] == "chan receive (nil chan)"
    assert found.evidence["found_by"] == "the addresses of the runtime's frames"


@pytest.mark.parametrize(("distance", "of_main"), [(0x4DC, 0x4DC), (0x207, 0x207), (0x207, 0x9FF), (0x207, 0x3CD)])
def test_a_loop_of_a_profile_that_may_receive_from_any_channel_is_no_trouble(findings, distance, of_main):
    assert findings(by_address(distance, "example.com/app/feed.(*Lane).loop", of_main), rule="DT102") == []


def parked(count: int, function: str, block: int = 0x44B9C6) -> str:
    """A profile of goroutines in a `select {}` of this function, beside some in a select with cases."""
    return (
        f"goroutine profile: total {count + 5}\n{count} @ 0x43bbee {block:#x} 0x6b0c1a 0x46d801\n"
        f"#\t0x6b0c19\t{function}+0x79\t/src/feed.go:30\n\n"
        "5 @ 0x43bbee 0x44c485 0x6713c5 0x43b77b\n#\t0x6713c4\texample.com/app/web.serve+0x84\t/src/web.go:45\n"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(parked(12, "example.com/app/feed.hold"), [("likely", "warning")], id="twelve"),
        pytest.param(parked(1, "example.com/app/feed.hold"), [("likely", "note")], id="one, perhaps of main's"),
        pytest.param(parked(1, "main.main"), [], id="main"),
        pytest.param(parked(12, "example.com/app/feed.hold", 0x44B9C7), [], id="an unknown distance"),
    ],
)
def test_a_profile_tells_a_select_without_cases_by_where_the_runtime_parks(findings, text, told):
    found = findings(text, rule="DT103")
    assert [(str(one.certainty), str(one.severity)) for one in found] == told
