"""The rules about contention and threads."""

from debugtext.analyzers._rule import Rule
from debugtext.analyzers.contended import Contended
from debugtext.analyzers.many_threads import ManyThreads

RULES: tuple[Rule, ...] = (
    Contended(),
    ManyThreads(),
)
