"""Finds out which lines of a log come from the same process, by what is left of a line without content and times."""

import re
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache

from debugtext.unwrapping.logs.templates import TIMES, templates

MOST_PROCESSES = 64
_DIGITS = re.compile(r"\d+")
_MEMBER = re.compile(r'"(?P<key>[^"\\\n]{1,60})"\s*:\s*(?:"(?:[^"\\\n]|\\.)*"|[^"\s,{}\[\]]+)')


def identities(leads: list[str]) -> list[str]:
    """A name for the process of each line; the empty name for all if they are all alike, or almost all differ.

    `leads` are the lines without their content.
    """
    told = [lead for lead in leads if lead]
    first = re.compile(next(templates(told[0])) if told else "")
    if all(map(first.fullmatch, told)):
        return [""] * len(leads)  # most logs are one process's, and need no closer look
    for name_of in (_without_times, _without_counters(told), _without_numbers):
        names = _names(told, name_of)
        if len(names) == 1:
            break
        if len(names) <= MOST_PROCESSES and len(names) * 4 <= len(told) + 4:
            return _named(leads, name_of)
    return [""] * len(leads)


def _names(leads: list[str], name_of: Callable[[str], str]) -> set[str]:
    """The names in these lines; one more than can be processes if there are as many or more."""
    names: set[str] = set()
    for lead in leads:
        names.add(name_of(lead))
        if len(names) > MOST_PROCESSES:
            break
    return names


def _without_counters(leads: list[str]) -> Callable[[str], str]:
    """Removes the members of JSON objects that number the lines: one value each, or almost."""
    values: dict[str, set[str]] = defaultdict(set)
    looked_at = leads[: MOST_PROCESSES * 4]
    for lead in looked_at:
        for member in _MEMBER.finditer(lead):
            values[member["key"]].add(member[0])
    counters = {key for key, found in values.items() if len(found) * 4 > len(looked_at) + 4}
    return lambda lead: _without_times(_MEMBER.sub(lambda it: "" if it["key"] in counters else it[0], lead))


def _named(leads: list[str], name_of: Callable[[str], str]) -> list[str]:
    """The name of each line's process; a line without a lead belongs to the line before it."""
    names, name = [], ""
    for lead in leads:
        if lead:
            name = name_of(lead)
        names.append(name)
    return names


@lru_cache(maxsize=1 << 14)
def _without_times(lead: str) -> str:
    return TIMES.sub("", lead).strip()


@lru_cache(maxsize=1 << 14)
def _without_numbers(lead: str) -> str:
    return _DIGITS.sub("", lead).strip()
