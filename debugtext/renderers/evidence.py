"""The evidence of a finding in words; the name of a number ends in its unit (`oldest_minutes`)."""

import re
from collections.abc import Callable, Mapping, Sequence

from debugtext.records.findings import CHAIN, REASONS, Finding, Wait
from debugtext.records.reasons import Passed, Reason
from debugtext.renderers.evidence_keys import EVIDENCE_KEYS, UNKNOWN, Key
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

AGAINST = "but "
PARTED = " · "
ARROW = " → "
NOTHING = 0.005
"""A smaller share rounds to 0%: brief outputs leave it out."""
ITEMS_SHOWN, EVERY_ITEM = 3, 1_000
"""How many items of a list a brief output shows, and a full one."""
_ENDS = 2
"""A series of numbers is never shown without its first and its last."""
ROUNDED_FROM = 1_000
"""Larger numbers are shown without decimals."""
WHY = frozenset({REASONS, CHAIN, "reason", "runtime"})
"""The keys that say why there is a finding: reasons, who waits for whom, the words of Go. Others are "info"."""
_OF_A_KIND = r"(?: of [\d,]+)?(?: \w+)?"
"""Words that may stand between a number and its noun: `80 of 80 garbage collections`."""
_MINUTES = 60
"""The keys of `records.findings.Wait`; a user's own rule may give others."""


def why(finding: Finding) -> str:
    """Why there is a finding, as `why` says it below a finding in the table; empty if the title says it all."""
    return why_in_words(finding.evidence, finding.title, brief=True)


def info(finding: Finding) -> str:
    """The facts of a finding that are no reasons, as `info` says them below a finding in the table; may be empty."""
    return PARTED.join(info_in_words(finding.evidence, finding.title, brief=True))


def why_in_words(
    evidence: Mapping[str, object], title: str, *, brief: bool = False, reasons_shown: int = EVERY_ITEM
) -> str:
    """`30 at one place, 91% of all goroutines; but …`, and the words of Go; what the title says is left out.

    If `brief`, points are left out, and only the `reasons_shown` weightiest reasons are given.
    """
    why = {name: value for name, value in evidence.items() if name in WHY}
    if not brief:
        return PARTED.join(facts_in_words(why, title, EVERY_ITEM))
    speaks_for, against = (_strongest(weighed, reasons_shown) for weighed in _reasons(evidence))
    reasons = filter(None, (speaks_for, against and AGAINST + against))
    facts = facts_in_words(in_brief(why, title), title, min(ITEMS_SHOWN, reasons_shown))
    return PARTED.join(filter(None, ["; ".join(reasons), *facts]))


def info_in_words(
    evidence: Mapping[str, object], title: str, *, brief: bool = False, most_items: int = ITEMS_SHOWN
) -> list[str]:
    """The facts that are no reasons, one by one: `goroutine 7, one of 30`; what the title says is left out."""
    if brief:
        shown = {name: value for name, value in in_brief(evidence, title).items() if name not in WHY}
        return facts_in_words(shown, title, most_items)
    return facts_in_words({name: value for name, value in evidence.items() if name not in WHY}, title, EVERY_ITEM)


def in_brief(evidence: Mapping[str, object], title: str) -> dict[str, object]:
    """The evidence without its reasons, and without the facts that a brief output leaves out."""
    shown = {name: value for name, value in evidence.items() if not _is_left_out(name, value, evidence, title)}
    if shown.get("goroutine") and isinstance(total := shown.get("goroutines"), int):
        shown = {**shown, "goroutine": f"{shown['goroutine']}, one of {total:,}", "goroutines": 0}
    return {name: _without_threshold(value) for name, value in shown.items() if name != REASONS}


def _without_threshold(value: object) -> object:
    """`25 in each of 3 inputs`, without the limit that this number passed."""
    return value.words if isinstance(value, Passed) else value


def weighed_reasons(evidence: Mapping[str, object]) -> tuple[list[str], list[str]]:
    """(reasons for a finding, reasons against it) in words, without points and thresholds."""
    speaks_for, against = ([one_line(reason.words) for reason in weighed] for weighed in _reasons(evidence))
    return speaks_for, against


def _reasons(evidence: Mapping[str, object]) -> tuple[list[Reason], list[Reason]]:
    """(reasons for a finding, reasons against it); strings, as of a user's own rule, count as reasons for it."""
    given = evidence.get(REASONS)
    items = given if isinstance(given, list | tuple) else ()
    reasons = [item if isinstance(item, Reason) else Reason(0, str(item)) for item in items]
    return [reason for reason in reasons if reason.points >= 0], [reason for reason in reasons if reason.points < 0]


def _strongest(weighed: Sequence[Reason], most: int) -> str:
    """At most `most` reasons in words: those with the most points, in their given order."""
    heaviest = sorted(range(len(weighed)), key=lambda index: -abs(weighed[index].points))[:most]
    return ", ".join(one_line(weighed[index].words) for index in sorted(heaviest))


def _is_left_out(name: str, value: object, evidence: Mapping[str, object], title: str) -> bool:
    """Whether a brief output leaves a fact out: because of its key, or because the title or another fact says it."""
    key = _key(name)
    if key.left_out or (key.left_out_if_one and value == 1):
        return True
    if name in {"goroutine", "goroutines"} and evidence.get("goroutine") and evidence.get("goroutines") == 1:
        return True  # "goroutine 7, one of 1"
    if name == "num_gc" and value == evidence.get("num_forced_gc"):
        return True  # all of them were forced
    if name == "share":
        return _is_known_share(value, title) or REASONS in evidence or "reason" in evidence  # reasons say a large one
    if isinstance(value, Passed):
        return value.words.replace(",", "").isdigit()  # a bare count is in the title
    if isinstance(value, list | tuple) and value:
        return all(_is_item_in(_unit_of(name), item, title) for item in value)
    return _is_fact_in(name, value, title)


def _is_item_in(unit: str, item: object, title: str) -> bool:
    """Whether the title says this item of a list: a function, or a number of a series."""
    if isinstance(item, int | float):
        return _is_number_in(_item(unit, item), title)
    return isinstance(item, str) and stands_in(item, title)


def _is_known_share(share: object, title: str) -> bool:
    """Whether a share rounds to 0%, or stands in the title."""
    return isinstance(share, int | float) and (share < NOTHING or f"{share:.0%}" in title)


def _is_fact_in(name: str, value: object, title: str) -> bool:
    """Whether the title says this number, too: `30 goroutines`, `for 3 min`, `(7.4 GiB an hour)`, `goroutine 7`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    unit = _unit_of(name)
    if noun := _key(name).noun:
        return _is_counted(int(value), "goroutine" if name == "waiters" else noun, title)
    paces = (value, value / _MINUTES) if name.endswith("per_hour") else (value,)
    label = "goroutine " if unit == "goroutine" else ""
    return bool(unit) and any(_is_number_in(label + _item(unit, pace), title) for pace in paces)


def _is_counted(number: int, noun: str, title: str) -> bool:
    """Whether the title says this number of this noun, or of a kind of it: `80 of 80 garbage collections`."""
    thing = re.escape(noun.rpartition(" ")[2])
    return re.search(rf"(?<![\w.,-]){number:,}{_OF_A_KIND} {thing}s?\b", title) is not None


def _is_number_in(words: str, title: str) -> bool:
    """Whether the words stand in the title and are no part of a longer word or number."""
    return re.search(rf"(?<![\w.,-]){re.escape(words)}(?![\w-]|[.,]\w)", title) is not None


def facts_in_words(evidence: Mapping[str, object], title: str, most_items: int) -> list[str]:
    """The facts in words, one by one, without strings that stand in the title; at most `most_items` of each list."""
    facts = (
        _fact(name, value, most_items)
        for name, value in evidence.items()
        if not (isinstance(value, str) and stands_in(value, title))
    )
    return list(filter(None, facts))


def stands_in(words: str, title: str) -> bool:
    """Whether the words stand in the title and are no part of a name: `panic` is not in `panic-7.log: boom`."""
    return re.search(rf"(?<![\w.-]){re.escape(words)}(?![\w-]|\.\w)", title) is not None


def items_of(evidence: Mapping[str, object], name: str) -> list[str]:
    """The items of a fact that is a list, each on one line; [] if the fact is no list or is missing."""
    items = evidence.get(name)
    return [one_line(str(item)) for item in items] if isinstance(items, list | tuple) else []


def _fact(name: str, value: object, most_items: int) -> str:
    if not value:
        return ""
    unit = _unit_of(name)
    if value is not True and (said := _in_a_sentence(name, unit, value)):
        return said
    words = _key(name).words
    if words is None:
        words = name.removesuffix(unit if unit.startswith("_") else "").replace("_", " ")
    if value is True:
        return words
    if name == CHAIN and isinstance(value, list | tuple):
        return "; ".join(one_line(str(line)) for line in value)
    items = value if isinstance(value, list | tuple) else (value,)
    return f"{words} {_listed([_item(unit, item) for item in items], most_items, in_time=_are_numbers(items))}".lstrip()


def _key(name: str) -> Key:
    return EVIDENCE_KEYS.get(name, UNKNOWN)


def _unit_of(name: str) -> str:
    """The key of `_UNITS` that the name ends in; empty if there is none."""
    return next((unit for unit in _UNITS if name.endswith(unit)), "")


def _in_a_sentence(name: str, unit: str, value: object) -> str:
    """`3 requests`, `seen 2 times`: a single value with its noun or in its sentence; empty if it has neither."""
    key = _key(name)
    if key.noun and isinstance(value, int):
        return counted(value, key.noun)
    is_single = not isinstance(value, list | tuple)
    return key.sentence.format(_item(unit, value)) if key.sentence and is_single else ""


def _are_numbers(items: Sequence[object]) -> bool:
    return all(isinstance(item, int | float) for item in items)


def _listed(items: Sequence[str], most: int, *, in_time: bool) -> str:
    """`a, b, c, …`; if `in_time`, one number of each text, the last one as well: `36 → 38 → … → 52`."""
    most = max(most, _ENDS) if in_time else most
    if len(items) <= most:
        return (ARROW if in_time else ", ").join(items)
    return f"{ARROW.join(items[: most - 1])}{ARROW}…{ARROW}{items[-1]}" if in_time else f"{', '.join(items[:most])}, …"


def wait_in_words(wait: object) -> str:
    """`main.work: 3 goroutines sending on a channel`; one goroutine is not counted."""
    if not isinstance(wait, Mapping) or not wait.keys() <= Wait.__annotations__.keys():
        return one_line(str(wait))
    many = f"{counted(count, 'goroutine')} " if (count := wait.get("count")) != 1 and isinstance(count, int) else ""
    return one_line(f"{wait.get('function', '')}: {many}{wait.get('doing', '')}")


def _item(unit: str, item: object) -> str:
    if not isinstance(item, int | float):
        return wait_in_words(item)
    if unit:
        return _UNITS[unit](item)
    return count_in_words(round(item)) if isinstance(item, int) or abs(item) >= ROUNDED_FROM else f"{item:.3g}"


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
