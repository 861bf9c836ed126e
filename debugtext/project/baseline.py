"""Baselines: the findings that are known already, in a file that is kept with the code; only new ones fail a job."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from debugtext.errors import SettingsError
from debugtext.records.findings import Finding, KnownFinding
from debugtext.records.reports import Report

VERSION = 1
DEFAULT_PATH = Path(".debugtext-baseline.json")


def against(report: Report, known: Iterable[KnownFinding]) -> Report:
    """The report with the known findings marked, and with those that are gone."""
    by_fingerprint = {one.fingerprint: one for one in known}
    there = {finding.fingerprint for finding in (*report.findings, *report.suppressed)}
    findings = tuple(replace(one, known=one.fingerprint in by_fingerprint) for one in report.findings)
    absent = tuple(one for fingerprint, one in by_fingerprint.items() if fingerprint not in there)
    return replace(report, findings=tuple(sorted(findings, key=lambda one: one.known)), absent=absent)


def dumped(findings: Iterable[Finding]) -> str:
    """The text of a baseline: sorted, so that a change of it reads well in a review."""
    rows = {
        finding.fingerprint: {
            "rule": finding.rule,
            "fingerprint": finding.fingerprint,
            "title": finding.title,
            "functions": list(finding.functions[:3]),
        }
        for finding in findings
    }
    ordered = sorted(rows.values(), key=lambda row: (str(row["rule"]), str(row["fingerprint"])))
    return json.dumps({"debugtext_baseline": VERSION, "findings": ordered}, indent=2) + "\n"


def load(path: Path) -> tuple[KnownFinding, ...]:
    """The findings of a baseline; raises SettingsError for a file that is none."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        hint = "; `debugtext baseline write` makes one" if isinstance(error, FileNotFoundError) else ""
        raise SettingsError(f"baseline {path}: {error.strerror}{hint}") from None
    except (ValueError, RecursionError):
        raise SettingsError(f"baseline {path}: this is not JSON; `debugtext baseline write` makes one") from None
    if not isinstance(content, dict) or content.get("debugtext_baseline") != VERSION:
        raise SettingsError(f"baseline {path}: not written by `debugtext baseline write` of this version")
    try:
        return tuple(
            KnownFinding(str(row["rule"]), str(row["fingerprint"]), str(row.get("title", "")))
            for row in content["findings"]
        )
    except (KeyError, TypeError, AttributeError):
        raise SettingsError(f"baseline {path}: a finding in it has no rule or fingerprint") from None
