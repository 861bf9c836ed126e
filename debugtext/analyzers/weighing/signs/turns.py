"""The sign `turns`: goroutines that read one connection or file in turn."""

from debugtext.analyzers.weighing.signs.case import Case
from debugtext.records.reasons import Reason
from debugtext.stacks.operations import READS
from debugtext.stacks.waiting import waits_for_its_turn


def read_in_turn(case: Case) -> list[Reason]:
    """Points off for goroutines that read one source, one after the other."""
    if case.crowd.operation not in READS or not waits_for_its_turn(case.crowd.first.stack):
        return []
    return [Reason(-2, "they take turns at reading one connection or file: their number was chosen")]
