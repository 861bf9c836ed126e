"""Builds a whole goroutine block of a traceback, as Lark reads it: header, frames, creator, ancestors.

    goroutine 12 [chan receive, 5 minutes]:
    main.(*Server).wait(0xc000012345)
        /src/m/main.go:50 +0x25
    created by main.main in goroutine 1
        /src/m/main.go:88 +0x17f

Importing this module imports Lark.
"""

from typing import Any

from lark import Token, Transformer, v_args

from debugtext.formats.dumps._place_lines import creator_of, elision_of, frame_of, matched_line
from debugtext.formats.dumps.goroutine import Block, header_from, hexadecimal
from debugtext.records.frames import Ancestor, Elision, Frame, Stack


class BlockTransformer(Transformer[Token, Block]):
    """Builds the records of one goroutine from its lines."""

    @v_args(inline=True)
    def frame(self, call: str, location: str) -> Frame:
        return frame_of(call, location)

    ancestor_frame = frame

    def c_frame(self, lines: list[str]) -> Frame:
        if len(lines) == 1:
            return Frame("non-Go function", address=hexadecimal(matched_line("C_PC", lines[0])["bare_pc"]))
        call, place = matched_line("C_CALL", lines[0]), matched_line("C_LOCATION", lines[1])
        line = place["c_line"]
        return Frame(
            call["c_function"], place["c_file"], None if line is None else int(line), address=hexadecimal(place["c_pc"])
        )

    @v_args(inline=True)
    def elided(self, line: str) -> Elision:
        return elision_of(line, 0)

    @v_args(inline=True)
    def unavailable(self, line: str) -> str:
        return line

    @v_args(inline=True)
    def created(self, line: str, location: str) -> tuple[Frame, int | None]:
        return creator_of(line, location)

    def ancestor(self, parts: list[Any]) -> Ancestor:
        created = next((part[0] for part in parts if isinstance(part, tuple)), None)
        return Ancestor(
            goroutine_id=int(matched_line("ANCESTOR", parts[0])["ancestor_id"]),
            frames=tuple(part for part in parts if isinstance(part, Frame)),
            created_by=created,
            elided=any(isinstance(part, str) for part in parts[1:]),
        )

    def start(self, parts: list[Any]) -> Block:
        return _block(parts)


def _block(parts: list[Any]) -> Block:
    header = matched_line("HEADER", parts[0])
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
