"""Removes hand-written notes from lines of Go's, whatever language they are written in.

heap profile: 3190(in use): 77516056(bytes) [54762(all): 612664248(bytes)] @ heap/1048576
1[one of them] @ 0x4339c5 0x4438c8
# Sys = 11084658696    // what the system gave
-> main.main()
"""

import re

from debugtext.unwrapping.lines.go_lines import (
    ALONE,
    CALL,
    CREATED,
    FRAME,
    HEADER,
    PLACE,
    SAMPLE,
    STATISTIC,
    TITLE,
    pasted,
    token_of,
)
from debugtext.unwrapping.lines.shapes import as_printed

LONGEST = 4000
MOST_NOTE_STARTS = 40

_KINDS = (HEADER, CREATED, ALONE, SAMPLE, FRAME, STATISTIC, TITLE)
_IN_ROUND = re.compile(r"\([^()\n]*\)")
_BRACKETED = re.compile(r"\{[^{}\n]*\}|【[^【】\n]*】|/\*[^*\n]*\*/|<[^<>\n]*>|\[(?!\s*-?[0-9]+\s*:)[^\[\]\n]*\]")
_WIDE = str.maketrans("：（）［］＠，", ":()[]@,")  # noqa: RUF001 - full-width signs of Chinese and Japanese keyboards
_FOREIGN_LETTERS = re.compile(r"[^\x00-\x7f]+")
_WORDS = re.compile(r"(?<![\w/])[A-Za-z_][A-Za-z_.'-]*(?![\w/])")
_BLANKS = re.compile(r"\s+")
_MARKED_BEGINNING = re.compile(
    r"(?:[→⇒➜►▶↳←⇐↑↓•·└├│╰┗┣─]+|<-+(?=\s)|-+>|=+>|>+|[-*+]{1,2}(?=\s)|\|+|[0-9]{1,3}[.)](?=\s)|//+(?=\s))\s*"
)
OF_GO = (" +0x", "@ 0x", "goroutine ", "# 0x", ".go:")
_EXPLAINED = ("cycles/second=", "sampling period=")
"""An item of a list that begins so explains this word, and is no line of a profile."""
_NOTE_START = re.compile(r"(?:[ \t]+|(?<=[\w\])}:]))(?=//|#|<|-{1,2}[> ]|=>|[;,!*^]|/\*|\(|\[|[^\x00-\x7f]|[ \t]{2})")


def noteless(line: str, *, in_stack: bool) -> str | None:
    """The line as Go prints it, without notes; None if it is no line of Go's."""
    if len(line) > LONGEST:
        return None
    statistic = pasted("NOTED_STATISTIC").fullmatch(line) if line.startswith("# ") else None
    if statistic and token_of(statistic["statistic"]) == STATISTIC:
        return statistic["statistic"]
    kinds = (*_KINDS, CALL) if in_stack else _KINDS
    is_item, line = line.strip(), without_mark(line)
    if line != is_item and line.startswith(_EXPLAINED):
        return None
    return _as_any(line, kinds) or _without_end(line, kinds) or _without_middle(line)


def is_note(rest: str) -> bool:
    """Whether the text behind a line of Go's is a remark, without another line of Go's in it."""
    return _NOTE_START.match(f" {rest}") is not None and not any(mark in rest for mark in OF_GO)


def without_mark(line: str) -> str:
    """The line without an arrow, a bullet or an item's number before it."""
    line = line.strip().strip("`")
    match = _MARKED_BEGINNING.match(line)
    return line[match.end() :] if match and match.end() else line


def _as_any(line: str, kinds: tuple[str, ...]) -> str | None:
    for kind in kinds:
        printed = as_printed(line, kind)
        if printed:
            return printed
    return as_printed(line, PLACE) if " +0x" in line else None


def _without_end(line: str, kinds: tuple[str, ...]) -> str | None:
    """The line without a comment behind it; None if no part before a comment is a line of Go's."""
    for count, start in enumerate(_NOTE_START.finditer(line)):
        if count > MOST_NOTE_STARTS:
            break
        head = line[: start.start()]
        if not head:
            continue
        printed = _as_any(head, kinds) or (as_printed(head, PLACE) if _is_path(head) else None)
        if printed:
            return printed
    return None


def _is_path(head: str) -> bool:
    """Whether this is a path rather than a message with an address at its end."""
    return "/" in head and (" " not in head.strip() or head.startswith(("\t", "    ")))


def _without_middle(line: str) -> str | None:
    """A sample or a heap's title without notes behind its numbers; None if it is neither."""
    if "@" not in line.translate(_WIDE) or not any(character.isdigit() for character in line):
        return None
    numbers, at, rest = line.translate(_WIDE).partition("@")
    title = "heap profile:" if "heap profile:" in numbers else ""
    numbers = numbers.removeprefix(title) if title else numbers
    for rub_out in (_IN_ROUND, _BRACKETED, _FOREIGN_LETTERS, _WORDS):
        numbers = rub_out.sub(" ", numbers)
        rest = rub_out.sub(" ", rest) if rub_out is not _WORDS else rest
        tight = _BLANKS.sub(" ", numbers).strip().replace(" :", ":").replace(" ]", "]").replace("[ ", "[")
        printed = f"{title} {tight} {at} {_BLANKS.sub(' ', rest).strip()}".strip()
        kind = token_of(printed)
        if kind in (SAMPLE, TITLE):
            return printed
        addresses = " ".join(word for word in rest.split() if word.startswith("0x"))
        printed = f"{tight} {at} {addresses}".strip()
        if not title and token_of(printed) == SAMPLE:
            return printed
    return None
