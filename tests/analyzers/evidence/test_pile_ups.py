"""Goroutines that came one after the other and stayed: the ages follow the ids, though only minutes tell them apart."""

import pytest

from ..conftest import goroutine


def receivers(*minutes: int, first: int = 20, step: int = 1) -> str:
    """A dump of goroutines that have waited for so long, in the order of their starts, beside half as many others."""
    ids = range(first, first + step * len(minutes), step)
    states = (f"chan receive, {wait} minutes" if wait else "chan receive" for wait in minutes)
    crowd = [goroutine(number, state, "main.(*guide).await(0x1)") for number, state in zip(ids, states, strict=True)]
    others = [goroutine(ids[-1] + 1 + n, "select", f"main.f{n}(0x1)") for n in range(len(minutes) // 2)]
    return "\n".join([goroutine(1, "chan receive", "main.main()"), *crowd, *others])


REASON = "+1 the older their ids, the longer they wait, and hardly any has ended: ids 20 to 99 of 139"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(receivers(*[2] * 40, *[0] * 40), [REASON], id="the older, the longer they wait"),
        pytest.param(receivers(*[2] * 40, *[1] * 40), [REASON], id="all have waited"),
        pytest.param(receivers(*[1] * 40, *[0] * 40), [], id="a minute may be moments"),
        pytest.param(receivers(*[2] * 80), [], id="of one age: started together"),
        pytest.param(receivers(*[0] * 40, *[2] * 40), [], id="the oldest were woken: a pool"),
        pytest.param(receivers(*[2] * 30, *[0] * 20, *[2] * 20, *[0] * 10), [], id="some between were woken"),
        pytest.param(receivers(*[2] * 40, *[0] * 40, step=2), [], id="every other one has ended"),
        pytest.param(receivers(*[2] * 40, *[0] * 40, first=900), [], id="others came long before them"),
        pytest.param(receivers(*[2] * 15, *[0] * 65), [], id="few are old"),
        pytest.param(receivers(*[2] * 30, *[0] * 30), [], id="too few to be in order"),
    ],
)
def test_who_has_come_one_by_one_and_has_stayed(findings, text, told):
    reasons = [reason for found in findings(text, rule="DT202") for reason in map(str, found.evidence["reasons"])]
    assert [reason for reason in reasons if "the older" in reason] == told


@pytest.mark.parametrize(
    ("minutes", "rules"), [([2] * 40 + [0] * 40, ["DT202"]), ([2] * 80, [])], ids=["again and again", "once"]
)
def test_what_a_constructor_makes_again_and_again_is_no_set_of_a_fixed_size(alarms, minutes, rules):
    states = (f"chan receive, {wait} minutes" if wait else "chan receive" for wait in minutes)
    await_ = "main.(*guide).await(0x1)"
    made = [goroutine(number, state, await_, created_by="main.newGuide") for number, state in enumerate(states, 20)]
    others = [goroutine(number, "select", f"main.f{number}(0x1)") for number in range(100, 140)]
    text = "\n".join([goroutine(1, "chan receive", "main.main()"), *made, *others])
    assert [rule for rule, _ in alarms(text)] == rules


def test_that_they_pile_up_is_an_alarm(alarms):
    assert alarms(receivers(*[2] * 40, *[0] * 40)) == [("DT202", "main.(*guide).await")]


@pytest.mark.parametrize(
    ("minutes", "rules"),
    [([2] * 40 + [0] * 40, [("DT201", "main.(*guide).await")]), ([2] * 80, [])],
    ids=["they pile up", "of one age"],
)
def test_from_senders_that_pile_up_nobody_receives_who_is_busy_beside_them(alarms, minutes, rules):
    senders = receivers(*minutes).replace("chan receive", "chan send").replace("e 1 [chan send]", "e 1 [select]")
    busy = goroutine(150, "sleep", "time.Sleep(0x1)", "main.(*guide).rest(0x1)")
    assert alarms(f"{senders}\n{busy}") == rules


def test_who_piles_up_from_one_text_to_the_next_has_not_been_woken(alarms):
    states = [[0] * 40, [2] * 40 + [0] * 60]
    texts = [receivers(*minutes).replace("goroutine 1 [chan receive", "goroutine 1 [select") for minutes in states]
    later = texts[1] + goroutine(150, "IO wait, 1 minutes", "main.poll(0x1)")
    assert ("DT202", "main.(*guide).await") in alarms(texts[0] + goroutine(150, "IO wait", "main.poll(0x1)"), later)
