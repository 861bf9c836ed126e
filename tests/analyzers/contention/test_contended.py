"""Mutex profiles: when what goroutines waited for one lock is an alarm, and when it is but worth knowing."""

from dataclasses import replace

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read

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
        ([("main.hot", 10_000, 4000)], "warning"),
        ([("main.hot", 9900, 4000)], "note"),
        ([("main.hot", 80_000, 900)], "note"),
        ([("main.hot", 80_000, 90_000)], "note"),
        ([("main.hot", 4000, 4)], "warning"),
        ([("main.hot", 4000, 2)], "note"),
        ([("main.hot", 4000, 41)], "note"),
        ([("main.hot", 4000, 4), (OTHER, 3900, 4000)], "warning"),
        ([("main.hot", 4000, 4), (OTHER, 3000, 4), ("main.third", 2000, 4)], "note"),
    ],
    ids=[
        "4,000 of 2.5 ms",
        "less than ten seconds in all",
        "900 of 89 ms",
        "90,000 of 0.9 ms",
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


@pytest.mark.parametrize(
    ("spots", "severities"),
    [
        ([("main.hot", 999, 4)], []),
        ([("main.hot", 90, 9999)], []),
        ([("main.hot", 90, 10_000)], ["note"]),
        ([("main.hot", 90, 10_000), (OTHER, 80, 10_000), ("main.third", 80, 10)], []),
    ],
    ids=["few and short", "many", "very many", "less than half"],
)
def test_less_than_a_second_is_nothing_unless_they_are_very_many(findings, spots, severities):
    assert [found.severity for found in findings(profile(*spots), rule="DT501")] == severities


def test_a_block_profile_shows_who_waits(findings):
    text = profile(("main.hot", 4000, 4), kind="block").replace(".Unlock", ".Lock")
    (found,) = findings(text, rule="DT501")
    assert (found.severity, found.functions[0]) == ("warning", "main.hot")


@pytest.mark.parametrize(
    "wait", ["sync.(*WaitGroup).Wait", "sync.(*Cond).Wait", "runtime.chanrecv1", "runtime.selectgo"]
)
def test_waiting_for_others_is_rest(findings, wait):
    text = profile(("main.hot", 4000, 4), (OTHER, 3000, 4), kind="block")
    assert findings(text.replace("sync.(*Mutex).Unlock", wait)) == []


@pytest.mark.parametrize(("function", "severities"), [("main.(*Cat).sit", ["warning"]), ("main.worker", [])])
def test_one_place_that_somebody_has_copied_is_meant(findings, function, severities):
    text = profile((function, 3000, 3), kind="block").replace("sync.(*Mutex).Unlock", "runtime.chanrecv1")
    found = findings(text, rule="DT501")
    assert [one.severity for one in found] == severities
    assert [one.title for one in found] == ["goroutines waited 3 s in main.(*Cat).sit"] * len(found)


def test_a_share_says_what_it_is_a_share_of():
    """In a block text goroutines wait for other things than locks, too, and the table counts them."""

    def text(hot: int, resting: int) -> str:
        rest = LOCK.format("main.rest").replace("sync.(*Mutex).Unlock", "runtime.chanrecv1")
        record = f"{resting * 1000} 9 @ 0x30 0x40\n{rest}"
        return (
            profile(("main.hot", hot, hot // 100), (OTHER, 1000, 4), kind="block").replace(".Unlock", ".Lock") + record
        )

    one, added = told(text(3000, 4000)), told(text(3000, 4000), text(12_000, 16_000))
    shares = [found.title.partition("main.hot, ")[2] for found in (*one, *added)]
    parts = ("75%", "38%"), ("100%", "43%")
    assert shares == [f"{part} of the time waited for locks ({whole} of all waiting)" for part, whole in parts]


def test_who_only_unlocks_is_not_told(findings):
    record = (
        LOCK.format("main.(*Stock).Unlock").rstrip("\n") + "\n#\t0x30\tmain.(*Stock).Take+0x9\t/src/shop/cart.go:30\n"
    )
    text = f"--- mutex:\ncycles/second=1000000\nsampling period=1\n5000000 2000 @ 0x10 0x20 0x30\n{record}\n"
    (found,) = findings(text, rule="DT501")
    assert found.title.startswith("goroutines waited 5 s for a lock taken in main.(*Stock).Take, 100% of the time")
    assert found.functions[:2] == ("main.(*Stock).Take", "main.(*Stock).Unlock")


def told(*texts: str, seconds_apart: float | None = None):
    """What the rule says of several texts, in time order."""
    times = [None if seconds_apart is None else number * seconds_apart for number in range(len(texts))]
    readings = [replace(read(text), taken_at=time) for text, time in zip(texts, times, strict=True)]
    return [found for found in analyze(readings).findings if found.rule == "DT501"]


def test_of_two_texts_only_what_was_added_counts():
    (found,) = told(
        profile(("main.hot", 90_000, 9000), (OTHER, 1000, 10)), profile(("main.hot", 90_500, 9100), (OTHER, 5000, 50))
    )
    assert found.functions[0] == OTHER
    assert found.title == "goroutines waited 4 s more for a lock taken in main.other, 89% of the time waited for locks"
    assert (found.severity, found.count, found.evidence["delay_seconds"]) == ("warning", 40, 4.0)


def test_nothing_added_is_nothing():
    text = profile(("main.hot", 90_000, 9000))
    assert told(text, text) == []


def test_a_process_that_started_anew_is_judged_by_its_own_text():
    (found,) = told(profile(("main.hot", 90_000, 9000)), profile(("main.hot", 5000, 2000)))
    assert found.title == "goroutines waited 5 s for a lock taken in main.hot, 100% of the time waited for locks"


@pytest.mark.parametrize(
    ("kind", "seconds_apart", "severity", "waiting"),
    [
        ("mutex", 4, "warning", 1.2),
        ("mutex", 60, "note", 0.1),
        ("block", 4, "warning", 1.2),
        ("block", 60, "note", 0.1),
        ("block", None, "note", None),
    ],
)
def test_times_tell_how_many_wait_at_any_moment(kind, seconds_apart, severity, waiting):
    texts = [profile(("main.hot", ms, waits), kind=kind) for ms, waits in ((1000, 10), (6000, 2010))]
    if kind == "block":
        texts = [text.replace(".Unlock", ".Lock") for text in texts]
    (found,) = told(*texts, seconds_apart=seconds_apart)
    assert (found.severity, found.evidence.get("goroutines_waiting")) == (severity, waiting)
