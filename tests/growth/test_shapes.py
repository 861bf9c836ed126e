"""What a series of numbers is said to do."""

import random

import pytest

from debugtext.growth.shapes import fit, significance, thinned
from debugtext.records.growth import Shape

MIB = 1 << 20
GROWING, WARM_UP, SAWTOOTH, STEADY = Shape.GROWING, Shape.WARM_UP, Shape.SAWTOOTH, Shape.STEADY

SERIES = [
    pytest.param([9, 39, 69, 99, 129, 279], GROWING, id="three goroutines a second"),
    pytest.param([10, 20, 30, 28, 45, 50], GROWING, id="one inversion"),
    pytest.param([9, 39, 69, 99], Shape.UNKNOWN, id="four snapshots prove nothing"),
    pytest.param([50, 50, 50, 50, 50, 50], STEADY, id="nothing moves"),
    pytest.param([20, 60, 35, 41, 22, 57], STEADY, id="churn"),
    pytest.param([100, 101, 102, 103, 104, 105], STEADY, id="six snapshots must show a tenth of the level"),
    pytest.param([1, 1, 1, 2, 2, 2], STEADY, id="one goroutine more is not growth"),
    pytest.param([5, 50, 95, 100, 100, 100], WARM_UP, id="a pool that has filled"),
    pytest.param([10, 60, 100, 99, 101, 100, 102, 99, 100, 101], WARM_UP, id="a cache that has filled, and churns"),
    pytest.param([10, 10, 10, 60, 60, 60, 60, 60], WARM_UP, id="one step"),
    pytest.param([100, 101, 150, 151, 152, 153], WARM_UP, id="one step of six, on which nothing but noise rises"),
    pytest.param([100, 101, 102, 103, 150, 151], STEADY, id="one step at the end: nobody knows what comes after"),
    pytest.param([31, 36, 33, 58, 61, 59, 60], WARM_UP, id="at rest, then under load"),
    pytest.param([0, 0, 0, 45, 56, 61, 61], WARM_UP, id="nothing, then what the load needs"),
    pytest.param([0, 0, 0, 0, 20, 40, 60, 80], GROWING, id="from some moment on"),
    pytest.param([2431, 2437, 2444, 2450, 2457, 2463, 2470, 2477], GROWING, id="a little more each of eight times"),
    pytest.param([2431, 2437, 2444, 2440, 2457, 2463, 2459, 2477], STEADY, id="a little more, and sometimes less"),
    pytest.param([90, 75, 60, 40, 20, 5], Shape.SHRINKING, id="drains"),
    pytest.param([10, 20, 30, 40, 12, 22, 32, 42, 11, 21, 31, 41, 10, 20], SAWTOOTH, id="fills and is emptied"),
    pytest.param([4, 16, 16, 32, 32, 64], GROWING, id="a buffer that doubles"),
    pytest.param([8, 8, 8, 16, 16, 16, 16, 32, 32, 32, 32, 32, 32, 64, 64, 64, 64, 64, 64], GROWING, id="a staircase"),
    pytest.param([8, 16, 16, 24, 24, 24, 24, 24, 24, 24, 24, 24], WARM_UP, id="steps that have ended"),
]


@pytest.mark.parametrize(("values", "expected"), SERIES)
def test_shape(values, expected):
    assert fit(range(0, 30 * len(values), 30), values, least=3).shape is expected


def test_growth_must_exceed_the_sampling_noise():
    times, values = range(6), [MIB * n for n in (2, 3, 3, 4, 5, 5)]
    assert fit(times, values, least=MIB, noise=0.5 * MIB).shape is GROWING
    assert fit(times, values, least=MIB, noise=3.0 * MIB).shape is STEADY


def test_a_leak_below_a_saw_is_seen_by_its_low_points():
    values = [100 + 4 * i + 60 * (i % 7) for i in range(80)]
    assert fit(range(80), values, least=3).shape is GROWING


def test_slope_is_per_unit_of_time():
    found = fit([0, 10, 20, 30, 40, 90], [9, 39, 69, 99, 129, 279], least=3)
    assert (found.slope, found.growth, found.points) == (3.0, 270.0, 6)


def test_one_snapshot_in_the_middle_of_a_peak_changes_nothing():
    values = [100 + 10 * i for i in range(12)]
    values[5] = 5000
    assert fit(range(12), values, least=3).slope == pytest.approx(10, rel=0.05)


def test_a_healthy_program_with_two_hundred_stacks_stays_quiet():
    """Two hundred stacks that churn, for a day at a snapshot every 30 seconds: no alarm at all."""
    chance = random.Random(5)
    for _ in range(200):
        values = [chance.randint(50, 100) for _ in range(400)]
        assert fit(range(0, 30 * 400, 30), values, least=3).shape is not GROWING


def test_more_points_must_prove_more():
    assert [round(significance(points), 4) for points in (5, 6, 12, 20, 500)] == [0.05, 0.05, 0.0125, 0.0045, 0.001]


def test_thinning_takes_medians_of_neighbours():
    times, values = thinned(range(120), [i // 2 + (500 if i == 7 else 0) for i in range(120)])
    assert len(times) == len(values) == 60
    assert values[10] == 10
    assert thinned([1, 2], [3, 4]) == ([1, 2], [3, 4])
