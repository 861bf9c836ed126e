"""The options that `render` of each output format is given."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debugtext.analyzers.rule import Rule


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How a report is to be shown; each output format uses the options that concern it.

    `full`: shorten nothing. `color`: use ANSI colours. `width` and `height`: the screen, in characters; without a
    height, as in the log of a CI job, every finding is shown in full, and tables are as long as on a usual screen.
    `view`: the kind of profile that the user asked for (`allocs` shows what was allocated, `heap` what is in use).
    `fail_on`: a finding of this severity or a higher one fails a CI job. `rules`: the user's own rules.
    """

    full: bool = False
    color: bool = False
    width: int = 80
    height: int | None = 24
    view: str = ""
    fail_on: str = "error"
    rules: "tuple[Rule, ...]" = ()
