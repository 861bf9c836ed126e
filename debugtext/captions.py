"""What somebody has written right above a dump, where it says that these goroutines leak."""

import re

_FARTHEST = 600
_FENCES = ("```", "~~~", "<", "{{", "[code")
_LEAK = re.compile(r"\bleak|泄[漏露]", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|not|never|without|fix\w*|solved?|before)\b|n['\u2019]t\b|没有|不", re.IGNORECASE)
_ENDS = re.compile(r"[.!?\u3002\uff01\uff1f]\s*")
_BELOW = re.compile(r"\b(?:following|below)\b|以下|如下", re.IGNORECASE)
_COLONS = (":", "\uff1a")


def caption_above(text: str, start: int, more: int = 0) -> str:
    """The last sentence above a place of a text, if it points down and speaks of a leak: `3 leaks after stop:`.

    `more`: so many of the lines right above it belong to what it is about.
    """
    lines = text[max(0, start - _FARTHEST) : start].splitlines()
    del lines[len(lines) - more :]
    said = (line.strip(" \t>#*_-") for line in reversed(lines))
    last = next((words for words in said if words and not words.startswith(_FENCES)), "")
    sentence = next((one for one in reversed(_ENDS.split(last)) if one), "")
    points = last.endswith(_COLONS) or _BELOW.search(sentence)
    return sentence if points and _LEAK.search(sentence) and not _DENIED.search(sentence) else ""
