"""Crash reports in two captures: the headline is one, the goroutine that crashed is in the one before or after it."""

from itertools import pairwise

from debugtext.analyzers.crash_facts.stopped import stopped_goroutine
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.goroutines import Goroutine, GoroutineDump

_MOST_LINES_BETWEEN = 2
"""A dump further above a headline than this is not taken for its goroutine."""


def dumped_below(subject: Subject, crash: Crash) -> Goroutine | None:
    """The first goroutine of the dump that follows: a panic's text of several lines has cut the report in two."""
    following = subject.once(_following).get(id(crash))
    if isinstance(following, GoroutineDump) and len(following.goroutines):
        return following.goroutines[0]
    return None


def dumped_above(subject: Subject, crash: Crash) -> Goroutine | None:
    """The goroutine that runs right above a report that is only a headline: somebody pasted them in reverse order."""
    above = subject.once(_above).get(id(crash))
    return stopped_goroutine(above) if above is not None else None


def _above(subject: Subject) -> dict[int, Capture]:
    """The capture right above each headline that has no goroutines, and no dump below it; by the id of the headline."""
    captures = subject.last.captures
    following = subject.once(_following)
    return {
        id(below.body): above
        for above, below in pairwise(captures)
        if isinstance(below.body, Crash)
        and not len(below.body.goroutines)
        and not isinstance(following.get(id(below.body)), GoroutineDump)
        and 0 <= below.first_line - above.last_line <= _MOST_LINES_BETWEEN
    }


def dumps_of_messages(subject: Subject) -> frozenset[int]:
    """The ids of dumps whose message is the capture before or after them: a panic without a goroutine."""
    return subject.once(_dumps_of_messages)


def _dumps_of_messages(subject: Subject) -> frozenset[int]:
    captures = (capture.body for capture in subject.last.captures)
    alone = (body for body in captures if isinstance(body, Crash) and body.panics and not len(body.goroutines))
    following = subject.once(_following)
    below = {id(following[id(body)]) for body in alone if id(body) in following}
    return frozenset(below | {id(above.body) for above in subject.once(_above).values()})


def _following(subject: Subject) -> dict[int, object]:
    """The body of the next capture, by the id of the body before it."""
    bodies = [capture.body for capture in subject.last.captures]
    return {id(body): after for body, after in pairwise(bodies)}
