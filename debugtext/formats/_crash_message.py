"""Messages of several lines, which may look like goroutines: where a panic's text ends and the report goes on.

Up to Go 1.22 a message is printed as it is, and may hold a goroutine header; since 1.23 a tab follows each newline.
"""

from debugtext.formats._crash_lines import AT_EXIT, BEGINNINGS, kind_of
from debugtext.formats._crash_traceback import RUNTIME_STACK, is_stack_line
from debugtext.formats.dump import recognizes as is_header
from debugtext.text import Cursor

MOST_LINES = 400
MOST_LINES_BEFORE_EXIT = 12
MOST_CHARACTERS = 4_000


def end_of_message(cursor: Cursor) -> int | None:
    """The position behind the text at the cursor where the report goes on; None if it does not."""
    position = cursor.position
    for number in range(MOST_LINES):
        if position >= len(cursor.text) and not cursor.extend():
            return None
        text = cursor.text
        end = text.find("\n", position)
        line = text[position:] if end < 0 else text[position:end]
        if is_header(line):
            if not is_quoted(text, position):
                return position
        elif line == RUNTIME_STACK:
            return position
        elif kind := kind_of(line):
            goes_on = kind == "SIGNAL" or (kind not in BEGINNINGS and kind not in AT_EXIT)
            return position if goes_on or (kind in AT_EXIT and number <= MOST_LINES_BEFORE_EXIT) else None
        elif cursor.begins(line):
            return None
        position = len(text) if end < 0 else end + 1
    return None


def is_quoted(text: str, position: int) -> bool:
    """Whether the goroutine header at a position is only the words of a message: no frame stands below it."""
    end = text.find("\n\n", position, position + MOST_CHARACTERS)
    below = text[position : end if end >= 0 else position + MOST_CHARACTERS].split("\n")[1:]
    return any(line.strip() for line in below) and not any(map(is_stack_line, below))
