"""A program that panics because something took too long: what matters is who is still blocked."""

import pytest

from ...texts import goroutine

PANIC = "panic: timed out waiting for stop\n\n"
STOPS = goroutine(8, "sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1)", "till.(*Crew).Stop(0x1)")


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (
            f"{PANIC}{goroutine(7, 'running', 'till.watch(0x1)')}\n{STOPS}",
            "It gave up waiting: see what till.(*Crew).Stop (till.go:18) waits for",
        ),
        (f"{PANIC}{goroutine(7, 'running', 'till.watch(0x1)')}", "Open this function: the panic's text says"),
    ],
    ids=["one is blocked", "nobody is there"],
)
def test_who_is_still_blocked_is_to_be_looked_at(findings, text, advice):
    (found,) = findings(text, rule="DT602")
    assert found.functions[0] == "till.watch"
    assert found.advice.startswith(advice)
