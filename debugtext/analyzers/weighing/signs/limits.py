"""How many and how old goroutines at one place must be to be suspicious: limits that users may set, rule by rule."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields

from debugtext.stacks.operations import SURE_MINUTES


@dataclass(frozen=True, slots=True)
class Limits:
    """One place has many from `goroutines` on, or from `few_goroutines` on if they are most; most is `share` of all.

    Waits are long from so many `minutes` on. `thousands` and `excessive` weigh more than many; `excessive` is
    LeakProf's limit (https://www.uber.com/blog/leakprof-featherlight-in-production-goroutine-leak-detection/).
    """

    goroutines: float = 10
    few_goroutines: float = 5
    share: float = 0.5
    minutes: float = SURE_MINUTES
    thousands: float = 1000
    excessive: float = 10_000

    @classmethod
    def of(cls, value: Callable[[str], float]) -> "Limits":
        """The limits as `value` gives them by their names: the user's, or the usual ones."""
        return cls(*(value(one.name) for one in fields(cls)))


USUAL = Limits()
AS_THRESHOLDS = asdict(USUAL)
