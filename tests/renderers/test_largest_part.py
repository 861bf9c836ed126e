"""Of which healthy texts it is said that most of them is one thing."""

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read
from debugtext.renderers.largest_part import largest_part

from ..texts import heap, held


def profile(*counts):
    records = "".join(
        f"{count} @ 0x{number}\n#\t0x{number}\tmain.f{number}+0x1\t/m.go:{number}\n\n"
        for number, count in enumerate(counts, 1)
    )
    return f"goroutine profile: total {sum(counts)}\n{records}"


def megabytes(*sizes):
    return heap(*((held(size), (f"main.f{number}",)) for number, size in enumerate(sizes, 1)))


GROWS = "a second text would tell whether"
WAITS = "goroutine 7 [chan receive]:\nmain.wait(0x1)\n\t/m.go:9 +0x1\n\n"
LEAKS = ", a goroutineleak profile (Go 1.27) whether anybody is left to wake them"


@pytest.mark.parametrize(
    ("texts", "said", "place"),
    [
        pytest.param(
            [profile(9, 3, 2)],
            f"9 of 14 stand at main.f1 m.go:1: {GROWS} they become more",
            "main.f1 m.go:1",
            id="of 14",
        ),
        pytest.param(
            [WAITS * 9],
            f"9 of 9 stand at main.wait m.go:9: {GROWS} they become more{LEAKS}",
            "main.wait m.go:9",
            id="wait",
        ),
        pytest.param(
            [f"{WAITS * 9}goroutine 9 [running]:\nruntime/pprof.writeGoroutineLeak(0x1, 0x2)\n\t/pprof.go:9 +0x1\n"],
            f"9 of 10 stand at main.wait m.go:9: {GROWS} they become more",
            "main.wait m.go:9",
            id="wait in a goroutineleak profile",
        ),
        pytest.param([profile(7, 4, 3)], "", "", id="half"),
        pytest.param([profile(6, 1)], "", "", id="few"),
        pytest.param([profile(9, 3, 2)] * 2, "", "", id="two texts"),
        pytest.param([megabytes(9, 3)], f"one function holds 75% of it: {GROWS} it grows", "", id="most of a heap"),
        pytest.param([megabytes(6, 6)], "", "", id="half of a heap"),
        pytest.param([megabytes(5, 1)], "", "", id="a small heap"),
        pytest.param(["heap profile: 0: 0 [0: 0] @ heap/1\n"], "", "", id="an empty heap"),
    ],
)
def test_largest_part(texts, said, place):
    assert largest_part(analyze([read(text) for text in texts])) == (said, place)
