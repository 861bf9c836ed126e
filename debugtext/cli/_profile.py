"""The one profile that a view, picture or conversion is made of: text, or a binary profile saved by mistake."""

from debugtext.cli._output import complain
from debugtext.errors import BinaryInputError, UnreadableInputError
from debugtext.inputs import inputs
from debugtext.records.captures import Capture
from debugtext.records.memstats import MemStats
from debugtext.records.races import RaceReport

SERVER_ALONE = "/debug/pprof/heap?debug=1"
"""What is fetched from a URL that names only a server."""


def read_profile(argument: str, number: int = 0) -> Capture:
    """The capture with stacks in an input, the `number`th of several (0: the first, and the user is told of the rest).

    Raises UnreadableInputError if the input holds none, InputUnavailableError if it cannot be opened.
    """
    captures = [one for one in _captures(argument) if not isinstance(one.body, (MemStats, RaceReport))]
    if not captures:
        raise UnreadableInputError("no profile and no goroutine dump found in it")
    if number > len(captures):
        raise UnreadableInputError(f"--capture {number}: the input holds {len(captures)}")
    chosen = captures[max(number - 1, 0)]
    if not number and len(captures) > 1:
        complain(f"the input holds {len(captures)} profiles: this is the first, --capture N shows another")
    for problem in chosen.problems:
        complain(f"line {problem.line}: {problem.message}")
    return chosen


def _captures(argument: str) -> tuple[Capture, ...]:
    found = inputs((argument,), SERVER_ALONE)
    if len(found) > 1:
        raise UnreadableInputError(f"{argument} names {len(found)} files: give one")
    try:
        return found[0].read().captures
    except BinaryInputError as binary:
        from debugtext.formats.binary_profile import read_binary_profile  # noqa: PLC0415 - few inputs are binary

        return (read_binary_profile(binary.content, hide_runtime=False),)
