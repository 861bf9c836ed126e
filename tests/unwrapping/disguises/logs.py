"""What services and log collectors put before, behind and between lines; the room `logs` takes it off."""

import random

from .making import Disguised, each_line, stamp, textwrap_hard, wrapped_up

# ---- before each line


@each_line
def github_actions(index, line):
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


def two_line_prefix(lines):
    made = [
        part
        for index, line in enumerate(lines)
        for part in (f"2026-11-21 02:10:{index % 60:02}.{index % 1000:03}\t", line)
    ]
    return Disguised("\n".join(made) + "\n", [2 * index + 2 for index in range(len(lines))])


# ---- among other lines


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


def newest_first(lines):
    rows = [f"{stamp(index, 3)}Z api {line}" for index, line in enumerate(lines)]
    return Disguised("\n".join(reversed(rows)) + "\n", list(range(len(lines), 0, -1)))


# ---- behind each line, and on both sides


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


ALL = (
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
    two_line_prefix,
    within_log,
    two_processes,
    newest_first,
    suffix_word,
    suffix_json,
    suffix_time,
    suffix_and_prefix,
    columns,
)
