"""Profiles at debug=1 that somebody wrote down to show a crowd: without what it waits for, or without anything else."""

import pytest

REST = "3 @ 0x51 0x52 0x53\n#\t0x50\tnet/http.(*conn).serve+0x1\t/go/src/net/http/server.go:9\n\n"


def retyped(count: int, total: int, function: str, rest: str = REST) -> str:
    """A record whose frames begin at its first address: no runtime function is left that tells of a wait."""
    frames = f"#\t0x10\t{function}+0x4\t/src/shop/cart.go:33\n#\t0x20\tmain.checkOut+0x9\t/src/shop/cart.go:12\n"
    return f"goroutine profile: total {total}\n{count} @ 0x10 0x20\n{frames}\n{rest}"


def test_a_crowd_that_cannot_all_run_is_one_that_waits(findings):
    (found,) = findings(retyped(400, 403, "main.price"), rule="DT202")
    assert (found.severity, found.functions[0]) == ("warning", "main.price")
    assert found.title == "400 goroutines blocked in main.price, waiting"
    assert "does not show what they wait for" in found.advice


@pytest.mark.parametrize("count", [1, 9])
def test_some_that_may_run_are_no_crowd(alarms, count):
    assert alarms(retyped(count, count + 3, "main.price")) == []


def test_thousands_of_workers_alone_in_a_text_that_counts_more_were_picked_out(alarms):
    assert alarms(retyped(1500, 3003, "main.worker", rest="")) == [("DT202", "main.worker")]


@pytest.mark.parametrize(
    "text",
    [
        retyped(1500, 3003, "main.worker", REST.replace("3 @", "1503 @")),
        retyped(900, 1803, "main.worker", rest=""),
    ],
    ids=["with the others", "hundreds"],
)
def test_workers_are_left_in_peace_else(alarms, text):
    assert alarms(text) == []


def test_a_leak_profile_counts_leaks_whose_stacks_are_cut_off(findings):
    (found,) = findings("goroutineleak profile: total 3\n3 @ 0x1\n", rule="DT101")
    assert (found.severity, found.title) == ("error", "3 goroutines leaked for good in a function that is cut off")


def test_one_goroutine_without_any_address_is_the_runtime_s_own(findings):
    assert findings("goroutineleak profile: total 1\n1 @\n#\t0x0\n\n", rule="DT101") == []
