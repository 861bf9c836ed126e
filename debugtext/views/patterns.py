"""Compiles the patterns that users give: Python's regular expressions, not RE2 as in pprof."""

import re

from debugtext.errors import SettingsError


def pattern(option: str, text: str) -> re.Pattern[str] | None:
    """The compiled pattern, None for an empty text; raises SettingsError, with the option's name, for a wrong one."""
    if not text:
        return None
    try:
        return re.compile(text)
    except re.error as error:
        raise SettingsError(f"--{option.replace('_', '-')}: {text!r} is no regular expression: {error}") from error
