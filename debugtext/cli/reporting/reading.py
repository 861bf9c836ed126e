"""Reads INPUT arguments; if one fails, this is said on standard error, and the others are still read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from debugtext.cli import exit_codes
from debugtext.cli.options.of_reports import Options
from debugtext.cli.terminal.output import complain
from debugtext.cli.terminal.progress import Progress
from debugtext.errors import DebugtextError
from debugtext.inputs.arguments import Input, inputs
from debugtext.records.captures import Problem, Reading


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one input: its reading, or an empty reading with a message that says why."""

    reading: Reading
    message: str = ""
    code: int = exit_codes.CLEAN


def named_inputs(arguments: Sequence[str], options: Options, kind: str) -> tuple[Input, ...]:
    """The inputs; to a URL that names only a server, the page with texts of this kind is added."""
    from debugtext.cli.reporting.kinds import path_of  # noqa: PLC0415

    return inputs(arguments, path_of(kind), options.how)


def read_inputs(arguments: Sequence[str], options: Options, kind: str = "") -> tuple[list[Reading], int]:
    """The readings in the order of the inputs, and the highest exit code of those that could not be read."""
    sources = named_inputs(arguments, options, kind)
    progress = Progress(len(sources))
    readings, code = [], exit_codes.CLEAN
    for source in sources:
        progress.begin(in_words(source.name))
        outcome = read_one(source, kind, options.line_prefix, progress.add)
        readings.append(outcome.reading)
        code = max(code, exit_code_of(outcome, progress))
    progress.clear()
    return readings, code


def exit_code_of(outcome: Outcome, progress: Progress) -> int:
    """The exit code of an input; its message is written to standard error, if there is one."""
    if outcome.message:
        progress.clear()
        complain(outcome.message)
    return outcome.code


def read_one(
    source: Input, kind: str, line_prefix: str | None, progress: Callable[[int], None] | None = None
) -> Outcome:
    """Reads one input; with a `kind`, only the texts of this kind."""
    from debugtext.cli.reporting.kinds import only  # noqa: PLC0415

    try:
        reading = source.read(line_prefix, progress)
        return Outcome(only(kind, reading) if kind else reading)
    except DebugtextError as error:
        message = with_name(source.name, str(error))
        return Outcome(Reading(source.name, (), (Problem(0, message),)), message, error.exit_code)


def with_name(name: str, message: str) -> str:
    """The message with the input's name before it, unless the message names the input itself."""
    named = tuple(f"{known}{mark}" for known in (name, name.rstrip("/\\")) for mark in (":", " is"))
    return message if message.startswith(named) else f"{in_words(name)}: {message}"


def in_words(name: str) -> str:
    """An input's name as it is shown: without a password in a URL, and `standard input` for `-`."""
    if "@" in name and "://" in name:
        from debugtext.inputs.fetching import without_password  # noqa: PLC0415 - importing urllib is slow

        return without_password(name)
    return "standard input" if name == "-" else name
