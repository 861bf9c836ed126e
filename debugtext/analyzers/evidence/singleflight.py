"""Finds the goroutine that does the work for all others that wait in a singleflight.Group.

Of several calls for one key, the group makes only the first, in the goroutine of that caller; all others wait for its
result (https://pkg.go.dev/golang.org/x/sync/singleflight). If that call hangs, nothing is wrong with those that wait.
"""

from debugtext.analyzers.subject import Subject
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import Operation
from debugtext.stacks.places import Place

_GROUP = "singleflight.(*Group)."


def singleflight_caller(subject: Subject, crowd: Crowd) -> Place | None:
    """The place of the caller for which a crowd waits: there the group has called own code, not the other way round."""
    if crowd.operation is not Operation.WAIT_GROUP or not any(_GROUP in name for name in crowd.first.stack.functions):
        return None
    company = subject.company(crowd.first.capture).places
    flying = (place for place in company if place.operation is not Operation.WAIT_GROUP and _is_called(place))
    return max(flying, key=lambda place: place.oldest_minutes, default=None)


def _is_called(place: Place) -> bool:
    """True if a group has called the code of the frame to open, directly or not."""
    frames = place.stack.frames
    below = frames[frames.index(place.front) + 1 :] if place.front else ()
    return any(_GROUP in frame.function for frame in below)
