"""Which goroutines stay, by their ids: those that have all ended since are no growth, however many stand there now."""

import pytest

from ..conftest import goroutine

MAIN = goroutine(1, "chan receive", "main.main()")
POOL = [goroutine(number, "chan receive", "main.main.func2()") for number in range(5, 45)]


def _sends(first: int, count: int) -> list[str]:
    return [goroutine(number, "chan send", "main.main.func5.1()") for number in range(first, first + count)]


@pytest.mark.parametrize(
    ("first", "rules"), [(900, []), (100, ["DT210"])], ids=["all have ended", "the same ones are there still"]
)
def test_those_that_have_ended_are_no_growth_whoever_else_stays_in_a_closure_of_the_same_function(
    findings, first, rules
):
    texts = ["\n".join([MAIN, *POOL, *_sends(at, count)]) for at, count in ((100, 20), (first, 160))]
    assert [found.rule for found in findings(*texts, rule="DT210")] == rules
