"""Restores blank lines that a paste has lost between records, and drops those it has added within records."""

from debugtext.unwrapping.lines.go_lines import (
    ALONE,
    BLANK,
    CALL,
    CREATED,
    FRAME,
    HEADER,
    LABELS,
    PLACE,
    SAMPLE,
    STACK_LINES,
    STATISTIC,
    TITLE,
    tokens_of,
)
from debugtext.unwrapping.lines.rows import Rows

_INSIDE_STACK = frozenset((CALL, PLACE, CREATED, ALONE))
_ENDS_STACK = frozenset((PLACE, ALONE, CREATED, CALL))


def with_blank_lines(rows: Rows) -> Rows:
    """The rows with a blank line between records and none within; the same rows if that is so already."""
    kinds = tokens_of(rows.lines)
    parts: list[list[str]] = []
    before = BLANK
    blank = 0
    changed = False
    for index, (line, kind) in enumerate(zip(rows.lines, kinds, strict=True)):
        if kind == BLANK:
            blank += 1
            parts.append([])
            changed = changed or (line != "" and before in STACK_LINES)
            continue
        if blank and _goes_on(kinds, index, before):
            changed, blank = True, 0
        elif not blank and _begins_record(kind, before):
            changed, blank = True, 1
        parts.append([*[""] * blank, line])
        before, blank = kind, 0
    if blank:
        parts[-1] = [""] * blank
    return rows.with_parts(parts.__getitem__) if changed else rows


def _goes_on(kinds: list[str], index: int, before: str) -> bool:
    """Whether the line at `index` continues the record above the blank line."""
    kind = kinds[index]
    if kind in (FRAME, LABELS):
        return before in (SAMPLE, FRAME, LABELS)
    if kind == STATISTIC:
        return before == STATISTIC
    if kind == PLACE:
        return before in (CALL, CREATED)
    if kind == ALONE:
        return before == PLACE
    if before == HEADER:
        return kind in _INSIDE_STACK
    if kind == CREATED:
        return before == PLACE
    if kind == CALL and before == PLACE:
        following = (found for found in kinds[index + 1 : index + 4] if found != BLANK)
        return next(following, "") == PLACE
    return False


def _begins_record(kind: str, before: str) -> bool:
    """Whether a record begins here that should have a blank line before it."""
    if kind == HEADER:
        return before in _ENDS_STACK
    if kind == TITLE:
        return before in STACK_LINES or before in (FRAME, STATISTIC)
    return kind == SAMPLE and (before in STACK_LINES or before == FRAME)
