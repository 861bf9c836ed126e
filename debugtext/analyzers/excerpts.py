"""Whether a text shows all goroutines of its program, or only some that somebody copied out of it."""

from debugtext.analyzers._rule import Subject
from debugtext.records.captures import Capture


def is_excerpt(subject: Subject, capture: Capture) -> bool:
    """Whether goroutines are missing: the text is cut off, or names its goroutines, and the main one is not there.

    A whole dump has goroutine 1; profiles name none.
    """
    if capture.truncated:
        return True
    members = subject.members(capture)
    places = subject.company(capture).places
    return any(members.ids(place) for place in places) and not any(members.is_main(place) for place in places)
