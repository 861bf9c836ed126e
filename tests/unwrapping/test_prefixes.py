"""A prefix is learned from the lines around one of Go's, whatever its shape; a log's lines do not become crashes."""

import pytest

DUMP = """\
goroutine 1 [running]:
main.main()
\t/src/main.go:5 +0x1d

goroutine 7 [chan receive, 5 minutes]:
main.wait(0x1)
\t/src/main.go:9 +0x2d
created by main.main in goroutine 1
\t/src/main.go:4 +0x15
"""


def prefixed(text, prefix):
    return "".join(f"{prefix(index)}{line}\n" for index, line in enumerate(text.split("\n")[:-1]))


@pytest.mark.parametrize(
    "prefix",
    [
        pytest.param(lambda _: "web-1  | ", id="compose"),
        pytest.param(lambda i: f"2026-01-02T03:04:{i:02}.123456Z ", id="times"),
        pytest.param(lambda i: f"Jan {i + 5:2} 03:04:05 host app[4242]: ", id="syslog, a padded day"),
        pytest.param(lambda i: f"[{i * 3.25:9.2f}] ", id="padded seconds"),
        pytest.param(lambda i: f"{i + 95}: ", id="line numbers"),
        pytest.param(lambda i: f"{i + 1:6}\t", id="line numbers and a tab"),
        pytest.param(lambda i: f"2026/01/02 03:04:05 {('INFO ', 'ERROR')[i % 2]} [x] ", id="levels"),
        pytest.param(lambda i: f"trace={i * 7919:08x} span={i * 104729:08x}: ", id="ids that change"),
        pytest.param(lambda _: "> > ", id="a quote in a quote"),
        pytest.param(lambda _: "      ", id="an indent"),
        pytest.param(lambda _: "\t\t", id="tabs"),
        pytest.param(lambda _: "~~> kiwi#7 :: ", id="nobody's"),
    ],
)
def test_a_prefix_of_stable_shape_is_taken_off(prefix, unwrapped, numbered):
    text = prefixed(DUMP, prefix)
    assert unwrapped(text).rstrip("\n") == DUMP.rstrip("\n")
    lines = text.split("\n")
    assert all(line in lines[number - 1] for number, line in numbered(text))


def test_blank_lines_may_have_lost_the_end_of_their_prefix(unwrapped):
    text = "\n".join(line.rstrip() for line in prefixed(DUMP, lambda _: "web-1  |  ").split("\n"))
    assert unwrapped(text).rstrip("\n") == DUMP.rstrip("\n")


def test_a_bullet_before_the_first_line_is_a_prefix_of_blanks(unwrapped):
    text = "\n".join(f"  {line}" if index else f"- {line}" for index, line in enumerate(DUMP.split("\n")))
    assert unwrapped(text).rstrip() == DUMP.rstrip()


def test_what_stands_before_the_dump_in_the_log_keeps_its_place(numbered):
    text = prefixed("started\n" * 3 + DUMP, lambda i: f"03:04:{i:02} api ")
    assert numbered(text)[3:5] == [(4, "goroutine 1 [running]:"), (5, "main.main()")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2026/01/02 03:04:05 recovered panic: x\n2026/01/02 03:04:06 next\n" * 5, id="recovered"),
        pytest.param("".join(f"2026/01/02 03:04:05 job{i} panic: x\n" for i in range(40)), id="many recovered"),
        pytest.param("2026/01/02 03:04:05 goroutine 7 [x: started\n" * 9, id="started"),
    ],
)
def test_the_lines_of_a_log_stay_as_they_are(text, unwrapped):
    assert unwrapped(text) == text


def test_a_prefix_that_is_told_is_taken_off(unwrapped):
    text = "".join(f"{'xyz'[i % 3] * (i + 1)}!{line}\n" for i, line in enumerate(DUMP.split("\n")[:-1]))
    assert unwrapped(text, line_prefix=r"[xyz]+!").rstrip() == DUMP.rstrip()


def test_a_told_prefix_that_is_no_expression_is_refused(unwrapped):
    from debugtext.errors import SettingsError

    with pytest.raises(SettingsError, match="is not a regular expression"):
        unwrapped(DUMP, line_prefix="(")


def test_blanks_before_a_crash_without_a_goroutine_are_no_part_of_it(numbered):
    crash = [
        "fatal error: thread exhaustion",
        "",
        "runtime stack:",
        "runtime.throw(0x1)",
        "     panic.go:1 +0x4d fp=0x1",
    ]
    text = "It dies:\n```\n" + "".join(f" {line}\n" for line in crash) + "```\n"
    assert [line for _, line in numbered(text)][1:] == [
        "fatal error: thread exhaustion",
        "runtime stack:",
        "runtime.throw(0x1)",
        "\tpanic.go:1 +0x4d fp=0x1",
    ]


def test_one_line_of_a_journal_holds_what_a_program_died_of(numbered):
    text = "It crashed:\n\n> Nov 13 09:19:43 host app[29850]: fatal error: concurrent map writes\n\nI have the log.\n"
    assert (3, "fatal error: concurrent map writes") in numbered(text)


def test_a_stack_without_tabs_and_header_shows_its_prefix(numbered):
    stack = ["a.(*T).Reconcile(0x3d)", " /src/a/t.go:114 +0xa5", "a.(*T).run(0xc0)", " /src/a/t.go:311 +0x39c"]
    text = "".join(f"2025-09-12T06:25:0{n}.60Z {line}\n" for n, line in enumerate(stack))
    assert [line for _, line in numbered(text)] == [line.replace(" /", "\t/") for line in stack]


@pytest.mark.parametrize("place", ["User", "Runtime", "Start", "Go"])
def test_a_list_of_delve_is_found_behind_a_prefix_whatever_place_it_shows(place, unwrapped):
    listed = "".join(
        f"{lead}Goroutine {number} - {place}: /src/main.go:{number} main.f{number} (0x47e1b5) [chan receive]\n"
        for number, lead in enumerate(("  ", "* ", "  "), 6)
    )
    assert unwrapped(prefixed(listed, lambda i: f"2026-01-02T03:04:{i:02} dlv | ")) == listed
