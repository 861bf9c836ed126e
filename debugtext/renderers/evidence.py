"""The evidence of a finding in words: the units stand in the names of its numbers."""

import re
from collections.abc import Callable, Mapping, Sequence

from debugtext.records.findings import CHAIN, REASONS
from debugtext.records.reasons import Passed, Reason
from debugtext.renderers.evidence_words import COUNTED, SENTENCES, WORDS
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

LEFT_OUT_IN_BRIEF = frozenset(
    {
        "threshold",  # what only matters to who sets thresholds
        "threshold_points",
        "points",
        "p_value",  # how sure a trend is: the finding's certainty says it
        "sampling_error_bytes",
        "growth_bytes",  # of the fitted line: from where to where it grew is in the title
        "growth",
        "kind",  # what we call a text of this sort: its own line says it in the words of Go
        "pattern",  # names of ours: of an entry of the libraries, of the rule whose chain is drawn
        "rule_of_chain",
        "also",  # other rules that found the same
        "told_by",  # and the one that tells of it
        "source",  # an address on the web, worthless once it is cut
        "accesses",  # of a race: the title names both places, and the report below shows their stacks
        "state",  # as Go names it: the title says it in words
        "receiver",  # who should receive, and waits itself: the title says it
        "panic_frames",  # the runtime's own, by which it is known
        "frames",  # how many the text prints, which says nothing of how deep the stack was
    }
)
LEFT_OUT_IF_ONE = frozenset({"reports", "circles", "times", "waiters", "goroutines"})
"""What only tells something if it is more than one."""
COUNTS_OF_GOROUTINES = frozenset({"goroutines", "waiters", "leaked"})
AGAINST = "but "
PARTED = " · "
ARROW = " → "
NOTHING = 0.005
"""A share that is too small for these words."""
ITEMS_SHOWN, EVERY_ITEM = 3, 1_000
_ENDS = 2
"""The first and the last of a series of numbers, which is never shown without both."""
ROUNDED_FROM = 1_000
WHY = frozenset({REASONS, CHAIN, "reason", "runtime"})
"""What says why there is a finding: reasons, who waits for whom, what Go has said. All else is numbers and places."""
_OF_A_KIND = r"(?: of [\d,]+)?(?: \w+)?"
"""What may part a number from what it counts: `80 of 80 garbage collections`."""
_MINUTES = 60
WAIT_KEYS = {"function", "count", "doing"}


def why_in_words(
    evidence: Mapping[str, object], title: str = "", *, brief: bool = False, reasons_shown: int = EVERY_ITEM
) -> str:
    """`30 at one place, 91% of all goroutines; but …`, and what Go says: nothing that the title says.

    In brief without points, and no more reasons than so many: those that weigh most.
    """
    told = {name: value for name, value in evidence.items() if name in WHY}
    if not brief:
        return PARTED.join(facts_in_words(told, title, EVERY_ITEM))
    speaks_for, against = (_strongest(weighed, reasons_shown) for weighed in _reasons(evidence))
    reasons = filter(None, (speaks_for, against and AGAINST + against))
    facts = facts_in_words(in_brief(told, title), title, min(ITEMS_SHOWN, reasons_shown))
    return PARTED.join(filter(None, ["; ".join(reasons), *facts]))


def info_in_words(
    evidence: Mapping[str, object], title: str = "", *, brief: bool = False, most_items: int = ITEMS_SHOWN
) -> list[str]:
    """`goroutine 7, one of 30`, `longest wait 42 min`, one by one: all that is no reason, nothing the title says."""
    if brief:
        shown = {name: value for name, value in in_brief(evidence, title).items() if name not in WHY}
        return facts_in_words(shown, title, most_items)
    return facts_in_words({name: value for name, value in evidence.items() if name not in WHY}, title, EVERY_ITEM)


def in_brief(evidence: Mapping[str, object], title: str) -> dict[str, object]:
    """What of the evidence tells a reader something, without the reasons."""
    shown = {name: value for name, value in evidence.items() if not _is_idle(name, value, evidence, title)}
    if shown.get("goroutine") and isinstance(total := shown.get("goroutines"), int):
        shown = {**shown, "goroutine": f"{shown['goroutine']}, one of {total:,}", "goroutines": 0}
    return {name: _without_threshold(value) for name, value in shown.items() if name != REASONS}


def _without_threshold(value: object) -> object:
    """`25 in each of 3 inputs`, without the limit that they passed."""
    return value.words if isinstance(value, Passed) else value


def weighed_reasons(evidence: Mapping[str, object]) -> tuple[list[str], list[str]]:
    """What speaks for a finding, and what against it: without points, and without the thresholds they stand for."""
    speaks_for, against = ([one_line(reason.words) for reason in weighed] for weighed in _reasons(evidence))
    return speaks_for, against


def _reasons(evidence: Mapping[str, object]) -> tuple[list[Reason], list[Reason]]:
    """The reasons for and against; those of a user's rule may be mere words."""
    told = evidence.get(REASONS)
    reasons = told if isinstance(told, list | tuple) else ()
    weighed = [one if isinstance(one, Reason) else Reason(0, str(one)) for one in reasons]
    return [one for one in weighed if one.points >= 0], [one for one in weighed if one.points < 0]


def _strongest(weighed: Sequence[Reason], most: int) -> str:
    """So many of them, those that weigh most, in the order in which they are told."""
    heaviest = sorted(range(len(weighed)), key=lambda index: -abs(weighed[index].points))[:most]
    return ", ".join(one_line(weighed[index].words) for index in sorted(heaviest))


def _is_idle(name: str, value: object, evidence: Mapping[str, object], title: str) -> bool:
    """Whether a fact tells nothing in brief: only for us, said by the title, or by another fact."""
    if name in LEFT_OUT_IN_BRIEF or (name in LEFT_OUT_IF_ONE and value == 1):
        return True
    if name in {"goroutine", "goroutines"} and evidence.get("goroutine") and evidence.get("goroutines") == 1:
        return True  # one of one
    if name == "num_gc" and value == evidence.get("num_forced_gc"):
        return True  # all of them were forced
    if name == "share":
        return _is_known_share(value, title) or REASONS in evidence or "reason" in evidence  # that say it if it weighs
    if isinstance(value, Passed):
        return value.words.replace(",", "").isdigit()  # how many they are: the title says it
    if isinstance(value, list | tuple) and value:
        return all(_is_item_told(_unit_of(name), item, title) for item in value)
    return _stands_in_title(name, value, title)


def _is_item_told(unit: str, item: object, title: str) -> bool:
    """Whether the title says this item of a list: a function, or a number of a series from which to which it rose."""
    if isinstance(item, int | float):
        return _is_number_in(_item(unit, item), title)
    return isinstance(item, str) and stands_in(item, title)


def _is_known_share(share: object, title: str) -> bool:
    """Whether a share is next to nothing, or the title says it too."""
    return isinstance(share, int | float) and (share < NOTHING or f"{share:.0%}" in title)


def _stands_in_title(name: str, value: object, title: str) -> bool:
    """Whether the title says this number too: `30 goroutines`, `for 3 min`, `(7.4 GiB an hour)`, `goroutine 7`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    unit = _unit_of(name)
    if name in COUNTED:
        return _is_counted(int(value), "goroutine" if name in COUNTS_OF_GOROUTINES else COUNTED[name], title)
    paces = (value, value / _MINUTES) if name.endswith("per_hour") else (value,)
    label = "goroutine " if unit == "goroutine" else ""
    return bool(unit) and any(_is_number_in(label + _item(unit, pace), title) for pace in paces)


def _is_counted(number: int, noun: str, title: str) -> bool:
    """Whether a title has that many of what is counted, or of a kind of it: `80 of 80 garbage collections`."""
    thing = re.escape(noun.rpartition(" ")[2])
    return re.search(rf"(?<![\w.,-]){number:,}{_OF_A_KIND} {thing}s?\b", title) is not None


def _is_number_in(words: str, title: str) -> bool:
    return re.search(rf"(?<![\w.,-]){re.escape(words)}(?![\w-]|[.,]\w)", title) is not None


def facts_in_words(evidence: Mapping[str, object], title: str = "", most_items: int = ITEMS_SHOWN) -> list[str]:
    """The same one by one; of a fact with many items no more than so many."""
    facts = (
        _fact(name, value, most_items)
        for name, value in evidence.items()
        if not (isinstance(value, str) and stands_in(value, title))
    )
    return list(filter(None, facts))


def stands_in(words: str, title: str) -> bool:
    """Whether a title says it, and not only as a part of a name: `panic` is none of `panic-7.log: boom`."""
    return re.search(rf"(?<![\w.-]){re.escape(words)}(?![\w-]|\.\w)", title) is not None


def items_of(evidence: Mapping[str, object], name: str) -> list[str]:
    """The items of a fact that is a list, a line each; none of what is no list, or is not there."""
    items = evidence.get(name)
    return [one_line(str(item)) for item in items] if isinstance(items, list | tuple) else []


def _fact(name: str, value: object, most_items: int) -> str:
    if not value:
        return ""
    unit = _unit_of(name)
    if value is not True and (said := _in_a_sentence(name, unit, value)):
        return said
    words = WORDS.get(name, name.removesuffix(unit if unit.startswith("_") else "").replace("_", " "))
    if value is True:
        return words
    if name == CHAIN and isinstance(value, list | tuple):
        return "; ".join(one_line(str(line)) for line in value)
    items = value if isinstance(value, list | tuple) else (value,)
    return f"{words} {_listed([_item(unit, item) for item in items], most_items, in_time=_are_numbers(items))}".lstrip()


def _unit_of(name: str) -> str:
    return next((unit for unit in _UNITS if name.endswith(unit)), "")


def _in_a_sentence(name: str, unit: str, value: object) -> str:
    """`3 requests`, `told 2 times`: a single fact that is more than its name and a number; empty if it is none."""
    if name in COUNTED and isinstance(value, int):
        return counted(value, COUNTED[name])
    is_single = not isinstance(value, list | tuple)
    return SENTENCES[name].format(_item(unit, value)) if name in SENTENCES and is_single else ""


def _are_numbers(items: Sequence[object]) -> bool:
    return all(isinstance(item, int | float) for item in items)


def _listed(items: Sequence[str], most: int, *, in_time: bool) -> str:
    """`a, b, c, …`; of numbers, which are one of each text in time order, what became of it too: `36 → 38 → … → 52`."""
    most = max(most, _ENDS) if in_time else most
    if len(items) <= most:
        return (ARROW if in_time else ", ").join(items)
    return f"{ARROW.join(items[: most - 1])}{ARROW}…{ARROW}{items[-1]}" if in_time else f"{', '.join(items[:most])}, …"


def wait_in_words(wait: object) -> str:
    """`main.work: 3 goroutines sending on a channel`; of one goroutine without its number."""
    if not isinstance(wait, Mapping) or not wait.keys() <= WAIT_KEYS:  # as a user's own rule may have it
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
