"""What a logger that ends the program said right above the stacks which it printed."""

import re

_FARTHEST = 600
_LONGEST_MESSAGE = 5
"""In lines: of a message of several the first has the logger's prefix."""
_FATAL = re.compile(
    r"F\d{4,6} \d\d:\d\d:\d\d\.\d{1,9} +\d+ [\w./:@-]{1,200}(?:\]| {1,4}\[[^\]\n]{0,200}\](?: \d{1,9})?) +(.+)"
)
"""A fatal line as klog and glog write it, and Cockroach's log, which has a place and tags
(https://pkg.go.dev/k8s.io/klog/v2 says how)."""


def fatal_message_above(text: str, start: int, more: int = 0) -> str:
    """The first line of the message right above a place of a text, or nothing.

    `more`: so many of the lines right above it belong to what it is about.
    """
    lines = text[max(0, start - _FARTHEST) : start].splitlines()
    del lines[len(lines) - more :]
    for line in reversed(lines[-_LONGEST_MESSAGE:]):
        if found := _FATAL.search(line):
            return found[1].strip()
    return ""
