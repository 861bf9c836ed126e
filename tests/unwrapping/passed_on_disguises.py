"""Further disguises: as mails, converters, exports and CI services pass texts on."""

import quopri
import re

from disguises import Disguised, each_line

HEAD = 'From: ops@x.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="=-b=1"\n\n'
PART = "--=-b=1\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
LAST = "\n--=-b=1--\n"


@each_line
def markdown_escaped(_index, line):
    return re.sub(r"([\\*_\[\]<>#`])", r"\\\1", line)


@each_line
def tabs_written_out(_index, line):
    return line.replace("\t", "\\t")


def mail(lines):
    """Go's lines in a letter, the head of which says how it is written."""
    before = f"{HEAD}{PART}gr=C3=BC=C3=9Fe\n\n"
    made, numbers, number = [], [], before.count("\n") + 1
    for line in lines:
        rows = quopri.encodestring((line + "\n").encode("utf-8", "surrogateescape")).decode()
        made.append(rows)
        numbers.append(number)
        number += rows.count("\n")
    return Disguised(f"{before}{''.join(made)}{LAST}", numbers)


def attached(lines):
    """Go's lines as a file of a letter: each blank and each line end is written, and lines are cut at a column."""
    before = f"{HEAD}--=-b=1\n\nsee there\n{PART}"
    cells = ["=20" if sign == " " else "=0A" if sign == "\n" else sign for sign in "\n".join(lines) + "\n"]
    made, numbers, row, line, begins = [], [], "", before.count("\n") + 1, True
    for cell in map(_spelled, cells):
        if len(row) + len(cell) > 75:
            made.append(row + "=\n")
            row, line = "", line + 1
        row += cell
        if begins:
            numbers.append(line)
        begins = cell == "=0A"
    return Disguised(f"{before}{''.join(made)}{row}{LAST}", numbers)


def _spelled(cell):
    if cell in ("=20", "=0A"):
        return cell
    if cell == "=" or not cell.isprintable() or not cell.isascii():
        return "".join(f"={byte:02X}" for byte in cell.encode("utf-8", "surrogateescape"))
    return cell


ALL = (markdown_escaped, tabs_written_out, mail, attached)
