"""Findings of several inputs: each names its input, and one that many inputs have is shown once."""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from debugtext.records.findings import Finding, Verdict
from debugtext.records.reports import Report
from debugtext.renderers.input_names import input_name, short_input_names


def with_inputs(report: Report, *, full: bool) -> list[Finding]:
    """The findings, each with the name of its input before the title.

    Unless `full`, findings of the same rule and place are one: a thousand pods have the same trouble. The first one
    stands for all, and its title says how many other inputs have it.
    """
    given = [reading.name for reading in report.readings]
    names = {name: input_name(name) for name in given} if full else short_input_names(given)
    alike: dict[Hashable, list[Finding]] = {}
    for number, finding in enumerate(report.findings):
        alike.setdefault(number if full else _trouble(finding), []).append(finding)
    return [_of_all_inputs(found, names.get(found[0].input) or input_name(found[0].input)) for found in alike.values()]


def _trouble(finding: Finding) -> Hashable:
    """What findings of two processes have in common if they are the same trouble; crashes also share their title."""
    title = finding.title if finding.verdict is Verdict.CRASH else ""
    return finding.rule, finding.severity, finding.functions, finding.location, title


def _of_all_inputs(found: Sequence[Finding], name: str) -> Finding:
    first = found[0]
    others = len({finding.input for finding in found}) - 1
    more = f" and {others:,} other input{'s' * (others > 1)}" if others else ""
    return replace(first, title=f"{name}{more}: {first.title}")
