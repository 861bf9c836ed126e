"""Rewrites frames that people wrote by hand as Go prints them: names without arguments, address or location.

    goroutine … [sync.WaitGroup.Wait, 64 minutes]:
      sync.(*WaitGroup).Wait(...)
      backup.(*Monitor).Dump  backup.go:2192   (waits for both copies)
      copyLogs                 <- nobody reads the pipe

    447,645 @ queue.(*Client).produce

A frame without a location gets `?:0`, which Go prints for a function whose file it does not know (runtime/symtab.go
funcline1). Only lines below a header or a sample are looked at: elsewhere such lines are prose.
gccgo prints names without arguments, too (libgo/runtime/go-traceback.c).
"""

import re

from debugtext.formats.grammar import terminal
from debugtext.unwrapping.lines.go_lines import (
    ALONE,
    BLANK,
    CALL,
    CREATED,
    FOREIGN,
    FRAME,
    HEADER,
    LABELS,
    PLACE,
    SAMPLE,
    pasted,
    token_of,
    tokens_of,
)
from debugtext.unwrapping.lines.rows import Rows
from debugtext.unwrapping.lines.shapes import begins_place
from debugtext.unwrapping.retold.notes import without_mark

NOWHERE = "\t?:0"
LONGEST = 1000
NO_STACK = "\tgoroutine running on other thread; stack unavailable"
NO_STACK_OF_C = "goroutine in C code; stack unavailable"
FARTHEST = 6
"""How far below a call its location is looked for, with other lines in between."""

_FILES = (".go", ".md", ".txt", ".log", ".json", ".yaml", ".yml", ".toml", ".com", ".org", ".io")
_ARROWS = ("←", "<-")
_GROUPED = re.compile(r"(?<![\w.,])[0-9]{1,3}(?:,[0-9]{3})+(?![\w,])")
_BETWEEN = re.compile(r"(?<![ \t])[ \t]+(?:→|->|=>|←|<-)[ \t]+")
# the second alternative: an address that was mistyped
_ADDRESS = re.compile(r"(0x[0-9a-f]{1,16})[ \t]+|[0-9]\w{1,17}[ \t]+(?=[^\s]{1,400}\+0x)")
_STACK = (HEADER, CALL, PLACE, CREATED, ALONE)
_RECORD = (SAMPLE, FRAME, LABELS)
_NO_FRAMES = ("lines", "goroutines")
"""`12 goroutines omitted`, unlike `12 frames omitted`, says that more was left out than frames of one stack."""


def with_bare_frames(rows: Rows) -> Rows:
    """The rows with such frames as Go prints them; the same rows if there are none."""
    kinds = tokens_of(rows.lines)
    written: dict[int, list[str]] = {}
    within: tuple[str, ...] = ()
    is_written = False
    cut = _cut_name(rows, kinds)
    for index, (line, kind) in enumerate(zip(rows.lines, kinds, strict=True)):
        if kind != FOREIGN:
            begins = kind in _STACK and (kind != CALL or within == _STACK)  # prose may look like a call
            within = _STACK if begins else _RECORD if kind in _RECORD else ()
            is_written = is_written and bool(within) and kind not in (HEADER, SAMPLE)
        parts = None
        if index == cut:
            pass
        elif within == _STACK:
            parts = _in_stack(rows.lines, kinds, index, is_written=is_written)
        elif within == _RECORD and kind == FOREIGN:
            parts = _below_sample(line, is_written=is_written)
        is_written = is_written or (parts is not None and kind == FOREIGN)
        if parts is not None:
            written[index] = parts or [line]
    return rows.with_parts(written.get) if written else rows


def _cut_name(rows: Rows, kinds: list[str]) -> int:
    """The index of the last line if the text was cut within a name that Go has printed; -1 otherwise.

    Go prints arguments or an offset behind a name. People leave them out, but then from other frames as well.
    """
    last = len(kinds) - 1
    while last > 0 and kinds[last] == BLANK:
        last -= 1
    if last < 0 or kinds[last] not in (FOREIGN, CALL):
        return -1
    line = rows.lines[last].strip()
    bare = _ADDRESS.sub("", line.lstrip("# \t"), count=1)
    match = pasted("WRITTEN_FRAME").fullmatch(bare) if len(bare) <= LONGEST else None
    if match is None or any(match[part] for part in ("written_arguments", "written_file", "written_remark")):
        return -1
    below_sample = line.startswith("#") and "+0x" not in line and not rows.ends_line
    is_printed = PLACE in kinds and kinds[last - 1] != FOREIGN
    return last if below_sample or (is_printed and not line.startswith("#")) else -1


def may_be_frame(line: str) -> bool:
    """Whether a line may be a frame, as it stands below a header."""
    line = line.strip()
    if not line or len(line) > LONGEST:
        return False
    bare = without_mark(line)
    is_call = token_of(bare) in (CALL, CREATED) and not bare[0].isupper()
    return is_call or any(pasted(name).fullmatch(bare) for name in ("WRITTEN_FRAME", "WRITTEN_ELISION"))


def shows_frame(line: str) -> bool:
    """Whether a line is surely a frame, not prose: it has a method, arguments as Go prints them, or a location."""
    line = without_mark(line) if len(line) <= LONGEST else ""
    if _placed(line) or _chain(line):
        return True
    if token_of(line) == CALL:
        return pasted("WHOLE_CALL").fullmatch(line) is not None and ("(0x" in line or "(...)" in line or ".(*" in line)
    match = pasted("WRITTEN_FRAME").fullmatch(line)
    return match is not None and bool(".(" in match["written_name"] or match["written_file"])


def named_sample(line: str) -> list[str] | None:
    """A sample and its frames, if functions stand in place of addresses; None otherwise."""
    if "@" not in line or len(line) > LONGEST:
        return None
    match = pasted("NAMED_SAMPLE").fullmatch(line.strip())
    if match is None:
        return None
    frames = _way_to(match["named_function"]) or _below_sample(match["named_function"], is_written=False)
    return [f"{match['named_count']} @", *frames] if frames else None


def _way_to(text: str) -> list[str]:
    """The frames of `chanrecv1 → worker.processJob`, where functions of the runtime lack their package; [] if none."""
    parts = _BETWEEN.split(text.partition("←")[0].partition("<-")[0].strip())
    if len(parts) < 2 or "." not in parts[-1] or not all(map(pasted("WRITTEN_FRAME").fullmatch, parts)):  # noqa: PLR2004
        return []
    return [f"#\t0x0\t{part if '.' in part else f'runtime.{part}'}+0x0" for part in parts]


def ungrouped(line: str) -> str:
    """The line of a title or a sample without the commas that separate thousands."""
    return _GROUPED.sub(lambda number: number[0].replace(",", ""), line) if "," in line else line


def _in_stack(lines: list[str], kinds: list[str], index: int, *, is_written: bool) -> list[str] | None:
    """The lines that Go would have printed for a line within a goroutine; None if it is kept.

    `is_written`: whether frames above it in the goroutine were written by hand.
    """
    line, kind = lines[index], kinds[index]
    if kind == CREATED:
        return _creator(line, has_place=_has_place(lines, kinds, index))
    if kind == CALL and pasted("WHOLE_CALL").fullmatch(line):
        is_last = kinds[index - 1] == PLACE and kinds[index + 1 : index + 2] == [BLANK]  # the text seems to be cut here
        return [line, NOWHERE] if "." in line and not (is_last or _has_place(lines, kinds, index)) else None
    if kind not in (FOREIGN, CALL) or len(line) > LONGEST:
        return None
    if line.strip() == NO_STACK_OF_C:
        return [NO_STACK]
    below = kinds[index + 1 : index + 2]
    if elided := pasted("WRITTEN_ELISION").fullmatch(line.strip()):
        return _without(line, elided["written_count"], below)
    if frames := _chain(line, is_written=is_written) or _placed(line):
        return frames
    match = _written(line, is_written=is_written, has_place=below == [PLACE])
    if match is None and kinds[index - 1] == HEADER:
        match = pasted("NOTED_CALL").fullmatch(line.strip())  # farther down it may be prose
        return [match["noted_call"], NOWHERE] if match and below != [PLACE] else None
    if match is None:
        return None
    call = f"{match['written_name']}{match['written_arguments'] or '(...)'}"
    if below == [PLACE]:
        return [call]
    return [call, f"\t{match['written_file']}:{match['written_line']}" if match["written_file"] else NOWHERE]


def _without(line: str, count: str | None, below: list[str]) -> list[str] | None:
    """Go's line for elided frames; a blank line if more than frames was left out, as another stack follows then."""
    if any(word in line for word in _NO_FRAMES):
        return ["", line]
    return [f"...{count or 'additional'} frames elided..."] if {*below} & {CALL, CREATED} else None


def _creator(line: str, *, has_place: bool) -> list[str] | None:
    """The creator and its location, which may stand behind it or be missing; None if it is as Go prints it."""
    placed = pasted("PLACED_CREATED").fullmatch(line)
    if placed:
        return [placed["placed_creator"], f"\t{placed['creator_file']}:{placed['creator_line']}"]
    is_whole = "." in line and pasted("WHOLE_CREATED").fullmatch(line)
    return [line, NOWHERE] if is_whole and not has_place else None


def _has_place(lines: list[str], kinds: list[str], index: int) -> bool:
    """Whether the location of a call stands further down, or was cut off at the end of the text."""
    below = kinds[index + 1 : index + 1 + FARTHEST]
    after = lines[index + 1].strip() if below[:1] == [FOREIGN] else ""
    if after and begins_place(lines[index + 1]) and below[1:2] != [PLACE]:
        return True  # half a location, which the format reads
    nearest = next((kind for kind in below if kind not in (FOREIGN, BLANK)), "")
    if nearest == PLACE and below.index(PLACE) and _written(lines[index + below.index(PLACE)], has_place=True):
        return False  # it belongs to a frame without arguments in between
    return nearest == PLACE if nearest or any(below[:1]) else PLACE in kinds


def _chain(line: str, *, is_written: bool = False) -> list[str]:
    """The frames of a path of calls on one line (`a.F → b.G`), the innermost first; [] if the line is none.

    It must hold a method, or stand below frames written by hand: other things are written with arrows, too.
    """
    signs = {sign.strip() for sign in _BETWEEN.findall(line)}
    if len(signs) != 1:
        return []
    parts = _BETWEEN.split(line.strip())
    matches = [pasted("WRITTEN_FRAME").fullmatch(part) for part in parts]
    names = [match["written_name"] for match in matches if match and "." in match["written_name"]]
    are_frames = is_written or any(".(" in name for name in names)
    if len(names) < 2 or len(names) < len(parts) or not are_frames:  # noqa: PLR2004
        return []
    names = names[::-1] if signs <= {"→", "->", "=>"} else names
    return [part for name in names for part in (f"{name}(...)", NOWHERE)]


def _placed(line: str) -> list[str]:
    """A frame whose location stands before its function; [] if the line is none."""
    match = pasted("PLACED_FRAME").fullmatch(line.strip())
    return [f"{match['placed_name']}(...)", f"\t{match['placed_file']}:{match['placed_line']}"] if match else []


def _below_sample(line: str, *, is_written: bool) -> list[str] | None:
    """A frame below a sample that lacks its address (0 is written) or its offset; None if the line is none."""
    if terminal("go_tokens", "UNPLACED").match(f"{line}\n"):
        return None  # the format reads it
    bare = line.lstrip("# \t")
    address = _ADDRESS.match(bare)
    name = bare[address.end() :] if address else bare
    match = _written(" " + name if name != line else line, is_written=is_written)
    if match is None and ".(*" in name:  # 9 goroutines stuck in pkg.(*T).f
        match = _written(name.split()[-1], is_written=is_written)
    if match is None or "." not in match["written_name"].rpartition("/")[2]:
        return None
    place = f"\t{match['written_file']}:{match['written_line']}" if match["written_file"] else ""
    return [f"#\t{(address and address[1]) or '0x0'}\t{match['written_name']}+0x0{place}"]


def _written(line: str, *, is_written: bool = False, has_place: bool = False) -> re.Match[str] | None:
    """The parts of a frame that was written by hand; None if the line is none."""
    is_indented, line = line[:1].isspace(), without_mark(line)
    match = pasted("WRITTEN_FRAME").fullmatch(line) if len(line) <= LONGEST else None
    if match is None or match["written_name"].endswith(_FILES):
        return None
    name, remark = match["written_name"], (match["written_remark"] or "").lstrip()
    is_sure = (has_place and "." in name) or match["written_file"] or ".(" in name or match["written_arguments"]
    is_likely = is_indented and ("." in name or remark.startswith(_ARROWS) or (is_written and name.lower() != name))
    return match if is_sure or is_likely else None
