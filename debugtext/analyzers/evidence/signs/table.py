"""All that is looked at to tell a leak from idleness, sign by sign: the table by which crowds are weighed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from debugtext.analyzers.evidence.case import Case
from debugtext.analyzers.evidence.signs.age import age
from debugtext.analyzers.evidence.signs.between_texts import between_texts
from debugtext.analyzers.evidence.signs.births import births
from debugtext.analyzers.evidence.signs.bystanders import bystanders
from debugtext.analyzers.evidence.signs.clients import clients
from debugtext.analyzers.evidence.signs.library import of_libraries
from debugtext.analyzers.evidence.signs.made_by import made_once
from debugtext.analyzers.evidence.signs.name import excuse_by_name
from debugtext.analyzers.evidence.signs.operation import operation
from debugtext.analyzers.evidence.signs.readers import without_readers
from debugtext.analyzers.evidence.signs.size import size
from debugtext.analyzers.evidence.signs.tickets import woken_by_ticket
from debugtext.analyzers.evidence.signs.turns import read_in_turn
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.subject import Subject
from debugtext.records.reasons import Reason


@dataclass(frozen=True, slots=True)
class Sign:
    """One question about a crowd. `speaks_for` and `against` say what gives points and what takes them.

    `lowest` and `highest` are the points that it may give in all.
    """

    name: str
    weigh: Callable[[Case], Sequence[Reason]]
    lowest: int
    highest: int
    speaks_for: str = ""
    against: str = ""


def _asked(look: Callable[[Subject, Crowd], list[Reason]]) -> Callable[[Case], list[Reason]]:
    """A sign that needs nothing but the crowd and its texts."""
    return lambda case: look(case.subject, case.crowd)


SIGNS = (
    Sign(
        "births",
        _asked(births),
        lowest=-3,
        highest=4,
        speaks_for="one after the other until now, and others between have ended",
        against="all together and long ago, only lately, or when the process was",
    ),
    Sign(
        "clients",
        _asked(clients),
        lowest=-3,
        highest=2,
        speaks_for="requests whose clients have gone",
        against="one for each client that is still there",
    ),
    Sign(
        "readers",
        _asked(without_readers),
        lowest=0,
        highest=2,
        speaks_for="most of those that read their connections have ended",
    ),
    Sign(
        "made by",
        _asked(made_once),
        lowest=-2,
        highest=0,
        against="a constructor, a Start, or a package's init has started them",
    ),
    Sign(
        "operation",
        operation,
        lowest=0,
        highest=2,
        speaks_for="sends and writes pass quickly; groups, semaphores and system calls mostly",
    ),
    Sign("size", size, lowest=0, highest=5, speaks_for="many at one place, most of all, thousands, ten thousand"),
    Sign(
        "bystanders",
        bystanders,
        lowest=-2,
        highest=4,
        speaks_for="nobody is left who could wake them, or somebody has picked them out",
        against="who may receive, or call Done, is busy",
    ),
    Sign(
        "tickets",
        _asked(woken_by_ticket),
        lowest=-2,
        highest=4,
        speaks_for="their sync.Cond has woken nobody, or both sides wait at it",
        against="others were woken there",
    ),
    Sign(
        "between the texts",
        between_texts,
        lowest=-2,
        highest=2,
        speaks_for="the same ones, or as many, stand there in each",
        against="others than before, or they were woken and came back",
    ),
    Sign("turns", read_in_turn, lowest=-2, highest=0, against="they read one source, one after the other"),
    Sign(
        "age",
        age,
        lowest=-2,
        highest=3,
        speaks_for="they wait for minutes, all of them, of many ages",
        against="as old as the process, and resting: started once, with it",
    ),
    Sign(
        "name",
        excuse_by_name,
        lowest=-4,
        highest=0,
        against="worker, loop, watch and the like, the less the more there are",
    ),
    Sign("library", of_libraries, lowest=-2, highest=0, against="no frame is your own code"),
)
