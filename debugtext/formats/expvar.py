r"""The `memstats` of a /debug/vars document (expvar/expvar.go prints runtime.MemStats as JSON), however it is laid out.

{
"cmdline": ["./server"],
"memstats": {"Alloc":34010936,"TotalAlloc":36425408,"Sys":46758152,"Mallocs":5974}
}
"""

from debugtext.formats.memstats import memstats_of_vars
from debugtext.records.captures import Capture, Problem
from debugtext.records.memstats import MemStats
from debugtext.text import Cursor

KEY = '"memstats":'
MOST_LINES = 10_000
"""Laid out by jq it has some 1,200 lines: 61 sizes and two lists of 256 numbers."""


def recognizes(line: str) -> bool:
    """Whether an object begins behind the key."""
    return line.partition(KEY)[2].lstrip()[:1] == "{"


def parse(cursor: Cursor) -> Capture:
    """Reads the object behind the key, on one line or on many."""
    cursor.more()
    first_line = last_line = cursor.line_number()
    line = cursor.line().partition(KEY)[2]
    lines: list[str] = []
    depth = 0
    while True:
        lines.append(line)
        last_line = cursor.line_number()
        cursor.skip_line()
        # MemStats hold numbers, lists and objects: no text in which a brace could stand.
        depth += line.count("{") - line.count("}")
        if depth <= 0 or len(lines) >= MOST_LINES or not cursor.more():
            break
        line = cursor.line()
    found, problems = _read("\n".join(lines), first_line)
    return Capture("memstats", first_line, last_line, found, problems, truncated=bool(problems))


def _read(text: str, line: int) -> tuple[MemStats, tuple[Problem, ...]]:
    from dataclasses import replace  # noqa: PLC0415 - few texts are JSON
    from json import JSONDecoder  # noqa: PLC0415

    try:
        document, _ = JSONDecoder().raw_decode(text.lstrip())
    except (ValueError, RecursionError):
        message = "the memstats of /debug/vars are no whole JSON object"
        return MemStats(line=line), (Problem(line, message, "a JSON object", text.strip()[:80]),)
    return replace(memstats_of_vars({"memstats": document}), line=line), ()
