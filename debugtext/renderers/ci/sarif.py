"""SARIF 2.1.0 (OASIS), for GitHub code scanning and every tool that reads static analysis results."""

import json
from inspect import cleandoc

from debugtext import __version__
from debugtext.analyzers import RULES
from debugtext.analyzers.rule import Rule
from debugtext.records.findings import Certainty, Finding, KnownFinding
from debugtext.records.frames import Stack
from debugtext.records.reports import Report
from debugtext.renderers.finding_text import ci_place, details, heading, input_path
from debugtext.renderers.json_captures import Fields
from debugtext.renderers.markdown_text import plain
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.untrusted import json_text, one_line

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "debugtext/v1"
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/@+,=()!$&'*")


def render(report: Report, options: RenderOptions) -> str:
    """One run: every rule with its documentation, the findings, the ignored ones, those that left the baseline."""
    rules = (*RULES, *options.rules)
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    results = [_result(finding, report, numbers) for finding in report.findings]
    results += [_suppressed(_result(finding, report, numbers), finding) for finding in report.suppressed]
    results += [_absent(known, report, numbers) for known in report.absent or ()]
    driver: Fields = {
        "name": "debugtext",
        "fullName": f"debugtext {__version__}",
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules],
    }
    run: Fields = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": _artifact(input_path(one.name))} for one in report.readings],
        "invocations": [
            {
                "executionSuccessful": not any(reading.refusal for reading in report.readings),
                "toolExecutionNotifications": _notifications(report),
            }
        ],
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(json.dumps(log, indent=2, ensure_ascii=False)) + "\n"


def _rule(rule: Rule) -> Fields:
    text = cleandoc(rule.__doc__ or rule.name)
    first, _, rest = text.partition("\n\n")
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": " ".join(first.split())},
        "fullDescription": {"text": " ".join(first.split())},
        "help": {"text": text.replace("**", ""), "markdown": rest or text},
        "properties": {
            "tags": [rule.verdict.value, rule.certainty.value],
            "precision": "very-high" if rule.certainty is Certainty.CERTAIN else "medium",
        },
    }


def _result(finding: Finding, report: Report, numbers: dict[str, int]) -> Fields:
    path, line = ci_place(finding)
    text = _without_links("\n".join([heading(finding), *details(finding)]))
    log = {"physicalLocation": {"artifactLocation": _artifact(input_path(finding.input))}}
    log["physicalLocation"]["region"] = {"startLine": max(finding.first_line, 1)}
    fields: Fields = {
        "ruleId": finding.rule,
        "level": finding.severity.value,
        "kind": "fail",
        "message": {"text": text, "markdown": "  \n".join(plain(one) for one in text.split("\n"))},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": _artifact(path), "region": {"startLine": line}},
                **({"logicalLocations": [_logical(finding.functions[0])]} if finding.functions else {}),
            }
        ],
        "relatedLocations": [{"id": 1, "message": {"text": "where the log tells of it"}, **log}],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "occurrenceCount": max(finding.count, 1),
        "suppressions": [],
    }
    if finding.rule in numbers:
        fields["ruleIndex"] = numbers[finding.rule]
    if report.absent is not None:
        fields["baselineState"] = "unchanged" if finding.known else "new"
    if finding.stack is not None and finding.stack.frames:
        fields["stacks"] = [_stack(finding.stack)]
    return fields


def _without_links(text: str) -> str:
    """`[text](destination)` is a link in plain text, too (SARIF 2.1.0, 3.11.6), and may stand in a name or message."""
    return text.replace("](", "] (")


def _logical(function: str) -> Fields:
    return {"fullyQualifiedName": one_line(function), "kind": "function"}


def _suppressed(fields: Fields, finding: Finding) -> Fields:
    suppression = {"kind": "external", "status": "accepted", "justification": finding.reason}
    return {**fields, "suppressions": [suppression]}


def _absent(known: KnownFinding, report: Report, numbers: dict[str, int]) -> Fields:
    """A finding of the baseline that was not found any more; its place, which GitHub demands, is the first input."""
    place = {"artifactLocation": _artifact(input_path(report.readings[0].name if report.readings else ""))}
    index = {"ruleIndex": numbers[known.rule]} if known.rule in numbers else {}
    return {
        "ruleId": known.rule,
        **index,
        "level": "none",
        "kind": "pass",
        "message": {"text": _without_links(one_line(known.title)) or known.rule},
        "locations": [{"physicalLocation": {**place, "region": {"startLine": 1}}}],
        "partialFingerprints": {FINGERPRINT: known.fingerprint},
        "baselineState": "absent",
    }


def _notifications(report: Report) -> list[Fields]:
    """The problems of all inputs: what could not be read."""
    return [
        {
            "level": "note" if problem.line else "error",
            "message": {"text": _without_links(one_line(problem.message))},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": _artifact(input_path(reading.name)),
                        "region": {"startLine": max(problem.line, 1)},
                    }
                }
            ],
        }
        for reading in report.readings
        for problem in reading.all_problems()
    ]


def _artifact(path: str) -> Fields:
    """A path as SARIF's artifactLocation, a URI reference, in which a colon of the path begins no scheme.

    It is written without urllib, which only `fetching` may import (a contract in pyproject.toml).
    """
    path = path.replace("\\", "/")
    written = "".join(
        one if one in _UNRESERVED else "".join(f"%{byte:02X}" for byte in one.encode("utf-8", "backslashreplace"))
        for one in path
    )
    if path[1:2] == ":" and path[:1].isalpha():
        return {"uri": f"file:///{written}"}
    if path.startswith("//"):
        written = "/" + written.lstrip("/")
    return {"uri": f"file://{written}" if written.startswith("/") else written or "."}


def _stack(stack: Stack) -> Fields:
    """The frames, leaf first."""
    frames: list[Fields] = []
    for frame in stack.frames:
        location: Fields = {"logicalLocations": [{"fullyQualifiedName": one_line(frame.function), "kind": "function"}]}
        if frame.file:
            place: Fields = {"artifactLocation": _artifact(one_line(frame.file))}
            if frame.line is not None and frame.line > 0:
                place["region"] = {"startLine": frame.line}
            location["physicalLocation"] = place
        frames.append({"location": location})
    return {"message": {"text": "the stack, leaf first"}, "frames": frames}
