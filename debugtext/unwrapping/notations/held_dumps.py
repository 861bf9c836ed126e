"""Says whether the contents of strings are lines of a dump, by the lines around one that seems to be."""

from collections.abc import Iterator

from debugtext.unwrapping.lines.anchors import MESSAGE, OF_OTHERS, anchors
from debugtext.unwrapping.lines.go_lines import CALL, CRASH, TITLE, is_sure, token_of


def holds_dump(lines: list[str]) -> bool:
    """Whether these lines are a dump, or hold one within another layer."""
    lines = [line for line in lines if line.strip()]
    sure = sum(is_sure(line) for line in lines)
    likely = sure + sum(token_of(line) in (CALL, CRASH) and not is_sure(line) for line in lines)
    if sure > 0 and (likely > 1 or any(token_of(line) == TITLE for line in lines)):
        return True
    if likely > 1 or (likely and likely == len(lines)):
        return True  # a crash without a traceback
    within = [anchor for anchor in anchors("\n".join(lines)) if anchor.kind != MESSAGE]
    # another layer is around them
    return len(within) > 1 or any(anchor.kind in OF_OTHERS for anchor in within)


def lines_around(text: str, line_start: int) -> Iterator[str]:
    """A few lines above the line that begins at `line_start`, that line, and some lines below it."""
    start = line_start
    for _ in range(3):
        start = text.rfind("\n", 0, max(start - 1, 0)) + 1
    for _ in range(15):
        end = text.find("\n", start)
        yield text[start : end if end >= 0 else len(text)]
        if end < 0:
            break
        start = end + 1
