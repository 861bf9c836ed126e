"""The commands with pprof's views, and convert: inputs, options, exit codes."""

import gzip
import json

import pytest

from debugtext import read
from debugtext.cli import exit_codes
from debugtext.converters import convert

VIEWS = ("top", "tree", "peek", "traces", "tags", "list", "graph")


@pytest.fixture
def binary(texts):
    """The goroutine text as a binary profile."""
    [capture] = read(texts / "goroutines.txt").captures
    path = texts / "goroutines.pb.gz"
    path.write_bytes(b"".join(convert(capture, "pprof")))
    return path


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ["heap.txt", "goroutines.txt", "leak.txt", "panic.txt"])
def test_every_view_shows_every_profile(run, texts, view, name):
    result = run(view, name)
    assert (result.exit_code, result.stderr) == (exit_codes.CLEAN, "")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_reads_a_binary_profile(run, texts, binary, view):
    assert run(view, binary).stdout == run(view, "goroutines.txt").stdout
    unpacked = texts / "unpacked.pb"
    unpacked.write_bytes(gzip.decompress(binary.read_bytes()))
    assert run(view, unpacked).stdout == run(view, "goroutines.txt").stdout


@pytest.mark.parametrize("view", ["top", "tree", "traces", "tags", "graph"])
def test_a_view_reads_standard_input(run, texts, view):
    text = (texts / "heap.txt").read_text("utf-8")
    assert run(view, text=text).stdout == run(view, "heap.txt").stdout


def test_top_takes_pprof_s_options(run, texts):
    result = run("top", "goroutines.txt", "--focus", "work", "--cum", "--granularity", "lines", "--nodecount", "1")
    assert result.stdout.splitlines()[3:] == [
        "Showing nodes accounting for 2, 66.67% of 3 total",
        "      flat  flat%   sum%        cum   cum%",
        "         2 66.67% 66.67%          2 66.67%  main.work /src/main.go:7",
    ]


def test_a_filter_that_matches_nothing_is_said_on_standard_error(run, texts):
    result = run("top", "goroutines.txt", "--focus", "nobody")
    assert (result.exit_code, result.stderr) == (exit_codes.CLEAN, "debugtext: Focus expression matched no samples\n")


@pytest.mark.parametrize("flag", ["--base", "--diff-base"])
def test_a_base_is_subtracted(run, texts, flag):
    assert "Showing nodes accounting for 0" in run("top", "goroutines.txt", flag, "goroutines.txt").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("top", "log.txt"), exit_codes.UNREADABLE, "no profile and no goroutine dump found in it"),
        (("top", "missing.txt"), exit_codes.TROUBLE, "no such file"),
        (("top", "heap.txt", "--focus", "("), exit_codes.TROUBLE, "--focus: '(' is no regular expression"),
        (("top", "heap.txt", "--sample-index", "cpu"), exit_codes.TROUBLE, "choose one of alloc_objects"),
        (("top", "heap.txt", "--base", "a", "--diff-base", "b"), exit_codes.TROUBLE, "give one of them"),
        (("top", "heap.txt", "--base", "goroutines.txt"), exit_codes.TROUBLE, "two profiles of one kind"),
        (("top", "heap.txt", "--capture", "2"), exit_codes.UNREADABLE, "heap.txt: --capture 2: it holds 1"),
        (("peek", "heap.txt", "nothing"), exit_codes.TROUBLE, "no matches found for regexp: nothing"),
        (("list", "heap.txt", "nothing"), exit_codes.TROUBLE, "no matches found for regexp: nothing"),
        (("list", "heap.txt", "--source-root", "nowhere"), exit_codes.TROUBLE, "does not exist"),
        (("convert", "heap.txt"), exit_codes.TROUBLE, "--to"),
        (("convert", "log.txt", "--to", "csv"), exit_codes.UNREADABLE, "no profile"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_shown_is_one_clear_line(run, texts, arguments, code, message):
    result = run(*arguments)
    assert result.exit_code == code
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("view", ["top", "tree"])
def test_a_text_without_stacks_is_called_what_it_is(run, samples, view):
    result = run(view, str(samples / "pprof/top-mutex-go1.27.txt"))
    assert result.exit_code == exit_codes.UNREADABLE
    assert "this is what `go tool pprof -top` prints: use `debugtext check`" in " ".join(result.stderr.split())


def test_of_several_dumps_the_first_is_shown_and_the_others_by_number(run, texts):
    both = (texts / "goroutines.txt").read_text("utf-8") + (texts / "heap.txt").read_text("utf-8")
    result = run("top", text=both)
    assert result.stdout.startswith("Type: goroutine\n")
    words = "this is the first of 2 profiles, --capture N shows another"
    assert result.stderr == f"debugtext: standard input: {words}\n"
    second = run("top", "--capture", 2, text=both)
    assert (second.stdout[:17], second.stderr) == ("Type: inuse_space", "")


def test_convert_writes_to_standard_output_and_to_a_file(run, texts):
    printed = run("convert", "goroutines.txt", "--to", "pprof")
    written = run("convert", "goroutines.txt", "--to", "pprof", "-o", "x.pb.gz")
    assert (printed.exit_code, written.exit_code, written.stdout) == (0, 0, "")
    assert (texts / "x.pb.gz").read_bytes() == printed.stdout_bytes


def test_convert_reads_a_binary_profile(run, binary):
    [first, second] = map(json.loads, run("convert", binary, "--to", "jsonl").stdout.splitlines())
    assert [(one["count"], one["stack"][0]["function"]) for one in (first, second)] == [
        (2, "main.work"),
        (1, "main.main"),
    ]


def test_the_other_commands_say_what_a_binary_profile_is(run, binary):
    result = run("goroutine", binary)
    assert result.exit_code == exit_codes.UNREADABLE
    assert "binary profile: fetch it again with ?debug=1" in result.stderr
    assert "debugtext top" in result.stderr


def test_graph_writes_dot_to_a_file(run, texts):
    assert run("graph", "heap.txt", "-o", "heap.dot").exit_code == exit_codes.CLEAN
    assert (texts / "heap.dot").read_text("utf-8") == run("graph", "heap.txt").stdout


def test_graph_as_svg_needs_graphviz(run, texts, monkeypatch):
    monkeypatch.setenv("PATH", "")
    result = run("graph", "heap.txt", "--format", "svg")
    assert (result.exit_code, result.stdout) == (exit_codes.TROUBLE, "")
    assert "SVG needs Graphviz" in result.stderr


@pytest.mark.parametrize(
    "command", ["heap", "top", "tree", "traces", "tags", "graph", "peek", "list", "convert --to csv"]
)
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the input is empty"),
        (b"<html>", "this is an HTML page"),
        (b"\x1f\x8b\x08\x00" + bytes(6) + b"\xff" * 40, "the gzip data is broken"),
        (bytes(range(256)) * 9, "this is not text (binary data)"),
    ],
)
def test_every_command_names_the_file_that_it_cannot_read(run, texts, command, content, words):
    (texts / "broken").write_bytes(content)
    result = run(*command.split(), "broken")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(f"debugtext: broken: {words}")


def test_what_could_not_be_read_is_said_with_the_file_and_its_line(run, texts):
    (texts / "odd.txt").write_text((texts / "goroutines.txt").read_text("utf-8").replace("1 @ 0x3", "one @ 0x3"))
    said = run("check", "odd.txt").stderr
    assert said.startswith("debugtext: odd.txt:5: ")
    assert run("top", "odd.txt").stderr == said


@pytest.mark.parametrize("command", ["peek", "list"])
def test_pprof_s_order_is_understood(run, texts, command):
    ours, pprof_s = run(command, "heap.txt", "main.keep"), run(command, "main.keep", "heap.txt")
    assert (pprof_s.exit_code, pprof_s.stdout) == (0, ours.stdout)
    hint = "no such file, nor is there one 'none.txt': write the INPUT, then the FUNCTION"
    assert run(command, "main.keep", "none.txt").stderr == f"debugtext: main.keep: {hint}\n"
    assert run(command, "none.txt").stderr == "debugtext: none.txt: no such file\n"
    (texts / "goroutines").write_text("")
    assert "goroutines: the input is empty" in run(command, "goroutines", "heap.txt").stderr
