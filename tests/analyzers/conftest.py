"""What all rules say about texts built by hand."""

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read
from debugtext.settings import Settings

from .. import texts


@pytest.fixture
def dump():
    """A text of goroutines; the numbers count up from 1 where a goroutine is given as (state, *calls)."""
    return texts.dump


@pytest.fixture
def findings():
    """The findings about texts in time order; those of one rule if given, and those in which one of it went up."""

    def make(*given: str, rule: str = "", **settings) -> list:
        report = analyze([read(text) for text in given], Settings(**settings))
        return [one for one in report.findings if rule in one.rule or rule in one.evidence.get("also", ())]

    return make


@pytest.fixture
def alarms(findings):
    """(rule, first function) of every finding that is not a note."""

    def make(*given: str, **settings) -> list[tuple[str, str]]:
        found = findings(*given, **settings)
        return [(one.rule, (one.functions or ("",))[0]) for one in found if one.severity != "note"]

    return make
