"""Puts a panic's message above its stack as a headline, where a program recovered and logged both in its own way.

    job panicked: runtime error: invalid memory address or nil pointer dereference
    goroutine 17 [running]:
    runtime/debug.Stack()
        /usr/local/go/src/runtime/debug/stack.go:26 +0x5e
    main.worker.func1()
        /src/main.go:10 +0x3d
    panic({0x55b740?, 0x6cbc90?})

The stack proves that it was a panic. The message stands on the line above (or on several), or in other fields of the
record. It is written as Kubernetes' HandleCrash does, which the crash format reads: `Recovered from panic: …`.

    error: runtime error: index out of range [3] with length 1
    goroutine 1 [running]:
    main.load(...)

A runtime error is always a panic; without `panic(` in the stack, the program has not recovered.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from debugtext.formats.crash_lines import FATALS, PANICS
from debugtext.formats.crash_lines import terminal_of as crash_terminal_of
from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.go_lines import pasted, token_of
from debugtext.unwrapping.lines.plain_headlines import goes_on, is_behind_words
from debugtext.unwrapping.notations.escapes import unescaped

PANICKING = "\npanic("
_CHAINED, _AGAIN = "CHAINED_PANIC", "\tpanic: "
"""A line that reports a second panic after the first: the program has not recovered."""
_RECOVERED, _PANIC = "Recovered from panic: ", "panic: "
_RUNTIME_ERROR = "runtime error: "
LONGEST_LINE, LONGEST_STACK = 2_000, 1 << 14
MOST_STACKS, MOST_TITLES, MOST_LINES_ABOVE = 1_000, 2, 8

_HEADER = re.compile(r"goroutine [0-9]{1,19} \[running[^\]\n]{0,80}\]:$", re.MULTILINE)
_TITLE = re.compile(r"[ \t]*(?:[A-Za-z][A-Za-z ]{0,30}:[ \t]*|(?:> )?\w{0,20}(?:stack|trace)\w{0,20}=<?)?")
"""What may stand between the message and the stack: `Panic stack:`, the name of a field, or nothing."""
_STACK_FIELD = re.compile(
    r"(?:(?<![ \t,;])[ \t,;]+\w{0,20}(?:stack|trace)\w{0,20}[ \t]*[=:]|(?<![ \t])[ \t]+[\[({<])[ \t]*$"
)
"""The rest of a record's syntax behind the message, if the stack was its next field."""
_OPEN_FIELD = re.compile(r"(?:[^\n]*[ \t])?(?P<name>[\w.@-]{1,60})=<?")
"""The name of a field whose value stands on the lines below, as klog and hclog write it."""
_FIELD = re.compile(
    r'(?:(?:"(?P<within>[^"\\\n]{1,60})"\s*:\s*\{\s*)?"(?P<name>[^"\\\n]{1,60})"\s*:\s*'
    r"|(?<![\w.@-])(?P<word>[\w.@-]{1,60})=)"
    r'(?:"(?P<string>[^"\\\n]*(?:\\.[^"\\\n]*)*)"|(?P<bare>[^\s",{}\[\]]{1,400}))'
)
_NAMES = (
    re.compile(r"(?:\w+[._])?(?:panic|recover)\w*", re.IGNORECASE),
    re.compile(r"(?:\w+[._])?(?:err|error|exception|cause|reason)(?:[._]?(?:message|msg|value))?", re.IGNORECASE),
)
"""Names of fields that may hold the message; those of the first expression hardly hold anything else."""
_NO_WORDS = frozenset(("", "true", "false", "null", "nil"))


def with_recovered_words(piece: Piece) -> Piece:
    """The piece with such messages as headlines; the same piece if there are none."""
    text = piece.text
    parts: list[str] = []
    position = 0
    for start, end, headline in sorted((*_headlines(text), *_runtime_errors(text))):
        if start >= position:
            missing = text.count("\n", start, end) - headline.count("\n")
            parts += [text[position:start], headline, "\n" * missing]
            position = end
    return piece.with_text("".join((*parts, text[position:])))


def _headlines(text: str) -> Iterator[tuple[int, int, str]]:
    """The start and end of the lines that hold a message, and the headline that replaces them."""
    for start, end in _places(text):
        if words := _above(text, start, end):
            yield start, end, _RECOVERED + words.partition("\n")[0]
        elif start < end and (further := _further_above(text, start, end)):
            yield further


def _runtime_errors(text: str) -> Iterator[tuple[int, int, str]]:
    """The same for a runtime error behind other words, above the goroutine that panicked."""
    position = text.find(_RUNTIME_ERROR)
    for _ in range(MOST_STACKS):
        if position < 0:
            break
        start, end = text.rfind("\n", 0, position) + 1, text.find("\n", position)
        if is_behind_words(text, start, position) and crash_terminal_of(text[start:end]) is None:
            yield start, end, _PANIC + text[position:end]
        position = text.find(_RUNTIME_ERROR, position + 1)


def recovered_words(fields: str, stack: str) -> str:
    """The headline for a stack in a field of a record, from the other fields; '' if they hold no message."""
    if PANICKING not in stack or not _HEADER.match(stack):
        return ""
    words = _in_fields(fields)
    return f"{_RECOVERED}{words}\n" if words else ""


def _places(text: str) -> Iterator[tuple[int, int]]:
    """The start of the line that may hold the message, and the start of the header of the stack below."""
    position = text.find(PANICKING)
    for _ in range(MOST_STACKS):
        if position < 0:
            break
        header = text.rfind("goroutine ", max(position - LONGEST_STACK, 0), position)
        is_header = header > 0 and text[header - 1] == "\n" and _HEADER.match(text, header)
        if is_header and text.find("\n\n", header, position) < 0:
            yield _line_above(text, header), header
        position = text.find(PANICKING, position + 1)


def _line_above(text: str, end: int) -> int:
    """The start of the nearest line above `end` that is neither a title nor blank."""
    start = end
    for _ in range(MOST_TITLES + 1):
        if not start:
            break
        line = text.rfind("\n", 0, start - 1) + 1
        if start - line > LONGEST_LINE:
            break
        start = line
        if not _TITLE.fullmatch(text, start, text.find("\n", start)):
            break
    return start


def _above(text: str, start: int, end: int) -> str:
    """The panic's message in the line at `start`; '' if the line holds none."""
    line = text[start : text.find("\n", start)]
    if start == end or token_of(line) or crash_terminal_of(line) or _is_in_message(text, start):
        return ""
    is_near = text.find("\n\n", start, end) < 0
    record = _record(text, start) if line.lstrip().startswith('"') else line
    if words := _in_fields(record, _NAMES if is_near else _NAMES[:1]):
        return words
    said = line.find(_RUNTIME_ERROR)
    if said >= 0:
        return line[said:].rstrip()
    return _said_in(line)


def _said_in(line: str) -> str:
    """The message in a line of prose about a panic; '' if it holds none."""
    match = pasted("PANIC_SAID").fullmatch(line)
    words = _STACK_FIELD.sub("", match["panic_words"].strip()) if match else ""
    return "" if words.lower() in _NO_WORDS else words


def _further_above(text: str, last: int, end: int) -> tuple[int, int, str] | None:
    """A message of several lines, the last of which begins at `last`: its start, its end, and the headline."""
    start = last
    for _ in range(MOST_LINES_ABOVE):
        line = text[start : text.find("\n", start)]
        if (
            not line.strip()
            or len(line) > LONGEST_LINE
            or token_of(line)
            or crash_terminal_of(line) not in (None, _CHAINED)
        ):
            break
        below = text.find("\n", start) + 1
        if start < last and crash_terminal_of(line) is None:
            more = _STACK_FIELD.sub("", text[below : text.find("\n", last)])
            field = _OPEN_FIELD.fullmatch(line)
            if field is not None and any(names.fullmatch(field["name"]) for names in _NAMES):
                return below, end, _RECOVERED + more
            if (said := _said_in(line)) and goes_on(line.partition(said)[0], more):
                first = _PANIC if f"\n{_AGAIN}" in f"\n{more}" else _RECOVERED
                return start, end, f"{first}{said}\n{more}"
        if not start:
            break
        start = text.rfind("\n", 0, start - 1) + 1
    return None


def _record(text: str, start: int) -> str:
    """The field at `start` and those above it, in a JSON document with a line for each field."""
    lines = text[max(start - LONGEST_LINE, 0) : text.find("\n", start)].split("\n")
    own = takewhile(lambda line: line.lstrip().startswith('"') and _FIELD.search(line), reversed(lines))
    return "\n".join(own)


def _is_in_message(text: str, start: int) -> bool:
    """Whether the line at `start` continues the message of a crash whose headline is above it."""
    above = text[max(start - LONGEST_LINE, 0) : start].split("\n")[:-1]
    for line in above[: -MOST_LINES_ABOVE - 1 : -1]:
        if not line.strip():
            return False
        if crash_terminal_of(line) in (*PANICS, *FATALS):
            return True
    return False


def _in_fields(line: str, wanted: tuple[re.Pattern[str], ...] = _NAMES) -> str:
    """The panic's message in the fields of a record: `"err":"runtime error: …"`, `panic=boom`; '' if there is none."""
    fields = [
        (_name(field), (unescaped(field["string"]) if field["bare"] is None else field["bare"]).strip())
        for field in _FIELD.finditer(line)
    ]
    for _, words in fields:
        if _RUNTIME_ERROR in words.partition("\n")[0]:
            return words[words.index(_RUNTIME_ERROR) :]
    for names in wanted:
        for name, words in fields:
            if names.fullmatch(name) and words.lower() not in _NO_WORDS:
                is_said = words.lower().startswith(("panic", "recovered"))
                return (_said_in(words.partition("\n")[0]) if is_said else "") or words
    if wanted is not _NAMES:
        return ""
    first_lines = ((words.partition("\n")[0], words) for _, words in fields)
    said = ((_said_in(line), line, words) for line, words in first_lines)
    return next((words[len(line) - len(said) :] for said, line, words in said if said), "")


def _name(field: re.Match[str]) -> str:
    """The name of a field; that of its object stands before it, if it is the first field of one."""
    return f"{field['within']}.{field['name']}" if field["within"] else field["name"] or field["word"]
