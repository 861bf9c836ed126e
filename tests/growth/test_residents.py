"""Goroutines that stay tell a process from the next one, whose ids begin anew."""

import pytest

from debugtext.growth.bookkeeping import restarts
from debugtext.growth.snapshots import Snapshot, snapshot
from debugtext.reading import read

MAIN = "main.main()\n\t/m.go:9 +0x1\n"


def goroutine(number, calls, creator="main.main"):
    starter = "" if number == 1 else f"created by {creator} in goroutine 1\n\t/m.go:3 +0x1\n"
    return f"goroutine {number} [select]:\n{calls}{starter}"


def listener(descriptor, number=1):
    return goroutine(number, f"internal/poll.runtime_pollWait({descriptor}, 0x72)\n\t/go/netpoll.go:351 +0x85\n{MAIN}")


def worker(number, at, function="main.work", creator="main.main"):
    return goroutine(number, f"{function}({at})\n\t/m.go:{len(function)} +0x1\n", creator)


def taken(*goroutines):
    return snapshot(read("\n".join(goroutines).encode()))


@pytest.mark.parametrize(
    ("before", "after", "is_restart"),
    [
        pytest.param(
            [listener("0x7f01"), worker(20, "0xc01"), worker(99, "0xc02")],
            [listener("0x7f01"), worker(20, "0xc01"), worker(50, "0xc02")],
            False,
            id="the newest has ended",
        ),
        pytest.param(
            [listener("0x7f01"), worker(99, "0xc02")],
            [listener("0x7f01"), worker(50, "0xc02")],
            False,
            id="the listener alone stayed",
        ),
        pytest.param(
            [listener("0x7f01"), worker(20, "0xc01"), worker(99, "0xc02")],
            [listener("0x7f02"), worker(20, "0xc01"), worker(50, "0xc02")],
            True,
            id="the same program listens at another descriptor",
        ),
        pytest.param(
            [listener("0x7f01"), worker(20, "0xc01"), worker(99, "0xc02")],
            [listener("0x7f01"), worker(20, "0xc01", "main.other"), worker(50, "0xc02")],
            True,
            id="a number is another goroutine's",
        ),
        pytest.param(
            [goroutine(1, MAIN), worker(20, "0xc01"), worker(21, "0xc02"), worker(99, "0xc02")],
            [goroutine(1, MAIN), worker(20, "0xc01"), worker(21, "0xc02"), worker(50, "0xc02")],
            False,
            id="they wait where they did",
        ),
        pytest.param(
            [goroutine(1, MAIN), worker(20, "0xc01"), worker(21, "0xc02"), worker(99, "0xc02")],
            [goroutine(1, MAIN), worker(20, "0xd01"), worker(21, "0xd02"), worker(50, "0xc02")],
            True,
            id="they wait elsewhere",
        ),
        pytest.param(
            [goroutine(1, MAIN), worker(99, "0xc02")],
            [goroutine(1, MAIN), worker(50, "0xc02")],
            True,
            id="any program has a main goroutine",
        ),
        pytest.param(
            [goroutine(1, MAIN), worker(20, "0xc01")],
            [goroutine(1, MAIN), worker(50, "0xc02")],
            False,
            id="a larger id",
        ),
    ],
)
def test_a_smaller_largest_id_is_a_restart_only_if_nobody_stayed(before, after, is_restart):
    assert restarts([taken(*before), taken(*after)]) == ((1,) if is_restart else ())


@pytest.mark.parametrize(("largest", "expected"), [((900, 880), ()), ((900, 400), (1,)), ((900, None, 400), (2,))])
def test_of_texts_that_are_gone_only_a_deep_fall_is_a_restart(largest, expected):
    assert restarts([Snapshot("dump.txt", newest_goroutine=number) for number in largest]) == expected
