"""What the documents say is so: their commands run, their output is real, what they link to is there."""

import re
import shlex
import subprocess
import tomllib
from inspect import cleandoc
from pathlib import Path

import pytest

import debugtext
from debugtext.analyzers import RULES
from debugtext.cli.command_table import COMMANDS
from debugtext.cli.exit_codes import MEANINGS
from debugtext.sizes import threshold_in_words

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "samples" / "README.md"]
CONSOLE = re.compile(r"^```console\n\$ (?P<command>.+)\n(?P<output>(?:.*\n)*?)```$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
MOST_COLUMNS = 80
MOST_LINES = 24

document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())


def run(command: str, line: str) -> str:
    """What a command line of a document prints, in a checkout."""
    program, *arguments = shlex.split(line)
    assert program == "debugtext"
    result = subprocess.run([command, *arguments], cwd=ROOT, capture_output=True, stdin=subprocess.DEVNULL)
    assert result.stderr == b""
    return result.stdout.decode().replace("\r\n", "\n")


@document
def test_output_in_a_document_is_what_the_command_prints(path, command, update_golden):
    text = path.read_text("utf-8")
    shown = CONSOLE.sub(
        lambda match: f"```console\n$ {match['command']}\n{run(command, match['command'])}```",
        text,
    )
    if update_golden and shown != text:
        path.write_text(shown, "utf-8", newline="\n")
    assert shown == path.read_text("utf-8")


def where_installed(target: Path) -> Path:
    """Where a file of the checkout is in this run: the package's own are beside what is imported, of a wheel too."""
    if target.is_relative_to(ROOT / "debugtext"):
        return Path(debugtext.__file__).parent / target.relative_to(ROOT / "debugtext")
    return target


@document
def test_a_document_links_to_what_is_there(path):
    linked = {link: (path.parent / link).resolve() for link in LINK.findall(path.read_text("utf-8"))}
    assert [link for link, target in linked.items() if not where_installed(target).exists()] == []


@document
def test_a_document_names_samples_that_are_there(path):
    named = re.findall(r"\bsamples/[\w./-]+\.(?:txt|json|html)\b", path.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).is_file()] == []


def rules_page() -> str:
    """docs/rules.md: the docstring of every rule, its thresholds, and the samples that prove it."""
    parts = [
        "# Rules",
        "<!-- Generated from debugtext/analyzers/ by pytest tests/test_documents.py --update-golden -->",
        "What each rule sees, why that is trouble, when it is not, and what to do, as `debugtext explain RULE` says.",
        "A rule that is certain repeats what the runtime says. One that is likely is a heuristic, with its reasons.",
    ]
    for rule in RULES:
        parts += [f"## {rule.id} {rule.name}", f"{rule.verdict.value}, {rule.certainty.value}", cleandoc(rule.__doc__)]
        if rule.thresholds:
            values = ((name, threshold_in_words(name, value)) for name, value in rule.thresholds.items())
            rows = [f"| `{rule.id}.{name}` | {value} |" for name, value in values]
            parts.append("\n".join(["| threshold | value |", "|---|---|", *rows]))
        if rule.about_thresholds:
            parts.append(rule.about_thresholds)
        for word, names in (("Fires on", rule.fires_on), ("Quiet on", rule.quiet_on)):
            if names:
                parts.append(f"{word} " + ", ".join(f"[{name}](../samples/{name})" for name in names) + ".")
    return "\n\n".join(parts) + "\n"


def test_the_page_of_the_rules_is_what_the_rules_say(update_golden):
    page = ROOT / "docs" / "rules.md"
    if update_golden:
        page.write_text(rules_page(), "utf-8", newline="\n")
    assert page.read_text("utf-8") == rules_page()


def test_the_index_lists_every_document():
    listed = set(LINK.findall((ROOT / "docs" / "README.md").read_text("utf-8")))
    assert {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"} <= listed


def test_every_sample_has_its_provenance():
    told = set(re.findall(r"^\| `([^`]+)` \|", (ROOT / "samples" / "README.md").read_text("utf-8"), re.MULTILINE))
    there = {path.relative_to(ROOT / "samples").as_posix() for path in (ROOT / "samples").rglob("*") if path.is_file()}
    there = {name for name in there if not name.startswith("programs/") and "/" in name}
    assert told == there


def test_the_readme_s_two_commands_are_what_a_reader_can_copy():
    install, test, *_ = re.findall(
        r"^```sh\n(.*?)\n```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert install.startswith("python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/debugtext ")
    assert test == '.venv/bin/pip install -q ".[test]" && .venv/bin/pytest -q'
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "test" in project["project"]["optional-dependencies"]


def test_the_exit_codes_are_told_wherever_people_look_for_them(command):
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.MULTILINE)
    assert {int(code): meaning for code, meaning in rows} == MEANINGS
    shown = run(command, "debugtext check -h").splitlines()
    assert [line.split(None, 1) for line in shown[-6:]] == [[str(code), meaning] for code, meaning in MEANINGS.items()]


def test_the_readme_tells_of_every_command():
    readme = (ROOT / "README.md").read_text("utf-8")
    told = {
        name for row in re.findall(r"^\| (`.*?) \|", readme, re.MULTILINE) for name in re.findall(r"`([a-z]+)`", row)
    }
    assert told == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_s_help_opens_with_examples_and_fits(command, name):
    shown = run(command, f"debugtext {name} -h").splitlines()
    assert shown[0] == "Examples:"
    examples = shown[1 : shown.index("")]
    assert len(examples) == 3
    assert all("debugtext " in example for example in examples)
    assert max(map(len, shown[len(examples) + 1 :])) <= MOST_COLUMNS


def test_the_program_s_help_fits_a_screen_and_lists_every_command(command):
    shown = run(command, "debugtext -h").splitlines()
    assert max(map(len, shown)) <= MOST_COLUMNS
    assert [line.split()[0] for line in shown[shown.index("Commands:") + 1 :]] == list(COMMANDS)


@pytest.mark.parametrize(
    "line",
    [f"debugtext {name}" for name in ("heap {}/heap/map-grow-go1.27-2.txt", "goroutine {}/dump/chan-send-go1.27.txt")],
)
def test_a_table_fits_one_screen(command, line):
    shown = run(command, line.format("samples")).splitlines()
    assert max(map(len, shown)) <= MOST_COLUMNS
    assert len(shown) <= MOST_LINES
