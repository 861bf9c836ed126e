r"""Rewrites the whole output of `go tool pprof -traces` for goroutines or threads as a text of debug=1.

Type: goroutine
Time: 2026-11-23 21:26:16 UTC
-----------+-------------------------------------------------------
   handler:  /x y
        30   runtime.gopark
             runtime.chansend
             example.com/shop.(*Cart).put
-----------+-------------------------------------------------------

The format is printTraces in github.com/google/pprof internal/report/report.go: labels, a number, a stack. Parts of such
an output, without its heading, are read by `traces.py`.
"""

import json
import re

from debugtext.formats.grammar import is_line
from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.go_lines import pasted
from debugtext.unwrapping.lines.rows import Written, rewritten

MOST_LINES_OF_HEADING = 8
"""A ruler follows the heading within so many lines."""
LONGEST = 1000
_HEADING = re.compile(r"(?m)^Type: (?P<kind>goroutine|goroutineleak|threadcreate)[ \t]*$")
_LABEL = re.compile(r" *(?P<key>[^\n]{1,400}?):  (?P<value>[^\n]*)")


def with_trace_views(piece: Piece) -> Piece:
    """The piece with each such output as a profile; the same piece if there is none."""
    return rewritten(piece, _profile) if "Type: " in piece.text and _HEADING.search(piece.text) else piece


def _profile(lines: list[str], index: int) -> Written | None:
    """The profile whose heading is this line; None if it is no such heading, or no stack follows."""
    heading = _HEADING.fullmatch(lines[index])
    if heading is None:
        return None
    below = range(index + 1, min(index + 1 + MOST_LINES_OF_HEADING, len(lines)))
    end = next((at for at in below if is_ruler(lines[at])), len(lines))
    view = _View(index)
    while end < len(lines) and view.take(lines[end], end):
        end += 1
    return view.written(heading["kind"], end) if view.total else None


def is_ruler(line: str) -> bool:
    """Whether a line is one of those that stand between two stacks."""
    return is_line("pprof_top", "RULER", line)


class _View:
    """The stacks of one output so far, as lines of a profile."""

    def __init__(self, first: int) -> None:
        self.total = 0
        self._first = first
        self._lines: list[str] = []
        self._offsets: list[int] = []
        self._labels: dict[str, str] = {}
        self._is_in_stack = False

    def take(self, line: str, index: int) -> bool:
        """Takes a line; False if it does not belong to the output."""
        text = line.rstrip()
        if len(text) > LONGEST:
            return False
        if is_ruler(text):
            self._add("", index)
            self._labels, self._is_in_stack = {}, False
        elif frame := pasted("TRACE_LINE").fullmatch(text):
            return self._take_frame(frame, index)
        elif not self._is_in_stack and (label := _LABEL.fullmatch(text)):
            self._labels[label["key"]] = label["value"]
        else:
            return False
        return True

    def _take_frame(self, frame: re.Match[str], index: int) -> bool:
        """Takes a frame; False if it stands neither behind a number nor below another frame."""
        if (frame["trace_count"] is None) is not self._is_in_stack:
            return False
        if frame["trace_count"]:
            self.total += int(frame["trace_count"])
            self._add(f"{frame['trace_count']} @ 0x0", index)
            if self._labels:
                self._add(f"# labels: {json.dumps(self._labels, ensure_ascii=False)}", index)
            self._is_in_stack = True
        place = f"\t{frame['trace_file']}:{frame['trace_line']}" if frame["trace_file"] else ""
        self._add(f"#\t0x0\t{frame['trace_function']}+0x0{place}", index)
        return True

    def _add(self, line: str, index: int) -> None:
        self._lines.append(line)
        self._offsets.append(index - self._first)

    def written(self, kind: str, end: int) -> Written:
        """All lines, below a heading as Go prints it."""
        lines = [f"{kind} profile: total {self.total}", *self._lines]
        return Written(lines, (0, *self._offsets), end - self._first)
