"""Evidence in words."""

import pytest

from debugtext.records.reasons import Passed, Reason
from debugtext.renderers.evidence import ITEMS_SHOWN, PARTED, info_in_words, why_in_words


def in_words(evidence, title="", *, brief=False, most=ITEMS_SHOWN):
    """What stands beside `why` and beside `info`, the one behind the other."""
    why = why_in_words(evidence, title, brief=brief, reasons_shown=most)
    info = info_in_words(evidence, title, brief=brief, most_items=most)
    return PARTED.join(filter(None, (why, *info)))


WAIT = {"function": "main.f", "count": 1, "doing": "waiting for a mutex"}


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        pytest.param({"goroutines": 1100}, "1,100 goroutines", id="a count"),
        pytest.param({"goroutine": 123456}, "goroutine 123456", id="an id"),
        pytest.param({"share": 0.9137, "cum_share": 0.5}, "share 91% · cum share 50%", id="shares"),
        pytest.param({"held_bytes": 42_991_616}, "held 41 MiB", id="bytes"),
        pytest.param(
            {"oldest_minutes": 312, "age_seconds": 1.5, "mean_ms": 1001.9, "delay_ns": 31_000},
            "the oldest 5.2 h · age 1.5 s · 1 s each on average · delay 31 µs",
            id="times",
        ),
        pytest.param({"inuse_bytes": [1 << 20, 5 << 20]}, "in use 1 MiB → 5 MiB", id="a list of bytes"),
        pytest.param({"per_hour": 35_998.4}, "per hour 35,998", id="a large number that is no count"),
        pytest.param({"slope": 1.23456}, "slope 1.23", id="a number without a unit"),
        pytest.param({"oldest_minutes": 0, "note": "", "also": []}, "", id="nothing is not said"),
        pytest.param({"certain": True, "guess": False}, "certain", id="yes and no"),
        pytest.param({"states": ("a", "b", "c", "d")}, "states a, b, c, d", id="a list"),
        pytest.param(
            {"waits": [WAIT, WAIT | {"function": "main.g", "count": 3, "doing": "sending on a channel"}]},
            "waits main.f: waiting for a mutex, main.g: 3 goroutines sending on a channel",
            id="who waits",
        ),
        pytest.param({"chain": ["a", "b", "c", "d"]}, "a; b; c; d", id="who waits for whom, in full"),
        pytest.param({"reason": "\x1b[2J"}, "\\x1b[2J", id="a control character"),
        pytest.param({"times": 2, "requests": 1}, "seen 2 times · 1 request", id="a number in its sentence"),
        pytest.param({"profile": "{mutex}"}, "{mutex} profile", id="braces"),
        pytest.param({"waits": ["a", "b"], "profile": ("a", "b")}, "waits a, b · profile a, b", id="no single fact"),
        pytest.param({"points": 4, "threshold": 3}, "4 points · 3 needed", id="what was reached, and what was needed"),
    ],
)
def test_evidence(evidence, said):
    assert in_words(evidence) == said


def test_what_the_title_says_is_not_repeated():
    assert in_words({"reason": "boom", "kind": "panic"}, "boom in main.f") == "kind panic"
    assert in_words({"reason": "boom", "kind": "panic"}, "panic-7.log: boom in main.f") == "kind panic"


def test_brief_leaves_out_what_only_matters_to_who_sets_thresholds():
    evidence = {"goroutines": 30, "points": 4, "threshold": 3}
    assert in_words(evidence, brief=True) == "30 goroutines"
    assert in_words(evidence) == "30 goroutines · 4 points · 3 needed"


def test_reasons_are_words_and_what_speaks_against_it_comes_last():
    reasons = [
        Reason(-2, "made by main.Run, a constructor or start by its name"),
        Reason(1, "30 at one place", "10"),
        Reason(0, "few"),
    ]
    evidence = {"share": 0.91, "reasons": [*reasons, Reason(1, "91% of all goroutines", "50%")]}
    said = "30 at one place, few, 91% of all goroutines; but made by main.Run, a constructor or start by its name"
    assert in_words(evidence, brief=True) == said
    assert in_words(evidence).startswith("-2 made by main.Run")


@pytest.mark.parametrize(
    ("most", "said"),
    [
        (4, "30 at one place, few, waiting, as many; but made, called"),
        (3, "30 at one place, waiting, as many; but made, called"),
        (1, "as many; but called"),
    ],
)
def test_of_many_reasons_the_strongest_are_told_in_their_order(most, said):
    reasons = [
        Reason(1, "30 at one place"),
        Reason(0, "few"),
        Reason(1, "waiting"),
        Reason(2, "as many"),
        Reason(-1, "made"),
        Reason(-2, "called"),
    ]
    assert in_words({"reasons": reasons}, brief=True, most=most) == said


def test_reasons_come_before_facts_and_a_share_only_as_a_reason():
    evidence = {"counts": [12, 172], "share": 0.1, "reasons": [Reason(3, "started one after the other")]}
    assert in_words(evidence, brief=True) == "started one after the other · counts 12 → 172"


@pytest.mark.parametrize(("share", "said"), [(0.004, ""), (0.1, "share 10%")])
def test_a_share_of_nothing_is_not_told(share, said):
    assert in_words({"share": share}, brief=True) == said


def test_reasons_of_others_have_no_points():
    assert in_words({"reasons": ["- a dash", "two words", "3 more"]}, brief=True) == "- a dash, two words, 3 more"


def test_nothing_but_reasons_against_it_says_so():
    assert in_words({"reasons": [Reason(-1, "it is a pool")]}, brief=True) == "but it is a pool"


@pytest.mark.parametrize(
    ("evidence", "title", "said"),
    [
        pytest.param({"goroutine": 1, "goroutines": 1}, "", "", id="one of one"),
        pytest.param({"goroutine": 7, "goroutines": 1200}, "", "goroutine 7, one of 1,200", id="one of many"),
        pytest.param({"goroutine": 7, "goroutines": "many"}, "", "goroutine 7 · goroutines many", id="no number"),
        pytest.param({"p_value": 0.0043, "sampling_error_bytes": 4096, "pattern": "x"}, "", "", id="ours"),
        pytest.param({"source": "https://go.dev/issue/1"}, "", "", id="an address on the web"),
        pytest.param({"bytes_per_hour": 1 << 20}, "grew by 1 MiB an hour", "", id="the title's growth"),
        pytest.param({"bytes_per_hour": 1 << 20}, "grew", "bytes per hour 1 MiB", id="a growth"),
        pytest.param({"runtime": "out of memory"}, "", "the runtime says: out of memory", id="as one says it"),
        pytest.param({"cycle": ["main.f", "main.g"]}, "main.f -> main.g without end", "", id="a list in the title"),
        pytest.param({"reason": Passed("25", "20")}, "", "", id="a threshold"),
        pytest.param({"reason": "25 (≥ 20)"}, "", "25 (≥ 20)", id="words of the text"),
        pytest.param({"reason": Passed("2 in each of 3 inputs", "1")}, "", "2 in each of 3 inputs", id="a limit"),
        pytest.param(
            {"delay_seconds": 60.2, "contentions": 9}, "they waited 1 min", "9 waits", id="the title's seconds"
        ),
        pytest.param({"goroutine": 0, "goroutines": 9}, "", "9 goroutines", id="no id"),
        pytest.param({"goroutine": 7}, "goroutine 7 was stopped", "", id="the title's goroutine"),
        pytest.param({"bytes_per_hour": 60 << 20}, "grew (1 MiB a minute)", "", id="the title's growth of a minute"),
        pytest.param({"oldest_minutes": 9}, "waits for 9 min; who should", "", id="the title's minutes, anywhere"),
        pytest.param({"inuse_bytes": 1 << 20}, "1.1 MiB of 21 MiB", "in use 1 MiB", id="another number of bytes"),
        pytest.param({"p99_ms": 191.4, "max_ms": 191.2}, "stopped for 191 ms (99th", "", id="the title's pauses"),
        pytest.param({"gc_cpu_fraction": 0.4026}, "takes 40% of the processor", "", id="the title's share"),
        pytest.param({"num_forced_gc": 80, "num_gc": 90}, "80 of 90 garbage collections", "", id="two of one noun"),
        pytest.param({"num_gc": 24, "num_forced_gc": 24}, "", "24 forced collections", id="all of them forced"),
        pytest.param(
            {"num_gc": 24, "num_forced_gc": 20}, "", "24 collections · 20 forced collections", id="most of them forced"
        ),
        pytest.param({"totals": [1680, 9929]}, "rise from 1,680 to 9,929 goroutines", "", id="the title's series"),
        pytest.param({"totals": [16, 56, 96]}, "rise from 16 to 96", "totals 16 → 56 → 96", id="more of the series"),
        pytest.param({"goroutines": 30}, "1,030 goroutines", "30 goroutines", id="the end of another number"),
        pytest.param({"goroutines": 3}, "3 min for 9 goroutines", "3 goroutines", id="another thing's number"),
        pytest.param({"told_by": "DT608"}, "", "", id="a rule that tells of it"),
        pytest.param({"own_thing": {"a": [1, 2]}}, "", "own thing {'a': [1, 2]}", id="a user's own"),
        pytest.param({"waiters": 1, "circles": 6}, "", "6 such circles", id="only one"),
    ],
)
def test_brief_leaves_out_what_tells_a_reader_nothing(evidence, title, said):
    assert in_words(evidence, title, brief=True) == said


def test_brief_shows_the_first_of_many_items():
    assert in_words({"states": ("a", "b", "c", "d")}, brief=True) == "states a, b, c, …"


def test_brief_shows_how_a_series_begins_and_ends():
    assert in_words({"counts": [36, 38, 52]}, brief=True, most=1) == "counts 36 → … → 52"
    assert in_words({"counts": [36, 38, 40, 52]}, brief=True) == "counts 36 → 38 → … → 52"
    assert in_words({"inuse_bytes": [1 << 20, 2 << 20, 5 << 20]}, brief=True) == "in use 1 MiB → 2 MiB → 5 MiB"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("30 goroutines blocked in main.f for 3 min", "share 91%"),
        ("130 goroutines blocked in main.f for 13 min", "30 goroutines · share 91% · the oldest 3 min"),
    ],
)
def test_brief_leaves_out_the_numbers_that_the_title_says(title, said):
    evidence = {"goroutines": 30, "share": 0.91, "oldest_minutes": 3}
    assert in_words(evidence, title, brief=True) == said
    assert in_words(evidence, title) == "30 goroutines · share 91% · the oldest 3 min"


def test_a_share_that_the_title_says_is_not_told_again():
    assert in_words({"share": 0.3333}, "9 goroutines (33%) wait", brief=True) == ""
    assert in_words({"share": 0.3333}, "9 goroutines wait", brief=True) == "share 33%"
