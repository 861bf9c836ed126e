r"""Finds out which lines of a log come from the same process, by what is left of a line without content and times.

    {"log":"goroutine 1 [running]:\n","pod":"web-1","len":23}
    web-1,"goroutine 1 [running]:"

A member of a record is believed only if its name says that it names a process: that its values differ from line to
line proves nothing. What stands before all members counts without times and numbers.
"""

import re
from functools import lru_cache

from debugtext.unwrapping.logs.templates import TIMES, templates

MOST_PROCESSES = 64
_MEMBER = re.compile(
    r"""(?:(?P<quote>["'])(?P<key>[^"'\\\n]{1,60})(?P=quote)\s*:|(?<![\w.@-])(?P<word>[\w.@-]{1,60})\s?=)\s*"""
    r"""(?=(?P<value>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\{[^{}\n]*\}|[^\s,{}\[\]]+|))"""
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_PROCESS = re.compile(
    r"(?:app(?:lication)?|container|dyno|host|ident(?:ifier)?|instance|job|machine|namespace|node|package|pid|pod"
    r"|proc(?:ess)?|program|replica|server|service|stream|svc|tag|test|unit|vm)(?:id|name)?"
)
_ENDINGS = frozenset({"arn", "id", "ip", "name", "uid", "uuid"})
_NUMBER = re.compile(r"(?<![\w-])(?<!\w\[)[0-9]+(?:\.[0-9]+)?(?![\w-])")
"""A number that belongs to no word: not that of web-1 or web[12]."""


def identities(leads: list[str]) -> list[str]:
    """A name for the process of each line; the empty name for all if they are all alike, or almost all differ.

    `leads` are the lines without their content.
    """
    told = [lead for lead in leads if lead]
    first = re.compile(next(templates(told[0])) if told else "")
    if all(map(first.fullmatch, told)):
        return [""] * len(leads)  # most logs are one process's, and need no closer look
    names: set[str] = set()
    for lead in told:
        names.add(_name(lead))
        if len(names) > MOST_PROCESSES:
            return [""] * len(leads)
    return _named(leads) if 1 < len(names) <= len(told) / 4 + 1 else [""] * len(leads)


def _named(leads: list[str]) -> list[str]:
    """The name of each line's process; a line without a lead belongs to the line before it."""
    names, name = [], ""
    for lead in leads:
        if lead:
            name = _name(lead)
        names.append(name)
    return names


@lru_cache(maxsize=1 << 14)
def _name(lead: str) -> str:
    """What stands before the members without times and numbers, and the members that name a process."""
    members = list(_MEMBER.finditer(lead))
    before = lead[: members[0].start()] if members else lead
    told = [member["value"] for member in members if _names_a_process(member["key"] or member["word"])]
    return "\n".join([_NUMBER.sub("", TIMES.sub("", before)).strip(), *told])


@lru_cache(maxsize=1 << 10)
def _names_a_process(key: str) -> bool:
    """Whether this is the name of a member like pid, _HOSTNAME, podName, kubernetes.container_id or Test."""
    words = [word.lower() for word in _WORDS.findall(key)]
    if len(words) > 1 and words[-1] in _ENDINGS:
        del words[-1]
    return bool(words) and _PROCESS.fullmatch(words[-1]) is not None
