"""Completion scripts: those of click, and one for PowerShell, which click does not have."""

import os

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, get_completion_class

SHELLS = ("bash", "zsh", "fish", "powershell")
PROGRAM, VARIABLE = "debugtext", "_DEBUGTEXT_COMPLETE"

_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $env:%(complete_var)s = "powershell_complete"
    $before = $commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition }
    $env:COMP_WORDS = ($before | ForEach-Object { $_.ToString() }) -join "`n"
    $env:COMP_CWORD = $wordToComplete
    try {
        %(prog_name)s | Where-Object { $_ } | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            $shown = if ($help) { $help } else { $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue", $shown)
        }
    } finally {
        $env:%(complete_var)s = $null
        $env:COMP_WORDS = $null
        $env:COMP_CWORD = $null
    }
}
"""


class PowerShellComplete(ShellComplete):
    """Completion in PowerShell: COMP_WORDS has a word on each line, COMP_CWORD the word that is being typed."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the word that is being typed, and that word."""
        words, incomplete = os.environ.get("COMP_WORDS", "").split("\n")[1:], os.environ.get("COMP_CWORD", "")
        return (words[:-1] if incomplete and words and words[-1] == incomplete else words), incomplete

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """The completions without files: if there are none, PowerShell completes files by itself."""
        return [item for item in super().get_completions(args, incomplete) if item.type == "plain"]

    def format_completion(self, item: CompletionItem) -> str:
        """A line with the word and its help."""
        return f"{item.value}\t{item.help or ''}"


add_completion_class(PowerShellComplete)


def script(shell: str, program: click.Command) -> str:
    """The script that makes a shell complete the program."""
    found = get_completion_class(shell)
    assert found is not None
    made = found(program, {}, PROGRAM, VARIABLE)
    return made.source_template % made.source_vars() + "\n" * (not made.source_template.endswith("\n"))
