r"""Puts a stack together without Lark that is new, but of lines that Lark has read in other stacks.

    example.com/app.(*Node).walk)
    	/src/app/tree.go:40 +0x118
    created by example.com/app.start
    	/src/app/s.go:5 +0x9

Goroutines that recurse, or that came by different ways, may all have stacks of their own, and yet only some hundred
lines. What such lines are does not depend on the lines around them: a call and its location are a frame wherever they
stand, a creator is the last of a stack. Ancestors, and what stands on one line, are left to Lark.
"""

from itertools import islice

from debugtext.formats._bare_blocks import Key
from debugtext.records.frames import Elision, Frame, Stack

MOST_REMEMBERED = 20_000
"""A text of a few mebibytes may hold more: every frame another."""

_frames: dict[tuple[str, ...], Frame] = {}
"""By a bare call and its location."""
_creators: dict[tuple[str, ...], Frame] = {}
_gaps: dict[str, int | None] = {}
"""How many frames a line says that Go has left out."""


def put_together(key: Key, parent: str) -> Stack | None:
    """The stack of a shape; None if one of its lines is not known. `parent`: the digits of the id that it has lost."""
    lines = _lines_of(key, parent)
    creator = _creators.get(tuple(lines[-2:]))
    if creator is not None:
        del lines[-2:]
    elif parent:
        return None
    frames: list[Frame] = []
    elisions: list[Elision] = []
    rest = iter(lines)
    for line in rest:
        if line in _gaps:
            elisions.append(Elision(len(frames), _gaps[line]))
            continue
        frame = _frames.get((line, next(rest, "")))
        if frame is None:
            return None
        frames.append(frame)
    return Stack(tuple(frames), created_by=creator, elisions=tuple(elisions))


def remember(key: Key, parent: str, stack: Stack) -> None:
    """Remembers the lines of a shape by what Lark has read in them."""
    lines = _lines_of(key, parent)
    size = 2 * (len(stack.frames) + (stack.created_by is not None)) + len(stack.elisions)
    if stack.ancestors or stack.unavailable or len(lines) != size:
        return
    for known in (_frames, _creators, _gaps):
        if len(known) >= MOST_REMEMBERED:
            known.clear()
    if stack.created_by is not None:
        _creators[tuple(lines[-2:])] = stack.created_by
    rest, elisions = iter(lines), list(stack.elisions)
    for number, frame in enumerate(stack.frames):
        while elisions and elisions[0].position == number:
            _gaps[next(rest)] = elisions.pop(0).count
        _frames[tuple(islice(rest, 2))] = frame
    _gaps.update(zip(rest, (elision.count for elision in elisions), strict=False))  # the creator's lines are left


def _lines_of(key: Key, parent: str) -> list[str]:
    before, place = key
    return (f"{before}\n{place}" if parent else before).split("\n")
