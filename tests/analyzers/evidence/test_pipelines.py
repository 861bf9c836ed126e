"""Stages of a pipeline wait for their source, and who closes for them waits for the stages: so they are at rest."""

import pytest

from ...texts import goroutine

MAIN = goroutine(1, "chan receive", "main.main()")
STAGE = ("clips.Stage.Connect.func1(0x1)", "clips.Stage.Connect")
CLOSER = ("sync.(*WaitGroup).Wait(0x1)", "clips.Stage.Connect.func2(0x1)")


def _text(age: str = "", *, closers: int = 4, source: str = "clips.Poll.func1(0x1)", sources: int = 1) -> str:
    stages = [goroutine(n, f"chan receive{age}", STAGE[0], created_by=STAGE[1]) for n in range(19, 57)]
    closing = [goroutine(n, f"semacquire{age}", *CLOSER, created_by=STAGE[1]) for n in range(60, 60 + closers)]
    starts = [goroutine(n, f"select{age}", source, created_by="main.main") for n in range(80, 80 + sources)]
    return "\n".join([MAIN, *stages, *closing, *starts])


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        ({}, []),
        ({"closers": 0}, ["DT202"]),
        ({"closers": 12}, ["DT202"]),
        ({"sources": 0}, ["DT202"]),
        ({"sources": 4}, ["DT202"]),
        ({"source": "web.poll(0x1)"}, ["DT202"]),
    ],
    ids=["at rest", "no closer", "a closer for each call", "no source", "a source for each call", "of another package"],
)
def test_stages_that_stay_are_at_rest_while_their_closers_and_a_source_are_there(alarms, changed, rules):
    text = _text(**changed)
    assert [rule for rule, _ in alarms(text, text) if rule == "DT202"] == rules


@pytest.mark.parametrize(("sources", "rules"), [(1, []), (0, ["DT202", "DT204"])], ids=["a source", "no source"])
def test_the_age_of_a_pipeline_at_rest_tells_nothing(alarms, sources, rules):
    text = _text(", 2 minutes", sources=sources)
    found = alarms(f"SIGQUIT: quit\nPC=0x46a1c1 m=0 sigcode=0\n\n{text}")
    assert sorted(rule for rule, _ in found) == rules
