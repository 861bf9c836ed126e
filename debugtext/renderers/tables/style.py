"""ANSI colours for the table output, if they are wanted; colours never carry a meaning that the words do not."""

from typing import Final

_CODES: Final = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


class Style:
    """Adds colours to text if they are wanted; otherwise it returns the text unchanged."""

    def __init__(self, *, color: bool) -> None:
        self.color = color

    def paint(self, text: str, *names: str) -> str:
        """The text in these colours and weights; an empty text stays empty."""
        if not self.color or not text:
            return text
        return f"\x1b[{';'.join(_CODES[name] for name in names)}m{text}\x1b[0m"

    def bold(self, text: str) -> str:
        """The text in bold: what to read first."""
        return self.paint(text, "bold")

    def dim(self, text: str) -> str:
        """The text dimmed: what to read last."""
        return self.paint(text, "dim")
