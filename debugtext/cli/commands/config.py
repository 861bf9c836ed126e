"""`debugtext config`: every setting, its value, and where that came from."""

import click

from debugtext.cli.options.of_reports import Options, example_command, report_options
from debugtext.cli.terminal.output import write
from debugtext.project.configuration import Configuration
from debugtext.renderers.untrusted import one_line
from debugtext.settings import Ignore
from debugtext.sizes import threshold_in_words

_FLAGS = {"thresholds": "--threshold"}
_OF_CHECK = "(`check` fails on errors where fail-on is not set.)\n"
EXAMPLES = ("debugtext config", "DEBUGTEXT_FAIL_ON=warning debugtext config", "debugtext config --fail-on note")


@example_command("config", EXAMPLES)
@report_options(answer_time=None)
def command(options: Options) -> int:
    """Shows every setting: its value, and where it came from.

    Flags win over DEBUGTEXT_*, over .debugtext.toml, over [tool.debugtext] in pyproject.toml, over the defaults.
    """
    from debugtext.project.configured_values import KEYS  # noqa: PLC0415

    context = click.get_current_context()
    configuration = context.obj if isinstance(context.obj, Configuration) else Configuration()
    rows = []
    for key in KEYS:
        name = {"output": "outputs", "ignore": "ignores"}.get(key, key.replace("-", "_"))
        flag = context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
        origin = _FLAGS.get(key, f"--{key}") if flag else configuration.origins.get(key, "default")
        rows.append((key, _shown(getattr(options, name)), origin))
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    write("".join(f"{key.ljust(widths[0])}  {value.ljust(widths[1])}  {origin}\n" for key, value, origin in rows))
    if ("fail-on", "never", "default") in rows:
        write(_OF_CHECK)
    return 0


def _ignore_in_words(entry: Ignore) -> str:
    what = " ".join(filter(None, (entry.rule, entry.top, entry.any, entry.created_by)))
    return f"{what} ({entry.reason}{f', until {entry.expires}' if entry.expires else ''})"


def _shown(value: object) -> str:
    """A value on one line; `-` for none."""
    if isinstance(value, dict):
        value = tuple(f"{name}={threshold_in_words(name, number)}" for name, number in value.items())
    if isinstance(value, tuple):
        value = ", ".join(one if isinstance(one, str) else _ignore_in_words(one) for one in value)
    if isinstance(value, bool):
        return str(value).lower()
    return one_line(str(value)) if value not in (None, "") else "-"
