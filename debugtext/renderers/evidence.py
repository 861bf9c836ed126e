"""The evidence of a finding in words: the units stand in the names of its numbers."""

from collections.abc import Mapping

from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import (
    bytes_in_words,
    count_in_words,
    fraction_in_words,
    minutes_in_words,
    nanoseconds_in_words,
    seconds_in_words,
)

LEFT_OUT_IN_BRIEF = ("threshold", "points")
ITEMS_SHOWN = 3


def evidence_in_words(evidence: Mapping[str, object], title: str = "", *, brief: bool = False) -> str:
    """`goroutines 1,100 · share 91% · longest wait 42 min`: nothing that the title says, no zeros.

    In brief without what only matters to who sets thresholds.
    """
    facts = (
        _fact(name, value)
        for name, value in evidence.items()
        if not (isinstance(value, str) and value in title) and not (brief and name.startswith(LEFT_OUT_IN_BRIEF))
    )
    return " · ".join(filter(None, facts))


def _fact(name: str, value: object) -> str:
    words = name.replace("_", " ")
    if not value:
        return ""
    if value is True:
        return words
    if isinstance(value, int | float):
        return _number(name, words, value)
    items = [f"{key}: {item}" for key, item in value.items()] if isinstance(value, Mapping) else value
    items = items if isinstance(items, list | tuple) else (items,)
    rest = ", …" if len(items) > ITEMS_SHOWN else ""
    return f"{words} {', '.join(one_line(str(item)) for item in items[:ITEMS_SHOWN])}{rest}"


def _number(name: str, words: str, value: float) -> str:
    for suffix, unit_in_words in _UNITS.items():
        if name.endswith(suffix):
            return f"{words.removesuffix(suffix.replace('_', ' ')).strip()} {unit_in_words(value)}".strip()
    return f"{words} {count_in_words(value) if isinstance(value, int) else f'{value:.3g}'}"


_UNITS = {
    "_bytes": lambda value: bytes_in_words(int(value)),
    "_minutes": lambda value: minutes_in_words(int(value)),
    "_ns": nanoseconds_in_words,
    "_seconds": seconds_in_words,
    "share": lambda value: f"share {fraction_in_words(value)}",
    "fraction": fraction_in_words,
}
