"""What terminals, web pages, tickets, chats and mails make of a text; the room `pages` undoes it."""

import html
import quopri
import re

from .making import Disguised, each_line, stamp, wrapped_up

HEAD = 'From: ops@x.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="=-b=1"\n\n'
PART = "--=-b=1\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
LAST = "\n--=-b=1--\n"


# ---- terminals and web pages


@each_line
def ansi(index, line):
    return f"\x1b[31m{line}\x1b[0m"


@each_line
def ansi_words(index, line):
    return line.replace("main.", "\x1b[1;32mmain\x1b[0m.\x1b[K")


def html_pre(lines):
    made = [html.escape(line).replace("/", "&#x2F;") for line in lines]
    return Disguised("<pre><code>\n" + "\n".join(made) + "\n</code></pre>\n", [i + 2 for i in range(len(lines))])


def html_spans(lines):
    text = "<br>".join(f'<span class="line">{html.escape(line)}</span>' for line in lines)
    return Disguised(f'<figure class="highlight"><pre>{text}</pre></figure>\n', [1] * len(lines))


def html_paragraph(lines):
    rows = [html.escape(line).replace("\t", "&nbsp;&nbsp;&nbsp;&nbsp;") + "<br>" for line in lines]
    return Disguised("<p>\n" + "\n".join(rows) + "\n</p>\n", [index + 2 for index in range(len(lines))])


@each_line
def line_breaks(_index, line):
    return f"{line}<br/>"


@each_line
def linkified(index, line):
    if "+0x" not in line:
        return line
    head, _, digits = line.rpartition("+0x")
    return f"{head}+0x[{digits[:1]}](https://github.com/o/r/actions/runs/1/job/2#step:6:{digits[:1]}){digits[1:]}"


@each_line
def xml_lines(index, line):
    return f'<event time="{stamp(index, 3)}"><message>{html.escape(line)}</message></event>'


def cdata(lines):
    text = "\n".join(lines)
    return Disguised(f"<system-err><![CDATA[{text}]]></system-err>\n", list(range(1, len(lines) + 1)))


# ---- markup around a text


@wrapped_up(["Here is what it prints:", "", "```text"], ["```", "", "Any idea?"])
@each_line
def fenced(index, line):
    return line


@wrapped_up(["<details>", "<summary>the dump</summary>", "", "```console"], ["```", "", "</details>"])
@each_line
def details(_index, line):
    return line


@wrapped_up(["It prints::", ""], ["", "Why?"])
@each_line
def restructured_text(_index, line):
    return f"   {line}" if line else ""


@wrapped_up([".. code-block:: none", ""], ["", "Why?"])
@each_line
def code_block(_index, line):
    return f"   {line}" if line else ""


@wrapped_up(["[source,text]", "----"], ["----", "Why?"])
@each_line
def asciidoc(_index, line):
    return line


@wrapped_up([r"\begin{verbatim}"], [r"\end{verbatim}"])
@each_line
def latex(_index, line):
    return line


def jira(lines):
    return Disguised("{noformat}" + "\n".join(lines) + "{noformat}\n", list(range(1, len(lines) + 1)))


@wrapped_up(["Look:", "{code:java|title=dump}"], ["{code}", "Why?"])
@each_line
def jira_code(_index, line):
    return line


@wrapped_up(["{panel:title=dump}"], ["{panel}"])
@each_line
def jira_panel(_index, line):
    return f"bq. {line}"


# ---- markup of each line


@each_line
def bold(_index, line):
    return f"**{line}**"


@each_line
def backticks(_index, line):
    return f"`{line}`"


@each_line
def markdown_escaped(_index, line):
    return re.sub(r"([\\*_\[\]<>#`])", r"\\\1", line)


# ---- chats and mails


def chat(lines):
    text = "\n".join(lines)
    return Disguised(f"[02:10] bob: ```{text}``` any idea?\n", list(range(1, len(lines) + 1)))


@wrapped_up(["[10:24 AM] Jane Doe"], [])
@each_line
def copied_from_teams(_index, line):
    return line


def quoted_printable(lines):
    made, numbers, number = [], [], 1
    for line in lines:
        rows = quopri.encodestring((line + "\n").encode("utf-8", "surrogateescape")).decode()
        made.append(rows.replace("\t", "=09"))
        numbers.append(number)
        number += rows.count("\n")
    return Disguised("".join(made), numbers)


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


ALL = (
    ansi,
    ansi_words,
    html_pre,
    html_spans,
    html_paragraph,
    line_breaks,
    linkified,
    xml_lines,
    cdata,
    fenced,
    details,
    restructured_text,
    code_block,
    asciidoc,
    latex,
    jira,
    jira_code,
    jira_panel,
    bold,
    backticks,
    markdown_escaped,
    chat,
    copied_from_teams,
    quoted_printable,
    mail,
    attached,
)
