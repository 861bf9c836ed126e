"""Lines that were wrapped, joined, lost or doubled; the room `joined` puts them right."""

import textwrap

from .making import Disguised

# ---- wrapped and joined


def wrapped_at_80(lines):
    """As a terminal of 80 columns shows them, which a tab takes to the next multiple of 8."""
    made, numbers = [], []
    for line in lines:
        numbers.append(len(made) + 1)
        row, column = "", 0
        for character in line:
            wide = 8 - column % 8 if character == "\t" else 1
            if column + wide > 80 and row:
                made.append(row)
                row, column = "", 0
            row += character
            column += wide
        made.append(row)
    return Disguised("\n".join(made) + "\n", numbers)


def wrapped_by_mail(lines):
    made, numbers = [], []
    for line in lines:
        numbers.append(len(made) + 1)
        indent = line[: len(line) - len(line.lstrip())]
        made += textwrap.wrap(
            line.lstrip(), 76, break_long_words=False, break_on_hyphens=False, initial_indent=indent, expand_tabs=False
        ) or [""]
    return Disguised("\n".join(made) + "\n", numbers)


def all_on_one_line(lines):
    return Disguised(" ".join(" ".join(line.split()) for line in lines if line) + "\n", [1] * len(lines))


# ---- blank lines


def lost_blank_lines(lines):
    kept = [(index, line) for index, line in enumerate(lines) if line]
    numbers = [0] * len(lines)
    for place, (index, _) in enumerate(kept):
        numbers[index] = place + 1
    return Disguised("\n".join(line for _, line in kept) + "\n", numbers)


def double_spaced(lines):
    return Disguised("\n\n".join(lines) + "\n", [2 * index + 1 for index in range(len(lines))])


ALL = (wrapped_at_80, wrapped_by_mail, all_on_one_line, lost_blank_lines, double_spaced)
