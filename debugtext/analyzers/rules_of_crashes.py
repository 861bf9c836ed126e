"""The rules about reports of the end of a program, and of its tests."""

from debugtext.analyzers._rule import Rule
from debugtext.analyzers.all_asleep import AllAsleep
from debugtext.analyzers.data_race import DataRace
from debugtext.analyzers.fatal_errors import (
    ConcurrentMap,
    FatalSignal,
    OutOfMemory,
    RuntimeFailure,
    SyncMisuse,
    ThreadLimit,
)
from debugtext.analyzers.left_over import LeftOver
from debugtext.analyzers.panics import ClosedChannel, NilDereference, UnrecoveredPanic
from debugtext.analyzers.reported_locks import ReportedLock
from debugtext.analyzers.stack_overflow import StackOverflow

RULES: tuple[Rule, ...] = (
    AllAsleep(),
    LeftOver(),
    ReportedLock(),
    NilDereference(),
    UnrecoveredPanic(),
    ConcurrentMap(),
    OutOfMemory(),
    StackOverflow(),
    ClosedChannel(),
    SyncMisuse(),
    DataRace(),
    FatalSignal(),
    ThreadLimit(),
    RuntimeFailure(),
)
