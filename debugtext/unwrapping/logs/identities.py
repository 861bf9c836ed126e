"""Finds out which lines of a log come from the same process, by what is left of a line without content and times."""

import re
from collections.abc import Callable
from functools import lru_cache

from debugtext.unwrapping.logs.templates import TIMES

SAMPLE = 200
MOST_PROCESSES = 64
_DIGITS = re.compile(r"\d+")


def identities(leads: list[str]) -> list[str]:
    """A name for the process of each line; the empty name for all if they are all alike, or almost all differ.

    `leads` are the lines without their content.
    """
    told = [lead for lead in leads if lead]
    step = max(1, len(told) // SAMPLE)
    for name_of in (_without_times, _without_numbers):
        names = {name_of(lead) for lead in told[::step]}
        if len(names) == 1:
            break
        if len(names) <= MOST_PROCESSES and len(names) * 4 <= len(told[::step]) + 4:
            return _named(leads, name_of)
    return [""] * len(leads)


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
