"""Says, at next to no cost, whether a text is plain: as Go prints it, so that it needs no unwrapping.

Counting is enough: below a goroutine's header every second line begins with a tab, below a sample every line begins
with "#" and a tab. Of a large text only some blocks are looked at. If one of them is not Go's (a log with dumps in it),
the anchors of the text are looked at as well.
"""

import re
from itertools import pairwise

from debugtext.unwrapping.lines.anchors import HEADER, LEAKED, MESSAGE, NEEDLES, OF_OTHERS, RACE, TITLE, anchors
from debugtext.unwrapping.lines.own_forms import COUNTED, END, SEVERAL, is_between_stamps, is_mangled
from debugtext.unwrapping.lines.plain_headlines import QUOTES, has_odd_headline, is_marked, is_odd, may_stand_behind

WHOLE_CHARACTERS = 1 << 17
"""Every block of a text of up to this size is looked at."""
LOOKS = 24
"""How many blocks of a larger text are looked at."""
LONGEST_BLOCK = 1 << 14

_REWRITTEN = (
    "&#",
    "^[[",
    "](http",
    "#011",
    "</",
    "```",
    "~~~",
    *("{code", "{noformat}", "[code"),
    "]]>",
    '"SIG',
    ": [Goroutine ",
    *("(\\*", " \\[", "\\#\t", ": quoted-printable", ": Quoted-Printable"),
    *("|n'", "|]", "\\u001b["),
)
_HEADER_START = re.compile(r"goroutine (?:running on|[0-9A-Z#?*<\[.…]+(?:(?: ?\n[ \t]?| )(?:\[|gp=)|\]|<|$))")
MASKED_GP = re.compile(
    r"goroutine [0-9]{1,19} (?=(?:gp|mp?)=)(?!gp=0x[0-9a-f]+ m=(?:nil|[0-9]{1,18} mp=0x[0-9a-f]+) \[)"
)
_SUSPICIOUS = (*_REWRITTEN, "]:\n\t/", "&lt;", "&gt;", "\\n", "\xa0", " //", "\t//", " <-", " ←")
_SPACED_FRAMES = ("\n# 0x", "\n#  ", "\n  ", "\n0x", "\n\t0x", "\n#0x")
_NOTED = ("): ", ") [", ")[", ") @")
_BEHIND_MARKS = ("\n-> ", "\n=> ", "\n- ", "\n* ", "\n> ", "\n→", "\n•", "\n└", "\n├")
_BEHIND_DUMPS = ("exit status ", "FAIL", "ok ", "coverage: ", "Process ", "make", "PASS", "--- ", "[Goroutine")
_ODD = ("\xa0", "\u200b", "\u3000", "\u2003", "(\u2026)", "[\u2026]", "elided\u2026")
_ODD_SIGN = re.compile(
    "[\xad\u1680\u2000-\u200f\u202a-\u202f\u205f\u2060\ufeff]"
    "|goroutine [^\n]{1,200}?[\uff3b\u3010\uff1a\uff0c\uff3d]|# labels: [^\n]*[\u201c\u201d]|\\.(?:go|s)\uff1a[0-9]"
)
_DRAWN = re.compile(r"\n[ \t]*(?:[→↳⮡←]|[└├╰][─>]*|-+>|=+>|<-+)[ \t]*[\w./~-]*\.\(\*\w+\)\.\w")
WAITS = re.compile(  # a waiting function, whose callers somebody has listed without a header
    r"[ \t]*(?:sync\.\(\*(?:(?:RW)?Mutex\)\.R?Lock|WaitGroup\)\.Wait|Cond\)\.Wait)|sync\.runtime_Semacquire\w*"
    r"|runtime\.(?:gopark|chansend1?|chanrecv[12]?|selectgo))(?:\((?:\.\.\.)?\))?[ \t]*(?=\n|\Z)"
)
_LAST_OF_PROFILES = "0123456789abcdef@:}"
# a location ends with a digit, or with "unavailable"
_ODD_PLACE = re.compile(r"\n\t[^\n]*[^0-9a-f\n](?:\n|\Z)")
_NOTED_PLACE = re.compile(r"(?:\+0x[0-9a-f]+|\.go:[0-9]+)(?:[,;]| (?!\+0x|fp=))")
_NOTED_STATISTIC = re.compile(r"\n# [A-Za-z]+ = [0-9]+(?: / [0-9]+)?[ \t]*[^0-9 .e\t\n/+-]|[ \t]{2}[^ \n]|\t|//")
_FLUSH_PLACE = re.compile(r"\n ?[^\s][^\n]*\.(?:go|s):[0-9]+ \+0x[0-9a-f]+(?:\n|\Z)")
_NOTED_FRAME = re.compile(r"\.go:[0-9]+[^0-9\n]")
_BLANK_BEHIND_OFFSET = re.compile(r"\+0x[0-9a-f]+ ")
_ODD_ADDRESSES = re.compile(r"@ 0x[0-9a-fx ]*[^0-9a-fx \n]")
_ODD_TOTAL = re.compile(r" profile: total [0-9]+[ \t]*[^0-9 \t\n]")
_ODD_NUMBER = re.compile(r"(?:^|\n)(?:cycles/second|sampling period)=[0-9]+[^0-9\n]")
_FIRST_WORDS = ("fatal error: ", "panic: ", "goroutine ", "POTENTIAL DEADLOCK:")
_NEVER_LAST = "\"'`|$;\\*"
_BETWEEN_SAMPLES = ("\n# labels: ", "\ncycles/second=", "\nsampling period=")
_RETOLD = (
    *("Test Panicked", "Spec Goroutine", "Type: goroutine", "Type: threadcreate"),
    *("runtime.gopark /", "runtime.gopark ("),
)
"""What ginkgo prints above a stack or goroutines (`logs/specs.py`), and `go tool pprof` above and in its stacks."""
_BEHIND_PREFIX = (" goroutine", " goroutineleak", " threadcreate")
_MAY_STAND_ALONE = (" frames elided...", "\n[originating from", "\nnon-Go function at pc=", "\ngoroutine running on")

PLAIN, FOREIGN, DISGUISED = "plain", "foreign", "disguised"


def is_plain(text: str) -> bool:
    """Whether every line of Go's in a text is as Go prints it, as far as the blocks that were looked at show."""
    if "\x1b" in text or "\r" in text or (not text.isascii() and any(odd in text for odd in _ODD)):
        return False
    if len(text) <= WHOLE_CHARACTERS:
        if any(mark in text for mark in _REWRITTEN):
            return False
        blocks = text.split("\n\n")
        if _are_apart(blocks) or has_odd_headline(text, blocks):
            return False
        return all(_kind(block) != DISGUISED for block in blocks)
    blocks = [_block_at(text, len(text) * look // (LOOKS - 1)) for look in range(LOOKS)]
    kinds = {_kind(block) for block in blocks}
    if "\n" in text and _are_apart(blocks):
        return False
    return DISGUISED not in kinds and (FOREIGN not in kinds or _has_plain_anchors(text))


def _are_apart(blocks: list[str]) -> bool:
    """Whether the lines of a text are apart: a blank line behind each, or between a header and its calls."""
    for header, block in pairwise(blocks):
        if header.endswith("]:") and "\n" not in header and ")\n\t" in block and not block.startswith("goroutine "):
            return True
    return len(blocks) > 2 and not any("\n" in block.strip("\n") for block in blocks[1:-1])  # noqa: PLR2004


def _block_at(text: str, position: int) -> str:
    """The first block that begins behind a position; if none begins soon, the lines from there on."""
    if not position:
        return _block_from(text, 0)
    start = text.find("\n\n", position, position + LONGEST_BLOCK) + 2
    if start < 2 and position + LONGEST_BLOCK > len(text):  # noqa: PLR2004 - no block begins any more
        start = text.rfind("\n\n", max(len(text) - LONGEST_BLOCK, 0), len(text) - 2) + 2
    if start < 2:  # noqa: PLR2004
        start = text.find("\n", min(position, len(text) - LONGEST_BLOCK)) + 1
    return _block_from(text, start)


def _block_from(text: str, start: int) -> str:
    """The lines up to the next blank line; of a very long block only the beginning, up to a location."""
    end = text.find("\n\n", start, start + LONGEST_BLOCK)
    if end >= 0:
        return text[start:end]
    block = text[start : start + LONGEST_BLOCK]
    if start + LONGEST_BLOCK >= len(text):
        return block
    place = block.rfind("\n\t", 0, block.rfind("\n"))
    return block[: block.find("\n", place + 1) if place >= 0 else block.rfind("\n")]


def _kind(block: str) -> str:
    block = block.strip("\n")
    if " profile: total " in block and _ODD_TOTAL.search(block):
        return DISGUISED
    if (not block.isascii() and _ODD_SIGN.search(block)) or is_marked(block) or is_mangled(block):
        return DISGUISED
    if _HEADER_START.match(block):
        return _kind_of_goroutine(block)
    if _is_upside_down(block) or _begins_with_quote(block) or SEVERAL.match(block) or COUNTED.match(block):
        return DISGUISED
    if block.startswith("# runtime.MemStats"):
        return PLAIN if _is_plain_memstats(block) else DISGUISED
    if any(word in block for word in _RETOLD):
        return DISGUISED
    if not any(needle in block for needle in NEEDLES):
        is_drawn = ".(*" in block and (_DRAWN.search(block) or WAITS.match(block))
        return DISGUISED if is_drawn or "runtime.gopark" in block else FOREIGN
    if _is_plain_profile(block):
        return PLAIN
    if (
        any(mark in block for mark in _REWRITTEN)
        or " @ 0x" in block
        or (" profile: total " in block and (" @ " in block or " @\n" in block))
    ):
        return DISGUISED  # a sample between lines that are not a profile's
    return FOREIGN if _has_plain_anchors(block) and not _is_spaced(block) else DISGUISED


def _begins_with_quote(block: str) -> bool:
    """Whether the first line begins with a quotation mark that is not closed in it (as it is in a quoted message)."""
    if block[:1] not in QUOTES or not block.startswith(_FIRST_WORDS, 1):
        return False
    return block[0] not in block[1:].partition("\n")[0]


def _is_upside_down(block: str) -> bool:
    """Whether the last line of a block is one with which a goroutine or a sample begins."""
    last = block[block.rfind("\n") + 1 :]
    if last.startswith("goroutine "):
        return last.endswith("]:") and (block.startswith("\t") or "\n\t" in block)
    return " @" in last and last[0].isdigit() and block.startswith("#\t")


def _is_plain_memstats(block: str) -> bool:
    noted = not block.isascii() or "(" in block or _NOTED_STATISTIC.search(block)
    is_title_alone = block.partition("\n")[0] == "# runtime.MemStats"
    return is_title_alone and not noted and block.count("\n# ") == block.count("\n") and not _has_stray_blanks(block)


def _has_stray_blanks(block: str) -> bool:
    """Whether a line begins or ends with a space."""
    return "\n " in block or " \n" in block or "\n\t " in block or block.endswith(" ")


def _is_spaced(block: str) -> bool:
    """Whether frames or locations have spaces or nothing before them, or Markdown's fence below them.

    The race detector itself prints spaces.
    """
    if "\n```" in block or "\n+0x" in block or (" @ 0x" in block and any(mark in block for mark in _SPACED_FRAMES)):
        return True
    if " +0x" not in block:
        return False
    is_races = "()\n      " in block and "()\n       " not in block
    return ("\n  " in block and not is_races) or _FLUSH_PLACE.search(block) is not None


def _kind_of_goroutine(block: str) -> str:
    """The kind of a goroutine's block: plain if pairs of call and location (behind a tab) follow its header."""
    if not block[10:11].isdigit() or SEVERAL.match(block) or block.find(" ... [", 0, 40) > 0 or MASKED_GP.match(block):
        return PLAIN if block.startswith("goroutine running on") else DISGUISED
    if _has_stray_blanks(block) or any(mark in block for mark in (*_SUSPICIOUS, *_BEHIND_MARKS)):
        return DISGUISED
    head = block.find("\n")
    if not block.endswith(("]:", "}:"), 0, head if head >= 0 else len(block)) or block[-1] in _NEVER_LAST:
        return DISGUISED
    if _ODD_PLACE.search(block) or _NOTED_PLACE.search(block) or _has_noted_calls(block):
        return DISGUISED
    odd = block.count("\n") - 2 * block.count("\n\t")
    if odd > 0:
        odd -= sum(block.count(mark) for mark in _MAY_STAND_ALONE)
    if odd <= 0:
        return PLAIN if not _glued(block) else DISGUISED
    last = block.rfind("\n\t")
    tail = block[block.find("\n", last + 1) + 1 :] if last >= 0 else ""
    if tail.count("\n") + 1 == odd and tail.startswith(_BEHIND_DUMPS):
        return PLAIN
    return DISGUISED


def _has_noted_calls(block: str) -> bool:
    """Whether a remark stands behind a call; a `created by` line may end in anything."""
    places = block.count("\n\t") - block.count(":\n\t")
    return places - block.count(")\n\t") > block.count("\ncreated by ") or ") (" in block or ")  (" in block


def _glued(block: str) -> bool:
    """Whether another goroutine follows without a blank line between them."""
    return "\ngoroutine " in block and "\ngoroutine running on" not in block


def _is_plain_profile(block: str) -> bool:
    """Whether a block holds only samples, titles, and frames that begin with "#" and a tab."""
    if _has_stray_blanks(block) or any(mark in block for mark in (*_SUSPICIOUS, *_NOTED)):
        return False
    if block.count("] @") > block.count(" [") or block[-1] not in _LAST_OF_PROFILES:
        return False  # a note behind a count, or behind a line
    if (
        _ODD_ADDRESSES.search(block)
        or _NOTED_FRAME.search(block)
        or _BLANK_BEHIND_OFFSET.search(block)
        or ("cycles/second=" in block and _ODD_NUMBER.search(block))
    ):
        return False
    frames = block.count("\n#\t")
    bare = block.count("\n#\t0x0\n") + block.endswith("\n#\t0x0")
    if block.count("\t") < 3 * frames - 2 * bare:
        return False
    lines = block.count("\n") + 1
    samples = block.count(" @ 0x") + block.count(" @\n") + block.endswith(" @")
    others = sum(block.count(mark) for mark in _BETWEEN_SAMPLES)
    title = block[:300].partition("\n")[0]
    name = title.partition(" profile: total ")[0]
    if name != title and (name.endswith(_BEHIND_PREFIX) or not {*name}.isdisjoint("|\"`'") or not title[-1:].isdigit()):
        return False
    if title.startswith("heap profile: ") and _is_odd_title(title):
        return False
    titles = title.startswith("heap profile: ") or (title.startswith("--- ") and title.endswith(":")) or name != title
    return frames + samples + others + titles == lines


def _is_odd_title(title: str) -> bool:
    """Whether somebody has put notes into the title of a heap profile, or behind it."""
    return title.rfind(" ") > title.find("@ ") + 1 or title.count("[") > 1 or not title.isascii()


def _has_plain_anchors(text: str) -> bool:
    """Whether every anchor begins its line, and the lines below it are as Go prints them."""
    for anchor in anchors(text):
        if anchor.column and not may_stand_behind(text, anchor):
            return False
        if anchor.kind == HEADER and _kind_of_goroutine(_block_from(text, anchor.position).rstrip("\n")) == DISGUISED:
            return False
        if anchor.kind == TITLE and not _is_plain_below_title(text, anchor.position):
            return False
        if anchor.kind == MESSAGE and not anchor.column and is_odd(text, anchor.position):
            return False
        if anchor.kind == LEAKED and _is_odd_leak(text[anchor.position : anchor.position + 2000]):
            return False
        if anchor.kind == RACE and not text.startswith("\n", anchor.position + len("WARNING: DATA RACE")):
            return False
        if anchor.kind in OF_OTHERS and (_goes_on(text, anchor.position) or is_between_stamps(text, anchor.position)):
            return False
    return True


def _goes_on(text: str, start: int) -> bool:
    """Whether something stands behind a line of another tool, the end of which is known."""
    line = END.match(text, start)
    return line is not None and not text.startswith("\n", line.end()) and line.end() < len(text)


def _is_odd_leak(report: str) -> bool:
    """Whether spaces stand where goleak prints tabs, or a mask where it prints the goroutine's number."""
    return "\n  " in report or not report.lstrip(" [").startswith(tuple(f"Goroutine {digit}" for digit in "123456789"))


def _is_plain_below_title(text: str, start: int) -> bool:
    if text.startswith("cycles/second=", start):
        return text[text.rfind("\n", 0, start - 1) + 1 : start].startswith("--- ")
    return not text.startswith("# runtime.", start) or _is_plain_memstats(_block_from(text, start).rstrip("\n"))
