"""A fast answer to whether a text lacks a word, by stems that many of the searched words have in common.

Most logs hold none of the stems, so one search for a stem spares many searches for words.
"""

import re
from collections.abc import Callable
from functools import cache

STEMS = (
    *("@", "oroutine", "panic", "profile: ", "0x", "# ", "--- ", "reated by ", "leak", "Alloc", "Sys", "heap_"),
    *("->", "cycles/", "fatal err", "on top of the", "DEADLOCK:"),
)
"""A text without a stem has no word with this stem."""
LONG = 10
"""Stems shorter than this are found faster by a regular expression than by `in`."""

_looked_at: tuple[str, dict[str, bool]] = ("", {})
"""The last text, and which stems it lacks: unwrapping and the formats ask about the same text."""


@cache
def stem_of(word: str) -> str:
    """The stem of a word; the word itself if it has none."""
    return next((stem for stem in STEMS if stem in word), word)


def lacks(text: str, word: str) -> bool:
    """True if the text lacks the word's stem, and so the word. Each stem is searched for once in a text."""
    global _looked_at  # noqa: PLW0603 - one assignment, so that threads do not meet
    looked_at = _looked_at
    if looked_at[0] is not text:
        looked_at = _looked_at = (text, {})
    stem, answers = stem_of(word), looked_at[1]
    answer = answers.get(stem)
    if answer is None:
        answer = answers[stem] = not _finder(stem)(text)
    return answer


@cache
def _finder(stem: str) -> Callable[[str], object]:
    """The fastest way to search for this stem."""
    if 1 < len(stem) < LONG:
        return re.compile(re.escape(stem)).search
    return lambda text: stem in text
