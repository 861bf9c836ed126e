"""Further disguises: as mails, converters, exports and CI services pass texts on."""

import json
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


@each_line
def rows_with_few_quotes(index, line):
    """CSV as most libraries write it: what holds a comma or a quote has quotes."""
    quoted = '"' + line.replace('"', '""') + '"' if "," in line or '"' in line else line
    return f"{1700000000000 + index},{quoted}"


@each_line
def rows_that_end_alike(_index, line):
    quoted = '"' + line.replace('"', '""') + '"' if "," in line or '"' in line else line
    return f"{quoted},2026-11-22T08:00:01Z"


def with_bars(text):
    signs = {"|": "||", "'": "|'", "[": "|[", "]": "|]", "\n": "|n", "\r": "|r"}
    return "".join(signs.get(sign, sign if sign.isascii() else f"|0x{ord(sign):04x}") for sign in text)


@each_line
def service_messages(_index, line):
    return f"##teamcity[testStdOut name='TestX' out='{with_bars(line)}|n' flowId='1']"


def one_service_message(lines):
    text = with_bars("\n".join(lines) + "\n")
    return Disguised(f"##teamcity[testFailed name='T' details='{text}']\n\n", [1] * len(lines))


@each_line
def blanks_of_pages_in_json(index, line):
    return json.dumps({"ts": index, "text": line.replace("    ", " \xa0  ").replace(" ", "\xa0")})


@each_line
def colours_in_json(index, line):
    return json.dumps({"ts": index, "line": f"\x1b[31m{line}\x1b[0m"})


def colours_in_a_document(lines):
    values = [[str(1700000000000 + index), f"\x1b[31m{line}\x1b[0m"] for index, line in enumerate(lines)]
    return Disguised(json.dumps({"data": {"result": [{"values": values}]}}) + "\n", [1] * len(lines))


def terminal_recorded(lines):
    """What a terminal has shown, in pieces that end anywhere."""
    shown = "".join(f"{line}\r\n" for line in lines)
    pieces = [shown[start : start + 170] for start in range(0, len(shown), 170)]
    rows = [json.dumps([index / 8, "o", piece]) for index, piece in enumerate(pieces)]
    starts = [sum(len(line) + 2 for line in lines[:index]) for index in range(len(lines))]
    return Disguised('{"version": 2}\n' + "\n".join(rows) + "\n", [start // 170 + 2 for start in starts])


@each_line
def wide_signs(_index, line):
    return line.translate(str.maketrans("[]():", "［］（）："))  # noqa: RUF001


LETTERS = (markdown_escaped, tabs_written_out, mail, attached)
ROWS = (rows_with_few_quotes, rows_that_end_alike, service_messages, one_service_message)
STRINGS = (blanks_of_pages_in_json, colours_in_json, colours_in_a_document, terminal_recorded)
ALL = (*LETTERS, *ROWS, *STRINGS, wide_signs)
