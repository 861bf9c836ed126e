"""Which debug texts of one input show the same goroutines as another text of that input."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import cast

from debugtext.records.captures import Capture
from debugtext.records.counts import CountProfile
from debugtext.records.goroutines import GoroutineDump, GoroutineGroup, Goroutines

_VIEWS = ("goroutine-profile", "goroutine-dump")
_PROFILE, _DUMP = ("goroutine-profile", "goroutine"), ("goroutine-dump", "")
_MOVING = ("running", "runnable", "syscall", "IO wait")
"""Goroutines in these states may be elsewhere in the next view, above all those that serve the views themselves."""
_LEAST_SHARE_SHOWN = 0.8
"""If the smaller one of a dump and a profile has at least this share of the goroutines, the profile is left out."""


def shown_by_another(captures: Sequence[Capture]) -> Mapping[int, int]:
    """Maps captures to the captures that show the same goroutines, by their indexes.

    People paste a page twice, or the `debug=1` and the `debug=2` page of one process. Two captures are one text printed
    twice if ids, states and stacks are the same. A capture is another view of a larger one if that one shows, or leaves
    out, each of its waiting goroutines. Crashes are events, and are never mapped; neither are dumps in which no
    goroutine waits.
    """
    views = [number for number, capture in enumerate(captures) if capture.format in _VIEWS]
    if len(views) < 2:  # noqa: PLR2004 - a repetition takes two
        return {}
    again: dict[int, int] = {}
    first: dict[Hashable, int] = {}
    for number in views:
        if any(map(_waits, captures[number].groups())):
            original = first.setdefault(_content(captures[number]), number)
            if original != number:
                again[number] = original
    return again | _other_views(captures, [number for number in views if number not in again])


def without_repeats(captures: Sequence[Capture]) -> tuple[Capture, ...]:
    """The captures without those that add nothing: texts printed twice, and profiles that a dump shows almost whole.

    A dump also has states and ages. If it shows only some goroutines of a profile, both are kept.
    """
    again = shown_by_another(captures)
    needless = set()
    for number, whole in again.items():
        kinds = {_kind(captures[index]): index for index in (number, whole)}
        nearly_all = (captures[number].goroutines or 0) >= _LEAST_SHARE_SHOWN * (captures[whole].goroutines or 0)
        if len(kinds) == 1:
            needless.add(number)
        elif nearly_all and set(kinds) == {_PROFILE, _DUMP}:
            needless.add(kinds[_PROFILE])
    return tuple(capture for number, capture in enumerate(captures) if number not in needless)


def _content(capture: Capture) -> Hashable:
    """A key that is equal for two printings of one text."""
    groups = tuple((group.stack, group.state, group.count, group.waits) for group in capture.groups())
    body = capture.body
    if isinstance(body, CountProfile):
        return body.name, body.total, groups
    dump = cast("GoroutineDump", body).goroutines
    return dump.ids.tobytes() if isinstance(dump, Goroutines) else None, groups


def _other_views(captures: Sequence[Capture], views: Iterable[int]) -> dict[int, int]:
    """Maps views to the largest view, if that is of another kind and holds their goroutines.

    Empty if several views are of the largest one's kind: they were taken at different moments.
    """
    by_size = sorted(views, key=lambda number: -(captures[number].goroutines or 0))
    if not by_size:
        return {}
    whole, *others = by_size
    kinds = {number: _kind(captures[number]) for number in by_size}
    if any(kinds[other] == kinds[whole] for other in others):
        return {}
    return {other: whole for other in others if _holds(captures[whole], captures[other])}


def _kind(capture: Capture) -> tuple[str, str]:
    return capture.format, getattr(capture.body, "name", "")


def _holds(whole: Capture, part: Capture) -> bool:
    """Whether all waiting goroutines of `part` are in `whole`, or may be among those that `whole` leaves out.

    If the two share no stack, `whole` must leave out most of its goroutines.
    """
    total, shown = whole.goroutines or 0, _by_functions(whole.groups())
    waiting = _by_functions(group for group in part.groups() if _waits(group))
    left_out, missing = total - shown.total(), waiting - shown
    return missing.total() <= left_out and (missing != waiting or 2 * left_out > total)


def _waits(group: GoroutineGroup) -> bool:
    return group.state is None or group.state.status not in _MOVING


def _by_functions(groups: Iterable[GoroutineGroup]) -> Counter[tuple[str, ...]]:
    """The number of goroutines by the functions of their stacks, without the runtime's: `debug=1` leaves these out."""
    counts: Counter[tuple[str, ...]] = Counter()
    for group in groups:
        counts[tuple(frame.function for frame in group.stack.frames if frame.package != "runtime")] += group.count
    return counts
