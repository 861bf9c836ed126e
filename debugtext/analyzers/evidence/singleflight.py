"""Who does the work that others wait for: of several calls for one key a singleflight.Group makes only the first.

It runs the function in the goroutine of the first caller, all others wait for its result
(https://pkg.go.dev/golang.org/x/sync/singleflight). Where it hangs, nothing is wrong with those that wait.
"""

from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.operations import Operation
from debugtext.analyzers.stacks.places import Place
from debugtext.analyzers.subject import Subject

_GROUP = "singleflight.(*Group)."


def singleflight_caller(subject: Subject, crowd: Crowd) -> Place | None:
    """The place of the one for whom a crowd waits: there the group called own code, and not own code the group."""
    if crowd.operation is not Operation.WAIT_GROUP or not any(_GROUP in name for name in crowd.first.stack.functions):
        return None
    company = subject.company(crowd.first.capture).places
    flying = (place for place in company if place.operation is not Operation.WAIT_GROUP and _is_called(place))
    return max(flying, key=lambda place: place.oldest_minutes, default=None)


def _is_called(place: Place) -> bool:
    """Whether the frame to open stands above a group's."""
    frames = place.stack.frames
    below = frames[frames.index(place.front) + 1 :] if place.front else ()
    return any(_GROUP in frame.function for frame in below)
