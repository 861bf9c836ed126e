"""The settings of an analysis: the user's own code, the thresholds of the rules, and findings to ignore."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from typing import TYPE_CHECKING, Any

from debugtext.errors import SettingsError

if TYPE_CHECKING:
    from datetime import date

_EXAMPLES = {
    "own_prefixes": "('example.com/app',)",
    "ignores": "(Ignore('we know', rule='DT201'),)",
    "knowledge_files": "('acme.toml',)",
}


@dataclass(frozen=True, slots=True)
class Ignore:
    """Findings to ignore: by rule, and by a function at the top, anywhere or as creator; all given must match.

    Raises SettingsError without a reason, and for what names neither a rule nor a function.
    """

    reason: str
    rule: str = ""
    top: str = ""
    any: str = ""
    created_by: str = ""
    expires: "date | None" = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise SettingsError("an ignore must have a reason")
        if not (self.rule or self.top or self.any or self.created_by):
            raise SettingsError("an ignore must name a rule, or a function as top, any or creator")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one analysis. `thresholds` replaces those of the rules by name: `{"DT201.minutes": 5}`.

    `own_prefixes` are the beginnings of the user's own packages. `rules` are added to those of this package. Raises
    SettingsError for anything but tuples of their types; rules and thresholds are looked at by `analyze`.
    """

    own_prefixes: tuple[str, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    ignores: tuple[Ignore, ...] = ()
    knowledge_files: tuple[str, ...] = ()
    rules: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        for name, kind in (("own_prefixes", str), ("ignores", Ignore), ("knowledge_files", (str, PathLike))):
            given = getattr(self, name)
            if not isinstance(given, tuple) or not all(isinstance(part, kind) for part in given):
                raise SettingsError(f"Settings.{name} must be a tuple, {_EXAMPLES[name]} for example, not {given!r}")
