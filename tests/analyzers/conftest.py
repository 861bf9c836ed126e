"""Dumps built by hand: goroutines from a state and a stack written as Go writes them, with any arguments."""

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read
from debugtext.settings import Settings


def goroutine(number: int, state: str, *calls: str, created_by: str = "") -> str:
    """One goroutine of a dump; a call is `pkg.function(arguments)`, leaf first, its file made up from the package."""
    lines = [f"goroutine {number} [{state}]:"]
    for call in calls:
        package = call.split("(")[0].rpartition("/")[2].partition(".")[0]
        lines += [call if call.endswith(")") else f"{call}()", f"\t/src/app/{package}.go:{number + 10} +0x1d"]
    if created_by:
        lines += [f"created by {created_by} in goroutine 1", "\t/src/app/start.go:7 +0x2a"]
    return "\n".join(lines) + "\n"


@pytest.fixture
def dump():
    """A text of goroutines; the numbers count up from 1 where a goroutine is given as (state, *calls)."""

    def make(*goroutines: tuple[str, ...], times: int = 1) -> str:
        every = [one for one in goroutines for _ in range(times)]
        return "\n".join(goroutine(number, *one) for number, one in enumerate(every, 1))

    return make


@pytest.fixture
def findings():
    """The findings about texts in time order, those of one rule if given."""

    def make(*texts: str, rule: str = "", **settings) -> list:
        report = analyze([read(text) for text in texts], Settings(**settings))
        return [finding for finding in report.findings if rule in finding.rule]

    return make


@pytest.fixture
def alarms(findings):
    """(rule, first function) of every finding that is not a note."""

    def make(*texts: str, **settings) -> list[tuple[str, str]]:
        found = findings(*texts, **settings)
        return [(one.rule, (one.functions or ("",))[0]) for one in found if one.severity != "note"]

    return make
