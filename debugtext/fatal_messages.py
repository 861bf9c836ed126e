"""Finds the message of a logger that ends the program, right above the stacks that it printed."""

import re

_FARTHEST = 600
"""How many characters above the stacks are searched."""
_LONGEST_MESSAGE = 5
"""How many lines are searched: only the first line of a longer message has the logger's prefix."""
_FATAL = re.compile(
    r"F\d{4,6} \d\d:\d\d:\d\d\.\d{1,9} +\d+ [\w./:@-]{1,200}(?:\]| {1,4}\[[^\]\n]{0,200}\](?: \d{1,9})?) +(.+)"
)
"""A fatal line of klog and glog (https://pkg.go.dev/k8s.io/klog/v2), or of Cockroach, with a place and tags."""


def fatal_message_above(text: str, start: int, more: int = 0) -> str:
    """The first line of the message right above a position in a text; empty if there is none.

    `more` lines right above the position belong to the stacks below it, and are skipped.
    """
    lines = text[max(0, start - _FARTHEST) : start].splitlines()
    del lines[len(lines) - more :]
    for line in reversed(lines[-_LONGEST_MESSAGE:]):
        if found := _FATAL.search(line):
            return found[1].strip()
    return ""
