"""The rules about contention and threads."""

from debugtext.analyzers.contention.contended import Contended
from debugtext.analyzers.contention.contention_of_pprof import ContentionOfPprof
from debugtext.analyzers.contention.many_threads import ManyThreads
from debugtext.analyzers.rule import Rule

RULES: tuple[Rule, ...] = (
    Contended(),
    ManyThreads(),
    ContentionOfPprof(),
)
