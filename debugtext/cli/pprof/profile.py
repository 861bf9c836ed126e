"""Reads the one profile that a view, picture or conversion is made of: a text, or a binary profile."""

from dataclasses import replace

from debugtext.cli.reporting.kinds import what_it_is
from debugtext.cli.reporting.reading import with_name
from debugtext.cli.terminal.output import complain, write_error
from debugtext.errors import BinaryInputError, DebugtextError, NoInputError, UnreadableInputError
from debugtext.inputs.arguments import inputs
from debugtext.inputs.request_headers import AS_USUAL, HowToAsk
from debugtext.records.captures import Capture, Reading
from debugtext.records.reports import Report
from debugtext.renderers.problem_lines import problem_lines
from debugtext.views.from_records import WITHOUT_STACKS

SERVER_ALONE = "/debug/pprof/heap?debug=1"
"""The page that is fetched if a URL names only a server."""


def read_profile(argument: str, number: int = 0, how: HowToAsk = AS_USUAL) -> Capture:
    """The `number`th capture with stacks in an input; 0 is the first, with a message if there are others.

    Raises UnreadableInputError if there is none, InputUnavailableError if the input cannot be opened; both name it.
    """
    try:
        return _chosen(argument, number, how)
    except NoInputError:
        raise
    except DebugtextError as error:
        error.args = (with_name(argument, str(error)),)
        raise


def _chosen(argument: str, number: int, how: HowToAsk) -> Capture:
    reading = _reading(argument, how)
    captures = [one for one in reading.captures if not isinstance(one.body, WITHOUT_STACKS)]
    if not captures:
        nothing = "no profile and no goroutine dump found in it"
        raise UnreadableInputError(what_it_is(reading) if reading.captures else nothing)
    if number > len(captures):
        raise UnreadableInputError(f"--capture {number}: it holds {len(captures)}")
    chosen = captures[max(number - 1, 0)]
    if not number and len(captures) > 1:
        words = f"this is the first of {len(captures)} profiles, --capture N shows another"
        complain(with_name(argument, words))
    for line in problem_lines(Report((replace(reading, captures=(chosen,)),))):
        write_error(line)
    return chosen


def _reading(argument: str, how: HowToAsk) -> Reading:
    found = inputs((argument,), SERVER_ALONE, how)
    if len(found) > 1:
        raise UnreadableInputError(f"{len(found)} files match this pattern: give one")
    try:
        return found[0].read()
    except BinaryInputError as binary:
        from debugtext.formats.pprof.binary_profile import read_binary_profile  # noqa: PLC0415 - few inputs are binary

        return Reading(found[0].name, (read_binary_profile(binary.content, hide_runtime=False),))
