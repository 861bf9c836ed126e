"""Single signs that editors, word processors and keyboards put for others; the room `pages` knows them."""

import re

from .making import Disguised, each_line

# ---- blanks, tabs, line ends


@each_line
def crlf(index, line):
    return line + "\r"


@each_line
def trailing_spaces(index, line):
    return line + " " * (index % 4)


@each_line
def no_break_spaces(index, line):
    return line.replace("\t", "\xa0\xa0\xa0\xa0")


@each_line
def all_blanks_hard(_index, line):
    return line.replace(" ", "\xa0").replace("\t", "\xa0\xa0\xa0\xa0")


@each_line
def narrow_blanks(_index, line):
    return line.replace(" ", "\u202f") if line.startswith("goroutine ") else line


@each_line
def wide_blanks(_index, line):
    return line.replace("\t", "\u3000\u3000")


@each_line
def tabs_to_columns(index, line):
    return line.expandtabs(8)


@each_line
def tabs_to_four(index, line):
    return line.replace("\t", "    ")


@each_line
def tabs_to_one(index, line):
    return " ".join(line.split("\t")) if line.startswith("#") else line.replace("\t", " ")


@each_line
def tabs_lost(index, line):
    return " ".join(line.split()) if line.startswith("#") else line.lstrip("\t")


@each_line
def drawn_tabs(_index, line):
    return line.replace("\t", "→")


def plain_text(lines):
    """A word processor's first line in capitals, its blanks doubled."""
    return Disguised("\n".join(line.replace(" +0x", "  +0x") for line in lines) + "\n", list(range(1, len(lines) + 1)))


# ---- signs that are wide, curly, or not seen


@each_line
def wide_signs(_index, line):
    return line.translate(str.maketrans("[]():", "［］（）："))  # noqa: RUF001


@each_line
def wide_header(_index, line):
    """A header as it is typed in Chinese: wide brackets and a wide colon."""
    if not re.fullmatch(r"goroutine [0-9]+ \[[^\]]*\]:", line):
        return line
    return line.replace(" [", "［").replace("]:", "］：").replace(", ", "，")  # noqa: RUF001


@each_line
def wide_colon(_index, line):
    return f"{line[:-1]}：" if line.startswith("goroutine ") and line.endswith("]:") else line  # noqa: RUF001


@each_line
def three_dots(_index, line):
    return line.replace("...", "…")


@each_line
def long_dots(_index, line):
    return line.replace("(...)", "(…)")


@each_line
def curly_quotes(_index, line):
    return re.sub(r'"([^"]*)"', "\u201c\\1\u201d", line)


@each_line
def zero_width_blanks(_index, line):
    return line.replace("/", "/\u200b")


@each_line
def zero_width_first(_index, line):
    return f"\u200b{line}"


@each_line
def soft_hyphens(_index, line):
    return line.replace("goroutine", "gorou\xadtine")


@each_line
def byte_order_marks(_index, line):
    return f"\ufeff{line}"


@each_line
def left_to_right_marks(_index, line):
    return f"\u200e{line}\u200e"


ALL = (
    crlf,
    trailing_spaces,
    no_break_spaces,
    all_blanks_hard,
    narrow_blanks,
    wide_blanks,
    tabs_to_columns,
    tabs_to_four,
    tabs_to_one,
    tabs_lost,
    drawn_tabs,
    plain_text,
    wide_signs,
    wide_header,
    wide_colon,
    three_dots,
    long_dots,
    curly_quotes,
    zero_width_blanks,
    zero_width_first,
    soft_hyphens,
    byte_order_marks,
    left_to_right_marks,
)
