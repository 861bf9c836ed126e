"""Findings that the user has said to ignore."""

from datetime import date

import pytest

from debugtext.analysis import analyze
from debugtext.analyzers.ignoring import has_expired
from debugtext.reading import read
from debugtext.settings import Ignore, Settings


@pytest.fixture
def report(dump):
    text = dump(
        ("chan send, 9 minutes", "main.(*Hub).send(0x1)", "main.broadcast[...](0x2)"), ("running", "main.main()")
    )
    text = text.replace("broadcast[...](0x2)", "broadcast[...](0x2)", 1)

    def make(*ignores: Ignore):
        return analyze([read(text)], Settings(ignores=ignores))

    return make


@pytest.mark.parametrize(
    "entry",
    [
        Ignore("known", rule="DT201"),
        Ignore("known", rule="stuck-senders"),
        Ignore("known", top="main.(*Hub).send"),
        Ignore("known", top="main.(*Hub).*"),
        Ignore("known", any="main.broadcast[...]"),
        Ignore("known", rule="DT201", any="*broadcast*", expires=date(2099, 1, 31)),
    ],
)
def test_an_entry_that_fits(report, entry):
    found = report(entry)
    assert (found.findings, [one.rule for one in found.suppressed]) == ((), ["DT201"])


@pytest.mark.parametrize(
    "entry",
    [
        Ignore("known", rule="DT202"),
        Ignore("known", rule="DT201", top="main.main"),
        Ignore("known", created_by="main.main"),
        Ignore("known", top="main.broadcast[...]"),
        Ignore("known", rule="DT201", expires=date(2020, 1, 31)),
    ],
)
def test_an_entry_that_does_not_fit(report, entry):
    found = report(entry)
    assert ([one.rule for one in found.findings], found.suppressed) == (["DT201"], ())


@pytest.mark.parametrize(("today", "over"), [((2027, 1, 30), False), ((2027, 1, 31), False), ((2027, 2, 1), True)])
def test_an_entry_holds_through_its_last_day(today, over):
    assert has_expired(Ignore("known", rule="DT201", expires=date(2027, 1, 31)), date(*today)) is over
