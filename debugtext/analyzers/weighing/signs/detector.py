"""The sign `detector`: Go's own leak detector has looked at these goroutines, and has not marked them.

It marks whoever waits for a channel, a select or package sync that no other goroutine can reach. So something can
reach what these wait for, as it does in a server at rest; but so does a global map from which nobody removes anything.
Senders are not at rest: the slots of a global channel can be leaked while all can reach it.
"""

from debugtext.analyzers.weighing.signs.case import Case
from debugtext.records.reasons import Reason
from debugtext.stacks.leak_detector import detector_has_run
from debugtext.stacks.operations import RECEIVES, Operation
from debugtext.stacks.places import is_old

_AT_REST = RECEIVES | {Operation.SELECT, Operation.CONDITION}
_WHY = "Go's leak detector has run, and has not marked them: something can still reach what they wait for"


def cleared_by_detector(case: Case) -> list[Reason]:
    """Points off for goroutines at rest that the detector has not marked, more if they have not waited for long."""
    crowd, was_run = case.crowd, case.subject.per_places(case.crowd.first.capture, detector_has_run)
    if not was_run or crowd.operation not in _AT_REST or crowd.first.leaked:
        return []
    return [Reason(-1 if is_old(crowd.waits) else -4, _WHY)]
