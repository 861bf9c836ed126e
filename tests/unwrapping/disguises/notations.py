"""Texts inside other texts: quoted, escaped, encoded; the room `notations` reads them."""

import base64
import gzip
import html
import json
import urllib.parse

from .making import Disguised, as_bytes, each_line, on_one_line, stamp, wrapped_up

# ---- quoted in lines of logs


@each_line
def docker_json_file(index, line):
    return json.dumps({"log": line + "\n", "stream": "stderr", "time": stamp(index) + "Z"}, separators=(",", ":"))


@each_line
def logrus_json(index, line):
    return json.dumps({"level": "error", "msg": line, "time": stamp(index)})


@each_line
def gcp_json(index, line):
    return json.dumps({"insertId": f"a{index}b", "jsonPayload": {"message": line}, "timestamp": stamp(index)})


@each_line
def ecs_json(index, line):
    return json.dumps({"@timestamp": stamp(index), "log.level": "error", "message": line, "service": {"name": "leaky"}})


@each_line
def logfmt_lines(index, line):
    return f'time="{stamp(index)}" level=error msg={json.dumps(line)} app=leaky'


def one_json_line(lines):
    text = json.dumps({"level": "fatal", "ts": 1700000000.25, "msg": "boom", "dump": "\n".join(lines) + "\n"})
    return Disguised('{"level":"info","msg":"started"}\n' + text + "\n", [2] * len(lines))


def one_logfmt_line(lines):
    text = json.dumps("=== BEGIN goroutine stack dump ===\n" + "\n".join(lines) + "\n=== END ===")
    return Disguised(f'time="2026-11-21T02:10:53Z" level=info msg={text}\n', [1] * len(lines))


def go_test_json(lines):
    made, numbers = [], []
    for index, line in enumerate(lines):
        event = {"Time": stamp(index) + "Z", "Action": "output", "Package": "example.com/m", "Test": "TestHang"}
        numbers.append(len(made) + 1)
        half = len(line) // 2
        parts = (line[:half], line[half:] + "\n") if index % 5 == 0 and half else (line + "\n",)
        made.extend(json.dumps({**event, "Output": part}) for part in parts)
        if index % 4 == 0:
            made.append(json.dumps({**event, "Test": "TestOther", "Output": f"    other_test.go:12: step {index}\n"}))
    return Disguised("\n".join(made) + "\n", numbers)


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


def escaped_without_quotes(lines):
    text = json.dumps("\n".join(lines))[1:-1].replace('\\"', '"')
    return Disguised(f"leaky crashed:\\n{text}\n", [1] * len(lines))


def csv_cell(lines):
    text = "\n".join(lines).replace('"', '""')
    return Disguised(f'time,level,stack\n2026-11-21,error,"{text}"\n', [index + 2 for index in range(len(lines))])


@each_line
def rows_with_few_quotes(index, line):
    """CSV as most libraries write it: what holds a comma or a quote has quotes."""
    quoted = '"' + line.replace('"', '""') + '"' if "," in line or '"' in line else line
    return f"{1700000000000 + index},{quoted}"


@each_line
def rows_that_end_alike(_index, line):
    quoted = '"' + line.replace('"', '""') + '"' if "," in line or '"' in line else line
    return f"{quoted},2026-11-22T08:00:01Z"


def xml_attribute(lines):
    text = html.escape("\n".join(lines)).replace("\n", "&#xA;").replace("\t", "&#x9;")
    return on_one_line(f'<testsuite>\n<failure message="{text}" type=""></failure>\n</testsuite>\n', lines, 2)


# ---- other ways to write lines and bytes


@each_line
def tabs_written_out(_index, line):
    return line.replace("\t", "\\t")


@each_line
def cat_a(_index, line):
    return line.replace("\t", "^I") + "$"


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


ALL = (
    docker_json_file,
    logrus_json,
    gcp_json,
    ecs_json,
    logfmt_lines,
    one_json_line,
    one_logfmt_line,
    go_test_json,
    service_messages,
    one_service_message,
    blanks_of_pages_in_json,
    colours_in_json,
    colours_in_a_document,
    terminal_recorded,
    list_of_strings,
    python_list,
    python_string,
    json_in_json,
    json_line_in_json,
    escaped_twice,
    escaped_without_quotes,
    csv_cell,
    rows_with_few_quotes,
    rows_that_end_alike,
    xml_attribute,
    tabs_written_out,
    cat_a,
    carets,
    syslog_line,
    workflow_command,
    url,
    form,
    base64_line,
    base64_of_gzip,
    list_of_bytes,
    hexadecimal,
)
