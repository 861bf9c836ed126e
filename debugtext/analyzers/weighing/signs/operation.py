"""The sign `operation`: what they wait for, as some waits pass quickly where all is well."""

from debugtext.analyzers.weighing.signs.case import Case
from debugtext.records.reasons import Reason
from debugtext.stacks.operations import Operation

_OPERATIONS = {
    Operation.SEND: Reason(2, "a send blocks for long only if nobody receives"),
    Operation.WRITE: Reason(2, "a write blocks only if the peer does not read"),
    Operation.WAIT_GROUP: Reason(1, "the WaitGroup does not reach zero"),
    Operation.SEMAPHORE: Reason(1, "the semaphore's slots are not given back"),
    Operation.SYSCALL: Reason(1, "each holds a thread in a system call"),
    Operation.UNKNOWN: Reason(1, "the stack was pasted without its state: somebody shows it for a reason"),
}


def operation(case: Case) -> list[Reason]:
    """Points for what they wait for; none for a single system call, which any program may have."""
    waits_for = case.crowd.operation
    is_one_call = waits_for is Operation.SYSCALL and case.crowd.count == 1
    return [] if is_one_call or waits_for not in _OPERATIONS else [_OPERATIONS[waits_for]]
