"""Tells, at next to no cost, whether a crash's headline stands where Go prints it; `headlines.py` puts it there."""

from itertools import pairwise

HEADLINES = ("fatal error: ", "panic: ")
LONGEST = 1 << 14


def has_glued_headline(blocks: list[str]) -> bool:
    """Whether the line above a goroutine is a crash's headline, with something before it in its line."""
    lines = (
        above[above.rfind("\n") + 1 :].lstrip() for above, block in pairwise(blocks) if block.startswith("goroutine ")
    )
    return any(line.find("fatal error: ") > 0 or "panic: " in line[1:].replace(" panic: ", "") for line in lines)


def has_bare_frame_below(text: str, start: int) -> bool:
    """Whether a frame seems to stand right below a headline: Go prints a goroutine's header between them."""
    _, line, below = (text[start : start + LONGEST] + "\n\n\n").split("\n", 3)[:3]
    return (
        line[:1] not in ("", "\t", "[")
        and (line.endswith(")") or any(sign in line for sign in (".go:", ".(*")))
        and not below.startswith("\t")
    )


def is_chained(text: str, start: int) -> bool:
    """Whether the block that holds the line at `start` begins with a headline."""
    block = text[max(text.rfind("\n\n", 0, start), 0) : start]
    return any(word in block.strip("\n").partition("\n")[0] for word in HEADLINES)
