"""Splits the cells of a frame's line that have lost the tabs between them.

The addresses of the sample above show where the first cell ends.

1 @ 0x6f0866 0x47ab81
#0x6f0865example.com/leaky/fetch.First.func1+0x85/src/leaky/fetch/fetch.go:24
"""

import re

from debugtext.unwrapping.lines.go_lines import pasted

LONGEST = 4000
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{1,16}")
SHORTEST_ADDRESS, LONGEST_ADDRESS = 4, 16


def addresses_of(sample: str) -> frozenset[int]:
    """The addresses in the line of a sample."""
    return frozenset(int(word, 16) for word in sample.partition("@")[2].split() if _ADDRESS.fullmatch(word))


def unglued(line: str, addresses: frozenset[int]) -> str | None:
    """The frame as Go prints it; None if the line is no glued frame, or not one of this sample."""
    match = pasted("GLUED_FRAME").fullmatch(line.strip()) if addresses and len(line) <= LONGEST else None
    if match is None:
        return None
    head = match["glued_head"]
    for length in range(SHORTEST_ADDRESS, min(LONGEST_ADDRESS, len(head) - 1) + 1):
        try:
            address = int(head[:length], 16)
        except ValueError:
            return None
        if address in addresses or address + 1 in addresses:  # the call's address, or what it returns to
            place = f"{match['glued_file']}:{match['glued_line']}"
            return f"#\t0x{head[:length]}\t{head[length:]}+{match['glued_offset']}\t{place}"
    return None
