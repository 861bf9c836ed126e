"""The rules, in the order in which they are documented."""

from debugtext.analyzers._rule import Rule
from debugtext.analyzers.all_asleep import AllAsleep
from debugtext.analyzers.blocked_forever import NilChannel, NoCases
from debugtext.analyzers.contended import Contended
from debugtext.analyzers.data_race import DataRace
from debugtext.analyzers.everyone_waits import EveryoneWaits
from debugtext.analyzers.fatal_errors import (
    ConcurrentMap,
    FatalSignal,
    OutOfMemory,
    RuntimeFailure,
    SyncMisuse,
    ThreadLimit,
)
from debugtext.analyzers.garbage_collector import CollectorShare, ForcedCollections, LongPauses
from debugtext.analyzers.growth_of_goroutines import GoroutineGrowth
from debugtext.analyzers.growth_of_heap import HeapGrowth, HiddenGrowth
from debugtext.analyzers.heap_hoarder import AllocationChurn, HeapHoarder
from debugtext.analyzers.hung_test import HungTest
from debugtext.analyzers.leaked import Leaked
from debugtext.analyzers.left_over import LeftOver
from debugtext.analyzers.library_leak import LibraryLeak
from debugtext.analyzers.locked import ForgottenUnlock, HolderStuck, LockAgain, LockCycle
from debugtext.analyzers.many_threads import ManyThreads
from debugtext.analyzers.memory_accounts import Fragmentation, IdleMemory, MemoryOutsideGo, StacksOutweighHeap
from debugtext.analyzers.panics import ClosedChannel, NilDereference, PanicWithoutMessage, UnrecoveredPanic
from debugtext.analyzers.stack_overflow import StackOverflow
from debugtext.analyzers.stuck_in_sync import StuckCondition, StuckSemaphore, StuckWaitGroup
from debugtext.analyzers.stuck_on_channels import StuckInSelect, StuckReceivers, StuckSenders
from debugtext.analyzers.stuck_outside import LongSleep, StuckIO, StuckSyscall
from debugtext.analyzers.test_timeout import TestTimeout

RULES: tuple[Rule, ...] = (
    Leaked(),
    NilChannel(),
    NoCases(),
    AllAsleep(),
    LeftOver(),
    StuckSenders(),
    StuckReceivers(),
    StuckInSelect(),
    StuckWaitGroup(),
    StuckCondition(),
    StuckSemaphore(),
    StuckIO(),
    StuckSyscall(),
    LongSleep(),
    GoroutineGrowth(),
    LibraryLeak(),
    HungTest(),
    LockCycle(),
    LockAgain(),
    HolderStuck(),
    ForgottenUnlock(),
    EveryoneWaits(),
    HeapGrowth(),
    HiddenGrowth(),
    HeapHoarder(),
    AllocationChurn(),
    StacksOutweighHeap(),
    IdleMemory(),
    Fragmentation(),
    MemoryOutsideGo(),
    CollectorShare(),
    LongPauses(),
    ForcedCollections(),
    Contended(),
    ManyThreads(),
    NilDereference(),
    UnrecoveredPanic(),
    PanicWithoutMessage(),
    ConcurrentMap(),
    OutOfMemory(),
    StackOverflow(),
    ClosedChannel(),
    SyncMisuse(),
    TestTimeout(),
    DataRace(),
    FatalSignal(),
    ThreadLimit(),
    RuntimeFailure(),
)
