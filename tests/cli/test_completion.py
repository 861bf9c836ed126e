"""Completion in the shells: bash, zsh and fish take the script, and are asked; PowerShell's part is played."""

import os
import re
import select
import shutil
import subprocess
import time
from pathlib import Path

import pytest

QUESTIONS = pytest.mark.parametrize(
    ("line", "words"),
    [
        ("gorou", {"goroutine"}),
        ("check --fail-on ", {"error", "warning", "note", "never"}),
        ("baseline ", {"write"}),
        ("explain DT10", {"DT101", "DT102", "DT103", "DT104", "DT105"}),
        ("explain nil-ch", {"nil-channel"}),
    ],
)


@pytest.fixture
def shell(command, tmp_path, monkeypatch):
    """`shell("fish")` gives the shell's program and the file with its script; the command is found in the PATH."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(command).parent}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "job.log").write_text("")

    def ready(name):
        program = shutil.which(name)
        if program is None:
            pytest.skip(f"no {name} on this machine")
        script = tmp_path / f"complete.{name}"
        script.write_text(subprocess.check_output([command, "completion", name], text=True), "utf-8", newline="\n")
        return program, script

    return ready


def bash(program, script, line):
    """What bash would offer; `compgen -o default` stands for its own completion of files."""
    ask = f"""
    source {script}
    compopt() {{ [ "$2" = default ] && COMPREPLY+=($(compgen -f -- "${{COMP_WORDS[COMP_CWORD]}}")); }}
    COMP_WORDS=(debugtext {line}); [[ "{line}" == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMPREPLY=()
    _debugtext_completion debugtext; printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    return set(subprocess.check_output([program, "--norc", "-c", ask], text=True).split())


def fish(program, script, line):
    ask = f"source {script}; complete -C 'debugtext {line}'"
    said = subprocess.check_output([program, "--no-config", "-c", ask], text=True)
    return {one.partition("\t")[0] for one in said.splitlines()}


@QUESTIONS
def test_bash(shell, line, words):
    assert bash(*shell("bash"), line) == words


@QUESTIONS
def test_fish(shell, line, words):
    assert fish(*shell("fish"), line) == words


@pytest.mark.parametrize("ask", [bash, fish], ids=["bash", "fish"])
def test_an_input_is_a_file(shell, ask):
    assert ask(*shell(ask.__name__), "check jo") == {"job.log"}
    assert ask(*shell(ask.__name__), "diff job.log jo") == {"job.log"}


def test_zsh_at_a_terminal(shell):
    """Zsh completes only where somebody types: a pseudo-terminal, a line, a tab."""
    pty = pytest.importorskip("pty")
    program, script = shell("zsh")
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(program, [program, "-f", "-i"], {**os.environ, "TERM": "dumb", "PS1": "% "})
    try:
        _said(terminal, f"autoload -U compinit; compinit -u -D; source {script}; print re'ad'y\n", "ready\r")
        assert _said(terminal, "debugtext gorou\t", "debugtext goroutine ")
        assert _said(terminal, "\x15debugtext check --fail-on \t", "never")
        assert _said(terminal, "\x15debugtext check jo\t", "debugtext check job.log ")
        assert _said(terminal, "\x15debugtext explain DT60\t\t", "DT609")
    finally:
        os.close(terminal)
        os.waitpid(pid, 0)


def _said(terminal, typed, wanted):
    """Whether the terminal shows it within a while of the keys."""
    os.write(terminal, typed.encode())
    shown, deadline = "", time.monotonic() + 20
    while time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.1)[0]:
            shown += os.read(terminal, 65536).decode("utf-8", "replace")
        if wanted in re.sub(r"\x1b\[[?\d;]*[a-zA-Z]", "", shown):
            return True
    return False


@QUESTIONS
def test_powershell_s_side_of_it(command, line, words):
    """No PowerShell here: what its script sends, and what it takes: a word a line, a tab, its help."""
    elements = ["debugtext", *line.split()]
    environment = {
        "_DEBUGTEXT_COMPLETE": "powershell_complete",
        "COMP_WORDS": "\n".join(elements),
        "COMP_CWORD": "" if line.endswith(" ") else elements[-1],
    }
    said = subprocess.check_output([command], env=os.environ | environment, text=True, encoding="utf-8")
    assert {one.partition("\t")[0] for one in said.splitlines()} == words


def test_powershell_completes_files_by_itself(command):
    environment = {
        "_DEBUGTEXT_COMPLETE": "powershell_complete",
        "COMP_WORDS": "debugtext\ncheck\njo",
        "COMP_CWORD": "jo",
    }
    assert subprocess.check_output([command], env=os.environ | environment).strip() == b""


def test_powershell_s_script_is_powershell(command):
    """By the grammar that editors have of it."""
    tree_sitter = pytest.importorskip("tree_sitter")
    grammar = pytest.importorskip("tree_sitter_powershell")
    parser = tree_sitter.Parser(tree_sitter.Language(grammar.language()))
    script = subprocess.check_output([command, "completion", "powershell"])
    assert b"Register-ArgumentCompleter -Native -CommandName debugtext " in script
    assert not parser.parse(script).root_node.has_error
    assert parser.parse(script.replace(b"try {", b"try")).root_node.has_error


def test_the_manual_page_is_one_by_mandoc(command, tmp_path):
    program = shutil.which("mandoc")
    if program is None:
        pytest.skip("no mandoc on this machine")
    page = tmp_path / "debugtext.1"
    page.write_bytes(subprocess.check_output([command, "man"]))
    linted = subprocess.run([program, "-T", "lint", "-W", "warning", page], capture_output=True, text=True)
    assert [line for line in linted.stdout.splitlines() if "missing date" not in line] == []
    shown = subprocess.check_output([program, "-T", "utf8", page], text=True, encoding="utf-8")
    shown = re.sub(".\x08", "", shown)
    for words in ("debugtext baseline write", "--fail-on", "EXIT STATUS", "DEBUGTEXT_*", ".debugtext.toml"):
        assert words in shown
