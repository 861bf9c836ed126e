r"""Reads stacks of goroutines whose header was not printed, or not pasted: only pairs of a call and its location.

    net/http.(*persistConn).readLoop(0xc20858c0b0)
        /usr/local/go/src/net/http/transport.go:858 +0x4eb
    created by net/http.(*Transport).dialConn
        /usr/local/go/src/net/http/transport.go:660 +0x10d4

They are read as the first goroutine of a dump (`dump.py`), whose id and state are unknown. Frames of a profile without
their record are read by `_without_record.py`.
"""

from debugtext.formats.crashes.recovered_lines import is_pair as is_recovered
from debugtext.formats.dumps.dump import DumpReader
from debugtext.formats.dumps.dump_lines import begins_headless, is_creator, is_of_stack, is_offset_location, is_pair
from debugtext.formats.reports._without_record import begins_waiting, read_without_record
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture


def recognizes(line: str) -> bool:
    """Whether a line is a location with an offset (only Go prints it), a `created by`, or a frame from a profile."""
    return is_offset_location(line) or is_creator(line) or begins_waiting(line)


def parse(cursor: Cursor) -> Capture | None:
    """Reads the stacks, beginning with the first call above the cursor.

    None if no call stands above the cursor, if it is no stack by itself, or if the top of the stack is missing, so that
    nobody can tell what the goroutine does.
    """
    if begins_waiting(cursor.line()):
        return read_without_record(cursor)
    lines = cursor.lines()
    above = cursor.index_at(cursor.position)
    first = above - 1 if lines[above].startswith("\t") else above
    while first > 1 and is_pair(lines[first - 2 : first]) and not is_offset_location(lines[first - 1]):
        if is_recovered(lines, first - 2):  # `name (0xpc)`: `recovered.py` has read it already
            break
        first -= 2
    if first < 0 or not begins_headless(lines, first) or (first and is_of_stack(lines[first - 1])):
        cursor.skip_line()
        return None
    cursor.move_to(cursor.position - sum(map(len, lines[first:above])) - (above - first), first)
    reader = DumpReader(cursor).read()
    return reader.capture() if len(reader.columns.goroutines) else None
