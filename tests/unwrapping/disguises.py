"""Puts plain texts into disguises, as logs, web pages, terminals and people do; and says where each line went.

A disguise takes the lines of a text and gives the disguised text, with the line number there of each plain line.
"""

import html
import json
import random
import textwrap
from dataclasses import dataclass

Numbers = list[int]


@dataclass(frozen=True)
class Disguised:
    text: str
    numbers: Numbers


def stamp(index: int, digits: int = 9) -> str:
    second, part = divmod(index * 137_000_003, 10**9)
    return f"2026-11-21T02:{10 + second // 60 % 50}:{second % 60:02}.{part:09}"[: 20 + digits]


def each_line(disguise):
    """A disguise that makes one line of each line."""

    def all_lines(lines):
        made = [disguise(index, line) for index, line in enumerate(lines)]
        return Disguised("\n".join(made) + "\n", list(range(1, len(lines) + 1)))

    all_lines.__name__ = disguise.__name__
    return all_lines


def wrapped_up(before, after):
    """A disguise that puts whole lines around the text."""

    def around(disguise):
        def all_lines(lines):
            inner = disguise(lines)
            head = "".join(f"{line}\n" for line in before)
            tail = "".join(f"{line}\n" for line in after)
            return Disguised(head + inner.text + tail, [number + len(before) for number in inner.numbers])

        all_lines.__name__ = disguise.__name__
        return all_lines

    return around


# ---- prefixes


@each_line
def github_actions(index, line):
    return f"{stamp(index, 7)}Z {line}"


@each_line
def azure_job(index, line):
    return f"{stamp(index, 7)}Z {line}"


@wrapped_up(
    ["\x1b[0KRunning with gitlab-runner 16.0\x1b[0;m", "section_start:1700000000:step_script\r\x1b[0K\x1b[0Ktests"],
    ["section_end:1700000009:step_script\r\x1b[0K"],
)
@each_line
def gitlab(index, line):
    return f"{stamp(index, 6)}Z 01O {line}"


@each_line
def jenkins(index, line):
    return f"[{stamp(index, 3)}Z] {line}"


@each_line
def buildkite(index, line):
    return f"\x1b_bk;t={1700000000000 + index * 37}\x07{line}"


@each_line
def docker_logs_t(index, line):
    return f"{stamp(index)}Z {line}"


@each_line
def compose(index, line):
    return f"web-1       | {line}"


@each_line
def compose_trimmed(index, line):
    return f"web-1       | {line}".rstrip(" ")


@each_line
def kubectl_prefix_timestamps(index, line):
    return f"[pod/leaky-7d4b9c8f6-x2x4q/leaky] {stamp(index)}Z {line}"


@each_line
def cri(index, line):
    return f"{stamp(index)}Z stderr F {line}"


def cri_partial(lines):
    made, numbers = [], []
    for index, line in enumerate(lines):
        numbers.append(len(made) + 1)
        parts = textwrap_hard(line, 40) or [""]
        made.extend(f"{stamp(index)}Z stderr P {part}" for part in parts[:-1])
        made.append(f"{stamp(index)}Z stderr F {parts[-1]}")
        made.append(f"{stamp(index)}Z stdout F request {index} served")
    return Disguised("\n".join(made) + "\n", numbers)


@each_line
def journald(index, line):
    return f"Nov {1 + index // 400 % 28:2} 02:{index // 60 % 60:02}:{index % 60:02} host leaky[4242]: {line}"


@each_line
def syslog(index, line):
    return f"<30>Nov 21 02:10:{index % 60:02} host leaky[4242]: " + line.replace("\t", "#011")


@each_line
def klog(index, line):
    return f"E1121 02:10:{index % 60:02}.{index % 1000000:06}    4242 main.go:88] {line}"


@each_line
def unknown_prefix(index, line):
    return f"<<7f3a>> worker-3 ~ {line}"


@each_line
def level_words(index, line):
    return f"{stamp(index, 3)} {('INFO ', 'WARN ', 'ERROR')[index % 3]} [main] {line}"


@each_line
def gutter(index, line):
    return f"{index + 1:6}\t{line}"


@each_line
def numbered_colon(index, line):
    return f"{index + 1}: {line}"


@each_line
def indented(index, line):
    return f"    {line}" if line else line


@each_line
def quoted_mail(index, line):
    return f"> {line}" if line else ">"


@each_line
def quoted_twice(index, line):
    return f"> > {line}"


def list_item(lines):
    made = [f"- {lines[0]}", *(f"  {line}" if line else "" for line in lines[1:])]
    return Disguised("\n".join(made) + "\n", list(range(1, len(lines) + 1)))


def two_line_prefix(lines):
    made = [
        part
        for index, line in enumerate(lines)
        for part in (f"2026-11-21 02:10:{index % 60:02}.{index % 1000:03}\t", line)
    ]
    return Disguised("\n".join(made) + "\n", [2 * index + 2 for index in range(len(lines))])


def within_log(lines):
    """Lines of a log, all with its prefix, before, after, and the dump in the middle."""
    noise = [f"{stamp(i, 3)}Z api request {i} served in {i % 7} ms" for i in range(300)]
    made = noise + [f"{stamp(i + 300, 3)}Z api {line}" for i, line in enumerate(lines)] + noise
    return Disguised("\n".join(made) + "\n", [300 + i + 1 for i in range(len(lines))])


def two_processes(lines):
    made, numbers = [], []
    chosen = random.Random(7)
    for line in lines:
        for _ in range(chosen.randrange(3)):
            made.append(f"db-1   | ready for connections {len(made)}")
        numbers.append(len(made) + 1)
        made.append(f"web-1  | {line}")
    return Disguised("\n".join(made) + "\n", numbers)


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


def escaped_without_quotes(lines):
    text = json.dumps("\n".join(lines))[1:-1].replace('\\"', '"')
    return Disguised(f"leaky crashed:\\n{text}\n", [1] * len(lines))


# ---- web pages and terminals


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


@wrapped_up(["Here is what it prints:", "", "```text"], ["```", "", "Any idea?"])
@each_line
def fenced(index, line):
    return line


@each_line
def no_break_spaces(index, line):
    return line.replace("\t", "\xa0\xa0\xa0\xa0")


@each_line
def linkified(index, line):
    if "+0x" not in line:
        return line
    head, _, digits = line.rpartition("+0x")
    return f"{head}+0x[{digits[:1]}](https://github.com/o/r/actions/runs/1/job/2#step:6:{digits[:1]}){digits[1:]}"


def textwrap_hard(line, width):
    return [line[start : start + width] for start in range(0, len(line), width)]


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


@each_line
def crlf(index, line):
    return line + "\r"


@each_line
def trailing_spaces(index, line):
    return line + " " * (index % 4)


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


def lost_blank_lines(lines):
    kept = [(index, line) for index, line in enumerate(lines) if line]
    numbers = [0] * len(lines)
    for place, (index, _) in enumerate(kept):
        numbers[index] = place + 1
    return Disguised("\n".join(line for _, line in kept) + "\n", numbers)


def double_spaced(lines):
    return Disguised("\n\n".join(lines) + "\n", [2 * index + 1 for index in range(len(lines))])


def all_on_one_line(lines):
    return Disguised(" ".join(" ".join(line.split()) for line in lines if line) + "\n", [1] * len(lines))


PREFIXES = (
    github_actions,
    gitlab,
    jenkins,
    buildkite,
    docker_logs_t,
    compose,
    compose_trimmed,
    kubectl_prefix_timestamps,
    cri,
    cri_partial,
    journald,
    syslog,
    klog,
    unknown_prefix,
    level_words,
    gutter,
    numbered_colon,
    indented,
    quoted_mail,
    quoted_twice,
    list_item,
    two_line_prefix,
    within_log,
    two_processes,
)
QUOTED = (
    docker_json_file,
    logrus_json,
    gcp_json,
    ecs_json,
    logfmt_lines,
    one_json_line,
    one_logfmt_line,
    go_test_json,
    escaped_without_quotes,
)
PAGES = (ansi, ansi_words, html_pre, html_spans, fenced, no_break_spaces, linkified, crlf)
SPACES = (trailing_spaces, tabs_to_columns, tabs_to_four, tabs_to_one, tabs_lost, lost_blank_lines, double_spaced)
LINES = (wrapped_at_80, wrapped_by_mail, all_on_one_line)
ALL = (*PREFIXES, *QUOTED, *PAGES, *SPACES, *LINES)
