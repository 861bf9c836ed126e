"""Says what a text without debug texts is, and what to do about it; of ordinary logs nothing is said."""

import re

_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<title|<h1>|<a href=)", re.IGNORECASE)
_STATUS = re.compile(r"(?:HTTP/[0-9.]{1,3} )?(?P<status>[1-5][0-9]{2}) [A-Z][A-Za-z' -]{1,40}$", re.MULTILINE)
_REFUSED = re.compile(r"unauthori[sz]ed|forbidden|access denied|permission denied", re.IGNORECASE)
_STATUS_IN_PAGE = re.compile(r"<(?:title|h1)>\s{0,9}(?P<status>[345][0-9]{2})\b", re.IGNORECASE)
# xxd, hexdump and od: an offset, then bytes or words of them
_HEX_DUMP = re.compile(r"(?:[0-9a-f]{7,8}:? {1,3}(?:[0-9a-f]{2,4} {1,2}){7}[^\n]*\n){2}")
HEX_DUMP = "this is a hex dump of a file (xxd, hexdump, od): give the file itself (`xxd -r` turns xxd's text back)"
LONGEST_ANSWER = 2000
"""Longer texts are not taken for a server's error message: a log may begin like one."""

# net/http/pprof/pprof.go serveError, and net/http's own answers
_GO_ERRORS = {
    "Unknown profile": "the server knows no such profile: look at /debug/pprof/ for the names it has",
    "404 page not found": (
        "the server has no such page: does it import net/http/pprof, and serve http.DefaultServeMux or pprof.Index "
        "on this port?"
    ),
    "seconds and debug params are incompatible": "ask without seconds=, or without debug=",
    'invalid value for "seconds"': "seconds= must be a positive whole number",
    '"seconds" parameter is not supported': "ask for this profile without seconds=",
    "failed to collect profile": "the server could not take the profile: ask again",
    "failed to compute delta": "the server could not take the difference: ask without seconds=",
    "profile duration exceeds server's WriteTimeout": "ask for fewer seconds=, or raise the server's WriteTimeout",
    "Could not enable CPU profiling": "a CPU profile is no text: fetch heap?debug=1 or goroutine?debug=2 instead",
    "Could not enable tracing": "a trace is no text: fetch heap?debug=1 or goroutine?debug=2 instead",
}

_NOT_GOROUTINES = "and a goroutine that waits has none: take `goroutines -t` of delve, or kill -QUIT"
_OTHER_TOOLS = (
    (
        re.compile(r"^-{8,60}\+-{8,60}$", re.MULTILINE),
        "this is a view of `go tool pprof` (-traces, -tree, -peek): give the profile itself, or its text (debug=1)",
    ),
    (
        re.compile(r"^#[0-9]{1,3} +(?:0x[0-9a-f]{8,16} in )?runtime\.[\w.]{1,99} \(", re.MULTILINE),
        f"these are gdb's threads, {_NOT_GOROUTINES}",
    ),
    (
        re.compile(r"^ *\*? ?Thread [0-9]{1,18} at 0x[0-9a-f]{1,16} [^\n]{1,400}:[0-9]{1,9} runtime\.", re.MULTILINE),
        f"these are delve's threads, {_NOT_GOROUTINES}",
    ),
    (
        re.compile(r"^==[0-9]{1,9}== ?(?:ERROR|WARNING): (?:Address|Memory|Leak|Thread)Sanitizer", re.MULTILINE),
        "this is a report of a sanitizer about memory of C code: its first frame below the heading is the place",
    ),
)
_TRACES = (
    (
        re.compile(r"gc [0-9]{1,18} @[0-9.]{1,20}s [0-9]{1,3}%: "),
        "these are lines of GODEBUG=gctrace=1: what the live memory is tells heap?debug=1",
    ),
    (
        re.compile(r"SCHED [0-9]{1,18}ms: gomaxprocs="),
        "these are lines of GODEBUG=schedtrace: what goroutines wait for tells goroutine?debug=2",
    ),
)
_URL = (
    r"(?:https?|unix):\S+|\S*/debug/(?:pprof|vars)\b\S*"
    r"|(?:localhost|[\w-]{1,63}(?:\.[\w-]{1,63})+):(?:[0-9]{4,5}|80|443)(?:[/?]\S*)?"
)
_FOLDER = r"(?:[/\\~]|\.{1,2}[/\\]|[A-Za-z]:[/\\])"
_ENDING = r"\.(?:txt|log|out|json|gz|prof|pprof|dump)(?:\.[0-9]{1,3})?"
_PATH = (
    rf"{_FOLDER}[\w.~@%+,*:/\\()-]*|(?!-)[^\s:=;]+{_ENDING}|(?:dump|heap|goroutines?)\.[0-9]{{1,3}}"
    rf"|{_FOLDER}[^\s:]*(?: (?![/.-])[^\s:]+)*{_ENDING}"  # with blanks, unlike `/bin/sh: no such file` or a command
)
_NAME = re.compile(rf"(?:{_URL}|{_PATH})")
SHORTEST_NAME, LONGEST_NAME = 4, 255
"""`N/A` is a text, and so is a long word in base64."""
_COUNTED_LINE = re.compile(
    r"^[ \t]*[0-9]{1,9} (?:created by )?(?:[\w.~-]{1,200}/)*[\w-]{1,200}\.[\w.*()\[\]-]{1,200}\((?:\.\.\.\))?$",
    re.MULTILINE,
)
COUNTED_LINES = (
    "these are lines of a dump that were counted one by one (sort | uniq -c), so that its stacks are lost: "
    "give the dump itself, its goroutines are counted by stack"
)

_LOWER_FRAME = re.compile(r"^[ \t]{0,40}[^ \t\n][^\n]{0,400}\.(?:go|s):[0-9]{1,9} \+0x[0-9a-f]{1,16}$", re.MULTILINE)
LOWER_FRAMES = (
    "these are lower frames of a goroutine's stack: give the lines above them too, as the header and the first frames "
    "tell what the goroutine waits for"
)


def remark(head: str) -> str | None:
    """What to give instead of lines of GODEBUG, or of parts of a dump that tell nothing; None for any other text."""
    start = head.lstrip()[:100]
    if _COUNTED_LINE.search(head):
        return COUNTED_LINES
    if _LOWER_FRAME.search(head):
        return LOWER_FRAMES
    return next((words for line, words in _TRACES if line.match(start)), None)


def is_name(text: str) -> bool:
    """Whether a text without debug texts is only the name of a file or a URL: one word with the marks of either.

    Words with a slash are none by that alone: `and/or`, `2026/11/23`.
    """
    return SHORTEST_NAME <= len(text) <= LONGEST_NAME and _NAME.fullmatch(text.strip()) is not None


def advice_on(message: str) -> str:
    """What to do about an error message of net/http/pprof; '' for any other text."""
    return next((advice for words, advice in _GO_ERRORS.items() if message.startswith(words)), "")


def is_hex_dump(head: str) -> bool:
    """Whether a text begins as a hex dump; the text column beside the bytes holds no lines to read."""
    return _HEX_DUMP.match(head) is not None


def what_else(head: str) -> str | None:
    """What a text is, by its beginning, with advice; None for a text that may well be a log."""
    start = head.lstrip()[:300]
    if start.startswith("num_symbols: "):
        return "this is the answer of /debug/pprof/symbol: fetch heap?debug=1 or goroutine?debug=2 instead"
    body = head.partition("\n\n")[2].lstrip()[:300] if start.startswith("HTTP/") else start
    if advice := advice_on(body):
        return f"this is an error message of the server ({_first_line(body)}): {advice}"
    if is_hex_dump(head):
        return HEX_DUMP
    if _HTML.match(head):
        return _page(head)
    for view, words in _OTHER_TOOLS:
        if view.search(head):
            return words
    if len(head) > LONGEST_ANSWER:
        return None
    if answer := _STATUS.match(start):
        return _answer(int(answer["status"]), _first_line(start))
    return _answer(401, _first_line(start)) if _REFUSED.match(start) else None


def _page(head: str) -> str:
    if "/debug/pprof/" in head and "profile descriptions" in head.lower():
        return "this is the index page of /debug/pprof/: fetch one of its profiles, heap?debug=1 for example"
    if answer := _STATUS_IN_PAGE.search(head):
        return _answer(int(answer["status"]), f"an HTML page, {answer['status']}") or ""
    return "this is an HTML page, not a debug text: is the address right, and are you logged in?"


def _answer(status: int, words: str) -> str | None:
    """What to do about a server's answer with this status; None for a status of success."""
    if status in (401, 403, 407):
        return f"the server refused ({words}): send the credentials that it wants"
    if status in (404, 405, 410):
        return f"the server has no such page ({words}): is the address right, and does it serve net/http/pprof here?"
    if 300 <= status < 400:  # noqa: PLR2004
        return f"the server sends elsewhere ({words}): fetch the address that it names (curl -L), or log in first"
    if status >= 400:  # noqa: PLR2004
        return f"the server could not answer ({words}): ask again, and ask it directly, not through a proxy"
    return None


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip()[:80]
