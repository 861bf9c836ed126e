"""What the functions for several readings take, and what they refuse."""

import re

import pytest

from debugtext import Limit, analyze, analyze_each, compare_two, follow, read
from debugtext.errors import SettingsError

from .texts import heap, held, profile

GOROUTINES = tuple(read(profile((10 + 4 * number, ("main.worker", "main.serve")))) for number in range(6))
HEAPS = tuple(read(heap((held(1 + number), ("main.keep", "main.main")))) for number in range(6))


@pytest.mark.parametrize("report_on", [analyze, analyze_each, compare_two, follow])
def test_readings_may_come_from_an_iterator_but_not_alone(report_on):
    assert report_on(iter(GOROUTINES)).findings == report_on(GOROUTINES).findings
    with pytest.raises(TypeError, match=re.escape("also if there is only one: [reading]")):
        report_on(GOROUTINES[0])


@pytest.mark.parametrize("every_seconds", [0, -5, float("nan"), float("inf"), "60"])
def test_readings_are_some_seconds_apart(every_seconds):
    with pytest.raises(SettingsError, match=f"must be a number of seconds above 0, not {every_seconds!r}"):
        follow(GOROUTINES, every_seconds=every_seconds)


@pytest.mark.parametrize(
    ("number", "unit", "told"),
    [
        (500, "goroutines", "must be bytes (of memory) or count (goroutines), not 'goroutines'"),
        (0, "count", "a whole number above 0, not 0"),
        ("4GiB", "bytes", "a whole number above 0, not '4GiB'"),
    ],
)
def test_a_limit_is_a_number_of_bytes_or_goroutines(number, unit, told):
    with pytest.raises(SettingsError, match=re.escape(told)):
        Limit(number, unit)


def test_a_number_alone_is_no_limit():
    with pytest.raises(SettingsError, match=r"limit must be debugtext\.Limit"):
        follow(GOROUTINES, limit=500)


@pytest.mark.parametrize(
    ("readings", "limit", "told"),
    [
        (GOROUTINES, Limit(4 << 30, "bytes"), ("", None, None)),
        (HEAPS, Limit(10_000, "count"), ("", None, None)),
        (GOROUTINES, Limit(40, "count"), ("goroutine", 30, 150.0)),
    ],
    ids=["no memory", "no goroutines", "goroutines"],
)
def test_a_limit_that_no_text_can_reach_is_told_as_well(readings, limit, told):
    (forecast,) = follow(readings, every_seconds=60, limit=limit).forecasts
    assert (forecast.name, forecast.now, forecast.seconds) == told
    assert (forecast.limit, forecast.unit) == (limit.number, limit.unit)
