"""Cuts out of goroutine blocks what differs between goroutines of one stack, many at once.

The cut is exact: of the lines that the grammar takes only a call ends in `)`, its location follows behind a tab, and
the last `(` in it opens its arguments, which hold none (runtime/traceback.go printArgs). Only `(...)` stays: it may
tell an inlined call.
"""

from itertools import repeat

from debugtext.formats._goroutine import is_number, line_of

BEFORE_PARENT = " in goroutine "
CALL_END, INLINED = ")\n\t", "..."

Key = tuple[str, str]
"""What goroutines of one stack share of the lines below a header: up to the parent's id, and from there on."""


def bare(text: str) -> str:
    """The text without the arguments of its calls; where `)` ends a line that is no call, lines may be lost too."""
    parts = text.split(CALL_END)
    last = parts.pop()
    cut = map(str.rpartition, parts, repeat("("))
    heads = [head if arguments != INLINED else f"{head}({INLINED}" for head, _, arguments in cut]
    heads.append(last)
    return CALL_END.join(heads)


def bare_line_for_line(text: str) -> str:
    """The same of one block, as it stands where lines would be lost."""
    cut = bare(text)
    return cut if cut.count("\n") == text.count("\n") else text


def key_of(block: str) -> tuple[Key, str]:
    """The shape of a bare block without its header, and the digits of the parent's id."""
    before, _, behind = block.rpartition(BEFORE_PARENT)
    parent, _, place = behind.partition("\n")
    if before and is_number(parent):
        return (before, place), parent
    return (block, ""), ""


def without_pointers(block: str) -> str:
    """A block without the fp and sp of its frames."""
    lines = block.split("\n")
    for number, line in enumerate(lines):
        place = line_of("LOCATION").fullmatch(line + "\n") if " fp=" in line else None
        if place is not None:
            lines[number] = line[: place.start("fp")] + line[place.end("sp" if place["sp"] else "fp") :]
    return "\n".join(lines)
