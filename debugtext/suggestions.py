"""What a user may have meant by a word that is not known."""

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean 'heap'?`, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 - slow to import, and only for errors

    close = get_close_matches(word, list(known), n=1)
    return f" Did you mean {close[0]!r}?" if close else ""
