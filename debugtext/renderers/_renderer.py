"""What a renderer is: a report in, a text out; its options are given to the constructor."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from debugtext.analyzers.rule import Rule
    from debugtext.records.reports import Report


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


class Renderer(Protocol):
    """One output format."""

    def __init__(self, options: RenderOptions) -> None: ...

    def render(self, report: "Report") -> str:
        r"""The report as text that ends in "\n", or nothing at all."""
