"""Findings that the user does not want to see: by rule and function, with a reason, and for as long as said."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from debugtext.records.findings import Finding
from debugtext.settings import Ignore


def split_by_ignores(findings: Iterable[Finding], ignores: Sequence[Ignore]) -> tuple[list[Finding], list[Finding]]:
    """(findings to report, findings that an entry suppresses)."""
    if not ignores:
        return list(findings), []
    from datetime import UTC, datetime  # noqa: PLC0415 - few have anything to ignore

    today = datetime.now(tz=UTC).date()
    valid = [entry for entry in ignores if entry.expires is None or entry.expires >= today]
    reported: list[Finding] = []
    suppressed: list[Finding] = []
    for finding in findings:
        entry = next((entry for entry in valid if matches(entry, finding)), None)
        if entry is None:
            reported.append(finding)
        else:
            suppressed.append(replace(finding, reason=entry.reason))
    return reported, suppressed


def matches(entry: Ignore, finding: Finding) -> bool:
    """Whether all that an entry names fits the finding; `*` stands for anything, an empty entry fits nothing."""
    creator = finding.stack.created_by if finding.stack else None
    functions = (*finding.functions, *(finding.stack.functions if finding.stack else ()))
    wanted = (
        (entry.rule, (finding.rule, finding.name)),
        (entry.top, finding.functions[:1]),
        (entry.any, functions),
        (entry.created_by, (creator.function,) if creator else ()),
    )
    named = [(pattern, names) for pattern, names in wanted if pattern]
    return bool(named) and all(any(_fits(name, pattern) for name in names) for pattern, names in named)


def _fits(name: str, pattern: str) -> bool:
    """fnmatch, but with brackets as they are: Go's names have them (`Map[...]`)."""
    from fnmatch import fnmatchcase  # noqa: PLC0415

    return fnmatchcase(name, pattern.replace("[", "[[]"))
