"""What a finding says in the table, literally: who waits for what, and no word that only we know."""

from dataclasses import replace
from textwrap import dedent

import pytest

from debugtext.records.findings import Certainty, Severity, Verdict, Wait
from debugtext.renderers import render
from debugtext.renderers.options import RenderOptions


def shown(report, **options):
    return render(report, "table", RenderOptions(**options))


def text(literal):
    return dedent(literal).lstrip("\n")


def wait(function: str, count: int = 1, doing: str = "waiting for a mutex") -> Wait:
    return Wait(function=function, count=count, doing=doing)


def test_what_each_of_a_deadlock_waits_for_is_never_cut(make_report, leak):
    waits = [
        wait("example.com/shop/bank.(*Account).Credit", 7),
        wait("example.com/shop/bank.Pay", doing="sending on a channel"),
    ]
    reason = "all goroutines are asleep - deadlock! " * 8
    evidence = {"reason": reason, "kind": "deadlock", "goroutine": 1, "waits": waits}
    found = replace(leak, evidence=evidence, advice="", functions=(), location=None)
    assert shown(make_report(findings=[found])) == text("""
        LEAK certain: 1,100 goroutines can never wake up again [DT101]
          who  bank.(*Account).Credit: 7 goroutines waiting for a mutex
               bank.Pay: sending on a channel
          why  all goroutines are asleep - deadlock! all goroutines are asleep -
               deadlock! all goroutines are asleep - deadlock! all goroutines are asleep
               - deadlock! all goroutines are asleep - deadlock! all goroutines are …
          info goroutine 1
        """)


def test_of_very_many_the_first_are_shown_and_the_others_counted(make_report, leak):
    waits = [wait(f"example.com/shop/bank.Pay{number}") for number in range(5)]
    found = replace(leak, evidence={"waits": waits}, advice="", functions=(), location=None)
    assert shown(make_report(findings=[found])) == text("""
        LEAK certain: 1,100 goroutines can never wake up again [DT101]
          who  bank.Pay0: waiting for a mutex
               bank.Pay1: waiting for a mutex
               bank.Pay2: waiting for a mutex
               … and 2 more
        """)
    whole = shown(make_report(findings=[found]), full=True)
    assert "       example.com/shop/bank.Pay4: waiting for a mutex\n" in whole


def test_who_waits_for_a_lock_is_told_once_and_the_others_below(make_report, leak):
    waits = [wait("shop.Pay", 5), wait("shop.Pay.func1", doing="receiving from a channel")]
    chain = ["5 goroutines in sync.Mutex.Lock, called by shop.Pay", "nobody seems to hold it"]
    found = replace(leak, evidence={"chain": chain, "waits": waits}, advice="", functions=(), location=None)
    assert shown(make_report(findings=[found])) == text("""
        LEAK certain: 1,100 goroutines can never wake up again [DT101]
          who  5 goroutines in sync.Mutex.Lock, called by shop.Pay
               └ nobody seems to hold it
               shop.Pay.func1: receiving from a channel
        """)


def test_a_number_of_waits_is_a_number(make_report, leak):
    found = replace(leak, evidence={"contentions": 1200}, advice="", functions=(), location=None)
    assert "  info 1,200 waits\n" in shown(make_report(findings=[found]))


def test_control_characters_of_what_each_waits_for_are_never_shown(make_report, leak):
    found = replace(leak, evidence={"waits": [wait("main.\x1b[2Jf", doing="\x1b[2J"), "\x1b"]}, advice="")
    assert "\x1b" not in shown(make_report(findings=[found]), full=True)


SENTENCE = "select on the context too, or close the channel where the last value is sent, or do both of it at once"


def test_the_cure_of_the_first_finding_is_never_cut(make_report, leak):
    found = replace(leak, evidence={"reason": SENTENCE * 5}, advice=", ".join([SENTENCE] * 9))
    told = shown(make_report(findings=[found]))
    assert told.endswith("or do both of it at once\n")
    why, _, advice = told.partition("  why ")[2].partition("  do  ")
    assert (len(why.strip().splitlines()), why.count("…"), advice.count("…")) == (3, 1, 0)


def test_the_cure_of_a_later_finding_is_not_cut(make_report, leak):
    found = replace(leak, advice=", ".join([SENTENCE] * 9))
    advice = shown(make_report(findings=[leak, found]), height=None).rpartition("  do  ")[2]
    assert " ".join(advice.split()).startswith(found.advice)


@pytest.mark.parametrize(("is_own", "label"), [(True, "at"), (False, "seen")], ids=["own code", "a library's"])
def test_a_place_to_open_is_told_from_one_that_is_only_seen(make_report, leak, is_own, label):
    lines = shown(make_report(findings=[replace(leak, is_own=is_own)])).splitlines()
    assert [line.split()[0] for line in lines if line.startswith(("  at ", "  seen "))] == [label]


def test_a_long_cure_takes_the_room_of_the_table(make_report, dump, leak):
    found = replace(leak, advice=", ".join([SENTENCE] * 9))
    assert len(shown(make_report(dump, findings=[found])).splitlines()) <= 23


@pytest.mark.parametrize(
    ("severity", "certainty", "verdict", "said"),
    [
        (Severity.ERROR, Certainty.CERTAIN, Verdict.LEAK, "LEAK certain: "),
        (Severity.WARNING, Certainty.LIKELY, Verdict.DEADLOCK, "deadlock likely: "),
        (Severity.NOTE, Certainty.LIKELY, Verdict.LEAK, "possible leak: "),
        (Severity.NOTE, Certainty.CERTAIN, Verdict.LEAK, "note, certain: "),
        (Severity.NOTE, Certainty.CERTAIN, Verdict.INFO, "info: "),
        (Severity.NOTE, Certainty.LIKELY, Verdict.INFO, "info: "),
    ],
)
def test_a_note_sounds_like_less_than_a_warning(make_report, leak, severity, certainty, verdict, said):
    found = replace(leak, severity=severity, certainty=certainty, verdict=verdict)
    assert f"{said}1,100 goroutines" in shown(make_report(findings=[found]))


def test_functions_in_lists_are_shown_without_the_path_of_their_package_but_paths_whole(make_report, leak):
    waits = ["example.com/shop/bank.Pay: reading example.com/x/y"]
    found = replace(leak, evidence={"waits_with_it": waits, "running_tests": ["TestPay/first"]}, advice="")
    said = "  info waiting with it: {}: reading example.com/x/y · running tests TestPay/first"
    assert said.format("bank.Pay") in " ".join(shown(make_report(findings=[found]), width=120).split("\n"))
    assert "example.com/shop/bank.Pay: reading" in shown(make_report(findings=[found]), width=120, full=True)
