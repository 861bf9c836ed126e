"""What a text's goroutines show together is counted once, not once for each capture or crowd."""

import time

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read
from debugtext.records.captures import Reading

_DUMP = "goroutine 1 [running]:\nmain.f()\n\t/m.go:1 +0x1\nlog line\n"
_PANIC = (
    "2026/01/02 15:04:05 http: panic serving 127.0.0.1:1: boom\ngoroutine 5 [running]:\nmain.f()\n\t/m.go:1 +0x1\n\n"
)
_STUCK = "panic: timed out\n\ngoroutine 5 [chan send]:\nmain.f()\n\t/m.go:1 +0x1\n\n"


@pytest.mark.parametrize("text", [_DUMP, _PANIC, _STUCK], ids=["dumps", "recovered panics", "panics that gave up"])
def test_thousands_of_captures_take_linear_time(text: str) -> None:
    """Quadratic time would take sixteen times as long for four times as many."""
    few, many = read(text * 500), read(text * 2000)
    analyze([few])

    assert _seconds(many) < 9 * _seconds(few) + 0.1


def _seconds(reading: Reading) -> float:
    best = 1e9
    for _ in range(2):
        start = time.process_time()
        analyze([reading])
        best = min(best, time.process_time() - start)
    return best
