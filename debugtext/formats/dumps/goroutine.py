"""Reads the parts of a traceback that differ in every goroutine, without Lark: its header and the frames' arguments.

goroutine 12 [chan receive, 5 minutes]:
main.(*Server).wait(0xc000012345)
"""

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from sys import intern
from typing import Any

from debugtext.formats.grammar import terminal
from debugtext.formats.stack_lines import unquote
from debugtext.records.frames import Stack
from debugtext.records.goroutines import Arguments, Details, Header, Labels, State

line_of = partial(terminal, "dump")
LONGEST_REMEMBERED = 400
"""Longer headers are not cached: they have labels, and few come again."""
MOST_MINUTES = (1 << 63) // (60 * 10**9)
"""The longest time that Go's clock, 64 bits of nanoseconds, can hold."""

_SECONDS = {
    **dict.fromkeys(("minutes", "minute", "mins", "min"), 60),
    **dict.fromkeys(("hours", "hour"), 3600),
    **dict.fromkeys(("days", "day"), 86400),
    **dict.fromkeys(("seconds", "second"), 1),
}
"""Go prints only minutes (runtime/traceback.go goroutineheader); other tools convert them to other units."""


@dataclass(frozen=True, slots=True)
class Block:
    """A goroutine block that Lark has read."""

    id: int
    header: Header
    stack: Stack
    parent_id: int | None


def header_of(rest: str) -> Header | None:
    """The header whose line is `goroutine 1 ` + rest; None if that is no header."""
    return _header_of(rest) if len(rest) <= LONGEST_REMEMBERED else _header_of.__wrapped__(rest)


@lru_cache(maxsize=1 << 12)
def _header_of(rest: str) -> Header | None:
    match = line_of("HEADER").fullmatch(f"goroutine 1 {rest}\n")
    return None if match is None else header_from(match)


def header_from(match: re.Match[str]) -> Header:
    """The header of a line that the grammar's HEADER matched."""
    labels = match["labels_inside"] or match["labels_behind"]
    number = match["m"]
    return Header(
        state=state_of(match["state"]),
        labels=_labels(labels) if labels else (),
        gp=hexadecimal(match["gp"]),
        m=None if number is None else int(number),
        mp=hexadecimal(match["mp"]),
    )


@lru_cache(maxsize=10_000)
def state_of(text: str) -> State:
    """The state of the text between the brackets: `chan receive (leaked), 5 minutes, locked to thread`.

    Wait reasons hold no comma (runtime2.go waitReasonStrings). `(durable)`, in Go 1.24 `(synctest)`, is part of some
    reasons and a suffix of others: it becomes a flag. An unknown part stays in the status.
    """
    status, *parts = text.split(", ")
    found: dict[str, Any] = {}
    for part in parts:
        number = part.split(" ")
        if part == "locked to thread":
            found["locked_to_thread"] = True
        elif number[-1] in _SECONDS and len(number) == 2 and number[0].isascii() and number[0].isdecimal():  # noqa: PLR2004
            minutes = int(number[0]) * _SECONDS[number[1]] // 60 if is_number(number[0]) else MOST_MINUTES
            found["waiting_minutes"] = min(minutes, MOST_MINUTES) or None
        elif number[0] == "synctest" and is_number(number[-1]):
            found["bubble"] = int(number[-1])
        else:
            status = f"{status}, {part}"
    for flag, words in (
        ("durable", " (durable)"),
        ("durable", " (synctest)"),
        ("scan", " (scan)"),
        ("leaked", " (leaked)"),
    ):
        if words in status:
            status = status.replace(words, "")
            found[flag] = True
    return State(status=intern(status), **found)


def is_number(digits: str) -> bool:
    """Whether the text is a decimal number of at most 64 bits."""
    return digits.isascii() and digits.isdecimal() and len(digits) < 19  # noqa: PLR2004 - 64 bits


_LABEL = re.compile(
    r'(?:"(?P<key>[^"\\]*(?:\\.[^"\\]*)*)"|(?P<bare_key>[^":,]*)): '
    r'(?:"(?P<value>[^"\\]*(?:\\.[^"\\]*)*)"|(?P<bare_value>[^",]*))'
)


def _labels(text: str) -> Labels:
    """`k: v, "a b": "c", : nokey` as pairs; each side is quoted only if needed (runtime/print.go printquoted)."""
    pairs = []
    position = 0
    while position < len(text):
        match = _LABEL.match(text, position)
        if match:
            key = match["bare_key"].removeprefix(" ") if match["key"] is None else unquote(match["key"])
            value = match["bare_value"] if match["value"] is None else unquote(match["value"])
            pairs.append((key, value))
            position = match.end()
        position = (text.find(",", position) + 1) or len(text)
        position += text.startswith(' "', position)
    return tuple(pairs)


def details_of(lines: tuple[str, ...], frames: int) -> Details:
    """The argument words and frame pointers of a goroutine's block, for the first `frames` frames."""
    arguments: list[Arguments] = []
    pointers: list[tuple[int, int] | None] = []
    for bare in lines:
        line = bare + "\n"
        if len(pointers) >= frames and len(arguments) >= frames:
            break
        if call := line_of("CALL").fullmatch(line):
            arguments.append(_words(call["arguments"]))
        elif line_of("C_CALL").fullmatch(line):
            arguments.append(())
        elif line_of("C_PC").fullmatch(line):
            arguments.append(())
            pointers.append(None)
        elif place := line_of("LOCATION").fullmatch(line):
            pointers.append((int(place["fp"], 16), int(place["sp"] or "0", 16)) if place["fp"] else None)
        elif line_of("C_LOCATION").fullmatch(line):
            pointers.append(None)
    return Details("\n".join(lines), tuple(arguments[:frames]), tuple(pointers[:frames]))


def _words(arguments: str) -> Arguments:
    """`0x1, {0x2?, 0x3}, ...` as ("0x1", "{0x2?, 0x3}", "..."): commas inside braces do not separate words."""
    if not arguments:
        return ()
    words, depth, start = [], 0, 0
    for position, character in enumerate(arguments):
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == "," and depth <= 0:
            words.append(arguments[start:position].strip())
            start = position + 1
    return (*words, arguments[start:].strip())


def hexadecimal(digits: str | None) -> int | None:
    """The number of `0x…`; None for None."""
    return None if digits is None else int(digits, 16)
