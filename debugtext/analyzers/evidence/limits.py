"""From which number, share and age on goroutines at one place are suspicious: what a user may set, rule by rule."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields

from debugtext.analyzers.stacks.operations import SURE_MINUTES


@dataclass(frozen=True, slots=True)
class Limits:
    """`goroutines` at one place are many, or `few_goroutines` that are most of all; `share` of all is most.

    Waits are long from so many `minutes` on. `thousands` and `excessive` tell more than many do; the last is LeakProf's
    (https://www.uber.com/blog/leakprof-featherlight-in-production-goroutine-leak-detection/).
    """

    goroutines: float = 10
    few_goroutines: float = 5
    share: float = 0.5
    minutes: float = SURE_MINUTES
    thousands: float = 1000
    excessive: float = 10_000

    @classmethod
    def of(cls, value: Callable[[str], float]) -> "Limits":
        """Those that a user has set, each by its name."""
        return cls(*(value(one.name) for one in fields(cls)))


USUAL = Limits()
AS_THRESHOLDS = asdict(USUAL)
