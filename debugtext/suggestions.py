"""Suggests what a user may have meant by an unknown word."""

from collections.abc import Iterable

_LOOK_ALIKE = str.maketrans("OIL", "011", " -_.")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean 'heap'?` if a known word is similar, else an empty text."""
    from difflib import get_close_matches  # noqa: PLC0415 - slow to import, and only for errors

    close = get_close_matches(word, list(known), n=1)
    return f" Did you mean {close[0]!r}?" if close else ""


def rule_meant(word: str, ids: Iterable[str], names: Iterable[str]) -> str:
    """As `did_you_mean`, for a rule: an id that looks the same (`DT2Ol`, `dt-201`), or a similar name.

    Similar ids are not suggested: `DT209` resembles a dozen others.
    """
    same = next((known for known in ids if _as_it_looks(known) == _as_it_looks(word)), "")
    return f" Did you mean {same!r}?" if same else did_you_mean(word, names)


def _as_it_looks(word: str) -> str:
    return word.upper().translate(_LOOK_ALIKE)
