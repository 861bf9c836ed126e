"""Reads call paths that people have drawn (the waiting function first, its callers below) as records of a profile.

runtime_SemacquireMutex
 └─ main.(*Client).Next
     └─ main.(*Dumper).Dump

sync.(*Mutex).Lock
(*Client).Next         wants c.mu
main.(*Dumper).Dump    holds c.mu

Prose and trees of files must never become goroutines. So each line must be an arrow and a function's name, or a name
below a function that waits, and at least two of the names must be of a form that only Go has.
"""

import re

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.go_lines import pasted
from debugtext.unwrapping.lines.plain import WAITS
from debugtext.unwrapping.lines.rows import Written, rewritten
from debugtext.unwrapping.retold.bare_frames import LONGEST

FEWEST_CALLERS, FEWEST_SURE = 2, 2
"""How many names must follow the first one, and how many must be of a form that only Go has."""
_ARROW = re.compile(r"[ \t]*(?:[→↳⮡←]|[└├╰][─>]*|-+>|=+>|<-+)[ \t]*")
_SURE = re.compile(r"\.\(\*\w+\)\.|/[\w.~-]+\.[A-Za-z]\w*\.func[0-9]|(?:^|\.)runtime_Semacquire|^runtime\.gopark")
_NOT_ALONE = re.compile(r"(?<![ \t])[ \t]+(?:/|→|->|\(|,|#|//).*")
_WAITING = ("sync.", "runtime.")
_REMARK = re.compile(r"(?:[ \t]{2,}|\t|[ ](?:←|<-|—|#|//)[ ]).*")
_METHOD = re.compile(r"\(\*\w+\)\.\w+(?:\.func[0-9]+)*")
_VERSION = re.compile(r"\.v[0-9]+$")
_SEMAPHORE = "runtime_Semacquire"


def with_drawn_paths(piece: Piece) -> Piece:
    """The piece with each call path as a record; the same piece if it has none."""
    if ".(*" not in piece.text:
        return piece
    return rewritten(piece, _record)


def _record(lines: list[str], index: int) -> Written | None:
    """The record of the call path that begins on this line; None if none does."""
    names = _names(lines, index)
    if not names and lines[index].startswith(_WAITING):
        names = _listed(lines, index)
    if not names:
        return None
    record = ["", "1 @ 0x0", *(f"#\t0x0\t{name}+0x0\t?:0" for name in names), ""]
    return Written(record, (0, 0, *range(len(names)), len(names) - 1), len(names))


def _names(lines: list[str], index: int) -> list[str]:
    """The functions of the call path that begins on this line, drawn with arrows; [] if none does."""
    if index + FEWEST_CALLERS >= len(lines) or _ARROW.match(lines[index + 1]) is None or _ARROW.match(lines[index]):
        return []
    names = [_name(lines[index])]
    for below in range(index + 1, len(lines)):
        line = lines[below]
        arrow = _ARROW.match(line) if len(line) <= LONGEST else None
        if arrow is None:
            break
        names.append(_name(line[arrow.end() :]))
    known = [name for name in names if name]
    is_path = len(known) == len(names) > FEWEST_CALLERS
    return known if is_path and sum(_SURE.search(name) is not None for name in known) >= FEWEST_SURE else []


def _listed(lines: list[str], index: int) -> list[str]:
    """The functions of a paragraph of names and remarks that begins with a waiting function; [] if none does.

    The line above must be blank: below a header or a sample, such names are its frames.
    """
    if not WAITS.match(lines[index]) or (index and lines[index - 1].strip()):
        return []
    names = [_name(lines[index])]
    for below in range(index + 1, len(lines)):
        line = lines[below]
        if not line.strip() or len(line) > LONGEST:
            break
        bare = _REMARK.sub("", line.strip()).removesuffix("(...)").removesuffix("()")
        names.append(bare if _METHOD.fullmatch(bare) else _name(bare))
    is_list = all(names) and len(names) > FEWEST_CALLERS
    return names if is_list and sum("(*" in name for name in names[1:]) >= FEWEST_SURE else []


def _name(text: str) -> str:
    """The function that a line names, its arrow removed; '' if the line holds anything else."""
    text = _NOT_ALONE.sub("", text).strip().removesuffix("(...)").removesuffix("()")
    if text.startswith(_SEMAPHORE):
        return f"sync.{text}" if text.isidentifier() else ""
    match = pasted("WRITTEN_FRAME").fullmatch(text)
    name = match["written_name"] if match and not match["written_file"] else ""
    return name if "." in name.rpartition("/")[2] and not _VERSION.search(name) else ""
