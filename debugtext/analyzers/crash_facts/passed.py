"""Crashes that a test recovered from, or only printed: `go test` says that the test passed."""

from dataclasses import replace

from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Severity

_PASSED_ADVICE = "Nothing to do where the test means it so; else see why it passes all the same."


def passed(crash: Crash) -> str:
    """The test or the package that passed although its output has this crash; empty if none did."""
    ran = (*([crash.package] if crash.package else ()), *crash.tests)
    return next((test.name for test in ran if test.passed), "")


def with_passed(found: Finding, crash: Crash) -> Finding:
    """The finding, made a note if the test passed: the program went on."""
    name = passed(crash)
    if not name:
        return found
    how = "it is quoted, or another process's" if crash.fatal is not None else "it was recovered, or is quoted"
    return replace(
        found,
        title=f"{found.title}; {name} passed: {how}",
        severity=Severity.NOTE,
        certainty=Certainty.LIKELY,
        advice=_PASSED_ADVICE,
        evidence={**found.evidence, "passed": name},
    )
