"""Suppresses findings that the user's ignores name: by rule and function, with a reason, until a day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from debugtext.records.findings import Finding
from debugtext.settings import Ignore

if TYPE_CHECKING:
    from datetime import date


def split_by_ignores(findings: Iterable[Finding], ignores: Sequence[Ignore]) -> tuple[list[Finding], list[Finding]]:
    """(findings to report, findings that an ignore entry suppresses)."""
    valid = [entry for entry in ignores if not has_expired(entry)]
    reported: list[Finding] = []
    suppressed: list[Finding] = []
    for finding in findings:
        entry = next((entry for entry in valid if matches(entry, finding)), None)
        if entry is None:
            reported.append(finding)
        else:
            suppressed.append(replace(finding, reason=entry.reason))
    return reported, suppressed


def has_expired(entry: Ignore, today: "date | None" = None) -> bool:
    """Whether the entry's last day is over, in UTC: CI and the people who read it may be in different time zones."""
    if entry.expires is None:
        return False
    from datetime import UTC, datetime  # noqa: PLC0415 - few users have ignores that expire

    return entry.expires < (today or datetime.now(tz=UTC).date())


def matches(entry: Ignore, finding: Finding) -> bool:
    """Whether everything that an entry names fits the finding; `*` fits anything."""
    creator = finding.stack.created_by if finding.stack else None
    functions = (*finding.functions, *(finding.stack.functions if finding.stack else ()))
    wanted = (
        (entry.rule, (finding.rule, finding.name)),
        (entry.top, finding.functions[:1]),
        (entry.any, functions),
        (entry.created_by, (creator.function,) if creator else ()),
    )
    named = [(pattern, names) for pattern, names in wanted if pattern]
    return all(any(_fits(name, pattern) for name in names) for pattern, names in named)


def _fits(name: str, pattern: str) -> bool:
    """Whether a name matches a pattern of `*` and `?`; brackets stand for themselves, as in Go's `Map[...]`."""
    from fnmatch import fnmatchcase  # noqa: PLC0415

    return fnmatchcase(name, pattern.replace("[", "[[]"))
