"""Gives frames that people wrote down by hand the form of Go's: names without arguments, without a location.

    goroutine … [sync.WaitGroup.Wait, 64 minutes]:
      sync.(*WaitGroup).Wait(...)
      backup.(*Monitor).Dump  backup.go:2192   (waits for both copies)
      copyLogs                 <- nobody reads the pipe

Go prints `?:0` for a function whose file it does not know (runtime/symtab.go funcline1); so does this for a frame whose
location was left out. Only what stands below a header is looked at: elsewhere such lines are prose.
"""

from array import array

from debugtext.unwrapping.go_lines import ALONE, BLANK, CALL, CREATED, FOREIGN, HEADER, PLACE, kind_of, pasted
from debugtext.unwrapping.notes import without_mark
from debugtext.unwrapping.rows import Rows

NOWHERE = "\t?:0"
LONGEST = 1000
FARTHEST = 6
"""So many lines of others may stand between a call and its location."""

_FILES = (".go", ".md", ".txt", ".log", ".json", ".yaml", ".yml", ".toml", ".com", ".org", ".io")
_ARROWS = ("←", "<-")
_STACK = (CALL, PLACE, CREATED, ALONE)
_BLOCK = (HEADER, *_STACK)


def with_bare_frames(rows: Rows) -> Rows:
    """The rows with a call and a location for each such frame; the same if there are none."""
    kinds = [kind_of(line) for line in rows.lines]
    lines: list[str] = []
    numbers = array("Q")
    is_within = is_written = changed = False
    for index, (line, kind) in enumerate(zip(rows.lines, kinds, strict=True)):
        is_within = kind in _BLOCK or (is_within and kind == FOREIGN)
        is_written = is_written and is_within and kind != HEADER
        parts = _parts(kinds, index, line, is_written=is_written) if is_within else None
        is_written = is_written or (parts is not None and kind == FOREIGN)
        changed = changed or parts is not None
        lines += parts or [line]
        numbers.extend([rows.numbers[index]] * len(parts or [line]))
    return Rows(lines, numbers, rows.ends_line) if changed else rows


def _parts(kinds: list[str], index: int, line: str, *, is_written: bool) -> list[str] | None:
    """The lines that Go would have printed for this one; None if it did print it.

    `is_written`: frames above it in its goroutine were written by hand.
    """
    kind = kinds[index]
    if kind == CREATED or (kind == CALL and pasted("WHOLE_CALL").fullmatch(line)):
        whole = "." in line and not _has_place(kinds, index)
        return [line, NOWHERE] if whole and (kind == CALL or pasted("WHOLE_CREATED").fullmatch(line)) else None
    if kind not in (FOREIGN, CALL) or len(line) > LONGEST:
        return None
    elided = pasted("WRITTEN_ELISION").fullmatch(line.strip())
    if elided:
        below = kinds[index + 1 : index + 2]
        return (
            [f"...{elided['written_count'] or 'additional'} frames elided..."]
            if below and below[0] in (CALL, CREATED)
            else None
        )
    written = _written(line, is_written=is_written)
    return written[:1] if written and kinds[index + 1 : index + 2] == [PLACE] else written


def _has_place(kinds: list[str], index: int) -> bool:
    """Whether the location of a call may stand further down, or has been cut off with the end of the text."""
    below = kinds[index + 1 : index + 1 + FARTHEST]
    nearest = next((kind for kind in below if kind not in (FOREIGN, BLANK)), "")
    return nearest == PLACE or (not nearest and not any(below[:1]))


def _written(line: str, *, is_written: bool) -> list[str] | None:
    """The call and the location in a line that was written by hand; None if it is none."""
    is_indented, line = line[0].isspace(), without_mark(line)
    match = pasted("WRITTEN_FRAME").fullmatch(line)
    if match is None or match["written_name"].endswith(_FILES):
        return None
    name, file, remark = match["written_name"], match["written_file"], (match["written_remark"] or "").lstrip()
    is_sure = file or ".(" in name or match["written_arguments"]
    is_likely = is_indented and ("." in name or remark.startswith(_ARROWS) or (is_written and name.lower() != name))
    if not (is_sure or is_likely):
        return None
    place = f"\t{file}:{match['written_line']}" if file else NOWHERE
    return [f"{name}{match['written_arguments'] or '(...)'}", place]
