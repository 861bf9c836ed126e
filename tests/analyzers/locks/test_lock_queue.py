"""Queues at one lock of a traceback, which nobody has waited for long, are worth a note."""

import pytest

from .test_locks import DUMPER, waiting_for

RUNS = ("running", "till.(*Till).sum(0xc000010000)", "till.(*Till).Sell(0xc000010000)")
REST = ("chan receive", "till.(*Pool).next(0xc000090000)", "till.(*Pool).worker(0xc000090000)")
SELLS = waiting_for(0xC000010000, "till.(*Till).Sell(0xc000010000)", state="sync.Mutex.Lock")


def test_a_quarter_of_all_at_one_lock_is_a_note_that_says_what_would_settle_it(dump, findings):
    (found,) = findings(dump(*[SELLS] * 9, RUNS, *[REST] * 6), rule="DT306")
    assert (str(found.severity), str(found.verdict), found.count) == ("note", "contention", 9)
    assert found.title == "9 goroutines (56%) wait for one lock in till.(*Till).Sell; the text prints no waiting times"
    assert found.functions[:2] == ("till.(*Till).Sell", "till.(*Till).sum")
    assert "probably held by goroutine 10" in found.evidence["chain"][1]
    assert "another text" in found.advice


def test_it_is_a_short_wait_only_where_the_text_prints_longer_ones(dump, findings):
    old = ("chan receive, 4 minutes", *REST[1:])
    (found,) = findings(dump(*[SELLS] * 9, RUNS, *[old] * 6), rule="DT306")
    assert found.title == "9 goroutines (56%) wait for one lock in till.(*Till).Sell, none of them for a minute"


@pytest.mark.parametrize(("waiting", "others"), [(4, 1), (6, 30)], ids=["few", "a small part"])
def test_a_moment_of_load_is_not(dump, findings, waiting, others):
    assert findings(dump(*[SELLS] * waiting, RUNS, *[REST] * others), rule="DT306") == []


@pytest.mark.parametrize(("state", "told"), [("chan receive", 1), ("chan receive, 4 minutes", 0)])
def test_where_no_waiting_times_are_printed_a_smaller_part_is_a_note(dump, findings, state, told):
    rest = (state, *REST[1:])
    assert len(findings(dump(*[SELLS] * 12, RUNS, *[rest] * 60), rule="DT306")) == told


def test_what_another_rule_tells_is_not_told_again(dump, findings):
    old = waiting_for(0xC000010000, "till.(*Till).Sell(0xc000010000)", state="sync.Mutex.Lock, 9 minutes")
    assert [found.rule for found in findings(dump(*[old] * 9, *[REST] * 6, DUMPER), rule="DT30")] == ["DT304"]
