"""Says, at next to no cost, whether a crash's headline begins its line; if not, `headlines.py` puts it on its own."""

import re

from debugtext.unwrapping.lines.anchors import HEADER, MESSAGE, Anchor

HEADLINES = ("fatal error: ", "panic: ")
LONGEST = 1 << 14
LONGEST_LINE = 400
"""A longer line with a headline in it is a record of a log."""
QUOTES = ("'", '"', "`", "\u2018", "\u201c")
_ENDS_OF_PREFIXES = ("|", "]", ">", "Z")

# only the runtime prints these, and no program can recover from them (runtime/panic.go throw and fatal)
_ALWAYS_ALIKE = re.compile(
    r"(?:fatal error: (?:(?:all goroutines are asleep|no goroutines \(main called runtime\.Goexit\)) - deadlock!"
    r"|concurrent map (?:writes|read and map write|iteration and map write)|sync: R?[Uu]nlock of unlocked (?:RWM|m)utex"
    r"|sync: inconsistent mutex state|stack overflow|(?:runtime: )?(?:out of memory|cannot allocate memory)"
    r"|unexpected signal during runtime execution)|panic: test timed out after [0-9][0-9hms.]*)[ \t\r]*$",
    re.MULTILINE,
)
TITLE = re.compile(r"\s*[A-Za-z][A-Za-z ]{0,30}:[ \t]*(?:\n|\Z)")
"""What the fields of an issue's form have above a goroutine: `message:`, `Stack trace:`."""
LONGEST_TITLE = 100
_MARKS = re.compile(r"[.SPF•·∙◦✓✔✗✘×*_`]+")  # noqa: RUF001 - a runner prints a sign for each test
_EMPHASIZED = re.compile(r"(?:\*\*|__)(?:panic|fatal|error)|(?:panic|fatal|error):?(?:\*\*|__)")
_RUNNING = r"goroutine [0-9]{1,19} (?:gp=[^\[\n]{1,80})?\[running[^\n]*\n(?P<stack>[^\n]+(?:\n[^\n]+)*)"
_BETWEEN = r"(?:[ \t]*(?:(?:```|~~~)[^\n]{0,20})?\n){0,3}"
_ABOVE_RUNNING = re.compile(
    rf"[^\n]*\n(?P<more>(?:(?!goroutine )[ \t]*[^ \t\n][^\n]{{0,400}}\n){{0,12}}?){_BETWEEN}{_RUNNING}"
)
"""A headline above a running goroutine; between them only more lines of the message, blank lines and fences."""
_TITLE_OF_RUNNING = re.compile(rf"[^\n]*\n(?:(?!goroutine )[^\n]{{0,400}}\n){{0,12}}?{_RUNNING}")
_TITLE_MARK = re.compile(r"[ \t]*(?:#{1,6}|[-*+])[ \t]+")
"""Before a headline that is a title in Markdown, or an item of a list: prose may stand below it."""
_RECOVERS = ("\npanic(", "debug.Stack(", "debug.PrintStack(", "runtime/pprof.")
"""One of these is in the stack of a goroutine that has recovered or writes a dump; a crash begins with `panic(`."""
_NOTHING = re.compile(r"[a-z ]{5,13}: (?:none|no|nil|never|false|0|-|n/a)[ \t]*$", re.IGNORECASE | re.MULTILINE)
"""What a server's status page shows behind `last panic: `: that there was none."""
_RECORD = re.compile(
    r"[^\n]{0,40}?[0-9]:[0-9]{2}:[0-9]{2}|[IWEF][0-9]{4} |(?:panic|fatal error): |[^\n]*\.go:[0-9]+ \+0x"
)
"""How a log's record, a headline or a location begins: such a line does not continue a message."""
_STAMPED = re.compile(r"[0-9]:[0-9]{2}:[0-9]{2}|\|[ \t]*$")


def is_logged(text: str, line_start: int, start: int) -> bool:
    """Whether a headline of fixed words stands at `start`, behind a log's time or the name of a process."""
    return _ALWAYS_ALIKE.match(text, start) is not None and _STAMPED.search(text, line_start, start) is not None


def is_behind_words(text: str, line_start: int, start: int) -> bool:
    """Whether other words stand before a headline at `start`, and the goroutine that panicked right below it.

    If it has recovered, this is no crash: then the function that prints the stack stands above `panic(` in it.
    """
    if start - line_start > LONGEST_LINE or text.find("\n", start, start + LONGEST_LINE) < 0:
        return False
    lead = text[line_start:start]
    is_code = lead.endswith("`") and text.find("`", start, text.find("\n", start)) > 0
    if not lead.strip("\t") or (lead.endswith((*QUOTES, "(")) and not is_code) or "recover" in lead.lower():
        return False
    is_title = _TITLE_MARK.fullmatch(lead) is not None
    running = (_TITLE_OF_RUNNING if is_title else _ABOVE_RUNNING).match(text, start)
    if running is None or _NOTHING.match(text, start) or not (is_title or goes_on(lead, running["more"])):
        return False
    return not any(word in running["stack"] for word in _RECOVERS)


def goes_on(lead: str, more: str) -> bool:
    """Whether lines below a message belong to it: none begins like the message's line, or like a record of a log."""
    beginning = lead.lstrip()[:3]
    is_another = any(beginning and line.startswith(beginning) for line in more.split("\n"))
    return not is_another and not any(map(_RECORD.match, more.split("\n")))


def has_odd_headline(text: str, blocks: list[str]) -> bool:
    """Whether something stands before a headline in its line; `blocks` is the text split at blank lines."""
    for word in HEADLINES:
        start = text.find(word)
        while start >= 0:
            if is_behind_words(text, text.rfind("\n", max(start - LONGEST_LINE, 0), start) + 1, start):
                return True
            start = text.find(word, start + len(word))
    return any(word in text for word in HEADLINES) and _has_glued_headline(blocks)


def _has_glued_headline(blocks: list[str]) -> bool:
    """Whether the line above a goroutine, or above its title, is a headline with something before it."""
    line = ""
    for block in blocks:
        title = TITLE.match(block) if ":" in block[:LONGEST_TITLE] else None
        rest = block[title.end() :] if title else block
        is_glued = line.find("fatal error: ") > 0 or "panic: " in line[1:].replace(" panic: ", "")
        if is_glued and rest.startswith("goroutine "):
            return True
        line = block[block.rfind("\n") + 1 :].lstrip() if rest else line
    return False


def is_marked(text: str) -> bool:
    """Whether bold words of Markdown seem to hide a headline."""
    return any(mark in text for mark in ("**", "__")) and _EMPHASIZED.search(text) is not None


def is_odd(text: str, start: int) -> bool:
    """Whether a headline ends with a sign of Markdown, or a frame seems to stand right below it.

    Go prints a goroutine's header between headline and frame.
    """
    headline, line, below = (text[start : start + LONGEST] + "\n\n\n").split("\n", 3)[:3]
    return headline.endswith(("**", "__", "`")) or (
        line[:1] not in ("", "\t", "[")
        and (line.endswith(")") or any(sign in line for sign in (".go:", ".(*")))
        and not below.startswith("\t")
    )


def is_chained(text: str, start: int) -> bool:
    """Whether the block that holds the line at `start` begins with a headline."""
    block = text[max(text.rfind("\n\n", 0, start), 0) : start]
    return any(word in block.strip("\n").partition("\n")[0] for word in HEADLINES)


def may_stand_behind(text: str, anchor: Anchor) -> bool:
    """Whether Go itself may have printed what stands before an anchor: a log's time, or output without a line end."""
    lead = text[anchor.line_start : anchor.position]
    following = text.find("\n", anchor.position) + 1
    if anchor.kind == HEADER and lead == "\t":
        return not text.startswith("\t\t", text.find("\n", following) + 1)  # a panic's message, since Go 1.23
    if anchor.kind != MESSAGE or is_behind_words(text, anchor.line_start, anchor.position):
        return False
    is_last = not following or not text[following:].strip()
    if not lead.strip():
        is_chis = lead == " " and is_last and text.startswith("panic: ", anchor.position)
        return is_chis or (lead == "\t" and is_chained(text, anchor.line_start))
    if lead[-1] in QUOTES and lead[-1] not in text[anchor.position : following or len(text)]:
        return False
    if is_logged(text, anchor.line_start, anchor.position) or _MARKS.fullmatch(lead):
        return False
    if is_last:
        return lead.rstrip()[-1:] not in _ENDS_OF_PREFIXES
    return not text.startswith(lead[:3], following)
