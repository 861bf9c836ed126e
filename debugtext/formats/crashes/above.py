"""Finds the lines above a report that belong to it: `SIGQUIT: quit`, `runtime: …`, `--- FAIL: …`."""

from debugtext.formats.crash_lines import ABOVE, terminal_of
from debugtext.formats.limits import MOST_FOREIGN_LINES
from debugtext.pieces.text import Cursor

MOST_LINES = 64
"""How many lines above a report are searched."""


def lines_above(cursor: Cursor) -> list[tuple[str, int, str | None]]:
    """The lines above the cursor that belong to the report there, from the top: (line, its number, its kind).

    The log of a test (indented by four spaces) may stand in between, and is skipped. Foreign lines may stand only
    between a signal's name and its PC, and are returned with the kind None. The search ends at a test that failed or
    started, because lines above that belong to something else.
    """
    start, index = cursor.position, cursor.index_at(cursor.position)
    found: list[tuple[str, int, str | None]] = []
    foreign: list[tuple[str, int, str | None]] = []
    wants_name = terminal_of(cursor.line()) == "PC"
    for _ in range(MOST_LINES if start else 0):
        end = start - 1
        start, index = cursor.text.rfind("\n", 0, end) + 1, index - 1
        line = cursor.text[start:end]
        kind = terminal_of(line)
        if kind in ABOVE:
            found += foreign if kind == "SIGNAL_NAME" else ()
            found.append((line, cursor.piece.line_at(index), kind))
            wants_name = wants_name and kind != "SIGNAL_NAME"
        elif wants_name and len(foreign) < MOST_FOREIGN_LINES:
            foreign.append((line, cursor.piece.line_at(index), None))
        elif not line.startswith("    "):
            break
        if start == 0 or kind == "STARTED_TEST" or (kind == "FAILED_TEST" and not line.startswith(" ")):
            break
    return found[::-1]
