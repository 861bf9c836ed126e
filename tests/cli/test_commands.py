"""The commands as a whole: what they print, their help, how they are found."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import debugtext.cli.commands
from debugtext.cli._program import program
from debugtext.cli.command_table import COMMANDS, OF_ONE_KIND
from debugtext.cli.reporting.kinds import KINDS


@pytest.mark.parametrize("name", COMMANDS)
def test_help_opens_with_three_examples(run, name):
    result = run(name, "--help")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Examples:"
    examples = lines[1 : lines.index("")]
    assert len(examples) == 3
    assert all("debugtext " in example for example in examples)
    assert lines[len(examples) + 2].startswith("Usage: debugtext")


def test_the_help_lists_every_command(run):
    result = run("-h")
    assert result.stdout.splitlines()[0] == "Examples:"
    for name, text in COMMANDS.items():
        assert f"  {name} " in result.stdout
        assert len(text) <= 60
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_every_module_of_a_command_is_in_the_list():
    folder = Path(debugtext.cli.commands.__file__).parent
    modules = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    assert modules == set(COMMANDS) - set(OF_ONE_KIND)
    assert tuple(KINDS) == OF_ONE_KIND


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["haep"], "No command 'haep'. Did you mean 'heap'?"),
        (["heap.txt"], "'heap.txt' is no command. To look at it: debugtext check heap.txt"),
        (["heap", "--formt", "json"], "Did you mean '--format'?"),
        (["check", "--line-prefix", "(", "heap.txt"], "Invalid value for '--line-prefix': '(': missing )"),
        (["baseline", "write", "--format", "json", "heap.txt"], "No such option"),
        (["check", "-o", "out.html", "heap.txt"], "Did you mean 'html:out.html'?"),
        (["check", "-o", "out.md", "heap.txt"], "Did you mean 'markdown:out.md'?"),
        (["check", "-o", "sarf:out.json", "heap.txt"], "Did you mean 'sarif'?"),
        (["check", "-o", "json:none/x.json", "heap.txt"], "'json:none/x.json': the folder none does not exist"),
        (["check", "-o", "json:-", "heap.txt"], "-o writes files. For the standard output, use --format json"),
        (["check", "-o", "sarif:a", "-o", "junit:./a", "heap.txt"], "'junit:./a': another -o writes this file already"),
        (["check", "--own", "", "heap.txt"], "'--own': a value is empty: is a variable of the script not set?"),
        (["check", "--strip-prefix", "", "heap.txt"], "'--strip-prefix': a value is empty"),
        (["report", "-o", "none/x.html", "heap.txt"], "debugtext: none/x.html: the folder none does not exist"),
        (["convert", "--to", "csv", "-o", "none/x.csv", "heap.txt"], "debugtext: none/x.csv: the folder none does not"),
        (["graph", "-o", "none/x.dot", "heap.txt"], "debugtext: none/x.dot: the folder none does not exist"),
        (["baseline", "write", "--to", "none/x.json", "heap.txt"], "debugtext: none/x.json: the folder none does not"),
        (["check", "-o", "json:.", "heap.txt"], "debugtext: .: this is a folder: name a file in it"),
        (["explain", "nil-chanel"], "no rule 'nil-chanel'. Did you mean 'nil-channel'?"),
    ],
)
def test_slips_are_answered(run, texts, arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "end"),
    [
        (
            ["heap", "--threshold", "DT999.x=1"],
            "no rule has a threshold 'DT999.x'. `debugtext explain RULE` lists those of a rule",
        ),
        (["heap", "--threshold", "DT102.x=1"], "no rule has a threshold 'DT102.x'. DT102 has none"),
        (["heap", "--threshold", "DT304.x=1"], "'DT304.x'. DT304 has waiters, minutes, minutes_of_many"),
        (["heap", "--threshold", "DT304.minuts=1"], "you mean 'minutes'? DT304 has waiters, minutes, minutes_of_many"),
        (
            ["heap", "--threshold", "DT20l.x=1"],
            "'DT20l.x'. Did you mean 'DT201'? `debugtext explain RULE` lists those of a rule",
        ),
        (
            ["heap", "--threshold", "nil-channel.x=1"],
            "Did you mean 'DT102'? `debugtext explain RULE` lists those of a rule",
        ),
        (["explain", "DT999"], "no rule 'DT999'. `debugtext rules` lists them all"),
        (["explain", "dt-2Ol"], "no rule 'dt-2Ol'. Did you mean 'DT201'? `debugtext rules` lists them all"),
    ],
)
def test_a_rule_is_suggested_only_where_it_looks_the_same(run, texts, arguments, end):
    assert " ".join(run(*arguments).stderr.split()).endswith(end)


def test_the_table_of_a_heap(run, texts):
    result = run("heap", "heap.txt")
    assert result.stdout.splitlines()[2:5] == [
        "heap: 64 B in use in 2 objects (every allocation is counted)",
        "flat  flat%   cum  cum%  objects  function",
        "64 B   100%  64 B  100%        2  main.keep",
    ]


def test_memstats_of_a_heap_text(run, texts):
    lines = run("memstats", "heap.txt").stdout.splitlines()
    assert lines[2:4] == ["memstats: the runtime's own numbers at the moment of the dump", "memory  live heap 1 MiB"]
    fields = json.loads(run("memstats", "heap.txt", "--format", "json").stdout)
    assert fields["inputs"][0]["captures"][0]["format"] == "memstats"


def test_certain_leaks_come_first(run, texts):
    lines = run("check", "leak.txt").stdout.splitlines()
    assert lines[0].startswith("LEAK certain: ")
    assert any("main.work main.go:7" in line for line in lines)


def test_check_reads_standard_input_and_globs(run, texts):
    assert (
        json.loads(run("check", "--format", "json", text=(texts / "heap.txt").read_text()).stdout)["inputs"][0]["name"]
        == "-"
    )
    fields = json.loads(run("check", "--format", "json", "--fail-on", "never", "*a*.txt").stdout)
    assert [entry["name"] for entry in fields["inputs"]] == ["heap.txt", "leak.txt", "panic.txt"]


def test_json_lists_an_input_that_failed(run, texts):
    result = run("check", "--format", "json", "missing.txt", "heap.txt")
    failed, read = json.loads(result.stdout)["inputs"]
    assert failed == {
        "name": "missing.txt",
        "captures": [],
        "problems": [{"line": 0, "message": "missing.txt: no such file"}],
    }
    assert read["captures"][0]["format"] == "heap"


def test_what_grew(run, texts):
    text = (texts / "heap.txt").read_text()
    (texts / "later.txt").write_text(text.replace("2: 64 [2: 64]", "9: 288 [9: 288]").replace("NumGC = 0", "NumGC = 3"))
    result = run("diff", "heap.txt", "later.txt")
    assert result.stdout.splitlines()[2:5] == [
        "memory in use: 64 B → 288 B (+224 B)",
        "growth  before  after  where",
        "+224 B    64 B  288 B  main.keep main.go:9",
    ]


@pytest.mark.parametrize(
    ("arguments", "env", "colored"),
    [
        pytest.param([], {}, False, id="no terminal"),
        pytest.param(["--color", "always"], {"NO_COLOR": "1"}, True, id="the flag wins"),
        pytest.param(["--color", "never"], {"FORCE_COLOR": "1"}, False, id="the flag wins again"),
        pytest.param([], {"FORCE_COLOR": "1"}, True, id="FORCE_COLOR"),
        pytest.param([], {"FORCE_COLOR": "0"}, False, id="FORCE_COLOR off"),
        pytest.param([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, id="NO_COLOR before FORCE_COLOR"),
    ],
)
def test_colours(run, texts, arguments, env, colored):
    assert ("\x1b[" in run("check", "leak.txt", *arguments, env=env).stdout) is colored


def test_own_packages_are_shown(run, texts):
    text = (texts / "goroutines.txt").read_text().replace("main.work", "example.com/team/x.Work")
    assert "x.Work main.go:7" in run("goroutine", "--own", "example.com/team", text=text).stdout


def test_a_threshold_is_heeded(run, texts):
    from debugtext.analyzers import RULES

    rule, name = next((rule, name) for rule in RULES for name in rule.thresholds)
    assert run("check", "--threshold", f"{rule.id}.{name}=1e9", "goroutines.txt").exit_code == 0
    assert run("check", "--threshold", f"{rule.id}.{name}=much", "goroutines.txt").exit_code == 2


def test_a_threshold_without_its_rule_is_told_the_form(run, texts):
    from debugtext.analyzers import RULES

    rule = next(rule for rule in RULES if rule.thresholds)
    result = run("check", "--threshold", "points=9", "goroutines.txt")
    assert result.exit_code == 2
    assert "'points=9': write RULE.NAME=VALUE, like " in result.stderr
    assert "Thresholds (--threshold RULE.NAME=VALUE):" in run("explain", rule.id).stdout


def test_rules_are_listed_and_explained(run):
    from debugtext.analyzers import RULES

    listed = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in listed if not line.startswith(" ")] == [rule.id for rule in RULES]
    assert listed[:2] == [
        "DT101  certain  leak        leaked",
        "       Goroutines that Go's own detector found: nothing that still runs can ever",
    ]
    for rule in RULES:
        text = run("explain", rule.id).stdout
        assert text.startswith(f"{rule.id} {rule.name}: {rule.verdict.value}, {rule.certainty.value}\n")
        assert len(text.splitlines()) > 3
        assert "**" not in text
        assert [line for line in text.splitlines() if len(line) > 80] == []
        assert run("explain", rule.name).stdout == text


def test_a_rule_about_waits_explains_its_signs_in_a_terminal_s_width(run):
    from debugtext.analyzers.weighing.signs.table import SIGNS

    lines = run("explain", "DT201").stdout.splitlines()
    assert [line for line in lines if len(line) > 80] == []
    table = lines[lines.index("What gives points, and what takes them, at most:") + 1 :]
    assert [line[2:].partition("  ")[0] for line in table if line[2] != " "] == [sign.name for sign in SIGNS]
    assert "  name               -4  a worker, loop, watch or the like; it counts less the" in table


def imported(*arguments, cwd=None):
    """The modules that a call imports."""
    command = [sys.executable, "-X", "importtime", "-m", "debugtext", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEBUGTEXT_")}
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False, env=environment)
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        pytest.param(["--version"], {"click", "lark", "tabulate", "json", "debugtext.reading"}, id="version"),
        pytest.param(["--help"], {"lark", "tabulate", "json", "debugtext.reading", "debugtext.records"}, id="help"),
        pytest.param(["check", "--help"], {"lark", "tabulate", "json"}, id="help of a command"),
        pytest.param(
            ["check", "--format", "json", "heap.txt"],
            {"lark", "tabulate", "sqlite3", "urllib.request", "textwrap"},
            id="JSON",
        ),
        pytest.param(["heap", "heap.txt"], {"lark", "json", "sqlite3", "urllib.request", "difflib"}, id="table"),
    ],
)
def test_only_what_is_needed_is_imported(texts, arguments, absent):
    """Start-up is most of the time of a call; what is slow to import waits until it is needed."""
    modules = imported(*arguments, cwd=texts)
    assert "debugtext" in modules
    assert modules & absent == set()


def test_explain_lists_the_limits_that_findings_of_libraries_print(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    limits = {
        "at_least = 7\nfew = 2\nminutes = 9": "≥ 7; ≥ 2 for 9 min",
        "at_least = 1200\nshare = 0.3": "≥ 1,200 and 30%",
        "at_least = 5\nnoted = true": "≥ 5 (a note)",
        "at_least = 1000000\nfew = 1": "≥ 1 for 2 min",
    }
    (tmp_path / "mine.toml").write_text(
        "".join(
            f'[[library]]\nid = "our-{i}"\n{keys}\n'
            f'functions = ["pool.wait{i}"]\ntitle = "t"\nadvice = "a"\nsource = "s"\n'
            for i, keys in enumerate(limits)
        )
    )
    (tmp_path / ".debugtext.toml").write_text("knowledge = ['mine.toml']\n")
    lines = run("explain", "DT211").stdout.splitlines()
    shown = dict(line.split(maxsplit=1) for line in lines if line.startswith("  "))
    assert [shown[f"our-{i}"] for i in range(4)] == list(limits.values())
    assert "http-body-not-closed" in shown
    assert max(map(len, lines)) <= 80


def test_findings_of_several_inputs_name_them_in_one_form(run, texts):
    for name in ("first", "second"):
        (texts / name).mkdir()
        (texts / name / "leak.txt").write_bytes((texts / "leak.txt").read_bytes())
    (texts / "other.txt").write_bytes((texts / "leak.txt").read_bytes())

    def named(*inputs):
        lines = run("check", *inputs).stdout.splitlines()
        return {line.split(": ")[1] for line in lines if line.startswith("LEAK certain: ")}

    assert named(texts / "leak.txt", "first/../other.txt") == {"leak.txt and 1 other input"}
    assert named("first/leak.txt", texts / "second" / "leak.txt") == {"first/leak.txt and 1 other input"}
    assert named("first/leak.txt", "other.txt", "--full") == {"first/leak.txt", "other.txt"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_for_and_no_list_of_commands_is_cut(run, name):
    command = program.get_command(click.Context(program), name)
    inner = getattr(command, "commands", {})
    options = [
        option for one in (command, *inner.values()) for option in one.params if isinstance(option, click.Option)
    ]
    assert [option.opts for option in options if not option.help] == []
    if inner:
        listed = run(name, "--help").stdout.partition("Commands:")[2].splitlines()
        assert [line for line in listed if line.endswith("...")] == []
