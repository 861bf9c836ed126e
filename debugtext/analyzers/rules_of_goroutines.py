"""The rules about goroutines that wait: leaks, locks, growth."""

from debugtext.analyzers._rule import Rule
from debugtext.analyzers.blocked_forever import NilChannel, NoCases
from debugtext.analyzers.crash_without_message import PanicWithoutMessage, StoppedWhileRunning
from debugtext.analyzers.everyone_waits import EveryoneWaits
from debugtext.analyzers.growing_totals import GrowingTotals
from debugtext.analyzers.growth_of_goroutines import GoroutineGrowth
from debugtext.analyzers.hung_test import HungTest
from debugtext.analyzers.leaked import Leaked
from debugtext.analyzers.library_leak import LibraryLeak
from debugtext.analyzers.lock_queue import LockQueue
from debugtext.analyzers.locked import LOCK_RULES
from debugtext.analyzers.never_run import NeverRun
from debugtext.analyzers.stuck_in_sync import StuckCondition, StuckSemaphore, StuckWaitGroup
from debugtext.analyzers.stuck_on_channels import StuckInSelect, StuckReceivers, StuckSenders
from debugtext.analyzers.stuck_outside import LongSleep, StuckIO, StuckSyscall
from debugtext.analyzers.test_timeout import TestTimeout
from debugtext.analyzers.unreceived import Unreceived

RULES: tuple[Rule, ...] = (
    Leaked(),
    NilChannel(),
    NoCases(),
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
    GrowingTotals(),
    LibraryLeak(),
    Unreceived(),
    HungTest(),
    StoppedWhileRunning(),
    NeverRun(),
    *LOCK_RULES,
    EveryoneWaits(),
    LockQueue(),
    TestTimeout(),
    PanicWithoutMessage(),
)
