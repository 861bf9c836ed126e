"""What the words that are searched for have in common, and which of it a text has not: most logs hold none of it."""

import re
from collections.abc import Callable
from functools import cache

STEMS = (
    *("@", "oroutine", "panic", "profile: ", "0x", "# ", "--- ", "reated by ", "leak", "Alloc", "Sys", "heap_"),
    *("->", "cycles/", "fatal err", "on top of the", "DEADLOCK:"),
)
"""Where a stem is not, no word with it is."""
LONG = 10
"""A search for fewer characters steps through a text nearly one by one; an expression looks for the first one alone."""

_looked_at: tuple[str, dict[str, bool]] = ("", {})
"""The text that was looked at last, and whether it lacks a word: unwrapping and the formats ask the same."""


@cache
def stem_of(word: str) -> str:
    """The stem of a word; the word itself if it has none."""
    return next((stem for stem in STEMS if stem in word), word)


def lacks(text: str, word: str) -> bool:
    """Whether a word is nowhere in a text, as its stem tells: each stem is looked for once, in the whole text."""
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
    """What finds a stem soonest."""
    if 1 < len(stem) < LONG:
        return re.compile(re.escape(stem)).search
    return lambda text: stem in text
