"""Reads goroutine blocks that are not as Go prints them: with foreign lines, cut off, or glued to the next text."""

import re
from dataclasses import dataclass
from functools import lru_cache, partial

from debugtext.formats.dumps._goroutine_block import first_refused
from debugtext.formats.dumps._shapes import block_of
from debugtext.formats.dumps.dump_lines import has_arguments, terminal_of
from debugtext.formats.dumps.goroutine import Block
from debugtext.formats.grammar import ALIKE, terminal
from debugtext.formats.limits import MOST_FOREIGN_LINES
from debugtext.formats.recovery import HALF_LOCATION

LONGEST_REMEMBERED = 4_000
"""Longer blocks are not cached."""
CUT_OFF = "the text ends in the middle of a goroutine"
HALF_CALL = "a call that is cut off: its arguments are not known"
CALL_ALONE = "a call whose location is cut off"

_A_LOCATION = "a location like \t/src/main.go:12 +0x1d"

NOWHERE = "\t?:0"
"""The location of a function whose file is unknown (runtime/symtab.go funcline1)."""

_CREATED, _PARENT = "created by ", "in goroutine "
_cut_call = partial(terminal, "pasted_lines", "CUT_CALL")
_RECEIVER_ALONE = re.compile(r"\(\*?[A-Za-z_]\w*\)$")
"""A call that ends like this was cut off before its method's name."""

_CALLS = {"CALL": "LOCATION", "CREATED_BY": "LOCATION", "C_CALL": "C_LOCATION"}
"""The lines that have a location below them, and its terminal."""
_ALONE = ("ELIDED", "UNAVAILABLE", "C_PC", "ANCESTOR")
"""The lines of a goroutine without a location below them."""
_OF_STACKS = ("LOCATION", "CREATED_BY")
"""Lines that only Go prints; other programs may print lines that look like a call."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was wrong, at a line index of the block."""

    index: int
    message: str
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Repaired:
    """The goroutine that could be read, the number of lines it took, and what was wrong."""

    block: Block
    lines: int
    troubles: tuple[Trouble, ...]
    truncated: bool


def repair(lines: list[str], *, at_end: bool, ends_in_line: bool) -> Repaired | None:
    """Reads the goroutine at the beginning of some non-blank lines; None if there is none.

    Only lines up to the goroutine's last one are taken, without the text behind it (a header, or `exit status 2`).
    `at_end`: the input ends with these lines, so that half a frame means that it was cut off; `ends_in_line`: it ends
    without a newline.
    """
    if terminal_of(lines[0]) != "HEADER":
        return None
    picker, truncated = _Picker(lines), False
    if at_end or sum(map(len, lines)) > LONGEST_REMEMBERED:
        picker.pick()
        truncated = at_end and picker.cut_off(ends_in_line=ends_in_line)
        if not truncated and not picker.keep_half_frame():
            picker.leave_out_below()
    else:
        picker.pick_as(_picked("\n".join(lines).translate(ALIKE)))
    truncated = truncated or picker.ends_in_call
    block = block_of(picker.kept_lines())
    while block is None and len(picker.kept) > 1:  # an order of lines that Go does not print: keep the lines before it
        picker.refuse_from(first_refused("".join(f"{line}\n" for line in picker.kept_lines())))
        block = block_of(picker.kept_lines())
    if block is None:
        return None
    troubles = tuple(sorted(picker.troubles, key=lambda trouble: trouble.index))
    return Repaired(block, picker.owned, troubles, truncated)


@lru_cache(maxsize=1 << 10)
def _picked(alike: str) -> "_Picker":
    """The lines picked of a block, whose digits were made ALIKE: of many damaged blocks most differ only in digits."""
    picker = _Picker(alike.split("\n"))
    picker.pick()
    if not picker.keep_half_frame():
        picker.leave_out_below()
    return picker


class _Picker:
    """Picks the lines of one goroutine out of a block, in one pass."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.kept = [0]
        self.owned = 1
        self.troubles: list[Trouble] = []
        self.cut: list[str] = []
        """The last frame, if the goroutine ends in the middle of it: a call, and NOWHERE as its location."""
        self.ends_in_call = False
        """Whether that frame has not even half a location: the text was cut off here, and not at a right margin."""
        self._foreign: list[int] = []
        self._kinds: dict[int, str] = {}
        self.whole: dict[int, str] = {}
        """For lines that were cut at a right margin, by index: the line that is read in their place."""

    def kept_lines(self) -> list[str]:
        """The lines kept so far."""
        return [self.whole.get(index, self.lines[index]) for index in self.kept] + self.cut

    def _kind(self, index: int) -> str:
        kind = self._kinds.get(index)
        if kind is None:
            kind = self._kinds[index] = terminal_of(self.lines[index]) or self._terminal_of_half(index)
        return kind

    def _terminal_of_half(self, index: int) -> str:
        """The kind of a line that was cut at a right margin, by the lines around it; empty if it was not cut."""
        line, below = self.lines[index], "".join(self.lines[index + 1 : index + 2])
        is_above_place = terminal_of(below) == "LOCATION"
        if below and _is_half_location(line) and not is_above_place and self._kind(index - 1) in ("CALL", "CREATED_BY"):
            self.whole[index] = NOWHERE
            return "LOCATION"
        if (is_above_place or _is_half_location(below)) and (cut := _cut_call().fullmatch(line)):
            self.whole[index] = f"{cut['cut_function']}(...)"
            return "CALL"
        return ""

    def pick_as(self, like: "_Picker") -> None:
        """Picks the same lines as `like` did, whose block has lines of the same kinds."""
        self.kept, self.owned = [*like.kept], like.owned
        self.ends_in_call = like.ends_in_call
        self.cut = self._half_frame(like.kept[-1] + 1) if like.cut else []
        for index in like.whole:
            self._kind(index)
        self.troubles = [
            Trouble(trouble.index, trouble.message, trouble.expected, self.lines[trouble.index][:120])
            for trouble in like.troubles
        ]

    def pick(self) -> None:
        """Picks the lines of the goroutine, and notes the foreign lines between them."""
        index = 1
        while index < len(self.lines) and len(self._foreign) <= MOST_FOREIGN_LINES:
            kind = self._kind(index)
            if kind == "HEADER":
                break
            place = self._place_of(index, _CALLS[kind]) if kind in _CALLS else None
            if place is not None:
                self._take(index)
                self._foreign += range(index + 1, place)
                self._take(place)
                index = place + 1
            else:
                if kind in _ALONE:
                    self._take(index)
                else:
                    self._foreign.append(index)
                index += 1

    def keep_half_frame(self) -> bool:
        """Keeps a call at the block's end that has half a location or none; False if there is no such call."""
        rest = self.lines[self.owned :]
        has_place = self._ends_in_location(rest)
        if not has_place and not self._ends_in_call(rest):
            return False
        self.cut, self.ends_in_call = self._half_frame(self.owned), not has_place
        last = 0 if self.ends_in_call else 1
        self.owned += last + 1
        is_whole = self.ends_in_call and self._kind(self.owned - 1) == "CALL"
        expected = _A_LOCATION if is_whole else "the rest of the line"
        message = CALL_ALONE if is_whole else HALF_CALL if self.ends_in_call else HALF_LOCATION
        self.troubles.append(Trouble(self.owned - 1, message, expected, rest[last][:120]))
        return True

    def _ends_in_location(self, rest: list[str]) -> bool:
        """Whether the lines left are a call and half a location."""
        return len(rest) == 2 and self._kind(self.owned) in ("CALL", "CREATED_BY") and _is_half_location(rest[1])  # noqa: PLR2004

    def _ends_in_call(self, rest: list[str]) -> bool:
        """Whether the lines left begin with a call, whole or cut off, and no line of a stack follows."""
        if not rest or any(map(terminal_of, rest[1:])):
            return False
        kind = self._kind(self.owned)
        if kind == "CALL":
            return _cut_call().match(rest[0]) is not None
        return not kind and has_arguments(rest[0]) and _cut_call().fullmatch(rest[0]) is not None

    def _half_frame(self, index: int) -> list[str]:
        """The two lines that are read in place of a frame that was cut off."""
        cut_call = _cut_call().fullmatch(self.lines[index]) if not self._kind(index) else None
        line = self.whole.get(index, self.lines[index])
        return [f"{cut_call['cut_function']}(...)" if cut_call else _without_half_parent(line), NOWHERE]

    def leave_out_below(self) -> None:
        """Reports the lines behind the last kept one, up to the last line that only Go prints, and takes them."""
        last = max((index for index in self._foreign if self._kind(index) in _OF_STACKS), default=-1)
        for foreign in self._foreign:
            if foreign <= last:
                self._complain(foreign)
                self.owned = foreign + 1

    def _place_of(self, call: int, wanted: str) -> int | None:
        """The index of a call's location: on the next line, or behind a few foreign ones; None if there is none."""
        for index in range(call + 1, min(call + 2 + MOST_FOREIGN_LINES, len(self.lines))):
            kind = self._kind(index)
            if kind == wanted:
                return index
            if kind:
                return None
        return None

    def _take(self, index: int) -> None:
        """Keeps a line; the foreign lines before it are reported as standing in the middle of the goroutine."""
        for foreign in self._foreign:
            self._complain(foreign)
        self._foreign.clear()
        self.kept.append(index)
        self.owned = index + 1
        if index in self.whole:
            message = HALF_LOCATION if self.whole[index] == NOWHERE else HALF_CALL
            self.troubles.append(Trouble(index, message, "the rest of the line", self.lines[index][:120]))

    def _complain(self, index: int) -> None:
        kind, found = self._kind(index), self.lines[index][:120]
        if kind in _CALLS:
            trouble = Trouble(index, "a call without its location: left out", _A_LOCATION, found)
        elif kind:
            trouble = Trouble(index, "a location without its call: left out", "a call like main.f(0x1)", found)
        else:
            trouble = Trouble(
                index, "a line in the middle of a goroutine that is not Go's: left out", "a call or a location", found
            )
        self.troubles.append(trouble)

    def cut_off(self, *, ends_in_line: bool) -> bool:
        """Whether the text ends in the middle of this goroutine; if so, the half frame at its end is taken.

        `ends_in_line`: the text ends without a newline, so that its last line may be half of any line.
        """
        rest = self.lines[self.owned :]
        kind = self._kind(self.owned) if rest else ""
        cut_call = _cut_call().fullmatch(rest[0]) if len(rest) == 1 and not kind else None
        call = kind in _CALLS or (ends_in_line and len(rest) == 1 and not kind) or cut_call is not None
        half = (call and all(line.startswith("\t") for line in rest[1:2]) and len(rest) <= 2) or rest[:1] == ["\t"]  # noqa: PLR2004
        if half:
            first, self.owned = self.owned, len(self.lines)
            is_whole = kind == "CALL" or (kind == "CREATED_BY" and (len(rest) > 1 or not ends_in_line))
            is_path = kind == "CREATED_BY" and "." not in rest[0].rpartition("/")[2]
            if (cut_call and (len(self.kept) == 1 or has_arguments(rest[0]))) or (
                is_whole and not is_path and not _RECEIVER_ALONE.search(rest[0])
            ):
                self.cut = self._half_frame(first)
            self.troubles.append(Trouble(self.owned - 1, CUT_OFF, found=self.lines[-1][:120]))
        return half

    def refuse_from(self, place: int) -> None:
        """Gives up the kept lines from this place among them on, and at least the last one."""
        self.cut = []
        place = min(place, len(self.kept) - 1)
        for index in self.kept[place:]:
            self.troubles.append(
                Trouble(index, "a line that cannot stand here: left out", found=self.lines[index][:120])
            )
        del self.kept[place:]


def _without_half_parent(line: str) -> str:
    """A `created by` without the rest of ` in goroutine 1` that has lost its number; any other line unchanged."""
    name, _, parent = line.removeprefix(_CREATED).partition(" ")
    return f"{_CREATED}{name}" if line.startswith(_CREATED) and _PARENT.startswith(parent) else line


def _is_half_location(line: str) -> bool:
    """Whether a line begins like a location, and is none."""
    return line.startswith("\t") and "/" in line and not terminal_of(line)
