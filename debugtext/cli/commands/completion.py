"""`debugtext completion`: the script that teaches a shell to complete our commands."""

import click

from debugtext.cli._completion import SHELLS, script
from debugtext.cli.options.of_reports import example_command
from debugtext.cli.terminal.output import write

EXAMPLES = (
    'eval "$(debugtext completion bash)"',
    "debugtext completion fish > ~/.config/fish/completions/debugtext.fish",
    "debugtext completion powershell | Out-String | Invoke-Expression",
)


@example_command("completion", EXAMPLES)
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> int:
    """Prints the completion script of a SHELL."""
    write(script(shell, click.get_current_context().find_root().command))
    return 0
