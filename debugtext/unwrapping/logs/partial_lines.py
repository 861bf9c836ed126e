r"""Joins lines that a container runtime or a CI system has cut and marked, and escaped lines that were broken.

2026-11-21T02:10:53.000000000Z stderr P goroutine 1 [run
2026-11-21T02:10:53.000000001Z stderr F ning]:
2024-05-22T12:43:46.962646Z 00O goroutine 1 [run
2024-05-22T12:43:46.962650Z 00O+ning]:
Jul 08 11:45:46 app[7]: msg="goroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d\n\ngorou
tine 2 [select]:\nmain.wait()\n\t/src/main.go:9 +0x1d\n"
"""

import re

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.rows import Joins, Rows

# Kubernetes' CRI: P(artial) or F(ull), tags may follow behind colons
_CRI = re.compile(
    r"(?P<lead>[^\n]{0,300}?(?P<stream>stdout|stderr) )(?P<tag>[FP])(?P<tags>:\S{0,99})? (?P<content>.*)", re.DOTALL
)
# GitLab: a stream's number, O(ut) or E(rr), and + if this continues the line before
_GITLAB = re.compile(r"\S{20,40}Z [0-9a-f]{2}[OE](?P<more>[+ ])(?P<content>.*)", re.DOTALL)
# the line breaks off behind an escaped line end, before the closing quotation mark
_BROKEN = re.compile(r"\\n[^\n\\\"']*[^\n\\\"'}\])]\n")
_FEWEST_ESCAPED = 2
_ALIKE = 4


def with_joined_lines(piece: Piece) -> Piece:
    """The piece with its cut lines joined; the same piece if none is marked as cut."""
    text = piece.text
    if "stdout P" in text or "stderr P" in text:
        return _joined_cri(Rows.of(piece)).piece()
    if "O+" in text or "E+" in text:
        return _joined_gitlab(Rows.of(piece)).piece()
    if "goroutine " in text and _BROKEN.search(text):
        return _joined_escaped(Rows.of(piece)).piece()
    return piece


def _joined_cri(rows: Rows) -> Rows:
    joins = Joins()
    open_lines: dict[str, int] = {}
    for line, number in zip(rows.lines, rows.numbers, strict=True):
        match = _CRI.match(line)
        stream = match["stream"] if match else ""
        if match and stream in open_lines:
            joins.extend(open_lines[stream], match["content"])
            if match["tag"] == "F":
                del open_lines[stream]
        elif match and match["tag"] == "P":
            open_lines[stream] = joins.add(f"{match['lead']}F{match['tags'] or ''} {match['content']}", number)
        else:
            joins.add(line, number)
    return joins.rows(ends_line=rows.ends_line)


def _joined_gitlab(rows: Rows) -> Rows:
    joins = Joins()
    last = -1
    for line, number in zip(rows.lines, rows.numbers, strict=True):
        match = _GITLAB.match(line)
        if match and match["more"] == "+" and last >= 0:
            joins.extend(last, match["content"])
        else:
            last = joins.add(line, number)
    return joins.rows(ends_line=rows.ends_line)


def _joined_escaped(rows: Rows) -> Rows:
    joins = Joins()
    before, last = "", -1
    for line, number in zip(rows.lines, rows.numbers, strict=True):
        escaped = line.count("\\n") >= _FEWEST_ESCAPED
        if escaped and last >= 0 and line[:_ALIKE] != before[:_ALIKE] and before[-1] not in "\"'}])":
            joins.extend(last, line)
            before = before[:_ALIKE] + line[-1]
        else:
            index, before = joins.add(line, number), line
            last = index if escaped else -1
    return joins.rows(ends_line=rows.ends_line)
