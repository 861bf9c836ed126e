"""The sign `library`: a library's own goroutines rest where the user's would not."""

from debugtext.analyzers.evidence.excerpts import are_picked_out
from debugtext.analyzers.weighing.signs.case import Case
from debugtext.records.reasons import Reason
from debugtext.stacks.operations import LIBRARIES_REST, Operation

_FEW_OF_A_LIBRARY = 5


def of_libraries(case: Case) -> list[Reason]:
    """Points off for goroutines of a library, which rest where the user's would not, or wait for others of its own."""
    subject, crowd = case.subject, case.crowd
    if crowd.first.own:
        return []
    found = []
    is_usual = crowd.count < case.limits.thousands or case.share < case.limits.share
    if crowd.operation in LIBRARIES_REST and is_usual and not case.keeps_coming and not are_picked_out(subject, crowd):
        found.append(Reason(-1, "no frame is your own code"))
    if crowd.first.front is not None and crowd.operation is Operation.WAIT_GROUP and crowd.count < _FEW_OF_A_LIBRARY:
        found.append(Reason(-1, "a library waits for its own goroutines"))
    return found
