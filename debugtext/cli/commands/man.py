"""`debugtext man`: the manual page in troff, from the same texts as --help."""

from collections.abc import Iterator

import click

from debugtext import __version__
from debugtext.cli._program import EXAMPLES as PROGRAM_EXAMPLES
from debugtext.cli._program import program
from debugtext.cli.command_table import COMMANDS
from debugtext.cli.exit_codes import MEANINGS
from debugtext.cli.options.of_reports import example_command
from debugtext.cli.terminal.output import write
from debugtext.project.configuration import FILE, PREFIX

EXAMPLES = (
    "debugtext man | man -l -",
    "debugtext man > ~/.local/share/man/man1/debugtext.1",
    "debugtext man | groff -man -Tutf8 | less",
)


@example_command("man", EXAMPLES)
def command() -> int:
    """Prints the manual page, in troff for man(1)."""
    write("\n".join(_lines()) + "\n")
    return 0


def _lines() -> Iterator[str]:
    yield f'.TH DEBUGTEXT 1 "" "debugtext {__version__}" "User Commands"'
    yield from (".SH NAME", rf"debugtext \- {_troff(program.help or '')}")
    yield from (".SH SYNOPSIS", ".B debugtext", r".I COMMAND", "[OPTIONS] [INPUT]...")
    yield from (".SH EXAMPLES", ".nf", *map(_troff, PROGRAM_EXAMPLES), ".fi")
    yield ".SH COMMANDS"
    context = click.Context(program, info_name="debugtext")
    for name in COMMANDS:
        command = program.get_command(context, name)
        assert command is not None
        yield from _command(command, name, context)
    yield ".SH EXIT STATUS"
    for code, meaning in MEANINGS.items():
        yield from (".TP", f".B {code}", _troff(meaning))
    yield from (".SH ENVIRONMENT", ".TP", f".B {PREFIX}*", "The settings by name; see debugtext config.")
    yield from (
        ".SH FILES",
        ".TP",
        f".B {_troff(FILE)}",
        "The settings of a project; also [tool.debugtext] in pyproject.toml.",
    )


def _command(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent)
    usage = " ".join(command.collect_usage_pieces(context))
    yield from (f".SS {_troff(context.command_path)} {_troff(usage)}", *_paragraphs(command.help or ""))
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and isinstance(parameter, click.Option) and "--help" not in parameter.opts:
            yield from (".TP", f".B {_troff(record[0])}", _troff(record[1]))
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from _command(found, below, context)


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ".PP"
        yield _troff(" ".join(paragraph.split()))


def _troff(text: str) -> str:
    """Text that troff shows as it is: no escapes, no requests at a line's beginning."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga")
    escaped = escaped.replace("…", "...").replace("\n", " ")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
