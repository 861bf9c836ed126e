"""The sign `made by`: goroutines that a constructor, a Start or a package's init has started are a fixed set."""

from debugtext.analyzers.amounts import MANY, THOUSANDS
from debugtext.analyzers.evidence.birth_order import Birth, births_of
from debugtext.analyzers.evidence.excerpts import shows_few
from debugtext.analyzers.evidence.origins import different_ages
from debugtext.analyzers.evidence.same_number import same_number_elsewhere
from debugtext.analyzers.evidence.served_clients import is_served
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.signs.case import Case
from debugtext.records.findings import normalised_function
from debugtext.records.frames import split_package
from debugtext.records.reasons import Reason
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import LIBRARIES_REST, Operation
from debugtext.stacks.places import MAIN, started_by, words_of

_INIT = "init"


def made_once(case: Case) -> list[Reason]:
    """Points off for goroutines that a constructor or a Start makes, unless it is called again and again.

    What a package's init starts is there once, whatever it waits for: a source of numbers, say.
    """
    subject, crowd = case.subject, case.crowd
    starter = started_by(crowd.first)
    if split_package(starter)[1] == _INIT and crowd.count < MANY:
        return [Reason(-2, "started by a package's init, which runs once")]
    if not starter or is_served(crowd) or crowd.count >= THOUSANDS:
        return []
    if crowd.operation not in LIBRARIES_REST and not _is_supervisor(subject, crowd):
        return []
    if crowd.first.stack.created_by is None and crowd.first.function != crowd.first.stack.functions[-1]:
        return []  # in a profile, only a closure that waits itself, in its loop, is a worker
    words = words_of(starter)
    if not (words[0] in subject.knowledge.starts if words else _is_in_main(subject, crowd, starter)):
        return []
    if different_ages(crowd) or case.keeps_coming or same_number_elsewhere(subject, crowd):
        return []
    if births_of(subject, crowd).birth is Birth.ONE_BY_ONE:
        return []  # others, started between them, have ended: no fixed set
    return [Reason(-2, f"started by {starter}, as a start-up or a constructor does: a fixed set")]


def _is_in_main(subject: Subject, crowd: Crowd, starter: str) -> bool:
    """True if main is still in the function that has started them: a closure without a name, as a command has."""
    stacks = (place.stack.functions for place in subject.company(crowd.first.capture).places)
    return any(MAIN in functions and starter in map(normalised_function, functions) for functions in stacks)


def _is_supervisor(subject: Subject, crowd: Crowd) -> bool:
    """True for a single goroutine that waits for a WaitGroup: mostly as long as the process runs, for what was started.

    A goroutine that somebody has picked out of a dump does not count.
    """
    alone = crowd.operation is Operation.WAIT_GROUP and crowd.count == 1
    return alone and not shows_few(subject, crowd.first.capture)
