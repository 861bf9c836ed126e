"""The options that `render` of each output format is given."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debugtext.analyzers.rule import Rule


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How a report is to be shown; each renderer takes of it what it needs.

    `full`: shorten nothing. `color`: ANSI colours. `width` and `height`: the screen, in characters; without a height,
    as in the log of a job, every finding is told, and the tables are no longer than on a screen. `view` is the kind
    of profile that the user asked for (`allocs` shows what was allocated, where `heap` shows what is in use).
    `fail_on` is the severity from which on a finding fails a job. `rules` were examined beside those of the package.
    """

    full: bool = False
    color: bool = False
    width: int = 80
    height: int | None = 24
    view: str = ""
    fail_on: str = "error"
    rules: "tuple[Rule, ...]" = ()
