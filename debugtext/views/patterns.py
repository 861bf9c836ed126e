"""Patterns that users give: Python's regular expressions, where pprof has RE2; a wrong one is named in the error."""

import re

from debugtext.errors import SettingsError


def pattern(option: str, text: str) -> re.Pattern[str] | None:
    """The compiled pattern; None for an empty one. Raises SettingsError for what is none."""
    if not text:
        return None
    try:
        return re.compile(text)
    except re.error as error:
        raise SettingsError(f"--{option.replace('_', '-')}: {text!r} is no regular expression: {error}") from error
