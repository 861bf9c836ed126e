"""All rules that weigh how suspicious a crowd of waiting goroutines is, one for each kind of wait."""

from debugtext.analyzers.waits.stuck_in_sync import StuckCondition, StuckSemaphore, StuckWaitGroup
from debugtext.analyzers.waits.stuck_on_channels import StuckInSelect, StuckReceivers, StuckSenders
from debugtext.analyzers.waits.stuck_outside import LongSleep, StuckIO, StuckSyscall
from debugtext.analyzers.waits.waiting_rule import WaitingRule

WAITING_RULES: tuple[WaitingRule, ...] = (
    StuckSenders(),
    StuckReceivers(),
    StuckInSelect(),
    StuckWaitGroup(),
    StuckCondition(),
    StuckSemaphore(),
    StuckIO(),
    StuckSyscall(),
    LongSleep(),
)
