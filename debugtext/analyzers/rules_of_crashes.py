"""The rules about reports of the end of a program, and of its tests."""

from debugtext.analyzers.crashes.all_asleep import AllAsleep
from debugtext.analyzers.crashes.concurrent_map import ConcurrentMap
from debugtext.analyzers.crashes.data_race import DataRace
from debugtext.analyzers.crashes.fatal_errors import (
    FatalSignal,
    OutOfMemory,
    RuntimeFailure,
    SyncMisuse,
    ThreadLimit,
)
from debugtext.analyzers.crashes.left_over import LeftOver
from debugtext.analyzers.crashes.panics import ClosedChannel, NilDereference, UnrecoveredPanic
from debugtext.analyzers.crashes.reported_locks import ReportedLock
from debugtext.analyzers.crashes.stack_overflow import StackOverflow
from debugtext.analyzers.rule import Rule

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
