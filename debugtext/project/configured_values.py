"""The keys of a configuration: what each may hold, and what to say of what it may not."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from debugtext.errors import SettingsError
from debugtext.renderers import RENDERERS
from debugtext.settings import Ignore
from debugtext.suggestions import did_you_mean

TEXT, TEXTS, FLAG, FILE, FILES, NUMBERS, IGNORES = "text", "texts", "flag", "file", "files", "numbers", "ignores"
KEYS = {
    "format": TEXT,
    "output": TEXTS,
    "fail-on": TEXT,
    "full": FLAG,
    "color": TEXT,
    "own": TEXTS,
    "line-prefix": TEXT,
    "thresholds": NUMBERS,
    "source-root": FILE,
    "strip-prefix": TEXTS,
    "baseline": FILE,
    "knowledge": FILES,
    "ignore": IGNORES,
    "plugins": FLAG,
}
CHOICES: dict[str, tuple[str, ...]] = {
    "format": tuple(RENDERERS),
    "fail-on": ("error", "warning", "note", "never"),
    "color": ("auto", "always", "never"),
}
_IGNORE_TEXTS = {"rule": "rule", "top": "top", "any": "any", "created-by": "created_by", "reason": "reason"}
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


def checked(key: str, value: object, path: Path) -> object:
    """A value of a file; paths in it are below the file's folder. Raises SettingsError for what makes no sense."""
    where, kind = f"{path}: {key}", KEYS[key]
    if kind == NUMBERS:
        if not isinstance(value, dict):
            raise SettingsError(f'{where} must be a table: [thresholds] "DT201.minutes" = 5')
        return tuple(_flattened(value).items())
    if kind == FLAG and isinstance(value, bool):
        return value
    if kind in {TEXT, FILE} and isinstance(value, str):
        return _chosen(key, value, where) if kind == TEXT else str(path.parent / value)
    if key == "output":
        _refuse_elsewhere(value, where)
    if kind in {TEXTS, FILES} and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value) if kind == TEXTS else tuple(str(path.parent / one) for one in value)
    wanted = {FLAG: "true or false", TEXT: "a string", FILE: "a string"}.get(kind, "a list of strings")
    raise SettingsError(f"{where} must be {wanted}, not {value!r}")


def _refuse_elsewhere(outputs: object, where: str) -> None:
    """A file that is found by itself, in a checkout of somebody else, say, may have nothing written outside of it."""
    here = Path.cwd().resolve()
    for output in outputs if isinstance(outputs, list) else ():
        path = str(output).partition(":")[2]
        if not (here / path).resolve().is_relative_to(here):
            raise SettingsError(
                f"{where}: {output!r} is not below this folder: say it on the command line, -o {output}"
            )


def checked_variable(key: str, text: str, name: str) -> object:
    """A value of the environment; several are parted by commas. Raises SettingsError for what makes no sense."""
    kind = KEYS[key]
    if kind == FLAG:
        if text.lower() not in (*_TRUE, *_FALSE):
            raise SettingsError(f"{name} must be 1 or 0, not {text!r}")
        return text.lower() in _TRUE
    if kind in {TEXT, FILE}:
        return _chosen(key, text, name)
    return tuple(part.strip() for part in text.split(",") if part.strip())


def ignores_of(value: object, where: str) -> tuple[Ignore, ...]:
    """The entries of `[[ignore]]`; each has a reason and says what it ignores, else SettingsError is raised."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise SettingsError(f"{where}: ignore must be tables: [[ignore]]")
    return tuple(_ignore(entry, f"{where}: ignore number {number}") for number, entry in enumerate(value, 1))


def _ignore(entry: dict[str, object], where: str) -> Ignore:
    texts: dict[str, str] = {}
    for key, value in entry.items():
        if key == "expires":
            continue
        if key not in _IGNORE_TEXTS:
            raise SettingsError(f"{where}: {_unknown(key, (*_IGNORE_TEXTS, 'expires'))}")
        if not isinstance(value, str):
            raise SettingsError(f"{where}: {key} must be a string, not {value!r}")
        texts[_IGNORE_TEXTS[key]] = value
    expires = entry.get("expires")
    if expires is not None and (not isinstance(expires, date) or isinstance(expires, datetime)):
        raise SettingsError(f"{where}: expires must be a date without quotes: expires = 2027-01-31")
    try:
        return Ignore(**{"reason": "", **texts}, expires=expires)
    except SettingsError as error:
        raise SettingsError(f"{where}: {error}") from None


def unknown_key(key: str) -> str:
    """The message for a key that is none."""
    return _unknown(key, KEYS)


def _unknown(key: str, known: Iterable[str]) -> str:
    return f"unknown key {key!r}.{did_you_mean(key.replace('_', '-'), known)}"


def _chosen(key: str, value: str, where: str) -> str:
    choices = CHOICES.get(key)
    if choices and value not in choices:
        raise SettingsError(f"{where} must be one of {', '.join(choices)}, not {value!r}")
    return value


def _flattened(table: dict[str, object]) -> dict[str, object]:
    """`"DT201.minutes" = 5` is one key, and unquoted it is a table in a table."""
    flat: dict[str, object] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{name}": number for name, number in value.items()}
        else:
            flat[key] = value
    return flat
