"""What stands right above a dump: that its goroutines leak, are stuck, or very many, or why the program gave up."""

import re

from debugtext.records.captures import FATAL, Caption

_FARTHEST = 600
_FENCES = ("```", "~~~", "<", "{{", "[code")
_SAYS = (
    ("leak", re.compile(r"\bleak|泄[漏露]", re.IGNORECASE)),
    (
        "stuck",
        re.compile(
            r"\b(?:stuck|hang(?:s|ing)?|hung|deadlock(?:s|ed)?|wedged|block(?:s|ed|ing)? (?:forever|indefinitely))\b"
            r"|死锁|卡[住死在]",
            re.IGNORECASE,
        ),
    ),
    (
        "many",
        re.compile(
            r"\b(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{3,9}|[0-9]{1,4}(?:\.[0-9])? ?k|hundreds|thousands|millions)\b"
            r"[^.:]{0,40}\b(?:go ?routines|of (?:these|them|those|this|such|the following))\b"
            r"|\b(?:many|lots|tons|plenty|numerous)\b[^.:]{0,40}"
            r"\b(?:like (?:this|these|that)|of (?:these|them|those|this))\b"
            r"|(?:大量|很多|许多|无数)[^:\u3002\uff1a]{0,12}(?:类似|这样|这种|如下|以下)",
            re.IGNORECASE,
        ),
    ),
)
_FATAL = re.compile(
    r"F\d{4,6} \d\d:\d\d:\d\d\.\d{1,9} +\d+ [\w./:@-]{1,200}(?:\]| {1,4}\[[^\]\n]{0,200}\](?: \d{1,9})?) +(.+)"
)
"""A fatal line as klog and glog write it, and Cockroach's log, which has a place and tags
(https://pkg.go.dev/k8s.io/klog/v2 says how)."""
_DENIED = re.compile(r"\b(?:no|not|never|without|fix\w*|solved?|before)\b|n['\u2019]t\b|没有|不", re.IGNORECASE)
_SHOWS = re.compile(r"trace|stack|dump|goroutine|pprof", re.IGNORECASE)
_LONGEST_MESSAGE = 5
_BEFORE = 2
"""So many sentences before the one that shows a stack may say what is wrong with it."""
_ENDS = re.compile(r"[.!?\u3002\uff01\uff1f]\s*")
_BELOW = re.compile(r"\b(?:following|below)\b|以下|如下|类似", re.IGNORECASE)
_COLONS = (":", "\uff1a")


def caption_above(text: str, start: int, more: int = 0) -> Caption | None:
    """The last sentence above a place of a text, if it points down and accuses what is there: `3 leaks after stop:`.

    Or the message of a logger that ends the program, and prints the stacks below it.

    `more`: so many of the lines right above it belong to what it is about.
    """
    lines = text[max(0, start - _FARTHEST) : start].splitlines()
    del lines[len(lines) - more :]
    if found := _sentence_above(lines):
        return found
    fatal = _last_fatal(lines)
    return Caption(fatal, FATAL) if fatal else None


def _sentence_above(lines: list[str]) -> Caption | None:
    """The last sentence, if it points down and accuses what is there."""
    said = [words for line in reversed(lines) if (words := line.strip(" \t>#*_-")) and not words.startswith(_FENCES)]
    sentences = [one for line in said[: _BEFORE + 1] for one in reversed(_ENDS.split(line)) if one]
    last = sentences[0] if sentences else ""
    if not last or _DENIED.search(last) or not (said[0].endswith(_COLONS) or _BELOW.search(last)):
        return None
    return next(filter(None, map(_accusation, sentences[: 1 + _BEFORE * bool(_SHOWS.search(last))])), None)


def _last_fatal(lines: list[str]) -> str:
    """The words of the fatal line right above, of whose message the rest may stand on some lines more."""
    for line in reversed(lines[-_LONGEST_MESSAGE:]):
        if found := _FATAL.search(line):
            return found[1].strip()
    return ""


def _accusation(sentence: str) -> Caption | None:
    """What a sentence says is wrong; None if it denies it, or says nothing of that kind."""
    if _DENIED.search(sentence):
        return None
    return next((Caption(sentence, says) for says, words in _SAYS if words.search(sentence)), None)
