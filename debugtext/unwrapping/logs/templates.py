r"""Generalises a prefix: parts of it that change from line to line (a time, a counter) become character classes.

    2026-11-21T02:10:53.000000004Z stderr F goroutine 1 [running]:

Its prefix becomes `N-N-NTN:N:N.NZ stderr F `, where N is some digits: a time is generalised token by token, so that
times of another shape need another template. There are three levels, the most exact first: only times are free; all
numbers; all words. Each class is followed by a character that it does not contain, so that no expression backtracks.
"""

import re
from collections.abc import Iterator

LONGEST_PREFIX = 400
WIDEST_BULLET = 13

_TIME = (
    r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:[T ][0-9]{1,2}:[0-9]{2}:[0-9]{2})?"
    r"|[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +[0-9]{1,2}(?= )"
    r"|[0-9]{1,2}[/-](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[/-][0-9]{2,4}"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
    r"|[0-9]{8}[T-][0-9]{6}"
    r"|(?<![\w.])[0-9]{9,19}(?![\w])"
    r"|(?<![\w])[IWEF][0-9]{4}(?= )"
    r"|(?<=\[) *[0-9]+\.[0-9]+(?=\])"
    r"|^ *[0-9]+(?=[\t:|.)])"  # an editor's line numbers
)
_LEVEL = (
    r"(?<![\w.])(?:[Tt]race|TRACE|[Dd]ebug|DEBUG|[Ii]nfo|INFO|[Nn]otice|NOTICE|[Ww]arn(?:ing)?|WARN(?:ING)?"
    r"|[Ee]rror|ERROR|[Ff]atal|FATAL)(?![\w.]) *"
)
_WHOLE_TIME = rf"(?:{_TIME})(?:[.,][0-9]+)?(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?"
TIMES = re.compile(_WHOLE_TIME)
_TIME_OR_TEXT = re.compile(rf"(?P<time>{_WHOLE_TIME})|(?P<level>{_LEVEL})|(?P<text>.)", re.DOTALL)
_NUMBERS = re.compile(r"(?P<number>(?<! ) *[0-9]+)|(?P<text>[^0-9])")
_WORDS = re.compile(r"(?P<word>\w+)|(?P<blank> +)|(?P<text>[^\w ])")
_NAME = r"\w+(?:[.-]\w+)*"
"""The name of a process or machine: `web-1` beside `db`, `linux-amd64` beside `windows`."""
_NAMES = re.compile(rf"(?P<word>{_NAME})|(?P<blank> +)|(?P<text>[^\w ])")
_GREPPED = re.compile(r"(?<!\S)(?:(?P<file>[^\s:]*[^\s:-])(?P<sign>[:-]))?[0-9]{1,9}(?(sign)(?P=sign)|[:-])$")
_LETTERS_OR_DIGITS = re.compile(r" *[0-9]+|[A-Za-z]+|[^0-9A-Za-z]")


def templates(prefix: str) -> Iterator[str]:
    """Regular expressions for this prefix in other lines, the most exact first."""
    seen = set()
    body = prefix.lstrip(" ")
    indent = " *" if body[:1].isdigit() else indents(prefix[: len(prefix) - len(body)])
    for expression in (_times_free(body), _numbers_free(body), _words_free(body)):
        if expression not in seen:
            seen.add(expression)
            yield indent + expression.removeprefix(" *")  # of two runs side by side, each length would be tried


def stripped_template(expression: str, prefix: str) -> str:
    """The expression, which also matches an empty line of a log that lacks the spaces at the prefix's end."""
    body = prefix.rstrip(" ")
    blanks = len(prefix) - len(body)
    if prefix.endswith("\t") and prefix.strip() and expression.endswith(re.escape("\t")):
        return f"{expression.removesuffix(re.escape(chr(9)))}(?:\t|$)"
    if not body or not blanks:
        return expression
    tail = re.escape(" " * blanks)
    ending = f"(?:{tail}|$)" if blanks == 1 else f"(?:{tail}| {{0,{blanks - 1}}}$)"
    return f"{expression[: -len(tail)]}{ending}" if expression.endswith(tail) else expression


def indents(prefix: str) -> str:
    """An expression for an indent; the first line may have a list's bullet in it."""
    width = len(prefix)
    if prefix != " " * width or not 1 < width < WIDEST_BULLET:
        return re.escape(prefix)
    return f"(?: {{{width}}}|[-*+] {{{width - 1}}}|[0-9]{{1,2}}[.)] {{{max(width - 3, 0)},{width - 2}}})"


def sibling(prefix: str) -> str:
    """An expression for the prefixes of other processes in the same log: all words may differ."""
    return stripped_template(_words_free(prefix, _NAMES, _NAME), prefix)


def _times_free(prefix: str) -> str:
    """The prefix with only its times, levels, and what grep puts before lines generalised."""
    found = _GREPPED.search(prefix)
    if found:  # grep prints another sign behind the numbers of lines around a match
        file = f"{re.escape(found['file'])}[:-]" if found["file"] else ""
        return f"{_times_free(prefix[: found.start()])}{file}[0-9]+[:-]"
    parts = []
    for match in _TIME_OR_TEXT.finditer(prefix):
        if match["time"]:
            before = prefix[: match.start()][-1:]
            for word in _LETTERS_OR_DIGITS.findall(match["time"]):
                parts.append(_class(word, before))
                before = word[-1]
        elif match["level"]:
            parts.append("[A-Za-z]+ *")
        else:
            parts.append(re.escape(match["text"]))
    return "".join(parts)


def _class(word: str, before: str) -> str:
    """The class of a token of a time; `before` is the character before it."""
    if word[-1].isdecimal():
        return _number(word, before)
    if word.isalpha() and len(word) > 1:
        return "[A-Za-z]+"
    return "[IWEF]" if word in "IWEF" else re.escape(word)


def _number(number: str, before: str) -> str:
    """An expression for a number, which some logs pad with spaces; it never runs into a number before it."""
    if number[0] == " ":
        return " *[0-9]+" if before and not before.isalnum() else " +[0-9]+"
    return " *[0-9]+" if before in ("", "[") else "[0-9]+"


def _numbers_free(prefix: str) -> str:
    parts = []
    for match in _NUMBERS.finditer(prefix):
        number = match["number"]
        parts.append(_number(number, prefix[: match.start()][-1:]) if number else re.escape(match["text"]))
    return "".join(parts)


def _words_free(prefix: str, words: re.Pattern[str] = _WORDS, word: str = r"\w+") -> str:
    parts = []
    for match in words.finditer(prefix):
        if match["word"]:
            parts.append(word)
        elif match["blank"]:
            parts.append(" +" if match.end() < len(prefix) else re.escape(match["blank"]))
        else:
            parts.append(re.escape(match["text"]))
    return "".join(parts)
