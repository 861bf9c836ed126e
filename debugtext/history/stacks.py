"""Stacks as the store keeps them: names, places and creator as JSON, without addresses, which change at each start."""

import json
from hashlib import blake2b

from debugtext.records.frames import Frame, Stack

_Fields = list[str | int | None]


def to_text(stack: Stack) -> str:
    """The stack as one line; addresses are kept only where there are no names."""
    creator = _fields(stack.created_by) if stack.created_by else None
    addresses = [] if stack.frames else list(stack.addresses)
    return json.dumps([[_fields(frame) for frame in stack.frames], creator, addresses], separators=(",", ":"))


def from_text(text: str) -> Stack:
    """The stack that `to_text` wrote."""
    frames, creator, addresses = json.loads(text)
    return Stack(
        frames=tuple(Frame(*fields) for fields in frames),
        addresses=tuple(addresses),
        created_by=Frame(*creator) if creator else None,
    )


def digest(text: str) -> bytes:
    """The short key by which a stack is found in the store."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _fields(frame: Frame) -> _Fields:
    return [frame.function, frame.file, frame.line, frame.offset]
