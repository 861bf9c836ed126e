"""Turns the contents of strings into lines: sorted by process, and joined where a line goes on in the next string."""

from array import array
from dataclasses import dataclass

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.go_lines import CALL, CRASH, HEADER, SURE_LINES, token_of
from debugtext.unwrapping.lines.rows import Joins, piece_of
from debugtext.unwrapping.logs.identities import identities

KNOWN_LINES = SURE_LINES | {CALL, CRASH}


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one string, or a line without a string; `lead` is the rest of its record."""

    number: int
    text: str
    lead: str
    quoted: bool
    """Whether it may go on in the next line, as the only content of its own line may."""


def on_lines(contents: list[Content]) -> Piece:
    """The lines of all contents, sorted by process."""
    names = identities([content.lead for content in contents])
    quoted = [content.text.endswith("\n") for content in contents if content.quoted]
    pieces_end_lines = sum(quoted) * 2 >= len(quoted) or _are_cut_anywhere(contents, names)
    joins: dict[str, Joins] = {}
    open_line: dict[str, int] = {}
    for content, name in zip(contents, names, strict=True):
        own = joins.setdefault(name, Joins())
        *parts, rest = content.text.split("\n")
        if name in open_line and token_of(parts[0] if parts else rest) != HEADER:
            own.extend(open_line[name], parts[0] if parts else rest)
            if not parts:
                continue  # the line still goes on
            del parts[0]
        open_line.pop(name, None)
        for part in parts:
            own.add(part, content.number)
        goes_on = content.quoted and pieces_end_lines
        if rest or not goes_on:
            last = own.add(rest, content.number)
            if goes_on:
                open_line[name] = last
    return _one_after_the_other(list(joins.values()))


def _are_cut_anywhere(contents: list[Content], names: list[str]) -> bool:
    """Whether contents end within lines of Go's, as the recorded output of a terminal comes in pieces of any size."""
    ends: dict[str, str] = {}
    whole = cut = 0
    for content, name in zip(contents, names, strict=True):
        if not content.quoted:
            continue
        end = ends.get(name, "")
        beginning = content.text.partition("\n")[0].rstrip("\r")
        if end and beginning:
            kinds = {token_of(end), token_of(beginning)}
            whole += kinds <= KNOWN_LINES
            cut += not kinds <= KNOWN_LINES and token_of(end + beginning) in KNOWN_LINES
        _, line_end, last = content.text.rpartition("\n")
        ends[name] = last if line_end else ""
    return cut > whole


def _one_after_the_other(processes: list[Joins]) -> Piece:
    lines: list[str] = []
    numbers = array("Q")
    for process in processes:
        rows = process.rows(ends_line=True)
        lines += rows.lines
        numbers.extend(rows.numbers)
    return piece_of("\n".join(lines) + "\n", numbers)
