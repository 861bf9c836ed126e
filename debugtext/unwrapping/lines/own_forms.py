"""Finds where the lines begin in which other tools print goroutines, wherever in a line that is.

/src/shop/cart/cart.go:7 (0x9951ce)
 ->   /src/shop/cart/cart.go:7
  Goroutine 6 - User: /src/m/main.go:8 main.send (0x484f5e) [chan send]
30: chan send [3 minutes] [Created by fetch.First @ fetch.go:23]
      flat  flat%   sum%        cum   cum%

Each function takes a text and the position of its needle, and returns where the tool's line begins; -1 if none does.
"""

import re

LONGEST, LONGEST_STAMP = 400, 200
_ARROW = "->   "
_LINE_ENDS = ("\n", "\\", '"', "'", "^J", "#012", "%0A", "&#")
"""What stands behind a line: its end, as it is or written out in one of the usual ways."""

_DIGITS = str.maketrans("123456789", "000000000")
_COUNTED = re.compile(  # the sign of a comment or a list may be glued to the path
    r"(?:(?<![^\s\"'`+#:>|*;%-])|(?<=//)|(?<=\\n))(?:/(?!/)|[A-Za-z]:/|[A-Za-z_.])[^\s\"'`\\]*\.(?:go|s|c):[0-9]{1,9}$"
)
_LISTED = re.compile(r"Goroutine [0-9]{1,18} - (?:User|Runtime|Start|Go): ")
_BUCKET = re.compile(
    r"(?:(?<![\w.:/-])|(?<=\\n)|(?<=%0A)|(?<=#012)|(?<=\^[IJ])|(?<=^-)|(?<=^//))"
    r"[0-9]{1,9}: [a-zA-Z][^\[\]\n\"]{1,99}(?: \[[^\[\]\n]{1,40}\]){0,2}$"
)
_COLUMNS = re.compile(r" {0,6}flat[ \t]+$")

_STATE = r"(?: \(thread [0-9]+\)| \[[^\]\n]{1,99}\]){0,2}"
_WHOLE = (
    r"runtime\.gopanic",
    r" ?->   [^:\n]{1,400}:[0-9]{1,9}",
    r"[^\n]{1,400}?\.(?:go|s|c):[0-9]{1,9} \(0x[0-9a-f]{1,16}\)",
    rf"[ *\t]{{0,2}}Goroutine [0-9]{{1,18}} - [^\n]{{1,400}}? \(0x[0-9a-f]{{1,16}}\){_STATE}",
    r"[0-9]{1,9}: [^\n]{1,400}? \[Created by [^\]\n]{1,400}\]",
    r" {0,6}flat[ \t]+flat%[ \t]+sum%[ \t]+cum[ \t]+cum%(?:[ \t]+calls[ \t]+calls%[ \t]+\+[ \t]+context[ \t]*)?",
    r"POTENTIAL DEADLOCK:(?: [A-Z][^:\n]{1,99}:)?",
    r"\[? ?Goroutine [0-9]{1,18} in state [^\n]{1,2000}? on top of the stack:",
)
END = re.compile("|".join(_WHOLE))
"""A whole line of such a tool, so that what stands behind it can be seen."""

_RANGE = "[0-9]{1,12}(?:(?:\\.{2,3}|[…\u2013-])[0-9]{1,12})?"
SEVERAL = re.compile(
    rf"goroutines? (?P<ids>(?={_RANGE}[^0-9 ]|[0-9]{{1,12}} (?:and|&) ){_RANGE}"
    rf"(?:(?:, ?| and | & |, and ){_RANGE}){{0,40}}) ?(?P<state>\[[^\[\]\n]{{1,99}}\]):?"
)
"""One header for several goroutines with the same stack, as people write it: `goroutines 59, 60 [select]:`."""
_WRAPPED = re.compile(r" instances of:\n[^\n]{0,400}\([^)\n]*\n|\n\[signal [^\]\n]*\n[^\n]{1,80}\](?:\n|\Z)")
"""The first call in a leak checker's report, or the runtime's line about a signal."""
_PUSHED_IN = re.compile(r"(?:^|\n)\t+goroutine [0-9]{1,19} [^\n]*\]:\n\S")
COUNTED = re.compile(
    r"(?m:^)[ \t]*(?:[(\[]?(?P<times>[0-9]{1,6}) ?(?:[x\u00d7]|times)[)\]]?:?[ \t]+|(?P<bare>[0-9]{1,6})[ \t]+"
    r"(?!goroutine [0-9]))(?=goroutines?(?: (?:[0-9]{1,18}|[A-Z#?*]{1,12}|\.{3}))? \[[^\[\]\n]{1,99}\])"
)
"""The number before a header that stands for several: `820x goroutine 5 [select]:`, `820 goroutines [select]:`."""


def is_mangled(block: str) -> bool:
    """Whether a header stands behind tabs, and its first call behind none; or a line is wrapped within its brackets."""
    is_pushed_in = "\tgoroutine " in block and _PUSHED_IN.search(block) is not None
    may_be_wrapped = " instances of:\n" in block or "[signal " in block
    return is_pushed_in or (may_be_wrapped and _WRAPPED.search(block) is not None)


def line_start(text: str, position: int, most: int) -> int:
    """Where the line of a position begins, at most `most` characters before it: a line of many MiB has many needles."""
    window = max(position - most, 0)
    return max(text.rfind("\n", window, position) + 1, window)


def counted_place(text: str, position: int) -> int:
    """A frame as gin and go-errors print it: the place before a program counter."""
    return _tail(_COUNTED, text, position)


def panicking(text: str, position: int) -> int:
    """The function of a frame in a stack as zap prints it: without arguments, on lines or within a string."""
    end = position + len("runtime.gopanic")
    return position if text.startswith(_LINE_ENDS, end) else -1


def message(text: str, position: int) -> int:
    """A panic's message; chi prints a space before it, and an arrow before the frame below it."""
    is_own = text.startswith(" ", max(position - 1, 0)) and text.find(_ARROW, position, position + LONGEST) > 0
    return position - is_own


def panicked_place(text: str, position: int) -> int:
    """The place of the frame that panicked, as chi prints it; one space before the arrow belongs to the line."""
    if text.find(".go:", position, position + LONGEST) < 0:
        return -1
    return position - text.startswith(" ", max(position - 1, 0))


def listed(text: str, position: int) -> int:
    """A goroutine in delve's list, including the indent that delve prints."""
    if _LISTED.match(text, position) is None:
        return -1
    if position > 1 and text.startswith(("  ", "* "), position - 2):
        return position - 2
    return position - text.startswith("\t", max(position - 1, 0))


def bucket(text: str, position: int) -> int:
    """The first line of a bucket, as panicparse prints it."""
    return _tail(_BUCKET, text, position)


def columns(text: str, position: int) -> int:
    """The names of the columns of a pprof table; the first one is right-aligned in ten characters."""
    return _tail(_COLUMNS, text, position)


def _tail(shape: re.Pattern[str], text: str, position: int) -> int:
    """Where the text begins that matches `shape` and ends right before the needle; -1 if none does."""
    lead = text[line_start(text, position, LONGEST) : position]
    match = shape.search(lead)
    return -1 if match is None else position - len(lead) + match.start()


def is_between_stamps(text: str, position: int) -> bool:
    """Whether the lines above and below differ only in digits, as times do."""
    start, end = line_start(text, position, LONGEST), text.find("\n", position) + 1
    above = text[line_start(text, max(start - 1, 0), LONGEST_STAMP) : max(start - 1, 0)]
    return above[:1].isdigit() and text[end : end + len(above)].translate(_DIGITS) == above.translate(_DIGITS)
