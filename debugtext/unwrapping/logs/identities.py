"""Tells which lines of a log come from one process, by what is left of each line without its content and its times."""

import re
from functools import lru_cache

from debugtext.unwrapping.logs.templates import TIMES

SAMPLE = 200
MOST_PROCESSES = 64
_DIGITS = re.compile(r"\d+")


def identities(leads: list[str]) -> list[str]:
    """A name for each line's process: one for all where the lines do not tell, or each has another one."""
    told = [lead for lead in leads if lead]
    step = max(1, len(told) // SAMPLE)
    for name_of in (_without_times, _without_numbers):
        names = {name_of(lead) for lead in told[::step]}
        if len(names) == 1:
            break
        if len(names) <= MOST_PROCESSES and len(names) * 4 <= len(told[::step]) + 4:
            return _named(leads, name_of)
    return [""] * len(leads)


def _named(leads: list[str], name_of: "object") -> list[str]:
    """The names; a line without one belongs to the line before it."""
    assert callable(name_of)
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
