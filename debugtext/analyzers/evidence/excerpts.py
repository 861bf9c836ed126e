"""Whether a text shows all goroutines of its program, or only some that somebody copied out of it."""

from bisect import bisect_left
from collections.abc import Iterable

from debugtext.analyzers.amounts import FEW
from debugtext.analyzers.evidence.across_inputs import ids_of
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.places import MAIN, Place, started_by
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import WITHOUT_HEADER, Capture
from debugtext.records.counts import CountProfile

_MAINS = frozenset({"runtime.main", MAIN})
"""One of these is on the main goroutine's stack, and on no other."""
_MOST_LINES_BETWEEN = 2


def is_excerpt(subject: Subject, capture: Capture) -> bool:
    """Whether goroutines are missing: the text is cut, or names its goroutines, and the main one is not there.

    A whole dump has goroutine 1; profiles name none.
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
    """Whether the rest of it follows as a capture of its own, of which the beginning is cut away."""
    starts = subject.once(_headless_starts)
    at = bisect_left(starts, capture.last_line)
    return at < len(starts) and starts[at] <= capture.last_line + _MOST_LINES_BETWEEN


def is_part(subject: Subject, capture: Capture) -> bool:
    """The same, or whether these are records of a profile without the header that counts all of them."""
    return is_excerpt(subject, capture) or (isinstance(capture.body, CountProfile) and capture.body.total is None)


def shows_few(subject: Subject, capture: Capture) -> bool:
    """Whether a text shows a few goroutines, or records of a profile, and not the main one, which every whole text has.

    A record is one stack, however many goroutines stand on it.
    """
    company = subject.company(capture)
    if isinstance(capture.body, CountProfile):
        shown = company.places
        return len(shown) <= FEW and all(_MAINS.isdisjoint(place.stack.functions) for place in shown)
    if company.count > FEW:  # asked for each crowd of a text: of a large one it must cost nothing
        return False
    traced = [place for place in company.places if place.group.state is not None]
    return not any(1 in ids_of(subject, place) for place in traced)


def shows_only(subject: Subject, crowd: Crowd) -> bool:
    """Whether the text shows no other goroutine, whatever its header counts."""
    return crowd.count >= subject.company(crowd.first.capture).count


def are_picked_out(subject: Subject, crowd: Crowd) -> bool:
    """Whether a text shows no other goroutine, or one that is cut only those that one function has started."""
    if shows_only(subject, crowd):
        return True
    capture = crowd.first.capture
    start = started_by(crowd.first) if crowd.total > subject.company(capture).count else ""
    return bool(start) and subject.per_places(capture, _starters) == {start}


def _starters(places: Iterable[Place]) -> set[str]:
    return {*map(started_by, places)}


def is_drawn_by_hand(crowd: Crowd) -> bool:
    """Whether somebody wrote the stack by hand, as the way of the calls: there is no address and no file."""
    stack = crowd.first.stack
    return crowd.count == 1 and not any(stack.addresses) and not any(frame.file for frame in stack.frames)
