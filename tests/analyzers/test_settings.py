"""What a program may get wrong about settings and rules of its own: said at once, and in words."""

import re
from datetime import date
from math import nan

import pytest

from debugtext import Certainty, Ignore, Operation, Reason, Rule, Settings, Severity, Verdict, analyze, read, render
from debugtext.errors import SettingsError

DUMP = "goroutine 7 [select, 9 minutes]:\nmain.f(0x1)\n\t/m.go:1 +0x1\n"


class Quiet(Rule):
    """Finds nothing."""

    id, name, verdict, certainty = "OWN1", "quiet", Verdict.LEAK, Certainty.LIKELY
    thresholds = {"least": 3}  # noqa: RUF012 - as a user writes it

    def examine(self, subject):
        return ()


class Blank(Quiet):
    """Has an empty id."""

    id = ""


class Spaced(Quiet):
    """Has an id that no threshold can name."""

    id = "acme 1"


class Nameless(Rule):
    """Has no id."""


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(thresholds={"DT201.pints": 1}), "no rule has a threshold 'DT201.pints'"),
        (Settings(rules=(Quiet,)), "is no instance of a debugtext.Rule"),
        (Settings(rules=(Nameless(),)), "with id, name, verdict, certainty"),
        (Settings(rules=("DT201",)), "'DT201' is no instance"),
        (Settings(rules=(Quiet(), Quiet())), "two rules have the id OWN1"),
        (Settings(rules=(Blank(),)), "the id '': it must be capital letters and a number, like ACME1"),
        (Settings(rules=(Spaced(),)), "the id 'acme 1'"),
        (Settings(thresholds={5: 1}), "no rule has a threshold '5'"),
    ],
    ids=[
        "threshold",
        "a class",
        "without id",
        "a name",
        "one id twice",
        "an empty id",
        "a blank",
        "a number for a name",
    ],
)
def test_what_makes_no_sense_is_said(settings, told):
    with pytest.raises(SettingsError, match=told):
        analyze([read(DUMP)], settings)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"reason": "", "rule": "DT201"}, "an ignore must have a reason"),
        ({"reason": " ", "top": "main.f"}, "an ignore must have a reason"),
        ({"reason": "known"}, "an ignore must name a rule, or a function as top, any or creator"),
    ],
    ids=["no reason", "a blank", "nothing"],
)
def test_an_ignore_says_what_and_why(given, told):
    with pytest.raises(SettingsError, match=told):
        Ignore(**given)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"own_prefixes": "example.com"}, "own_prefixes must be a tuple, ('example.com/app',) for example, not 'exa"),
        ({"own_prefixes": (7,)}, "not (7,)"),
        ({"ignores": Ignore("known", rule="DT201")}, "ignores must be a tuple, (Ignore('we know', rule='DT201'),) for"),
        ({"ignores": ({"rule": "DT201"},)}, "not ({'rule': 'DT201'},)"),
        ({"knowledge_files": "acme.toml"}, "knowledge_files must be a tuple, ('acme.toml',) for example"),
    ],
    ids=["a string", "numbers", "one ignore", "a dict", "one file"],
)
def test_settings_are_tuples_of_their_types(given, told):
    with pytest.raises(SettingsError, match=re.escape(told)):
        Settings(**given)


def test_settings_of_another_type_are_refused():
    with pytest.raises(TypeError, match=r"settings must be debugtext\.Settings\(\.\.\.\), not dict"):
        analyze([read(DUMP)], {})


def test_thresholds_of_own_rules_are_known():
    settings = Settings(rules=(Quiet(),), thresholds={"OWN1.least": 5, "DT201.points": 9})
    assert analyze([read(DUMP)], settings).findings == ()


def divides_by_zero(rule):
    yield rule.finding("so far", severity="error")
    1 / 0  # noqa: B018


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (divides_by_zero, "ZeroDivisionError: division by zero; mend it, or leave it out"),
        (lambda rule: None, "TypeError: 'NoneType' object is not iterable"),
        (lambda rule: [rule.finding("x", severity="eror")], "ValueError: 'eror' is not a valid Severity"),
        (
            lambda rule: [rule.finding("x", severity="error", evidence={"day": date(2026, 1, 2)})],
            "TypeError: evidence holds numbers, texts, lists, dicts and reasons, no value of type date",
        ),
        (
            lambda rule: [rule.finding("x", severity="error", evidence={"share": nan})],
            "ValueError: Out of range float values are not JSON compliant",
        ),
    ],
    ids=["an exception", "nothing", "no severity", "evidence that is no JSON", "evidence that is no number"],
)
def test_a_rule_that_fails_is_named(found, told):
    class Failing(Quiet):
        """Fails."""

        def examine(self, subject):
            return found(self)

    with pytest.raises(
        SettingsError, match=r"^the rule OWN1 failed \(.*Failing(, .*test_settings\.py:\d+)?\): "
    ) as raised:
        analyze([read(DUMP)], Settings(rules=(Failing(),)))
    assert told in str(raised.value)


def test_a_rule_may_name_its_severity():
    class Loud(Quiet):
        """Always finds something."""

        verdict, certainty = "leak", "certain"

        def examine(self, subject):
            yield self.finding("loud", severity="warning", evidence={"reasons": [Reason(2, "too many")]})

    report = analyze([read(DUMP)], Settings(rules=(Loud(),)))
    assert report.worst() is Severity.WARNING
    assert report.findings[0].verdict is Verdict.LEAK
    assert '"+2 too many"' in render(report, "json")


def test_a_rule_about_places_uses_what_the_documents_name():
    class Crowded(Quiet):
        """More goroutines at one place than we want."""

        def examine(self, subject):
            for place in subject.places:
                if place.own and place.front and place.operation is Operation.SELECT and place.count > 2:
                    yield self.place_finding(subject, f"{place.count} in {place.function}", [place], severity="warning")

    three = "\n".join(DUMP.replace("goroutine 7", f"goroutine {number}") for number in (7, 8, 9))
    found = [one for one in analyze([read(three)], Settings(rules=(Crowded(),))).findings if one.rule == "OWN1"]
    assert [(one.title, one.count, one.functions) for one in found] == [("3 in main.f", 3, ("main.f",))]
