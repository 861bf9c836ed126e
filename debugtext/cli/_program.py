"""The `debugtext` program: finds a command without importing the others, and ends with the right exit code."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from debugtext import __version__
from debugtext.cli import exit_codes
from debugtext.cli.command_table import COMMANDS, OF_ONE_KIND
from debugtext.cli.terminal.output import complain, discard
from debugtext.errors import DebugtextError, unexpected_in_words, wants_traceback
from debugtext.suggestions import did_you_mean

EXAMPLES = (
    "curl -s 'localhost:6060/debug/pprof/goroutine?debug=2' | debugtext goroutine",
    "debugtext heap http://localhost:6060",
    "go test ./... 2>&1 | debugtext check",
)


class Program(click.Group):
    """All commands. A command is imported when it is used; every error ends in one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None; its module is imported now, and no other one."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in OF_ONE_KIND:
            command = import_module("debugtext.cli.commands._of_one_kind").kind_command(cmd_name)
        else:
            command = import_module(f"debugtext.cli.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command; raises UsageError with a suggestion if there is none of this name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(_unknown_command(args[0]), ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, then click's help: most people read a help for its examples."""
        write_examples(formatter, EXAMPLES)
        super().format_help(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, made without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(self, args: Sequence[str] | None = None, *_: object, **__: object) -> NoReturn:
        """Runs the program and exits."""
        if os.environ.get("_DEBUGTEXT_COMPLETE"):
            import_module("debugtext.cli._completion")  # it adds PowerShell to click's shells
            self._main_shell_completion({}, "debugtext")
        sys.exit(_exit_code(self, list(sys.argv[1:] if args is None else args)))


def _unknown_command(word: str) -> str:
    """The message for a word that is no command; mostly it is a file, for which `check` is suggested."""
    from debugtext.inputs.arguments import URL_BEGINNINGS  # noqa: PLC0415 - only for this message

    if Path(word).exists() or word.startswith(URL_BEGINNINGS):
        return f"{word!r} is no command. To look at it: debugtext check {word}"
    return f"No command {word!r}.{did_you_mean(word, COMMANDS)}"


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """Writes the examples without wrapping them, so that they can be copied."""
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"  {example}\n")
    formatter.write("\n")


def _exit_code(program: Program, args: list[str]) -> int:
    try:
        code = _run(program, args)
        sys.stdout.flush()
    except BrokenPipeError:
        discard(sys.stdout)
        return exit_codes.CLOSED_PIPE
    except (KeyboardInterrupt, click.Abort):
        return exit_codes.INTERRUPTED
    except DebugtextError as error:
        complain(str(error))
        return error.exit_code
    except Exception as error:
        if wants_traceback():
            raise
        complain(unexpected_in_words(error))
        discard(sys.stdout)
        return exit_codes.TROUBLE
    return code


def _run(program: Program, args: list[str]) -> int:
    """Runs the program as click's own main does, which would turn Ctrl-C and a closed pipe into the exit code 1."""
    try:
        with program.make_context("debugtext", args) as context:
            code = program.invoke(context)
    except click.exceptions.Exit as end:
        code = end.exit_code
    except click.ClickException as error:
        try:
            error.show()
        except OSError:
            discard(sys.stderr)
        code = exit_codes.TROUBLE
    return code if isinstance(code, int) else exit_codes.CLEAN


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, "-V", "--version", message="debugtext %(version)s")
def program() -> None:
    """Reads the debug texts that Go programs print about themselves, and says what is wrong."""
