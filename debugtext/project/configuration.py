"""Settings from outside the command line: DEBUGTEXT_* over .debugtext.toml over [tool.debugtext] in pyproject.toml.

Files are looked for in this folder and those above it, up to the one with `.git`. Without any, nothing is imported.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from debugtext.errors import SettingsError
from debugtext.settings import Ignore

FILE = ".debugtext.toml"
PROJECT_FILE = "pyproject.toml"
PREFIX = "DEBUGTEXT_"
OTHER_VARIABLES = frozenset({"DEBUGTEXT_STORE", "DEBUGTEXT_TRACEBACK", "DEBUGTEXT_CONFIG", "DEBUGTEXT_HEADER_FILE"})
"""Variables of ours that are no key of a file."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The values by key, where each came from, and the ignores."""

    values: Mapping[str, object] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    ignores: tuple[Ignore, ...] = ()


def load(folder: Path | None = None, environment: Mapping[str, str] = os.environ) -> Configuration:
    """What the environment and the files say; raises SettingsError for a key or value that makes no sense.

    `DEBUGTEXT_CONFIG` names another file than `.debugtext.toml`; empty, it turns all files off.
    """
    tables = _tables(folder or Path.cwd(), environment)
    names = [name for name in environment if name.startswith(PREFIX)]
    return _read(tables, {name: environment[name] for name in names}) if tables or names else Configuration()


def _read(tables: list[tuple[Path, Mapping[str, object]]], variables: Mapping[str, str]) -> Configuration:
    from debugtext.project.configured_values import KEYS, checked, checked_variable, ignores_of, unknown_key  # noqa: PLC0415

    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    ignores: tuple[Ignore, ...] = ()
    for path, table in tables:
        for key, value in table.items():
            if key not in KEYS:
                raise SettingsError(f"{path}: {unknown_key(key)}")
            if key == "ignore":
                ignores = ignores_of(value, str(path))
            else:
                values[key] = checked(key, value, path)
            origins[key] = str(path)
    for name, text in variables.items():
        if key := _key_of(name):
            values[key] = checked_variable(key, text, name)
            origins[key] = name
    return Configuration(values, origins, ignores)


def _key_of(name: str) -> str:
    """The key of a variable. Other programs may have DEBUGTEXT_* of their own: only what looks mistyped is an error."""
    from debugtext.project.configured_values import KEYS, unknown_key  # noqa: PLC0415

    key = name.removeprefix(PREFIX).lower().replace("_", "-")
    if key in KEYS and key != "ignore":
        return key
    if name not in OTHER_VARIABLES:
        hint = unknown_key(key)
        if "Did you mean" in hint:
            raise SettingsError(f"{name} in the environment: {hint}")
    return ""


def _tables(folder: Path, environment: Mapping[str, str]) -> list[tuple[Path, Mapping[str, object]]]:
    """The files and what they hold, the stronger one last."""
    named = environment.get("DEBUGTEXT_CONFIG")
    if named is not None:
        return [(Path(named), _toml(Path(named)))] if named else []
    own = project = None
    for above in (folder, *folder.parents):
        if own is None and (above / FILE).is_file():
            own = above / FILE
        if project is None and _is_ours(above / PROJECT_FILE):
            project = above / PROJECT_FILE
        if (above / ".git").exists():
            break
    tables: list[tuple[Path, Mapping[str, object]]] = []
    if project is not None:
        tool = _toml(project).get("tool")
        table = tool.get("debugtext") if isinstance(tool, dict) else None
        tables.append((project, table if isinstance(table, dict) else {}))
    if own is not None:
        tables.append((own, _toml(own)))
    return tables


def _is_ours(path: Path) -> bool:
    """Whether a pyproject.toml may speak of us: most do not, and importing a TOML reader costs."""
    try:
        return b"debugtext" in path.read_bytes()
    except OSError:
        return False


def _toml(path: Path) -> dict[str, object]:
    import tomllib  # noqa: PLC0415 - only where there is a file

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from None
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from None
