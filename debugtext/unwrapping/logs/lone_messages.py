"""Says whether the words before a crash's headline are a log's prefix, where no traceback proves it.

12-01 09:15:02.417 1207 1291 E GoLog   : fatal error: sync: unlock of unlocked mutex
"""

import re

from debugtext.unwrapping.lines.anchors import Anchor
from debugtext.unwrapping.lines.plain_headlines import is_logged
from debugtext.unwrapping.logs.templates import TIMES, sibling, stripped_template, templates

_PACKAGE_LOG = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)? (?:[^ \n]+:[0-9]+: )?")
_QUOTATION = re.compile(r"[\"'`] ?$|[\w)]\.\w+:[0-9]+:(?:[0-9]+:)? ?$")
"""How a lead ends whose line quotes a headline: with an opening quote, or with the place where grep has found it."""
_KEY_OF_YAML = re.compile(r"[ \t]+(?:- +)?[\w.-]+: +")
"""An indented key, whose value is quoted: an alerting rule for this headline has one."""
_JOURNAL = re.compile(r"\w\[[0-9]{1,9}\]: $")


def is_lone_message(text: str, anchor: Anchor, neighbours: list[str]) -> bool:
    """Whether a headline without a traceback stands in a log whose lines all begin alike, or is quoted from a log.

    What package log prints before the message of a recovered panic is no prefix.
    """
    lead = text[anchor.line_start : anchor.position]
    if is_logged(text, anchor.line_start, anchor.position):
        level = lead.split()[-1]  # the level, or the F of Kubernetes' whole lines
        return looks_like_prefix(lead) or level.isupper()
    if _PACKAGE_LOG.fullmatch(lead) or _KEY_OF_YAML.fullmatch(lead) or not looks_like_prefix(lead):
        return False
    if _JOURNAL.search(lead) and TIMES.search(lead):
        return True
    exact = re.compile(stripped_template(next(templates(lead)), lead))
    others = re.compile(sibling(lead))
    lines = [line for line in neighbours if line.strip()]
    alike = sum(exact.match(line) is not None for line in lines)
    return alike * 3 >= len(lines) and all(exact.match(line) or others.match(line) for line in lines)


def looks_like_prefix(lead: str) -> bool:
    """Whether the text before a headline ends with a time, a sign or a tab, as prefixes do, and quotes nothing."""
    end = len(lead.rstrip())
    return _QUOTATION.search(lead) is None and (
        not lead[:end][-1:].isalnum()
        or lead.endswith("\t")
        or any(found.end() == end for found in TIMES.finditer(lead))
    )
