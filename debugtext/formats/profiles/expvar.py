r"""Reads the `memstats` of a /debug/vars document (expvar/expvar.go prints runtime.MemStats as JSON), in any layout.

{
"cmdline": ["./server"],
"memstats": {"Alloc":34010936,"TotalAlloc":36425408,"Sys":46758152,"Mallocs":5974}
}

Programs, and people who paste, may also print the object alone.
"""

import re

from debugtext.formats.profiles.memstats import memstats_of_vars
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture, Problem
from debugtext.records.memstats import MemStats

KEY = '"memstats":'
MOST_LINES = 10_000
"""As jq prints it, it has some 1,200 lines: 61 sizes and two lists of 256 numbers."""

_FIRST_FIELD = re.compile(r'(?:^[ \t]{0,40}|\{[ \t]{0,40})(?="Alloc"[ \t]{0,4}:[ \t]{0,4}[0-9])')
_NUMBER = re.compile(
    r'"([A-Z][A-Za-z]{1,30})"\s{0,4}:\s{0,4}([0-9]{1,20}(?:\.[0-9]{1,20})?(?:e-?[0-9]{1,3})?)\s{0,80}[,}]'
)


def recognizes(line: str) -> bool:
    """Whether an object begins behind the key `"memstats":`, or the first field of MemStats stands in the line."""
    if KEY in line:
        return line.partition(KEY)[2].lstrip()[:1] == "{"
    return _FIRST_FIELD.search(line) is not None


def parse(cursor: Cursor) -> Capture | None:
    """Reads the object, on one line or on many; None if it is some other object."""
    cursor.more()
    first_line = last_line = cursor.line_number()
    line = cursor.line()
    field = None if KEY in line else _FIRST_FIELD.search(line)
    line = "{" + line[field.end() :] if field else line.partition(KEY)[2]
    lines: list[str] = []
    depth = 0
    while True:
        lines.append(line)
        last_line = cursor.line_number()
        cursor.skip_line()
        # MemStats hold numbers, lists and objects, and no strings, in which a brace could stand.
        depth += line.count("{") - line.count("}")
        if depth <= 0 or len(lines) >= MOST_LINES or not cursor.more():
            break
        line = cursor.line()
        if field and _FIRST_FIELD.search(line):
            break
    found, problems = _read("\n".join(lines), first_line)
    if field and found.heap_alloc_bytes is None:
        return None
    return Capture("memstats", first_line, last_line, found, problems, truncated=bool(problems))


def _read(text: str, line: int) -> tuple[MemStats, tuple[Problem, ...]]:
    from dataclasses import replace  # noqa: PLC0415 - few texts are JSON
    from json import JSONDecoder  # noqa: PLC0415

    try:
        document, _ = JSONDecoder().raw_decode(text.lstrip())
    except (ValueError, RecursionError):
        message = "the memstats are no whole JSON object"
        document = {
            name: float(value) if "." in value or "e" in value else int(value) for name, value in _NUMBER.findall(text)
        }
        found = replace(memstats_of_vars({"memstats": document}), line=line)
        return found, (Problem(line, message, "a JSON object", text.strip()[:80]),)
    return replace(memstats_of_vars({"memstats": document}), line=line), ()
