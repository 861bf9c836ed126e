"""Further disguises: what stands on both sides of lines, lists of strings, tickets, other notations of bytes."""

import base64
import gzip
import html
import json
import quopri
import urllib.parse

from disguises import Disguised, each_line, stamp, wrapped_up


def as_bytes(lines):
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")


def on_one_line(text, lines, number=1):
    return Disguised(text, [number] * len(lines))


# ---- behind each line, and around it


@each_line
def suffix_word(_index, line):
    return f"{line} source=web-1"


@each_line
def suffix_json(index, line):
    return f'{line} {{"pod":"a-1","n":{index}}}'


@each_line
def suffix_time(index, line):
    return f"{line}\t{stamp(index, 3)}Z"


@each_line
def suffix_and_prefix(index, line):
    return f"{stamp(index, 3)}Z [app] {line} (web-1)"


@each_line
def columns(index, line):
    return f"{stamp(index, 3)}\tweb-1\t{line}\tERROR"


@each_line
def markdown_table(_index, line):
    return f"| {line} |"


@each_line
def table_of_columns(index, line):
    return f"| {index + 1} | {stamp(index, 3)} | {line} |"


def box(lines):
    wide = [line.expandtabs(8) for line in lines]
    width = max(map(len, wide))
    bar = "─" * (width + 2)
    rows = "\n".join(f"│ {line.ljust(width)} │" for line in wide)
    return Disguised(f"┌{bar}┐\n{rows}\n└{bar}┘\n", [index + 2 for index in range(len(lines))])


@each_line
def xml_lines(index, line):
    return f'<event time="{stamp(index, 3)}"><message>{html.escape(line)}</message></event>'


@each_line
def bold(_index, line):
    return f"**{line}**"


@each_line
def backticks(_index, line):
    return f"`{line}`"


@each_line
def items(_index, line):
    return f"- {line}"


@each_line
def line_breaks(_index, line):
    return f"{line}<br/>"


@each_line
def cat_a(_index, line):
    return line.replace("\t", "^I") + "$"


@each_line
def cat_a_n(index, line):
    return f"{index + 1:6}^I{line.replace(chr(9), '^I')}$"


@each_line
def less_n(index, line):
    return f"{index + 1:7} {line}"


@each_line
def grep_with_context(index, line):
    sign = ":" if "goroutine" in line else "-"
    return f"logs/app.log{sign}{index + 1}{sign}{line}"


@each_line
def blame(index, line):
    return f"^4832fe2 (Jane Doe 2026-01-01 10:00:{index % 60:02} +0000 {index + 1:4}) {line}"


@wrapped_up(["diff --git a/d b/d", "new file mode 100644", "--- /dev/null", "+++ b/d", "@@ -0,0 +1,99 @@"], [])
@each_line
def patch(_index, line):
    return f"+{line}"


@each_line
def patch_away(_index, line):
    return f"-{line}"


@each_line
def drawn_tabs(_index, line):
    return line.replace("\t", "→")


@each_line
def wide_blanks(_index, line):
    return line.replace("\t", "\u3000\u3000")


@each_line
def three_dots(_index, line):
    return line.replace("...", "…")


# ---- lists of strings, strings in strings


@wrapped_up(["["], ["]"])
@each_line
def list_of_strings(_index, line):
    return f"  {json.dumps(line)},"


@wrapped_up(["lines = ["], ["]"])
@each_line
def python_list(_index, line):
    return f"    {line!r},"


def python_string(lines):
    return on_one_line("stack = " + repr("\n".join(lines)) + "\n", lines)


@each_line
def json_in_json(_index, line):
    return json.dumps({"log": json.dumps({"level": "error", "msg": line}) + "\n", "stream": "stderr"})


def json_line_in_json(lines):
    record = json.dumps({"level": "error", "stack": "\n".join(lines)})
    return on_one_line(json.dumps({"log": record + "\n", "stream": "stderr"}) + "\n", lines)


def escaped_twice(lines):
    return on_one_line("crash: " + json.dumps(json.dumps("\n".join(lines))[1:-1])[1:-1] + "\n", lines)


def csv_cell(lines):
    text = "\n".join(lines).replace('"', '""')
    return Disguised(f'time,level,stack\n2026-11-21,error,"{text}"\n', [index + 2 for index in range(len(lines))])


def xml_attribute(lines):
    text = html.escape("\n".join(lines)).replace("\n", "&#xA;").replace("\t", "&#x9;")
    return on_one_line(f'<testsuite>\n<failure message="{text}" type=""></failure>\n</testsuite>\n', lines, 2)


# ---- tickets, chats, mails


def cdata(lines):
    text = "\n".join(lines)
    return Disguised(f"<system-err><![CDATA[{text}]]></system-err>\n", list(range(1, len(lines) + 1)))


def jira(lines):
    return Disguised("{noformat}" + "\n".join(lines) + "{noformat}\n", list(range(1, len(lines) + 1)))


@wrapped_up(["Look:", "{code:java|title=dump}"], ["{code}", "Why?"])
@each_line
def jira_code(_index, line):
    return line


def chat(lines):
    text = "\n".join(lines)
    return Disguised(f"[02:10] bob: ```{text}``` any idea?\n", list(range(1, len(lines) + 1)))


def html_paragraph(lines):
    rows = [html.escape(line).replace("\t", "&nbsp;&nbsp;&nbsp;&nbsp;") + "<br>" for line in lines]
    return Disguised("<p>\n" + "\n".join(rows) + "\n</p>\n", [index + 2 for index in range(len(lines))])


@wrapped_up(["It prints::", ""], ["", "Why?"])
@each_line
def restructured_text(_index, line):
    return f"   {line}" if line else ""


def quoted_printable(lines):
    made, numbers, number = [], [], 1
    for line in lines:
        rows = quopri.encodestring((line + "\n").encode("utf-8", "surrogateescape")).decode()
        made.append(rows.replace("\t", "=09"))
        numbers.append(number)
        number += rows.count("\n")
    return Disguised("".join(made), numbers)


def newest_first(lines):
    rows = [f"{stamp(index, 3)}Z api {line}" for index, line in enumerate(lines)]
    return Disguised("\n".join(reversed(rows)) + "\n", list(range(len(lines), 0, -1)))


# ---- other notations


def carets(lines):
    return on_one_line("^J".join(lines).replace("\t", "^I") + "\n", lines)


def syslog_line(lines):
    text = "#012".join(lines).replace("\t", "#011")
    return on_one_line(f"Nov 21 02:10:00 host app[1]: {text}\n", lines)


def workflow_command(lines):
    text = "\n".join(lines).replace("%", "%25").replace("\n", "%0A")
    return on_one_line(f"::error file=main.go,line=1::{text}\n", lines)


def url(lines):
    return on_one_line("GET /?text=" + urllib.parse.quote(as_bytes(lines)) + "&page=1\n", lines)


def form(lines):
    return on_one_line("text=" + urllib.parse.quote_plus(as_bytes(lines)) + "\n", lines)


def base64_line(lines):
    return on_one_line(f"data:\n  dump: {base64.b64encode(as_bytes(lines)).decode()}\n", lines, 2)


def base64_of_gzip(lines):
    return on_one_line(f"dump.gz: {base64.b64encode(gzip.compress(as_bytes(lines), mtime=0)).decode()}\n", lines)


def list_of_bytes(lines):
    return on_one_line(f"2026/11/21 02:10:00 [{' '.join(map(str, as_bytes(lines)))}]\n", lines)


def hexadecimal(lines):
    return on_one_line(f"stack={as_bytes(lines).hex()}\n", lines)


AROUND = (
    *(suffix_word, suffix_json, suffix_time, suffix_and_prefix, columns, markdown_table, table_of_columns, box),
    *(xml_lines, bold, backticks, items, line_breaks, cat_a, cat_a_n, less_n, grep_with_context, blame),
    *(patch, patch_away, drawn_tabs, wide_blanks, three_dots),
)
STRINGS = (
    *(list_of_strings, python_list, python_string, json_in_json, json_line_in_json, escaped_twice, csv_cell),
    xml_attribute,
)
TEXTS = (cdata, jira, jira_code, chat, html_paragraph, restructured_text, quoted_printable, newest_first)
NOTATIONS = (carets, syslog_line, workflow_command, url, form, base64_line, base64_of_gzip, list_of_bytes, hexadecimal)
ALL = (*AROUND, *STRINGS, *TEXTS, *NOTATIONS)
