"""Sampled stacks corrected by the exact live heap."""

from random import Random

import pytest

from debugtext.growth.snapshots import Weight, noise_between
from debugtext.growth.trends import trends
from debugtext.records.frames import Stack

MIB = 1 << 20
RATE = 524288


@pytest.fixture
def series(heap):
    """Texts with `gc=1` every 10 s: sampled bytes by function, and the live heap."""

    def make(*of_each, each):
        return [
            heap(
                {name: n * each for name, n in sampled.items()},
                rate=RATE,
                each=each,
                taken_at=10.0 * index,
                num_gc=5 + index,
                num_forced_gc=index + 1,
                last_gc_ns=int((1000 + 10 * index) * 1e9),
                heap_alloc_bytes=live,
            )
            for index, (sampled, live) in enumerate(of_each)
        ]

    return make


def growing(found):
    return {trend.functions[0]: trend for trend in found if trend.grew and not trend.name}


def test_a_leak_alone_has_the_slope_of_the_live_heap_and_no_error_left(series):
    sampled = [5, 31, 52, 82, 101, 133]
    found = growing(trends(series(*(({"main.leak": n}, MIB + 16 * i * MIB) for i, n in enumerate(sampled)), each=8192)))
    assert found["main.leak"].slope == pytest.approx(1.6 * MIB, rel=1e-9)
    assert found["main.leak"].noise == 0


def test_two_leaks_share_the_difference_by_their_variances(series):
    """Both are sampled too low by the same part, and one is three times the other."""
    texts = [({"main.one": 3 * n, "main.other": n}, int(4.4 * n * 8192 * 64.5)) for n in range(2, 62, 10)]
    found = growing(trends(series(*texts, each=8192)))
    assert found["main.one"].slope == pytest.approx(3 * found["main.other"].slope, rel=0.001)
    together = sum(trend.slope for trend in found.values())
    assert together == pytest.approx(4.4 * 8192 * 64.5, rel=0.01)
    assert found["main.one"].noise == pytest.approx(found["main.other"].noise)


def test_a_live_heap_that_is_something_else_corrects_nothing(series):
    """Far beyond what sampling can miss: it is not these stacks that the live heap gained."""
    texts = [({"main.leak": 40 * i + 1}, MIB + 100 * i * MIB) for i in range(6)]
    assert growing(trends(series(*texts, each=8192)))["main.leak"].slope == pytest.approx(2.02 * MIB, rel=0.01)


def test_calibrated_slopes_are_nearer_to_the_truth(series):
    """A leak of 0.5 MiB a second beside a window that turns over, sampled a hundred times as the runtime does."""
    random, size = Random(7), 128 << 10
    taken = 0.2212  # 1 - exp(-128/512)
    plain, corrected = [], []
    for _ in range(100):
        leaked = sampled = 0
        texts = []
        for index in range(12):
            window = 60 + 13 * (5 * index % 7)
            texts.append(
                (
                    {"main.drip": sampled, "main.window": sum(random.random() < taken for _ in range(window))},
                    (leaked + window) * size + MIB,
                )
            )
            leaked += 40
            sampled += sum(random.random() < taken for _ in range(40))
        drip = next(t for t in trends(series(*texts, each=size)) if t.functions[:1] == ("main.drip",))
        corrected.append(abs(drip.slope / (0.5 * MIB) - 1))
        plain.append(abs((drip.values[-1] - drip.values[0]) / 110 / (0.5 * MIB) - 1))
    assert sum(corrected) < 0.9 * sum(plain)


def test_records_of_a_damaged_text_that_count_less_than_nothing_have_no_noise():
    below = Weight(Stack(), -1, variance=-4.0)
    assert noise_between([], [below]) == 0
