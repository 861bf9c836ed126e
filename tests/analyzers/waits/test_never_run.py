"""Goroutines that have not begun to run."""

import pytest


def waiting(number: int, *, ran: bool = False) -> str:
    """A goroutine that is runnable: at its first instruction, or somewhere behind it."""
    offset = " +0x1d" if ran else ""
    made = "created by shop.(*Till).open in goroutine 1\n\t/src/till.go:9 +0x2a\n"
    return f"goroutine {number} [runnable]:\nshop.(*Till).open.func1()\n\t/src/till.go:8{offset}\n{made}\n"


def dump(numbers: range, **how) -> str:
    return "".join(waiting(number, **how) for number in numbers)


MAIN = "goroutine 1 [IO wait]:\nmain.serve()\n\t/src/main.go:4 +0x2\n\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (MAIN + dump(range(5, 1200)), ["warning"]),
        (MAIN + dump(range(5, 150)), ["note"]),
        (MAIN + dump(range(5, 60)), []),
        (MAIN + dump(range(5, 1200), ran=True), []),
        (dump(range(90_001, 90_004)), ["warning"]),
        (dump(range(201, 204)), []),
        (MAIN + dump(range(90_001, 90_004)), []),
    ],
    ids=["a thousand", "a hundred", "some", "they ran", "an excerpt", "of a small program", "a whole dump"],
)
def test_goroutines_that_have_not_begun_to_run(findings, text, told):
    assert [str(found.severity) for found in findings(text, rule="DT215")] == told
