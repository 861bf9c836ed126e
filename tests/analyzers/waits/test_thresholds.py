"""What a user sets: a lower threshold never makes a finding quieter."""

from dataclasses import fields
from pathlib import Path

import pytest

from debugtext.analysis import analyze
from debugtext.analyzers import RULES
from debugtext.analyzers.waits.waiting_rule import WaitingRule
from debugtext.analyzers.weighing.signs.limits import USUAL, Limits
from debugtext.reading import read
from debugtext.records.findings import Severity
from debugtext.settings import Settings

SAMPLES = Path(__file__).parents[3] / "samples"
WAITING = [rule for rule in RULES if isinstance(rule, WaitingRule)]
FEW_SENDERS = (
    "goroutine 1 [IO wait]:\nnet.(*TCPListener).Accept()\n\t/net.go:1 +0x1\nmain.main()\n\t/m.go:1 +0x1\n\n"
    "goroutine 2 [running]:\nnet/http/pprof.Index()\n\t/pprof.go:2 +0x1\n\n"
    + "\n".join(f"goroutine {number} [chan send, 1 minutes]:\nmain.send()\n\t/m.go:9 +0x1\n" for number in range(3, 7))
)


LOUDNESS = {Severity.NOTE: 1, Severity.WARNING: 2, Severity.ERROR: 3}


def loudness(text: str | Path, rule: str, **thresholds: float) -> int:
    """How loud a rule is about a text: 0 where it is silent."""
    settings = Settings(thresholds={f"{rule}.{name}": value for name, value in thresholds.items()})
    found = [
        one for one in analyze([read(text)], settings).findings if rule in (one.rule, *one.evidence.get("also", ()))
    ]
    return max((LOUDNESS[one.severity] for one in found), default=0)


@pytest.mark.parametrize("name", [one.name for one in fields(Limits)])
@pytest.mark.parametrize("rule", WAITING, ids=lambda rule: rule.id)
def test_a_lower_threshold_never_makes_a_finding_quieter(rule, name):
    usual = getattr(USUAL, name)
    for sample in dict.fromkeys((*rule.fires_on, *rule.quiet_on)):
        loud = [loudness(SAMPLES / sample, rule.id, **{name: usual * part}) for part in (4, 1, 0.6, 0.2)]
        assert loud == sorted(loud), sample


def test_few_senders_stay_as_loud_where_minutes_are_lower():
    assert [loudness(FEW_SENDERS, "DT201", minutes=minutes) for minutes in (3, 2, 1)] == [
        LOUDNESS[Severity.WARNING]
    ] * 3


def test_a_longer_wait_is_waited_for():
    assert loudness(FEW_SENDERS, "DT201", minutes=5) == LOUDNESS[Severity.NOTE]


@pytest.mark.parametrize(("minutes", "limit"), [(0.5, "0.5 min"), (1, "1 min"), (3, "1 min")])
def test_the_limit_that_is_told_is_the_lower_of_the_user_s_and_that_for_few_senders(minutes, limit):
    settings = Settings(thresholds={"DT201.minutes": minutes})
    (found,) = analyze([read(FEW_SENDERS)], settings).findings
    assert limit in [one.limit for one in found.evidence["reasons"] if one.words == "waiting up to 1 min"]
