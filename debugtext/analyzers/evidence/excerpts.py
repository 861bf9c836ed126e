"""Whether a text shows all goroutines of its program, or only some that somebody copied out of it."""

from bisect import bisect_left
from collections.abc import Iterable

from debugtext.analyzers.amounts import FEW
from debugtext.analyzers.evidence.across_inputs import ids_of
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import WITHOUT_HEADER, Capture
from debugtext.records.counts import CountProfile
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.places import MAIN, Place, started_by

_MAINS = frozenset({"runtime.main", MAIN})
"""The main goroutine's stack has one of these, and no other stack has."""
_MOST_LINES_BETWEEN = 2


def is_excerpt(subject: Subject, capture: Capture) -> bool:
    """True if goroutines are missing: the text is cut, or it prints ids but not the main goroutine.

    A whole dump has goroutine 1; profiles print no ids.
    """
    return subject.once(_is_cut, capture)


def _is_cut(subject: Subject, capture: Capture) -> bool:
    if capture.truncated or _lacks_header(capture) or _goes_on_without_header(subject, capture):
        return True
    members = subject.members(capture)
    are_named = any(members.ids(place) for place in subject.company(capture).places)
    return are_named and subject.main_place(capture) is None


def _lacks_header(capture: Capture) -> bool:
    return any(WITHOUT_HEADER in problem.message for problem in capture.problems)


def _headless_starts(subject: Subject) -> list[int]:
    return [one.first_line for _, one in subject.captures() if _lacks_header(one)]


def _goes_on_without_header(subject: Subject, capture: Capture) -> bool:
    """True if the rest of `capture` follows right after it, as a capture of its own without header."""
    starts = subject.once(_headless_starts)
    at = bisect_left(starts, capture.last_line)
    return at < len(starts) and starts[at] <= capture.last_line + _MOST_LINES_BETWEEN


def is_part(subject: Subject, capture: Capture) -> bool:
    """True for an excerpt, and for records of a profile without the header that counts all goroutines."""
    return is_excerpt(subject, capture) or (isinstance(capture.body, CountProfile) and capture.body.total is None)


def shows_few(subject: Subject, capture: Capture) -> bool:
    """True if a text shows few goroutines (of a profile: few records) without the main one, which a whole text has.

    A record is one stack, however many goroutines stand on it.
    """
    company = subject.company(capture)
    if isinstance(capture.body, CountProfile):
        shown = company.places
        return len(shown) <= FEW and all(_MAINS.isdisjoint(place.stack.functions) for place in shown)
    if company.count > FEW:  # called for each crowd of a text: it must cost nothing in large ones
        return False
    traced = [place for place in company.places if place.group.state is not None]
    return not any(1 in ids_of(subject, place) for place in traced)


def shows_only(subject: Subject, crowd: Crowd) -> bool:
    """True if the text shows no goroutines besides the crowd, whatever its header counts."""
    return crowd.count >= subject.company(crowd.first.capture).count


def are_picked_out(subject: Subject, crowd: Crowd) -> bool:
    """True if a text shows nothing but the crowd, or if a cut text shows only what one function has started."""
    if shows_only(subject, crowd):
        return True
    capture = crowd.first.capture
    start = started_by(crowd.first) if crowd.total > subject.company(capture).count else ""
    return bool(start) and subject.per_places(capture, _starters) == {start}


def _starters(places: Iterable[Place]) -> set[str]:
    return {*map(started_by, places)}


def is_drawn_by_hand(crowd: Crowd) -> bool:
    """True if somebody wrote the stack by hand, as a path of calls: it has no address and no file."""
    stack = crowd.first.stack
    return crowd.count == 1 and not any(stack.addresses) and not any(frame.file for frame in stack.frames)
