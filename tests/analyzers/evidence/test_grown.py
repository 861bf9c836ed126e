"""Whether a few numbers rise: at every step, and beyond what sampling may have made of them."""

import pytest

from debugtext.analyzers.evidence.grown import Grown, rises_steadily
from debugtext.records.frames import Stack


def of(*values: int, noise: float) -> Grown:
    growth = values[-1] - values[0]
    return Grown(
        None, Stack(()), values, growth, share=1.0, noise=noise, per_hour=None, span=0.0, p_value=None, proven=False
    )


@pytest.mark.parametrize(
    ("values", "noise", "rises"),
    [
        pytest.param((20, 48, 56), 4.0, True, id="still rises at the end"),
        pytest.param((20, 48, 56), 6.0, False, id="a cache that is full, as far as sampling can tell"),
        pytest.param((20, 20, 56), 8.0, True, id="it has begun later"),
        pytest.param((20, 20, 20), 0.0, False, id="it has not begun"),
        pytest.param((20, 56), 8.0, True, id="one step is all that there is"),
        pytest.param((20, 56), 12.0, True, id="three standard errors are enough"),
        pytest.param((20, 56), 12.5, False, id="sampling may have made it"),
    ],
)
def test_what_rises_beyond_noise(values, noise, rises):
    assert rises_steadily(of(*values, noise=noise), least=8, factor=1.5) is rises
