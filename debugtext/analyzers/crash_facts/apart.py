"""Reports of a crash of which the headline is one capture, and the goroutine that crashed another."""

from itertools import pairwise

from debugtext.analyzers.crash_facts.stopped import stopped_goroutine
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.goroutines import Goroutine, GoroutineDump

_MOST_LINES_BETWEEN = 2


def dumped_below(subject: Subject, crash: Crash) -> Goroutine | None:
    """The first goroutine of the dump that follows, where a panic's text of several lines cut the report in two."""
    following = subject.once(_following).get(id(crash))
    if isinstance(following, GoroutineDump) and len(following.goroutines):
        return following.goroutines[0]
    return None


def dumped_above(subject: Subject, crash: Crash) -> Goroutine | None:
    """The goroutine that runs right above a report of which only the headline is there: somebody has turned them."""
    above = subject.once(_above).get(id(crash))
    return stopped_goroutine(above) if above is not None else None


def _above(subject: Subject) -> dict[int, Capture]:
    """The capture right above each headline that has no goroutine, above or below."""
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
    """The dumps of which the capture before or below has the message: a panic without a goroutine."""
    return subject.once(_dumps_of_messages)


def _dumps_of_messages(subject: Subject) -> frozenset[int]:
    captures = (capture.body for capture in subject.last.captures)
    alone = (body for body in captures if isinstance(body, Crash) and body.panics and not len(body.goroutines))
    following = subject.once(_following)
    below = {id(following[id(body)]) for body in alone if id(body) in following}
    return frozenset(below | {id(above.body) for above in subject.once(_above).values()})


def _following(subject: Subject) -> dict[int, object]:
    """The body of the capture that follows, by the one before it."""
    bodies = [capture.body for capture in subject.last.captures]
    return {id(body): after for body, after in pairwise(bodies)}
