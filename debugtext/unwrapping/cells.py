r"""Gives lines back the tabs that a paste has turned to spaces or lost.

#       0x6be758        main.main.func2+0x18    /src/m/main.go:109
main.(*Server).wait(0xc000012345)
        /src/m/main.go:50 +0x25
"""

import re
from functools import cache

from debugtext.unwrapping.go_lines import pasted

UNAVAILABLE = "goroutine running on other thread; stack unavailable"

# since Go 1.23 the further lines of a message stand behind a tab (runtime/panic.go printindented)
_MESSAGE = re.compile(r"(?m)^(\t?panic: [^\n]*\n)( {1,8})(?=[^ \n])([^\n]*(?:\n +[^\n]*)*)")
_UNAVAILABLE = re.compile(rf"(?m)^[ \t]+{UNAVAILABLE}$")
_FENCE = re.compile(r"(?m)^[ \t]*(?:```|~~~)[ \t]*[\w+#.{}=-]{0,40}$")  # Markdown's
# a line of a tab alone is Go's own, in the message of a panic
_TRAILING = re.compile(r"(?m)(?<=[^ \t\n])[ \t]+$|^(?: [ \t]*|\t[ \t]+)$")


def _with_message_tabs(message: re.Match[str]) -> str:
    """The lines of a panic's message with the tab that was turned into blanks."""
    blanks = message[2]
    if "DATA RACE" in message[0]:
        return message[0]
    return message[1] + "\t" + message[3].replace("\n" + blanks, "\n\t").replace("\t" + blanks, "\t\t")


@cache
def _frame() -> re.Pattern[str]:
    return re.compile(rf"(?m)^[ \t]*{pasted('ANY_FRAME').pattern}$")


@cache
def _bare_address() -> re.Pattern[str]:
    return re.compile(rf"(?m)^[ \t]*{pasted('ANY_BARE_ADDRESS').pattern}$")


@cache
def _place() -> re.Pattern[str]:
    return re.compile(rf"(?m)^[ \t]+{pasted('ANY_PLACE').pattern}$")


@cache
def _flush_place() -> re.Pattern[str]:
    """A location that lost its indent stands behind a call or a creator."""
    return re.compile(rf"(?m)^((?:created by [^\s]|[^\s#][^\n]*\)$)[^\n]*)\n{pasted('ANY_PLACE').pattern}$")


def with_tabs(text: str) -> str:
    """The text with its frame lines and locations as Go prints them; line for line."""
    if "panic: " in text:
        text = _MESSAGE.sub(_with_message_tabs, text)
    text = _TRAILING.sub("", text)
    if UNAVAILABLE in text:
        text = _UNAVAILABLE.sub(f"\t{UNAVAILABLE}", text)
    if "```" in text or "~~~" in text:
        text = _FENCE.sub("", text)
    if "+0x" in text:
        text = _frame().sub(r"#\t\g<any_address>\t\g<any_function>+\g<any_offset>\t\g<any_file>:\g<any_line>", text)
        text = _bare_address().sub(r"#\t\g<any_bare>", text)
    if "DATA RACE" in text:
        return text  # its locations stand behind spaces
    text = _place().sub(r"\t\g<place_file>:\g<place_line>\g<place_more>", text)
    return _flush_place().sub(r"\g<1>\n\t\g<place_file>:\g<place_line>\g<place_more>", text)
