"""Mutex profiles: when what goroutines waited for one lock is an alarm, and when it is but worth knowing."""

import pytest

LOCK = "#\t0x10\tsync.(*Mutex).Unlock+0x4\t/go/src/sync/mutex.go:9\n#\t0x20\t{0}+0x9\t/src/shop/cart.go:12\n\n"
OTHER = "main.other"


def profile(*spots: tuple[str, int, int], kind: str = "mutex") -> str:
    """(function, milliseconds in all, waits) of each spot; a cycle is a microsecond."""
    period = "sampling period=1\n" if kind == "mutex" else ""
    records = "".join(f"{ms * 1000} {waits} @ 0x10 0x20\n{LOCK.format(function)}" for function, ms, waits in spots)
    return f"--- {'contention' if kind == 'block' else kind}:\ncycles/second=1000000\n{period}{records}"


@pytest.mark.parametrize(
    ("spots", "severity"),
    [
        ([("main.hot", 5000, 2000)], "warning"),
        ([("main.hot", 5000, 900)], "note"),
        ([("main.hot", 5000, 90000)], "note"),
        ([("main.hot", 4000, 4)], "warning"),
        ([("main.hot", 4000, 2)], "note"),
        ([("main.hot", 4000, 41)], "note"),
        ([("main.hot", 4000, 4), (OTHER, 3900, 4000)], "warning"),
        ([("main.hot", 4000, 4), (OTHER, 3000, 4), ("main.third", 2000, 4)], "note"),
    ],
    ids=[
        "2,000 of 2.5 ms",
        "900 of 5.5 ms",
        "90,000 of 55 µs",
        "4 of 1 s",
        "2 of 2 s",
        "41 of 98 ms",
        "half of all",
        "less than half",
    ],
)
def test_waits_that_are_many_or_long_are_an_alarm(findings, spots, severity):
    (found,) = findings(profile(*spots), rule="DT501")
    assert (found.severity, found.functions[0]) == (severity, "main.hot")


def test_less_than_a_second_is_nothing(findings):
    assert findings(profile(("main.hot", 999, 4)), rule="DT501") == []


@pytest.mark.parametrize(("waits", "severity"), [(4, "warning"), (5, "note"), (2, "note")])
def test_a_block_profile_shows_who_waits(findings, waits, severity):
    text = profile(("main.hot", 4000, waits), kind="block").replace(".Unlock", ".Lock")
    (found,) = findings(text, rule="DT501")
    assert (found.severity, found.functions[0]) == (severity, "main.hot")


@pytest.mark.parametrize(
    "wait", ["sync.(*WaitGroup).Wait", "sync.(*Cond).Wait", "runtime.chanrecv1", "runtime.selectgo"]
)
def test_waiting_for_others_is_rest(findings, wait):
    assert findings(profile(("main.hot", 4000, 4), kind="block").replace("sync.(*Mutex).Unlock", wait)) == []
