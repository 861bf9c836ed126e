"""JUnit XML: a suite for each input, a case for each rule that found something, and one for all other rules."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from debugtext.records.findings import Finding
from debugtext.records.reports import Report
from debugtext.renderers.finding_text import ci_place, details, heading, input_path
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.untrusted import one_line

_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2 Characters


def render(report: Report, options: RenderOptions) -> str:
    """A suite for each input, with or without findings.

    A rule's case fails if one of its findings is as loud as `fail_on`; quieter and known findings are its output.
    """
    names = dict.fromkeys((*(one.name for one in report.readings), *(one.input for one in report.findings)))
    refusals = {one.name: one.refusal for one in report.readings if one.refusal}
    suites = [
        _refused(name, refusals[name]) if name in refusals else _suite(name, report, options.fail_on) for name in names
    ]
    tests, failures, skipped = (sum(suite[1][i] for suite in suites) for i in range(3))
    counts = f'tests="{tests}" failures="{failures}" errors="{len(refusals)}" skipped="{skipped}"'
    head = f'<testsuites name="debugtext" {counts}>'
    body = [line for suite in suites for line in suite[0]]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *body, "</testsuites>"]) + "\n"


def _suite(name: str, report: Report, fail_on: str) -> tuple[list[str], tuple[int, int, int]]:
    found = _by_rule(finding for finding in report.findings if finding.input == name)
    ignored = _by_rule(finding for finding in report.suppressed if finding.input == name)
    cases = [f"    {_head(name, _input_case(name))}/>"]
    failures = skipped = 0
    for rule in sorted({*found, *ignored}):
        failing = [one for one in found.get(rule, ()) if _fails(one, fail_on)]
        failures += bool(failing)
        skipped += rule not in found
        cases += _case(name, found.get(rule, []), failing, ignored.get(rule, []))
    tests = 1 + len({*found, *ignored})
    head = (
        f'<testsuite name={_attribute(input_path(name))} tests="{tests}" '
        f'failures="{failures}" errors="0" skipped="{skipped}" time="0">'
    )
    return [f"  {head}", *cases, "  </testsuite>"], (tests, failures, skipped)


def _fails(finding: Finding, fail_on: str) -> bool:
    loud = fail_on != "never" and finding.severity >= fail_on
    return loud and not finding.known


def _input_case(name: str) -> str:
    """The name of the case for all rules that found nothing; the case is an error if the input could not be read."""
    return f"debugtext {input_path(name)}"


def _head(name: str, title: str) -> str:
    return f'<testcase classname={_attribute(f"debugtext.{input_path(name)}")} name={_attribute(title)} time="0"'


def _case(name: str, found: list[Finding], failing: list[Finding], ignored: list[Finding]) -> list[str]:
    """The case of a rule: a failure, or its quiet findings as output, or skipped if all its findings are ignored."""
    first = (*found, *ignored)[0]
    head = _head(name, f"{first.rule} {first.name}")
    inside: list[str] = []
    if failing:
        path, line = ci_place(failing[0])
        head += f' file={_attribute(path)} line="{line}"'
        message, kind = _attribute(heading(failing[0])), failing[0].verdict.value
        inside.append(f'      <failure message={message} type="{kind}">{_in_full(failing)}</failure>')
    elif not found:
        inside.append(f"      <skipped message={_attribute(first.reason or 'ignored')}/>")
    if quiet := [one for one in found if one not in failing]:
        inside.append(f"      <system-out>{_in_full(quiet)}</system-out>")
    return [f"    {head}>", *inside, "    </testcase>"]


def _refused(name: str, why: str) -> tuple[list[str], tuple[int, int, int]]:
    """The suite of an input that could not be read: one case, which is an error."""
    path = input_path(name)
    suite = f'  <testsuite name={_attribute(path)} tests="1" failures="0" errors="1" skipped="0" time="0">'
    case = f"    {_head(name, _input_case(name))}>"
    error = f'      <error message={_attribute(why)} type="unreadable"/>'
    return [suite, case, error, "    </testcase>", "  </testsuite>"], (1, 0, 0)


def _by_rule(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    return by_rule


def _in_full(findings: list[Finding]) -> str:
    """The findings as escaped text; not CDATA, because a `]]>` in the dump would end that."""
    blocks = ("\n".join([heading(finding), *details(finding)]) for finding in findings)
    return escape(_NOT_IN_XML.sub("\ufffd", "\n\n".join(blocks)))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("\ufffd", one_line(text)))
