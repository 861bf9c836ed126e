"""Numbers as pprof prints them."""

import pytest

from debugtext.views.units import in_unit, percentage, scaled


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "expected"),
    [
        (0, "bytes", "auto", "0"),
        (512, "bytes", "auto", "512B"),
        (1024, "bytes", "auto", "1kB"),
        (1536, "bytes", "minimum", "1.50kB"),
        (45441941, "bytes", "auto", "43.34MB"),
        (45441941, "bytes", "kB", "44376.90kB"),
        (-2048, "bytes", "auto", "-2kB"),
        (1, "bytes", "GB", "0"),
        (3, "bytes", "seconds", "3B"),
        (1500, "nanoseconds", "auto", "1.50us"),
        (20299855706, "nanoseconds", "auto", "20.30s"),
        (7200 * 10**9, "nanoseconds", "auto", "2hrs"),
        (238407, "nanoseconds", "ms", "0.24ms"),
        (12, "count", "minimum", "12"),
        (12, "count", "count", "12"),
        (12, "count", "MB", "12MB"),
    ],
)
def test_value_in_unit(value, unit, wanted, expected):
    assert in_unit(value, unit, wanted) == expected


@pytest.mark.parametrize(
    ("value", "total", "expected"),
    [
        (0, 10, "    0%"),
        (10, 10, "  100%"),
        (99951, 100000, "  100%"),
        (9994, 10000, "99.94%"),
        (1, 10, "10.00%"),
        (1, 200, "  0.5%"),
        (1, 1_000_000, "0.0001%"),
        (1, 10_000_000, "1e-05%"),
        (-5, 10, "50.00%"),
        (1, 0, "    0%"),
    ],
)
def test_percentage_has_two_digits(value, total, expected):
    assert percentage(value, total) == expected


def test_a_unit_may_be_spelled_in_many_ways():
    assert scaled(1 << 20, "byte", "Megabytes") == (1.0, "MB")
    assert scaled(3, "minutes", "s") == (3.0, "s")
