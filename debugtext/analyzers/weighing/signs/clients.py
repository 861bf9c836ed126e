"""The sign `clients`: goroutines serve clients that are still there, or that have gone."""

from debugtext.analyzers.amounts import MANY, THOUSANDS
from debugtext.analyzers.evidence.birth_order import Birth, births_of
from debugtext.analyzers.evidence.origins import WAITS_FOR_OTHERS, is_accepted
from debugtext.analyzers.evidence.served_clients import (
    clients_are_there,
    clients_have_gone,
    is_served,
    one_for_each_connection,
)
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.signs.case import Case
from debugtext.records.frames import split_package
from debugtext.records.reasons import Reason
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import READS


def clients(case: Case) -> list[Reason]:
    """Points off for one goroutine for each connection, as it should be; points if the clients have gone."""
    subject, crowd = case.subject, case.crowd
    if gone := clients_have_gone(subject, crowd):
        return [
            Reason(
                2, f"request handlers, but {gone:,} of their connections are no longer watched: those clients have gone"
            )
        ]
    if crowd.operation not in WAITS_FOR_OTHERS | READS or crowd.count >= THOUSANDS:
        return []
    if is_served(crowd):
        there = crowd.operation in WAITS_FOR_OTHERS and clients_are_there(subject, crowd)
        why = "request handlers whose clients are still there"
        return [Reason(-3, why) if there else Reason(-1, "request handlers")]
    if is_accepted(subject, crowd) or _is_of_server(subject, crowd):
        return [Reason(-1, "one for each accepted connection")]
    if crowd.operation in WAITS_FOR_OTHERS and crowd.count >= MANY and one_for_each_connection(subject, crowd):
        return [Reason(-1, "one for each connection that the same code reads")]
    return []


def _is_of_server(subject: Subject, crowd: Crowd) -> bool:
    """True for readers that were started, but not again and again, in a package that accepts connections."""
    if crowd.operation not in READS or births_of(subject, crowd).birth is Birth.ONE_BY_ONE:
        return False
    creator = crowd.first.stack.created_by
    accepting = subject.company(crowd.first.capture).accepting
    return creator is not None and any(split_package(function)[0] == creator.package for function in accepting)
