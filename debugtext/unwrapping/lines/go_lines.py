"""Says which kind of line printed by Go a line is; the shapes of these lines are terminals of the grammars."""

from functools import lru_cache, partial

from debugtext.formats.grammar import ALIKE, terminal, whichever

LONGEST_LINE = 100_000
"""Longer lines are FOREIGN: matching them against many shapes would take too long."""
LONGEST_REMEMBERED = 1_000
"""The kinds of longer lines are not cached: many such lines would fill the memory."""

_ALIKE_BYTES = bytes(ALIKE.get(byte, byte) for byte in range(256))
"""ALIKE for bytes, for many lines at once: translating bytes is fast even if some letters are not ASCII."""

HEADER, CALL, PLACE, CREATED, ALONE = "header", "call", "place", "created", "alone"
TITLE, SAMPLE, FRAME, LABELS, STATISTIC = "title", "sample", "frame", "labels", "statistic"
CRASH, REPORT, LEAKED, BLANK, FOREIGN = "crash", "report", "leaked", "blank", ""
STACK_LINES = frozenset((HEADER, CALL, PLACE, CREATED, ALONE))
SURE_LINES = frozenset((HEADER, PLACE, CREATED, ALONE, TITLE, SAMPLE, FRAME, LABELS, STATISTIC, REPORT, LEAKED))

pasted = partial(terminal, "pasted_lines")
_RACE_LINES = (("race", "WARNING"), ("race", "ACCESS"), ("race", "CREATION"), ("race", "BAR"))
_LEAKED_LINES = (("goleak", "GOLEAK"), ("goleak", "LEAKTEST"), ("goleak", "INSTANCES"), ("goleak", "TOO_MANY"))
_LOCK_LINES = tuple(
    ("lock_report", name)
    for name in ("TITLE", "PREVIOUS", "WAITED", "BEFORE", "AFTER", "CALLERS", "HOLDERS", "CURRENT", "LOCK")
)
_RECOVERED_LINES = (("recovered", "COUNTED_PLACE"), ("recovered", "ARROW"), ("recovered", "PRETTY"))
_LISTED_LINES = (("delve", "GOROUTINE"), ("delve", "CALL"), ("panicparse", "BUCKET"), ("panicparse", "FRAME"))
_TABLE_LINES = (("pprof_top", "COLUMNS"), ("pprof_top", "ROW"))
_REPORT_LINES = (*_RACE_LINES, *_LOCK_LINES, *_RECOVERED_LINES, *_LISTED_LINES, *_TABLE_LINES)
_CRASH_BEGINNINGS = ("panic: ", "fatal error: ", "SIG", "PC=", "[signal ", "exit status ", "runtime: ")
_NEVER_IN_CALLS = (" +0x", "@ ", "]: ", " profile: ", ") (", ")  (")
_OTHER_BEGINNINGS = ("goroutine ", "created by ", "cycles/second=", "sampling period=", *_CRASH_BEGINNINGS)
_ADDRESSED = (("heap", "SAMPLE"), ("counts", "SAMPLE"), ("contention", "SAMPLE"))
_STATISTICS = ("MEMSTATS_TITLE", "NUMBER", "PAIR", "TIMES", "FRACTION", "FLAG")
_TITLES = (("heap", "HEADER"), ("counts", "HEADER"), ("contention", "TITLE"), ("contention", "ATTRIBUTE"))


def _is(line: str, *shapes: tuple[str, str]) -> bool:
    return whichever(*shapes).fullmatch(line) is not None


def token_of(line: str) -> str:
    """The kind of a line that stands as Go prints it; FOREIGN if it is none of Go's."""
    return _token_of(line.translate(ALIKE)) if len(line) <= LONGEST_REMEMBERED else _token_of.__wrapped__(line)


def tokens_of(lines: list[str]) -> list[str]:
    """The kind of each line; lines that differ only in digits are looked at once."""
    text = "\n".join(lines).encode(errors="surrogatepass").translate(_ALIKE_BYTES).decode(errors="surrogatepass")
    alike = text.split("\n") if lines else []
    return [_token_of(line) if len(line) <= LONGEST_REMEMBERED else _token_of.__wrapped__(line) for line in alike]


@lru_cache(maxsize=1 << 15)
def _token_of(line: str) -> str:
    if not line or line.isspace():
        return BLANK
    if len(line) > LONGEST_LINE:
        return FOREIGN
    first = line[0]
    if first == "\t":
        return (
            PLACE
            if _is(line + "\n", ("dump", "LOCATION"), ("dump", "UNAVAILABLE"), ("dump", "C_LOCATION"))
            else _token_of_report(line)
        )
    if first == "#":
        return _kind_below_sample(line)
    if line.endswith(")") and _is_call(line):
        return CALL
    if " @" in line and (first.isdigit() or first == "-") and _is(line, *_ADDRESSED):
        return SAMPLE
    return _kind_by_beginning(line)


def _is_call(line: str) -> bool:
    """Whether a line that ends in a bracket is a call, rather than a whole dump on one line, or a message."""
    if not (line[0].isalnum() or line.startswith(("_", ".../", "…/"))):
        return False  # an arrow, a bullet
    told_apart = any(sign in line for sign in _NEVER_IN_CALLS) or line.startswith(_OTHER_BEGINNINGS)
    return not told_apart and _is(line + "\n", ("dump", "CALL"))


def _kind_below_sample(line: str) -> str:
    if _is(line, ("go_tokens", "FRAME"), ("go_tokens", "BARE_ADDRESS")):
        return FRAME
    if _is(line, ("go_tokens", "LABELS")):
        return LABELS
    return STATISTIC if _is(line, *(("memstats", name) for name in _STATISTICS)) else FOREIGN


def _kind_by_beginning(line: str) -> str:
    if line.startswith("goroutine ") and _is(line + "\n", ("dump", "HEADER")):
        return HEADER
    if line.startswith("created by "):
        return CREATED if _is(line + "\n", ("dump", "CREATED_BY")) else FOREIGN
    if line.startswith(("...", "[origin", "non-Go ")) and _is(
        line + "\n", ("dump", "ELIDED"), ("dump", "ANCESTOR"), ("dump", "C_PC")
    ):
        return ALONE
    if line.startswith(_CRASH_BEGINNINGS):
        return CRASH
    if _is(line + "\n", *_LEAKED_LINES):
        return LEAKED
    return TITLE if _is(line, *_TITLES) else _token_of_report(line)


def _token_of_report(line: str) -> str:
    """What the race detector and others print in forms of their own."""
    return REPORT if _is(line + "\n", *_REPORT_LINES) else FOREIGN


@lru_cache(maxsize=1 << 12)
def is_sure(line: str) -> bool:
    """Whether a line can hardly be anything but one of Go's, whatever became of its white space."""
    if token_of(line) in SURE_LINES:
        return True
    line = line.strip()
    if len(line) > LONGEST_LINE:
        return False
    if token_of(line) in SURE_LINES:
        return True
    return any(pasted(name).fullmatch(line) for name in ("ANY_HEADER", "ANY_FRAME", "ANY_PLACE"))
