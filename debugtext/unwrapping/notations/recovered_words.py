"""Puts what a panic said above its stack, where a program has recovered and logged both in words of its own.

    job panicked: runtime error: invalid memory address or nil pointer dereference
    goroutine 17 [running]:
    runtime/debug.Stack()
        /usr/local/go/src/runtime/debug/stack.go:26 +0x5e
    main.worker.func1()
        /src/main.go:10 +0x3d
    panic({0x55b740?, 0x6cbc90?})

The stack proves that it was a panic. Its words stand on the line above, or in other fields of the same record; they are
written as Kubernetes' HandleCrash writes them, which the format of crashes knows.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from debugtext.formats._crash_lines import FATALS, PANICS
from debugtext.formats._crash_lines import kind_of as crash_kind_of
from debugtext.text import Piece
from debugtext.unwrapping.lines.go_lines import kind_of, pasted
from debugtext.unwrapping.notations.escapes import unescaped

PANICKING = "\npanic("
_RECOVERED = "Recovered from panic: "
_RUNTIME_ERROR = "runtime error: "
LONGEST_LINE, LONGEST_STACK = 2_000, 1 << 14
MOST_STACKS, MOST_TITLES, MOST_LINES_ABOVE = 1_000, 2, 8

_HEADER = re.compile(r"goroutine [0-9]{1,19} \[running[^\]\n]{0,80}\]:$", re.MULTILINE)
_TITLE = re.compile(r"[ \t]*(?:[A-Za-z][A-Za-z ]{0,30}:[ \t]*)?")
"""What may stand between the words and the stack: `Panic stack:`, or nothing."""
_FIELD = re.compile(
    r'(?:"(?P<name>[^"\\\n]{1,60})"\s*:\s*|(?<![\w.@-])(?P<word>[\w.@-]{1,60})=)'
    r'(?:"(?P<string>[^"\\\n]*(?:\\.[^"\\\n]*)*)"|(?P<bare>[^\s",{}\[\]]{1,400}))'
)
_NAMES = (
    re.compile(r"(?:\w+[._])?(?:panic|recover)\w*", re.IGNORECASE),
    re.compile(r"(?:\w+[._])?(?:err|error|exception|cause|reason)(?:[._]?(?:message|msg|value))?", re.IGNORECASE),
)
"""Names of fields, those first which hardly hold anything else than what a panic said."""
_NO_WORDS = frozenset(("", "true", "false", "null", "nil"))


def with_recovered_words(piece: Piece) -> Piece:
    """The piece with such words as a headline; itself if there are none."""
    text = piece.text
    parts: list[str] = []
    position = 0
    for start, end in _places(text):
        if start >= position and (words := _above(text, start, end)):
            parts += [text[position:start], _RECOVERED, words, "\n" * text.count("\n", start, end)]
            position = end
    return piece.with_text("".join((*parts, text[position:])))


def recovered_words(fields: str, stack: str) -> str:
    """The headline of a stack that stands in a field of a record, by the record's others; nothing if it needs none."""
    if PANICKING not in stack or not _HEADER.match(stack):
        return ""
    words = _in_fields(fields)
    return f"{_RECOVERED}{words}\n" if words else ""


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where the line begins that may hold the words, and where the header of the stack below it does."""
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
    """The beginning of the first line above a place that is no title, and not blank."""
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
    """What the panic said by the line at a place above its stack."""
    line = text[start : text.find("\n", start)]
    if start == end or kind_of(line) or crash_kind_of(line) or _is_in_message(text, start):
        return ""
    is_near = text.find("\n\n", start, end) < 0
    record = _record(text, start) if line.lstrip().startswith('"') else line
    if words := _in_fields(record, _NAMES if is_near else _NAMES[:1]):
        return words
    said = line.find(_RUNTIME_ERROR)
    if said >= 0:
        return line[said:].rstrip()
    match = pasted("PANIC_SAID").fullmatch(line)
    words = match["panic_words"].strip() if match else ""
    return "" if words.lower() in _NO_WORDS else words


def _record(text: str, start: int) -> str:
    """The fields above a place in a JSON document that has each on a line of its own, and the one there."""
    lines = text[max(start - LONGEST_LINE, 0) : text.find("\n", start)].split("\n")
    own = takewhile(lambda line: line.lstrip().startswith('"') and _FIELD.search(line), reversed(lines))
    return "\n".join(own)


def _is_in_message(text: str, start: int) -> bool:
    """Whether the line belongs to the message of a crash whose headline is above it."""
    above = text[max(start - LONGEST_LINE, 0) : start].split("\n")[:-1]
    for line in above[: -MOST_LINES_ABOVE - 1 : -1]:
        if not line.strip():
            return False
        if crash_kind_of(line) in (*PANICS, *FATALS):
            return True
    return False


def _in_fields(line: str, wanted: tuple[re.Pattern[str], ...] = _NAMES) -> str:
    """What a panic said by the fields of a record: `"err":"runtime error: …"`, `panic=boom`."""
    fields = [
        (field["name"] or field["word"], unescaped(field["string"]) if field["bare"] is None else field["bare"])
        for field in _FIELD.finditer(line)
    ]
    fields = [(name, words.partition("\n")[0].strip()) for name, words in fields]
    for _, words in fields:
        if _RUNTIME_ERROR in words:
            return words[words.index(_RUNTIME_ERROR) :]
    for names in wanted:
        for name, words in fields:
            if names.fullmatch(name) and words.lower() not in _NO_WORDS:
                return words
    return ""
