"""What a user may have meant by a word that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from debugtext.cli.commands import COMMANDS
from debugtext.inputs import URL_BEGINNINGS


def unknown_command(word: str) -> str:
    """The message for a word where a command should stand; a file there is the commonest slip."""
    if Path(word).exists() or word.startswith(URL_BEGINNINGS):
        return f"{word!r} is no command. To look at it: debugtext check {word}"
    return f"No command {word!r}.{did_you_mean(word, COMMANDS)}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean 'heap'?`, or nothing."""
    close = get_close_matches(word, list(known), n=1)
    return f" Did you mean {close[0]!r}?" if close else ""
