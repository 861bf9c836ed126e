"""Whether names say that goroutines are meant to wait for as long as the process runs: workers, loops, watchers."""

from debugtext.analyzers.amounts import MANY
from debugtext.analyzers.subject import Subject
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import RESTING, Operation
from debugtext.stacks.ownership import started_with
from debugtext.stacks.places import words_of

_OF_MAIN = ("main",)
"""The words of main.main, which lives as long as the process; many closures in it need not all do so."""


def is_resident(subject: Subject, crowd: Crowd) -> bool:
    """True if a name says that the crowd's goroutines are meant to wait for as long as the process runs."""
    first = words_of(crowd.first.function)
    if crowd.operation not in RESTING or subject.knowledge.is_end(first):
        return False
    if crowd.operation is Operation.SELECT and subject.knowledge.is_giving(first):
        return False
    own = [frame.function for frame in started_with(crowd.first.stack) if subject.ownership.is_own(frame)]
    entries = own[-2:] if own and ".func" in own[-1] else own[-1:]  # a closure is started for what it calls
    names = [words for words in (first, *map(words_of, entries)) if words != _OF_MAIN or crowd.count < MANY]
    return any(subject.knowledge.is_resident(words) for words in names)
