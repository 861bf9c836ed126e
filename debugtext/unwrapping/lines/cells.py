r"""Restores the tabs that a paste has lost or turned into spaces.

#       0x6be758        main.main.func2+0x18    /src/m/main.go:109
main.(*Server).wait(0xc000012345)
        /src/m/main.go:50 +0x25
"""

import re
from functools import cache

from debugtext.unwrapping.lines.go_lines import pasted
from debugtext.unwrapping.lines.plain import is_plain

UNAVAILABLE = "goroutine running on other thread; stack unavailable"

# since Go 1.23 the further lines of a message stand behind a tab (runtime/panic.go printindented)
_MESSAGE = re.compile(r"(?m)^(\t?panic: [^\n]*\n)( {1,8})(?=[^ \n])([^\n]*(?:\n +[^\n]*)*)")
_UNAVAILABLE = re.compile(rf"(?m)^[ \t]+{UNAVAILABLE}$")
# a line that is only a tab is Go's own, within the message of a panic
_TRAILING = re.compile(r"(?m)(?<=[^ \t\n])[ \t]+$|^(?: [ \t]*|\t[ \t]+)$")

_CALL = r"[^\s(]{1,400}(?:\(\*\w{1,100}\)[^\s(]{1,400})?\((?:0x|\{|_|\.\.\.|\))[^\n]*\n"
_EMPTIED = re.compile(rf"(?m)^({_CALL})[ \t]+\n(?={_CALL}|created by )")
_LAST_EMPTIED = re.compile(rf"(?m)^({_CALL})[ \t]+(?=\n\s*(?:\Z|goroutine ))")
"""A call, and blanks in place of its location, which a tool has left out: between calls, and below the last one."""

_UNPLACED = re.compile(r"(?m)^#[ \t]*(0x[0-9a-f]{1,16})[ \t]+([^\s+]{1,1000}\+0x[0-9a-f]{1,8})$")
"""A frame without its location."""


def _with_emptied_places(text: str) -> str:
    """The text with `?:0` in place of such blanks; if none stand between calls, those below the last one are a slip."""
    changed, count = _EMPTIED.subn(r"\1\t?:0\n", text)
    return _LAST_EMPTIED.sub(r"\1\t?:0", changed) if count else text


def _with_message_tabs(message: re.Match[str]) -> str:
    """The lines of a panic's message with a tab in place of spaces; a race report below it keeps its spaces."""
    blanks = message[2]
    if "DATA RACE" in message[0]:
        return message[0]
    return message[1] + "\t" + message[3].replace("\n" + blanks, "\n\t").replace("\t" + blanks, "\t\t")


@cache
def _lines(name: str, before: str = "") -> re.Pattern[str]:
    """Whole lines that match the terminal `name`, perhaps with spaces or tabs before them."""
    return re.compile(rf"(?m)^{before}[ \t]*{pasted(name).pattern}$")


@cache
def _spaced_place() -> re.Pattern[str]:
    """The spaces before most locations; matching begins at the previous line's end, which is fast."""
    return re.compile(rf"(?m)\n[ \t]+(?={pasted('SHORT_PLACE').pattern}$)")


@cache
def _flush_place() -> re.Pattern[str]:
    """A call or a creator, and below it a location that has lost its indent."""
    return re.compile(rf"(?m)^((?:created by [^\s]|[^\s#][^\n]*\)$)[^\n]*)\n{pasted('ANY_PLACE').pattern}$")


def with_tabs(text: str) -> str:
    """The text with the tabs of its frames and locations; the cheapest steps first, until it is plain."""
    for step in (_trimmed, _with_spaced_places, _with_frames, _with_odd_places):
        changed = step(text)
        if changed != text and is_plain(changed):
            return changed
        text = changed
    return text


def _holds_races(text: str) -> bool:
    """Whether a race report, or the end of one, is in the text: the race detector prints spaces before locations."""
    return any(mark in text for mark in ("DATA RACE", " by goroutine ", ") created at:"))


def _trimmed(text: str) -> str:
    """The text without spaces at the ends of lines, and with the tabs of panic messages."""
    if "panic: " in text:
        text = _MESSAGE.sub(_with_message_tabs, text)
    if " \n" in text or "\t\n" in text or text.endswith((" ", "\t")):
        text = _with_emptied_places(text)
        text = _TRAILING.sub("", text)
    if UNAVAILABLE in text:
        text = _UNAVAILABLE.sub(f"\t{UNAVAILABLE}", text)
    return text


def _with_spaced_places(text: str) -> str:
    return text if _holds_races(text) else _spaced_place().sub("\n\t", text)


def _with_frames(text: str) -> str:
    if "+0x" not in text or "0x" not in text:
        return text
    text = _lines("ANY_FRAME").sub(
        r"#\t\g<any_address>\t\g<any_function>+\g<any_offset>\t\g<any_file>:\g<any_line>", text
    )
    text = _UNPLACED.sub(r"#\t\1\t\2", text)
    return _lines("ANY_BARE_ADDRESS").sub(r"#\t\g<any_bare>", text)


def _with_odd_places(text: str) -> str:
    if _holds_races(text):
        return text
    place = r"\t\g<place_file>:\g<place_line>\g<place_more>"
    text = _lines("ANY_PLACE", "[ \\t]").sub(place, text)
    return _flush_place().sub(rf"\g<1>\n{place}", text)
