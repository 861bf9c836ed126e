"""Cuts the parts that differ between goroutines of one stack out of many goroutine blocks at once.

The cut is exact. Of the lines that the grammar accepts, only calls end in `)`; a location follows behind a tab; and the
last `(` of a call opens its arguments, which hold no parenthesis (runtime/traceback.go printArgs). Only `(...)` stays,
because it may mark an inlined call.
"""

from itertools import repeat

from debugtext.formats.dumps.goroutine import is_number, line_of

BEFORE_PARENT = " in goroutine "
CALL_END, INLINED = ")\n\t", "..."

Key = tuple[str, str]
"""The lines below a header that goroutines of one stack share: up to the parent's id, and from there on."""


def bare(text: str) -> str:
    """The text without the arguments of its calls; may lose lines if a line ends in `)` and is no call."""
    parts = text.split(CALL_END)
    last = parts.pop()
    cut = map(str.rpartition, parts, repeat("("))
    heads = [head if arguments != INLINED else f"{head}({INLINED}" for head, _, arguments in cut]
    heads.append(last)
    return CALL_END.join(heads)


def bare_line_for_line(text: str) -> str:
    """One block without the arguments of its calls; unchanged if lines would be lost."""
    cut = bare(text)
    return cut if cut.count("\n") == text.count("\n") else text


def key_of(block: str) -> tuple[Key, str]:
    """The key of a bare block without its header, and the digits of the parent's id (empty if none)."""
    before, _, behind = block.rpartition(BEFORE_PARENT)
    parent, _, place = behind.partition("\n")
    if before and is_number(parent):
        return (before, place), parent
    return (block, ""), ""


def without_pointers(block: str) -> str:
    """A block without the fp and sp of its frames, which level 2 tracebacks print."""
    lines = block.split("\n")
    for number, line in enumerate(lines):
        place = line_of("LOCATION").fullmatch(line + "\n") if " fp=" in line else None
        if place is not None:
            lines[number] = line[: place.start("fp")] + line[place.end("sp" if place["sp"] else "fp") :]
    return "\n".join(lines)
