"""Finds anchors: places in a text where a line printed by Go surely begins, wherever in its line that is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from debugtext.pieces.stems import lacks
from debugtext.unwrapping.lines.own_forms import (
    bucket,
    columns,
    counted_place,
    line_start,
    listed,
    message,
    panicked_place,
    panicking,
)

MOST_OF_A_KIND = 300
"""How many occurrences of each needle are looked at: a large log may mention `panic: ` in every line."""
LONG = 1 << 17
"""In texts longer than this, `lacks` is asked first: it searches once for all needles that share a stem."""
HEADER, SAMPLE, TITLE, CREATED = "header", "sample", "title", "created"
LEAKED, RACE, MESSAGE, LOCATION, LOCKS = "leaked", "race", "message", "location", "locks"
RECOVERED, LISTED, BUCKET, COLUMNS = "recovered", "listed", "bucket", "columns"
OF_OTHERS = frozenset((LEAKED, LOCKS, RECOVERED, LISTED, BUCKET, COLUMNS))
"""Kinds of lines that are not printed by Go itself, but by goleak, go-deadlock, gin, delve, panicparse, pprof."""

NEEDLES = (
    "goroutine ",
    " @",
    " profile: ",
    "cycles/second=",
    "# runtime.MemStats",
    "fatal error: ",
    "panic: ",
    " +0x",
    "POTENTIAL DEADLOCK:",
    "panic recovered:",
    "runtime.gopanic",
    "Goroutine ",
    " [Created by ",
    "flat%",
)
"""Every text that Go prints contains one of these strings, whatever stands before it in the line."""

_HEADER = re.compile(
    r"goroutine (?:(?:[0-9]{1,18}|[A-Z#?*]{1,12}|\.{3}|…|<[A-Za-z_]{1,12}>)"
    r"(?: (?:gp|mp?)=[^\s\[\]]{1,40}){0,3}(?: (?:\.{3}|…))? |(?=\[[a-z][^\]\n]{0,400}\]:))\[[^\]\n]{1,400}\]"
)
_LEAKED = re.compile(r"Goroutine (?:[0-9]{1,18}|[A-Z#?*]{1,12}|\.{3}|…) in state ")
_TAIL_SAMPLE = re.compile(  # the sign of a comment may be glued to the number
    r"(?:(?:(?<![\w.:/+-])|(?<=\\n)|(?<=^//)|(?<=[ \t]//)|(?<=^--)|(?<=[ \t]--))[0-9]{1,18}"
    r"|-?[0-9]+: *[0-9]+ *\[ *[0-9]+: *[0-9]+\]) $"
)
_TAIL_CYCLES = re.compile(r"(?<![\w.])-?[0-9]{1,18} $")
_TAIL_TITLE = re.compile(r"(?:heap|\w[\w./-]{0,199}) $")
_TAIL_GREPPED = re.compile(r"(?<=[0-9][:-])(?:goroutine|goroutineleak|threadcreate) $")
_LAST_PLACE = re.compile(r"\S+\.(?:go|s):[0-9]{1,9}")
_CREATED = re.compile(r"created by (?=[^\s\\\"]{1,500}[./][^\s\\\"]+)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place where a line of Go's begins; `kind` is HEADER, SAMPLE and so on."""

    line_start: int
    position: int
    kind: str

    @property
    def column(self) -> int:
        """How many characters stand before the anchor in its line."""
        return self.position - self.line_start


def anchors(text: str, most: int = MOST_OF_A_KIND) -> Iterator[Anchor]:
    """The anchors of a text, the most reliable kinds first, at most `most` needles looked at for each kind."""
    is_long = len(text) > LONG
    stacks, places = not (is_long and lacks(text, " +0x")) and " +0x" in text, ".go" in text
    for needle, kind, beginning in _KINDS:
        if (kind in _WITHIN_STACKS and not stacks) or (kind in _WITH_PLACES and not places):
            continue
        if is_long and lacks(text, needle):
            continue
        position, found = text.find(needle), 0
        behind = line = 0
        while position >= 0 and found < most:
            start = beginning(text, position)
            if start >= 0:
                line, behind = text.rfind("\n", behind, start) + 1 or line, start
                yield Anchor(line, start, kind)
            found += 1
            position = text.find(needle, position + len(needle))


def _header(text: str, position: int) -> int:
    if text.startswith("eaked goroutine: ", max(position - 17, 0)):
        return -1  # leaktest prints its own words before the header
    return position if _HEADER.match(text, position) else -1


def _leaked(text: str, position: int) -> int:
    """The first line of a goleak report, including what goleak prints before it: `[Goroutine 19 in state …`."""
    start = text.rfind("Goroutine ", line_start(text, position, 1000), position)
    if start < 0 or not _LEAKED.match(text, start):
        return -1
    start -= start > 0 and text[start - 1] in "[ "
    return _before_indent(text, start)


def _sample(text: str, position: int) -> int:
    """The first of the numbers before the ` @` of a sample; addresses, or the end of the line, must follow it."""
    if not text.startswith((" 0x", "\n", '"', "\\n", " #"), position + 2):
        return -1
    line = line_start(text, position, 100)
    match = _TAIL_SAMPLE.search(text[line : position + 1])
    if match is None:
        return -1
    cycles = _TAIL_CYCLES.search(text[line : line + match.start()])  # in a contention profile
    if cycles and (not cycles.start() or "cycles/second=" in text):
        return line + cycles.start()
    return line + match.start()


def _title(text: str, position: int) -> int:
    line = line_start(text, position, 250)
    if not text[position + 10 : position + 30].removeprefix("total ").lstrip()[:1].isdigit():
        return -1
    match = _TAIL_GREPPED.search(text[line : position + 1]) or _TAIL_TITLE.search(text[line : position + 1])
    return -1 if match is None else line + match.start()


def _created(text: str, position: int) -> int:
    return _before_indent(text, position) if _CREATED.match(text, position, position + 1000) else -1


def _before_indent(text: str, start: int) -> int:
    """The start of the eight spaces that testing.T prints before the lines of an error, such as goleak's reports."""
    return start - 8 if text.startswith(" " * 8, max(start - 8, 0)) else start


def _here(_text: str, position: int) -> int:
    return position


def _warning(text: str, position: int) -> int:
    return position - 9 if text.startswith("WARNING: ", max(position - 9, 0)) else -1


def _place(text: str, position: int) -> int:
    """The tab before a location; the space it was turned into behind a prefix; the path if the tab was lost."""
    line = line_start(text, position, 2000)
    tab = text.rfind("\t", line, position)
    if tab < 0:
        tab = text.rfind("\\t", line, position)
    if tab >= 0:
        return tab
    if '"' in text[line:position]:
        return position
    path = text.rfind(" ", line, position) + 1
    lead = text[line:path].strip()
    if not lead or lead[0] in "/." or lead[1:2] == ":" or _LAST_PLACE.fullmatch(text, path, position) is None:
        return -1  # a path may contain spaces
    return path - text.startswith("  ", path - 2)


_WITHIN_STACKS = (CREATED, LEAKED, LOCATION)
"""Kinds of lines that stand in stacks: a text without ` +0x` is not searched for them."""
_WITH_PLACES = (RECOVERED, LISTED, BUCKET)
"""Kinds of lines that name Go files: a text without `.go` is not searched for them."""
_KINDS = (
    ("goroutine ", HEADER, _header),
    (" @", SAMPLE, _sample),
    (" profile: ", TITLE, _title),
    ("created by ", CREATED, _created),
    ("on top of the stack:", LEAKED, _leaked),
    ("cycles/second=", TITLE, _here),
    ("# runtime.MemStats", TITLE, _here),
    ("DATA RACE", RACE, _warning),
    ("fatal error: ", MESSAGE, _here),
    ("panic: ", MESSAGE, message),
    ("POTENTIAL DEADLOCK:", LOCKS, _here),
    (" +0x", LOCATION, _place),
    (" (0x", RECOVERED, counted_place),
    ("runtime.gopanic", RECOVERED, panicking),
    ("->   ", RECOVERED, panicked_place),
    ("Goroutine ", LISTED, listed),
    (" [Created by ", BUCKET, bucket),
    ("flat%", COLUMNS, columns),
)
