"""Texts built by hand: dumps of goroutines from a state and a stack written as Go writes them, and profiles."""

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


def profile(*groups: tuple[int, tuple[str, ...]]) -> str:
    """(how many, functions leaf first) as a text of /debug/pprof/goroutine?debug=1."""
    found = []
    for line, (count, names) in enumerate(groups, 1):
        at = [f"0x{line}{depth:04x}" for depth, _ in enumerate(names)]
        frames = "".join(f"#\t{where}\t{name}+0x1\tf.go:{line}\n" for where, name in zip(at, names, strict=True))
        found.append(f"{count} @ 0x48d92a 0x419c8e {' '.join(at)}\n{frames}")
    return f"goroutine profile: total {sum(count for count, _ in groups)}\n" + "\n".join(found)


@pytest.fixture
def dump():
    """A text of goroutines; the numbers count up from 1 where a goroutine is given as (state, *calls)."""

    def make(*goroutines: tuple[str, ...], times: int = 1) -> str:
        every = [one for one in goroutines for _ in range(times)]
        return "\n".join(goroutine(number, *one) for number, one in enumerate(every, 1))

    return make


@pytest.fixture
def findings():
    """The findings about texts in time order; those of one rule if given, and those in which one of it went up."""

    def make(*texts: str, rule: str = "", **settings) -> list:
        report = analyze([read(text) for text in texts], Settings(**settings))
        return [one for one in report.findings if rule in one.rule or rule in one.evidence.get("also", ())]

    return make


@pytest.fixture
def alarms(findings):
    """(rule, first function) of every finding that is not a note."""

    def make(*texts: str, **settings) -> list[tuple[str, str]]:
        found = findings(*texts, **settings)
        return [(one.rule, (one.functions or ("",))[0]) for one in found if one.severity != "note"]

    return make
