"""What grew over the inputs, by the function to open: from trends over many inputs, or by comparing a few."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from debugtext.analyzers.subject import Subject
from debugtext.records.frames import Frame, Stack

if TYPE_CHECKING:
    from debugtext.records.growth import Trend

_STEADY_STEP = 0.25
_NOISE_FACTOR = 3.0
"""Growth must exceed this many standard errors: sampling alone does so once in a thousand times.

Sampling also rarely doubles a function.
"""
_LAST_STEP_NOISE = 1.6
"""The last step must exceed this many standard errors: what rose before and now stands still is full, as a cache is."""
_Starter = tuple[str, str | None, int | None]


@dataclass(frozen=True, slots=True)
class Grown:
    """One function's growth: `values` has a number for each input; `noise` is one standard error of the growth."""

    front: Frame | None
    stack: Stack
    values: tuple[int, ...]
    growth: float
    share: float
    noise: float
    per_hour: float | None
    span: float
    p_value: float | None
    proven: bool

    @property
    def before(self) -> int:
        """The first number."""
        return self.values[0]

    @property
    def after(self) -> int:
        """The last number."""
        return self.values[-1]

    @property
    def pace(self) -> tuple[float, str] | None:
        """How much it grows, and per what: `an hour`, `a minute` or `a day`; None if that is not known."""
        from debugtext.records.growth import pace_of  # noqa: PLC0415 - one text alone has no use for it

        found = pace_of(self.per_hour, self.span) if self.per_hour else None
        return (found[0] * 24, "a day") if found and found[1] == "an hour" and found[0] < 1 else found

    @property
    def rising(self) -> tuple[int, ...]:
        """The values from the first rise or fall on: of equal values at the beginning, only the last is kept."""
        start = next((number for number, pair in enumerate(pairwise(self.values)) if len(set(pair)) > 1), 0)
        return self.values[start:]


def grown(subject: Subject, kind: str) -> list[Grown]:
    """What rises at each function, the largest growth first; `proven` if a trend over enough inputs says so."""
    by_front: dict[str, list[Trend]] = {}
    still = _starters_that_did_not_grow(trend for trend in subject.trends if trend.kind == kind)
    for trend in subject.trends:
        if trend.kind == kind and trend.stack is not None and _starter(trend) not in still:
            front = subject.ownership.front_frame(trend.stack)
            by_front.setdefault(front.function if front else "", []).append(trend)
    rising = {name: [*filter(_may_grow, trends)] for name, trends in by_front.items() if not _only_moved(trends)}
    found = [_joined(subject, trends, by_front[name]) for name, trends in rising.items() if name and trends]
    return sorted(found, key=lambda one: -one.growth)


def _only_moved(trends: "Iterable[Trend]") -> bool:
    """True if at least half of a rise at some stacks was lost at others, in too few inputs for a trend."""
    found = [trend for trend in trends if trend.shape == "unknown"]
    deltas = [trend.values[-1] - trend.values[0] for trend in found]
    return 0 < sum(delta for delta in deltas if delta > 0) <= -2 * sum(delta for delta in deltas if delta < 0)


def _starters_that_did_not_grow(found: "Iterable[Trend]") -> set[_Starter]:
    """The go statements whose goroutines mostly moved: more than half as many left some stacks as came to others.

    Where such goroutines stand is only what they do just now.
    """
    came, left = Counter[_Starter](), Counter[_Starter]()
    for trend in found:
        if (starter := _starter(trend)) is not None:
            delta = trend.values[-1] - trend.values[0]
            came[starter] += max(delta, 0)
            left[starter] += max(-delta, 0)
    return {starter for starter, count in left.items() if count * 2 > came[starter]}


def _starter(trend: "Trend") -> _Starter | None:
    """The go statement behind a stack; in profiles, which do not print it, the function that was started."""
    stack = trend.stack
    if stack is None or not stack.frames or trend.kind != "goroutine":
        return None
    creator = stack.created_by
    return (creator.function, creator.file, creator.line) if creator else (stack.functions[-1], None, None)


def _may_grow(trend: "Trend") -> bool:
    """True for a trend that grows, and for one over too few inputs that rises."""
    return trend.grew or (trend.shape == "unknown" and trend.values[-1] > trend.values[0])


def _joined(subject: Subject, trends: "Iterable[Trend]", every: "Iterable[Trend]") -> Grown:
    """The growth of several stacks with the same front frame; a proven rise shows the sum over `every` stack there."""
    ordered = sorted(trends, key=lambda trend: -(trend.values[-1] - trend.values[0]))
    first = ordered[0]
    assert first.stack is not None
    rates = [trend.per_hour for trend in ordered]
    proven = any(trend.grew for trend in ordered)
    shown = every if proven else ordered
    values = tuple(sum(numbers) for numbers in zip(*(trend.values for trend in shown), strict=False))
    return Grown(
        front=subject.ownership.front_frame(first.stack),
        stack=first.stack,
        values=values,
        growth=sum(trend.growth for trend in ordered if trend.grew) if proven else values[-1] - values[0],
        share=sum(trend.share for trend in ordered),
        noise=sum(trend.noise**2 for trend in ordered) ** 0.5,
        per_hour=None if None in rates else sum(rate for rate in rates if rate),
        span=first.span,
        p_value=min((trend.p_value for trend in ordered if trend.p_value is not None), default=None),
        proven=proven,
    )


def rises_steadily(one: Grown, *, least: float, factor: float) -> bool:
    """True if few values rise at every step, by `least` in all, to `factor` times the first, and beyond noise.

    The rise may begin late: inputs from before it do not weaken it.
    """
    delta = one.after - one.before
    if delta < least or delta < _NOISE_FACTOR * one.noise or one.after < factor * one.before:
        return False
    steps = [later - value for value, later in pairwise(one.rising)]
    is_steady = all(step >= _STEADY_STEP * delta / len(steps) for step in steps)
    return is_steady and steps[-1] >= _LAST_STEP_NOISE * one.noise
