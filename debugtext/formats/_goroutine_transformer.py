"""One whole goroutine block of a traceback, read by Lark: header, frames, creator, ancestors.

    goroutine 12 [chan receive, 5 minutes]:
    main.(*Server).wait(0xc000012345)
        /src/m/main.go:50 +0x25
    created by main.main in goroutine 1
        /src/m/main.go:88 +0x17f

Importing this module imports Lark.
"""

import re
from sys import intern
from typing import Any

from lark import Token, Transformer, v_args

from debugtext.formats._goroutine import Block, header_from, hexadecimal, line_of
from debugtext.formats._stack_lines import unescape
from debugtext.records.frames import Ancestor, Elision, Frame, Stack


def _frame(function: str, place: re.Match[str], *, inlined: bool = False) -> Frame:
    is_known = place["file"] != "?"  # runtime/symtab.go funcline1: `?:0`
    return Frame(
        function=intern(unescape(function.rstrip())),  # delve puts a blank before what stands in brackets
        file=intern(place["file"]) if is_known else None,
        line=(int(place["line"]) or None) if is_known else None,
        offset=hexadecimal(place["offset"]),
        address=hexadecimal(place["pc"]),
        inlined=inlined and is_known,
    )


def _matched(name: str, line: str) -> re.Match[str]:
    match = line_of(name).fullmatch(line)
    assert match is not None, name  # Lark matched the same expression
    return match


class BlockTransformer(Transformer[Token, Block]):
    """Builds the records of one goroutine from its lines."""

    @v_args(inline=True)
    def frame(self, call: str, location: str) -> Frame:
        made, place = _matched("CALL", call), _matched("LOCATION", location)
        # Ancestors say (...) too, but with an offset: only a frame without one is inlined
        return _frame(made["function"], place, inlined=made["arguments"] == "..." and not place["offset"])

    ancestor_frame = frame

    def c_frame(self, lines: list[str]) -> Frame:
        if len(lines) == 1:
            return Frame("non-Go function", address=hexadecimal(_matched("C_PC", lines[0])["bare_pc"]))
        call, place = _matched("C_CALL", lines[0]), _matched("C_LOCATION", lines[1])
        line = place["c_line"]
        return Frame(
            call["c_function"], place["c_file"], None if line is None else int(line), address=hexadecimal(place["c_pc"])
        )

    @v_args(inline=True)
    def elided(self, line: str) -> Elision:
        count = _matched("ELIDED", line)["elided"]
        return Elision(0, None if count == "additional" else int(count))

    @v_args(inline=True)
    def unavailable(self, line: str) -> str:
        return line

    @v_args(inline=True)
    def created(self, line: str, location: str) -> tuple[Frame, int | None]:
        made = _matched("CREATED_BY", line)
        parent = made["parent_id"]
        return _frame(made["creator"], _matched("LOCATION", location)), None if parent is None else int(parent)

    def ancestor(self, parts: list[Any]) -> Ancestor:
        created = next((part[0] for part in parts if isinstance(part, tuple)), None)
        return Ancestor(
            goroutine_id=int(_matched("ANCESTOR", parts[0])["ancestor_id"]),
            frames=tuple(part for part in parts if isinstance(part, Frame)),
            created_by=created,
            elided=any(isinstance(part, str) for part in parts[1:]),
        )

    def start(self, parts: list[Any]) -> Block:
        return _block(parts)


def _block(parts: list[Any]) -> Block:
    header = _matched("HEADER", parts[0])
    frames: list[Frame] = []
    elisions: list[Elision] = []
    for part in parts[1:]:
        if isinstance(part, Frame):
            frames.append(part)
        elif isinstance(part, Elision):
            elisions.append(Elision(len(frames), part.count))
    creator, parent_id = next((part for part in parts if isinstance(part, tuple)), (None, None))
    stack = Stack(
        frames=tuple(frames),
        created_by=creator,
        elisions=tuple(elisions),
        ancestors=tuple(part for part in parts if isinstance(part, Ancestor)),
        unavailable=any(part.startswith("\t") for part in parts[1:] if isinstance(part, str)),
    )
    return Block(int(header["id"]), header_from(header), stack, parent_id)
