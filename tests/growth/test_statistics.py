"""Our forty lines beside scipy.stats.theilslopes and pymannkendall, whose numbers stand here."""

import pytest

from debugtext.growth.statistics import mann_kendall, theil_sen

WANDERING = [
    97.4, 102.9, 100.2, 97.1, 88.2, 87.8, 100.8, 104.9, 114.5, 114.8, 116.6, 115.9, 96.9, 105.9, 110.1, 113.6, 94.6,
    78.0, 72.4, 71.8, 79.1, 81.8, 89.7, 84.9, 90.2, 95.6, 89.7, 108.4, 112.7, 122.8, 113.1, 103.8, 99.8, 98.7, 105.3,
    106.9, 101.4, 91.6, 87.7, 101.8,
]  # fmt: skip
NOISY_LEAK = [
    47.6, 51.1, 52.1, 46.7, 51.7, 55.9, 46.4, 51.8, 52.9, 51.1, 55.5, 54.2, 50.4, 57.7, 57.6, 58.8, 60.7, 57.9, 57.6,
    53.7, 59.8, 56.6, 57.4, 55.4, 56.7, 58.4, 64.3, 54.7, 56.8, 62.3,
]  # fmt: skip
# scipy 1.x theilslopes; pymannkendall 1.4 hamed_rao_modification_test, its z as a one-sided p-value
SERIES = [
    pytest.param([0, 1, 2, 3, 4, 5], [9, 39, 69, 99, 129, 279], 30.0, 0.004267, id="rising"),
    pytest.param([0, 4, 8, 12, 16, 20], [344, 458, 2064, 2351, 3325, 3300], 167.25, 0.012085, id="one inversion"),
    pytest.param([0, 1, 2, 3, 4, 5, 6], [10, 10, 12, 12, 12, 15, 14], 2 / 3, 0.013112, id="ties"),
    pytest.param([0, 1, 2, 4, 8], [50, 40, 41, 20, 10], -5.083333, 0.956795, id="falling"),
    pytest.param(range(0, 240, 30), [100, 102, 104, 1000, 108, 110, 112, 114], 2 / 30, 0.009371, id="an outlier"),
    pytest.param(range(40), WANDERING, -0.0081818, 0.508252, id="autocorrelated"),
    pytest.param(range(30), NOISY_LEAK, 0.36, 0.000067, id="a leak under noise"),
]


@pytest.mark.parametrize(("times", "values", "slope", "p_value"), SERIES)
def test_slope_and_significance_are_those_of_the_libraries(times, values, slope, p_value):
    assert theil_sen(list(times), values) == pytest.approx(slope, rel=1e-5)
    assert mann_kendall(values) == pytest.approx(p_value, abs=1e-6)


def test_a_constant_series_has_no_trend():
    assert theil_sen([0, 1, 2], [5, 5, 5]) == 0
    assert mann_kendall([5] * 20) == 0.5


def test_points_of_one_time_give_no_slope():
    assert theil_sen([3, 3, 3], [1, 2, 3]) == 0
