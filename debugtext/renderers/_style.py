"""Colours, or none: the words carry the meaning, the colour only helps the eye."""

from typing import Final

_CODES: Final = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


class Style:
    """Paints text if colours are wanted, else gives it back as it is."""

    def __init__(self, *, color: bool) -> None:
        self.color = color

    def paint(self, text: str, *names: str) -> str:
        """The text in these colours; none for an empty text."""
        if not self.color or not text:
            return text
        return f"\x1b[{';'.join(_CODES[name] for name in names)}m{text}\x1b[0m"

    def bold(self, text: str) -> str:
        """What to read first."""
        return self.paint(text, "bold")

    def dim(self, text: str) -> str:
        """What to read last."""
        return self.paint(text, "dim")
