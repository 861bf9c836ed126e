"""The settings of an analysis: the user's own code, the thresholds of the rules, and findings to ignore."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Ignore:
    """Findings to ignore: by rule, and by a function at the top, anywhere or as creator; all given must match."""

    reason: str
    rule: str = ""
    top: str = ""
    any: str = ""
    created_by: str = ""
    expires: "date | None" = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one analysis. `thresholds` replaces those of the rules by name: `{"DT201.minutes": 5}`.

    `own_prefixes` are the beginnings of the user's own packages. `rules` are added to those of this package.
    """

    own_prefixes: tuple[str, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    ignores: tuple[Ignore, ...] = ()
    knowledge_files: tuple[str, ...] = ()
    rules: tuple[Any, ...] = ()
