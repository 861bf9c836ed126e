"""The evidence of a finding in words: the units stand in the names of its numbers."""

import re
from collections.abc import Callable, Mapping, Sequence

from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import (
    bytes_in_words,
    count_in_words,
    counted,
    fraction_in_words,
    minutes_in_words,
    nanoseconds_in_words,
    seconds_in_words,
)

LEFT_OUT_IN_BRIEF = ("threshold", "points")
ITEMS_SHOWN, EVERY_ITEM = 3, 1_000
MANY = 1_000
CHAIN = "chain"
"""The evidence that says who waits for whom, a step an item: a sentence that is not to be cut."""


def evidence_in_words(evidence: Mapping[str, object], title: str = "", *, brief: bool = False) -> str:
    """`goroutines 1,100 · share 91% · longest wait 42 min`: nothing that the title says, no zeros.

    In brief without what only matters to who sets thresholds, and of many items the first ones.
    """
    left_out = {name for name in evidence if brief and name.startswith(LEFT_OUT_IN_BRIEF)}
    left_out |= {name for name, value in evidence.items() if brief and _is_told(name, value, title)}
    shown = {name: value for name, value in evidence.items() if name not in left_out}
    return " · ".join(facts_in_words(shown, title, ITEMS_SHOWN if brief else EVERY_ITEM))


def _is_told(name: str, value: object, title: str) -> bool:
    """Whether the title says this number too: `30 goroutines`, `for 3 min`."""
    if not isinstance(value, int) or not (name == "goroutines" or name.endswith("_minutes")):
        return False
    words = counted(value, "goroutine") if name == "goroutines" else f"for {minutes_in_words(value)}"
    return f" {words} " in f" {title.replace(',', ' ')} "


def facts_in_words(evidence: Mapping[str, object], title: str = "", most_items: int = ITEMS_SHOWN) -> list[str]:
    """The same one by one; of a fact with many items no more than so many."""
    facts = (
        _fact(name, value, most_items)
        for name, value in evidence.items()
        if not (isinstance(value, str) and _stands_in(value, title))
    )
    return list(filter(None, facts))


def _stands_in(words: str, title: str) -> bool:
    """Whether a title says it, and not only as a part of a name: `panic` is none of `panic-7.log: boom`."""
    return re.search(rf"(?<![\w.-]){re.escape(words)}(?![\w-]|\.\w)", title) is not None


def items_of(evidence: Mapping[str, object], name: str) -> list[str]:
    """The items of a fact that is a list, a line each; none of what is no list, or is not there."""
    items = evidence.get(name)
    return [one_line(str(item)) for item in items] if isinstance(items, list | tuple) else []


def _fact(name: str, value: object, most_items: int) -> str:
    if not value:
        return ""
    unit = next((unit for unit in _UNITS if name.endswith(unit)), "")
    words = name.removesuffix(unit if unit.startswith("_") else "").replace("_", " ")
    if value is True:
        return words
    if name == CHAIN and isinstance(value, list | tuple):
        return "; ".join(one_line(str(line)) for line in value)
    items = [f"{key}: {item}" for key, item in value.items()] if isinstance(value, Mapping) else value
    items = items if isinstance(items, list | tuple) else (items,)
    return f"{words} {_listed([_item(unit, item) for item in items], most_items, in_time=_are_numbers(items))}"


def _are_numbers(items: Sequence[object]) -> bool:
    return all(isinstance(item, int | float) for item in items)


def _listed(items: Sequence[str], most: int, *, in_time: bool) -> str:
    """`a, b, c, …`; of numbers, which are one of each text in time order, also what became of it: `36, 38, … 52`."""
    if len(items) <= most:
        return ", ".join(items)
    return f"{', '.join(items[: most - 1])}, … {items[-1]}" if in_time else f"{', '.join(items[:most])}, …"


def _item(unit: str, item: object) -> str:
    if not isinstance(item, int | float):
        return one_line(str(item))
    if unit:
        return _UNITS[unit](item)
    return count_in_words(round(item)) if isinstance(item, int) or abs(item) >= MANY else f"{item:.3g}"


_UNITS: dict[str, Callable[[float], str]] = {
    "bytes_per_hour": lambda value: bytes_in_words(int(value)),
    "_bytes": lambda value: bytes_in_words(int(value)),
    "_minutes": lambda value: minutes_in_words(int(value)),
    "_ns": nanoseconds_in_words,
    "_ms": lambda value: nanoseconds_in_words(value * 1_000_000),
    "_seconds": seconds_in_words,
    "share": fraction_in_words,
    "fraction": fraction_in_words,
    "goroutine": str,  # an id, to be looked for in the text as it is written there
}
