"""The rules about goroutines that wait: leaks, locks, growth."""

from debugtext.analyzers.crashes.crash_without_message import PanicWithoutMessage, StoppedWhileRunning
from debugtext.analyzers.crashes.fatal_log import FatalLog
from debugtext.analyzers.crashes.hung_test import HungTest
from debugtext.analyzers.crashes.test_timeout import TestTimeout
from debugtext.analyzers.locks.lock_queue import LockQueue
from debugtext.analyzers.locks.locked import LOCK_RULES
from debugtext.analyzers.locks.self_waits import WaitsForItself
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.waits.blocked_forever import NilChannel, NoCases
from debugtext.analyzers.waits.everyone_waits import EveryoneWaits
from debugtext.analyzers.waits.growing_totals import GrowingTotals
from debugtext.analyzers.waits.growth_of_goroutines import GoroutineGrowth
from debugtext.analyzers.waits.leaked import Leaked
from debugtext.analyzers.waits.library_leak import LibraryLeak
from debugtext.analyzers.waits.never_run import NeverRun
from debugtext.analyzers.waits.no_answer import NoAnswer
from debugtext.analyzers.waits.slow_shutdown import SlowShutdown
from debugtext.analyzers.waits.stuck import WAITING_RULES
from debugtext.analyzers.waits.stuck_finalizers import StuckFinalizer
from debugtext.analyzers.waits.unreceived import Unreceived

RULES: tuple[Rule, ...] = (
    Leaked(),
    NilChannel(),
    NoCases(),
    *WAITING_RULES,
    GoroutineGrowth(),
    GrowingTotals(),
    LibraryLeak(),
    Unreceived(),
    HungTest(),
    StoppedWhileRunning(),
    NeverRun(),
    StuckFinalizer(),
    SlowShutdown(),
    NoAnswer(),
    FatalLog(),
    *LOCK_RULES,
    EveryoneWaits(),
    LockQueue(),
    WaitsForItself(),
    TestTimeout(),
    PanicWithoutMessage(),
)
