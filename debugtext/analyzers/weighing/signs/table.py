"""The table of all signs, by which crowds of waiting goroutines get points: a leak gets more than idle goroutines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from debugtext.analyzers.weighing.signs.age import age
from debugtext.analyzers.weighing.signs.between_texts import between_texts
from debugtext.analyzers.weighing.signs.births import births
from debugtext.analyzers.weighing.signs.bystanders import bystanders
from debugtext.analyzers.weighing.signs.case import Case
from debugtext.analyzers.weighing.signs.clients import clients
from debugtext.analyzers.weighing.signs.detector import cleared_by_detector
from debugtext.analyzers.weighing.signs.library import of_libraries
from debugtext.analyzers.weighing.signs.made_by import made_once
from debugtext.analyzers.weighing.signs.name import excuse_by_name
from debugtext.analyzers.weighing.signs.operation import operation
from debugtext.analyzers.weighing.signs.readers import without_readers
from debugtext.analyzers.weighing.signs.size import size
from debugtext.analyzers.weighing.signs.tickets import woken_by_ticket
from debugtext.analyzers.weighing.signs.turns import read_in_turn
from debugtext.records.reasons import Reason


@dataclass(frozen=True, slots=True)
class Sign:
    """One question about a crowd: `speaks_for` and `against` say what adds points and what takes them away.

    `lowest` and `highest` are the fewest and the most points that `weigh` may give.
    """

    name: str
    weigh: Callable[[Case], Sequence[Reason]]
    lowest: int
    highest: int
    speaks_for: str = ""
    against: str = ""


SIGNS = (
    Sign(
        "births",
        births,
        lowest=-3,
        highest=4,
        speaks_for="started one by one until now; others in between have ended",
        against="started all together long ago, only lately, or with the process",
    ),
    Sign(
        "clients",
        clients,
        lowest=-3,
        highest=2,
        speaks_for="requests whose clients have gone",
        against="one for each client that is still there",
    ),
    Sign(
        "readers",
        without_readers,
        lowest=0,
        highest=2,
        speaks_for="most goroutines that read their connections have ended",
    ),
    Sign(
        "made by",
        made_once,
        lowest=-2,
        highest=0,
        against="started by a constructor, a Start, or a package's init",
    ),
    Sign(
        "operation",
        operation,
        lowest=0,
        highest=2,
        speaks_for="sends and writes should be quick; WaitGroups, semaphores and system calls mostly too",
    ),
    Sign(
        "size",
        size,
        lowest=0,
        highest=5,
        speaks_for="many at one place; more if they are most of all, thousands, or ten thousand",
    ),
    Sign(
        "bystanders",
        bystanders,
        lowest=-2,
        highest=4,
        speaks_for="nobody is left who could wake them, or somebody copied only these out of a dump",
        against="the goroutine that may receive, or call Done, is busy",
    ),
    Sign(
        "tickets",
        woken_by_ticket,
        lowest=-2,
        highest=4,
        speaks_for="their sync.Cond has never woken anybody, or both sides wait at it",
        against="their sync.Cond has woken others before",
    ),
    Sign(
        "between the texts",
        between_texts,
        lowest=-2,
        highest=2,
        speaks_for="the same ones, or as many, are there in each text",
        against="they are not the same as before, or were woken and came back",
    ),
    Sign("turns", read_in_turn, lowest=-2, highest=0, against="they take turns at reading one connection or file"),
    Sign(
        "detector",
        cleared_by_detector,
        lowest=-4,
        highest=0,
        against="Go's leak detector has run, and has not marked them; it counts less if they wait for minutes",
    ),
    Sign(
        "age",
        age,
        lowest=-2,
        highest=3,
        speaks_for="waiting for minutes; more if all of them are, or of many different ages",
        against="as old as the process, and at rest: started once, together with it",
    ),
    Sign(
        "name",
        excuse_by_name,
        lowest=-4,
        highest=0,
        against="a worker, loop, watch or the like; it counts less the more there are",
    ),
    Sign("library", of_libraries, lowest=-2, highest=0, against="no frame is your own code"),
)
