"""Reads the places of a report about locks. Importing this module imports Lark."""

import re
from dataclasses import replace

from lark import Token, Transformer

from debugtext.formats.grammar import matched, parser
from debugtext.formats.import_paths import with_path
from debugtext.records.frames import Frame, Stack
from debugtext.records.lock_reports import LockPlace

_ROLES = {
    "PREVIOUS": "previous",
    "WAITED": "waiting",
    "BEFORE": "before",
    "AFTER": "after",
    "CALLERS": "again",
    "CURRENT": "again",
    "HOLDERS": "holding",
}


def read_places(text: str, numbers: list[int]) -> tuple[LockPlace, ...]:
    r"""The places in the lines of one report, each with its "\n"; `numbers` are their lines in the original input."""
    places: tuple[LockPlace, ...] = parser("lock_report", PlaceTransformer).parse(text)  # type: ignore[assignment]
    return tuple(replace(place, line=numbers[place.line - 1]) for place in places)


class PlaceTransformer(Transformer[Token, tuple[LockPlace, ...]]):
    """Builds the places of a report, without those that have neither a frame nor a goroutine."""

    def start(self, tokens: list[Token]) -> tuple[LockPlace, ...]:
        places: list[LockPlace] = []
        for token in tokens:
            match = matched("lock_report", token)
            if token.type in _ROLES:
                places.append(_opened(_ROLES[token.type], token, match))
            elif token.type == "LOCK" and places:
                places[-1:] = _with_lock(places[-1], token, match)
            elif token.type in ("TAKEN", "FRAME") and places:
                places[-1:] = _with_frame(places[-1], token, match)
        return tuple(place for place in places if place.stack.frames or place.goroutine is not None)


def _opened(role: str, token: Token, match: re.Match[str]) -> LockPlace:
    groups = match.groupdict()
    taker = groups.get("current")
    return LockPlace(
        role,
        Stack(),
        None if taker is None else int(taker),
        _address(groups.get("current_lock")),
        groups.get("waited") or "",
        token.line or 1,
    )


def _with_lock(place: LockPlace, token: Token, match: re.Match[str]) -> tuple[LockPlace, ...]:
    """The place with its goroutine and lock; if it has frames already, a new place of the same role follows it."""
    told = replace(
        place, stack=Stack(), goroutine=int(match["taker"]), lock=_address(match["lock"]), line=token.line or 1
    )
    return (place, told) if place.stack.frames else (told,)


def _with_frame(place: LockPlace, token: Token, match: re.Match[str]) -> tuple[LockPlace, ...]:
    """The place with one more frame; if another place begins here, both. Inlined calls, printed twice, count once."""
    is_first, frames = token.type == "TAKEN", place.stack.frames
    file, line, function = (match[f"taken_{part}" if is_first else part] for part in ("file", "line", "function"))
    frame = Frame(with_path(function, file), file, int(line))
    if is_first and frames:
        return place, replace(place, stack=Stack((frame,)), line=token.line or 1)
    if len(frames) == 1 and frames[0].function == frame.function:
        return (place,)
    return (replace(place, stack=Stack((*frames, frame))),)


def _address(words: str | None) -> int | None:
    words = (words or "").strip()
    try:
        return int(words, 16) if words.startswith("0x") else None
    except ValueError:
        return None
