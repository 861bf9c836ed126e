"""Lines and columns of the table output: wrapping, shortening, and tabulate behind one function."""

from collections.abc import Sequence
from itertools import pairwise

from debugtext.records.frames import Frame
from debugtext.renderers.untrusted import one_line

ELLIPSIS = "…"
FILLER = "\x00"
"""Stands behind a wide character while widths are counted; no shown text holds it, because `one_line` escapes it."""
TIE = "\x01"
"""Stands for a space at which a line must not be broken."""
UNITS = frozenset({"%", "B", "KiB", "MiB", "GiB", "TiB", "ns", "µs", "ms", "s", "min", "h", "d"})
_AFTER_A_UNIT = ",;:.)"
FEWEST_OF_A_FUNCTION = 24
"""The file's name is shortened before the function gets fewer columns than this: the function tells more."""
FEWEST_OF_A_FILE = 4
"""A file's name of fewer columns (`r.go`) is left out: nobody would recognize the rest."""


def display_width(text: str) -> int:
    """How many columns of a terminal the text takes: Chinese, Japanese and Korean characters take two."""
    return len(text) if text.isascii() else len(_with_fillers(text))


def _with_fillers(text: str) -> str:
    """The text with a filler behind each wide character: its length is then its width in columns."""
    if text.isascii():
        return text
    from unicodedata import east_asian_width  # noqa: PLC0415 - most texts are ASCII

    return "".join(f"{sign}{FILLER}" if east_asian_width(sign) in "WF" else sign for sign in text)


def wrapped(text: str, width: int, indent: str = "", first: str | None = None, *, whole: bool = False) -> list[str]:
    """The text on lines of this width; `first` stands before the first line, `indent` before the others.

    A word that is longer than a line is shortened, or kept if `whole`; a broken word could not be copied.
    """
    from textwrap import wrap  # noqa: PLC0415 - JSON needs none of this

    lead = indent if first is None else first
    room = max(width - max(len(indent), len(lead)), 1)
    if not whole and display_width(text) > room:
        text = " ".join(shortened_name(word, room) for word in text.split(" "))
    lines = wrap(
        _with_fillers(_tied(text)),
        width,
        initial_indent=lead,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return [line.replace(FILLER, "").replace(TIE, " ") for line in lines] or [lead.rstrip()]


def first_lines(lines: list[str], most: int, width: int) -> list[str]:
    """The first `most` lines, with an ellipsis at the end if lines are left out."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    if display_width(last) > width - 2:
        last = last.rpartition(" ")[0] or shortened_name(last, width - 2)
    return [*lines[: most - 1], f"{last} {ELLIPSIS}"]


def _tied(text: str) -> str:
    """The text in which no line will end between a number and its unit (`100 %`), or before an ellipsis."""
    words = text.split(" ")
    ties = [TIE if _belong_together(word, after) else " " for word, after in pairwise(words)]
    return "".join(f"{word}{tie}" for word, tie in zip(words, [*ties, ""], strict=True))


def _belong_together(word: str, after: str) -> bool:
    return after == ELLIPSIS or (word[-1:].isdigit() and after.rstrip(_AFTER_A_UNIT) in UNITS)


def shortened(text: str, width: int) -> str:
    """The text in at most `width` columns, if need be without its middle: `github.com/…/server.(*Hub).run`.

    More of the end is kept than of the beginning, because the end tells functions apart.
    """
    if display_width(text) <= width:
        return text
    if width <= 1:
        return ELLIPSIS[:width]
    padded = _with_fillers(text)
    tail = (width - 1) * 2 // 3
    return f"{_beginning(padded, width - 1 - tail)}{ELLIPSIS}{_end(padded, tail)}"


def beginning(text: str, width: int) -> str:
    """The text in at most `width` columns, if need be with an ellipsis for its end."""
    return text if display_width(text) <= width else f"{_beginning(_with_fillers(text), width - 1)}{ELLIPSIS}"


def _beginning(padded: str, width: int) -> str:
    """The first `width` columns of a text with fillers, without half a wide character at the end."""
    cut = padded[:width]
    return (cut[:-1] if padded[width : width + 1] == FILLER else cut).replace(FILLER, "")


def _end(padded: str, width: int) -> str:
    return padded[len(padded) - width :].replace(FILLER, "")


def shortened_path(path: str, width: int) -> str:
    """The path, or as many of its last elements as fit: `…/daemon/inspect.go:40`. Editors still find that."""
    if display_width(path) <= width:
        return path
    padded = _with_fillers(path)
    start = len(padded) - max(width - 1, 0)
    places = [place for sign in "/\\" if (place := padded.find(sign, start)) >= 0]
    return f"{ELLIPSIS}{_end(padded, len(padded) - (min(places) if places else start))}"


def shortened_name(name: str, width: int) -> str:
    """A function or path in at most `width` columns: cut at a slash if its last element fits, else in its middle."""
    if display_width(name) <= width:
        return name
    head = name[: min(_before_receiver(name), len(name.partition("[")[0]))]
    last = max(head.rfind("/"), head.rfind("\\"))
    return shortened_path(name, width) if last >= 0 and display_width(name[last:]) < width else shortened(name, width)


def short_function(function: str) -> str:
    """`server.(*Hub).run` of `github.com/acme/server.(*Hub).run`, as pprof shortens functions in its reports."""
    head, brackets, tail = function.partition("[")
    name = head[head.rfind("/", 0, _before_receiver(head)) + 1 :]
    return one_line(name + brackets + tail)


def _before_receiver(function: str) -> int:
    """The index of the first parenthesis: slashes behind it belong to a receiver or argument, not to the package."""
    bracket = function.find("(")
    return len(function) if bracket < 0 else bracket


def function_and_place(frame: Frame, width: int, *, full: bool = False) -> str:
    """`main.(*Server).handle.func1 server.go:88` in at most `width` columns: the file is shortened first.

    If `full`, nothing is shortened, and the file has its whole path.
    """
    if full:
        return f"{one_line(frame.function)} {one_line(frame.place)}".rstrip()
    function, where = short_function(frame.function), one_line(frame.short_place)
    if not where:
        return shortened(function, width)
    where = _shortened_file(where, width - min(display_width(function), FEWEST_OF_A_FUNCTION) - 1)
    return shortened(f"{shortened(function, width - display_width(where) - 1)} {where}", width)


def _shortened_file(where: str, width: int) -> str:
    """`…tor.go:38` of `collector.go:38`: only the file's name is cut, because the function does not tell the line."""
    if display_width(where) <= width:
        return where
    file, colon, line = where.rpartition(":") if where.rpartition(":")[2].isdigit() else (where, "", "")
    kept = width - len(colon + line) - 1
    end = _end(_with_fillers(file), kept) if kept >= FEWEST_OF_A_FILE else ""
    return f"{ELLIPSIS}{end}{colon}{line}"


def columns(headers: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[str]) -> list[str]:
    """The lines of a table with headers, none if it has no rows; `align` is `left` or `right` for each column."""
    if not rows:
        return []
    from tabulate import tabulate  # noqa: PLC0415 - importing it costs more than reading most texts

    # The headers go in as a row: tabulate widens every column that has a header by two.
    table = tabulate([headers, *rows], tablefmt="plain", disable_numparse=True, colalign=tuple(align))
    return [line.rstrip() for line in table.split("\n")]


def function_columns(headers: Sequence[str], rows: Sequence[list[str]], width: int | None) -> list[str]:
    """The lines of a table of numbers whose last column is a function, shortened so that each line fits."""
    numbers = len(headers) - 1
    if width is not None and rows:
        taken = sum(max(len(headers[i]), *(len(row[i]) for row in rows)) + 2 for i in range(numbers))
        rows = [[*row[:numbers], shortened(short_function(row[numbers]), width - taken)] for row in rows]
    return columns(headers, [[*row[:numbers], one_line(row[numbers])] for row in rows], ["right"] * numbers + ["left"])
