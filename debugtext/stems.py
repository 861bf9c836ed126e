"""Finds out quickly which words a text lacks, by stems that many words share: most logs hold none of them."""

import re
from collections.abc import Callable
from functools import cache

STEMS = (
    *("@", "oroutine", "panic", "profile: ", "0x", "# ", "--- ", "reated by ", "leak", "Alloc", "Sys", "heap_"),
    *("->", "cycles/", "fatal err", "on top of the", "DEADLOCK:"),
)
"""A text that lacks a stem lacks all words that contain it."""
LONG = 10
"""Shorter stems are searched for by `re`, which looks for the first character; `in` is fast only for longer ones."""

_looked_at: tuple[str, dict[str, bool]] = ("", {})
"""The last text, and for each stem whether that text lacks it: unwrapping and the formats search the same text."""


@cache
def stem_of(word: str) -> str:
    """The stem of a word; the word itself if it has none."""
    return next((stem for stem in STEMS if stem in word), word)


def lacks(text: str, word: str) -> bool:
    """Whether a text lacks a word's stem, and so the word; each stem is searched for only once in a text."""
    global _looked_at  # noqa: PLW0603 - a single assignment, so that it is safe with threads
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
    """The fastest function that searches a text for this stem."""
    if 1 < len(stem) < LONG:
        return re.compile(re.escape(stem)).search
    return lambda text: stem in text
