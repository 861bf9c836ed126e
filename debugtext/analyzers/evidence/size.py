"""How many wait at one place, and for what: what passes quickly where all is well."""

from debugtext.analyzers.evidence.case import Case
from debugtext.analyzers.evidence.excerpts import are_picked
from debugtext.analyzers.stacks.operations import LIBRARIES_REST, READS, Operation
from debugtext.records.reasons import Reason

_OPERATIONS = {
    Operation.SEND: Reason(2, "a send blocks for long only if nobody receives"),
    Operation.WRITE: Reason(2, "a write blocks only if the peer does not read"),
    Operation.WAIT_GROUP: Reason(1, "the WaitGroup does not reach zero"),
    Operation.SEMAPHORE: Reason(1, "the semaphore's slots are not given back"),
    Operation.SYSCALL: Reason(1, "each holds a thread in a system call"),
    Operation.UNKNOWN: Reason(1, "the stack was pasted without its state: somebody shows it for a reason"),
}
_FEW_SHARE = 0.4
_FEW_OF_A_LIBRARY = 5


def operation(case: Case) -> list[Reason]:
    """What they wait for; one alone is in a system call anywhere."""
    waits_for = case.crowd.operation
    is_one_call = waits_for is Operation.SYSCALL and case.crowd.count == 1
    return [] if is_one_call or waits_for not in _OPERATIONS else [_OPERATIONS[waits_for]]


def size(case: Case) -> list[Reason]:
    """Many at one place, and most of all that there are, with those at other places of which there are as many."""
    crowd, limits, share = case.crowd, case.limits, case.share
    found = []
    many, few = limits.goroutines, limits.few_goroutines
    if crowd.count >= many or (crowd.count >= few and crowd.share >= _FEW_SHARE):
        thousands = crowd.count >= limits.thousands and crowd.operation not in READS  # as many clients as there are
        least = limits.thousands if thousands else many
        limit = f"{least:,g}" if crowd.count >= many else f"{few:g} that are most of all"
        found.append(Reason(1 + thousands, f"{crowd.count:,} at one place", limit))
        if share >= limits.share:
            kin = ", with those at similar places of the package" if share > crowd.share else ""
            found.append(Reason(1, f"{share:.0%} of all goroutines{kin}", f"{limits.share:.0%}"))
    if crowd.count >= limits.excessive:
        excessive = f"{limits.excessive:,.0f}, as LeakProf"
        found.append(Reason(2, "far more than programs park on purpose", excessive))
    return found


def of_libraries(case: Case) -> list[Reason]:
    """Goroutines of a library, which rest where the user's would not, and wait for others of its own."""
    subject, crowd = case.subject, case.crowd
    if crowd.first.own:
        return []
    found = []
    is_usual = crowd.count < case.limits.thousands or case.share < case.limits.share
    if crowd.operation in LIBRARIES_REST and is_usual and not case.comes_on and not are_picked(subject, crowd):
        found.append(Reason(-1, "no frame is your own code"))
    if crowd.first.front is not None and crowd.operation is Operation.WAIT_GROUP and crowd.count < _FEW_OF_A_LIBRARY:
        found.append(Reason(-1, "a library waits for its own goroutines"))
    return found
