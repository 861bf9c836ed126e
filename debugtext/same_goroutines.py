"""Which debug texts of one input show goroutines again that another text of it tells of already."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import cast

from debugtext.records.captures import Capture
from debugtext.records.counts import CountProfile
from debugtext.records.goroutines import GoroutineDump, GoroutineGroup, Goroutines

_VIEWS = ("goroutine-profile", "goroutine-dump")
_PROFILE, _DUMP = ("goroutine-profile", "goroutine"), ("goroutine-dump", "")
_MOVING = ("running", "runnable", "syscall", "IO wait")
"""What these goroutines do may be another thing in the next view: above all those that ask for the views."""
_LEAST_SHARE_SHOWN = 0.8


def shown_by_another(captures: Sequence[Capture]) -> Mapping[int, int]:
    """For each capture whose goroutines another one tells of, by number from 0, the number of that one.

    People paste a page twice, or the `debug=1` and the `debug=2` page of one process. A text is printed again where
    ids, states and stacks are the same. It is another view of a larger one where that one shows, or leaves out, every
    goroutine of it that waits. Crashes are events: each is told by itself, and so is a dump in which nobody waits.
    """
    views = [number for number, capture in enumerate(captures) if capture.format in _VIEWS]
    if len(views) < 2:  # noqa: PLR2004 - again takes two
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
    """The captures without those that tell nothing new: printed again, or profiles of which a dump shows nearly all.

    A dump tells states and ages besides; one that shows but some goroutines of a profile tells of these alone.
    """
    again = shown_by_another(captures)
    needless = set()
    for number, whole in again.items():
        kinds = {_kind(captures[one]): one for one in (number, whole)}
        nearly_all = (captures[number].goroutines or 0) >= _LEAST_SHARE_SHOWN * (captures[whole].goroutines or 0)
        if len(kinds) == 1:
            needless.add(number)
        elif nearly_all and set(kinds) == {_PROFILE, _DUMP}:
            needless.add(kinds[_PROFILE])
    return tuple(capture for number, capture in enumerate(captures) if number not in needless)


def _content(capture: Capture) -> Hashable:
    """What two printings of one text have in common."""
    groups = tuple((group.stack, group.state, group.count, group.waits) for group in capture.groups())
    body = capture.body
    if isinstance(body, CountProfile):
        return body.name, body.total, groups
    dump = cast("GoroutineDump", body).goroutines
    return dump.ids.tobytes() if isinstance(dump, Goroutines) else None, groups


def _other_views(captures: Sequence[Capture], views: Iterable[int]) -> dict[int, int]:
    """The texts of another kind than the largest that it holds; nothing where it is one of several of its kind."""
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
    """Whether all that waits in the part is in the whole, or fits into what the whole leaves out.

    Where no stack is in both, only a whole that leaves out most of its goroutines can hold them.
    """
    total, shown = whole.goroutines or 0, _by_functions(whole.groups())
    waiting = _by_functions(group for group in part.groups() if _waits(group))
    left_out, missing = total - shown.total(), waiting - shown
    return missing.total() <= left_out and (missing != waiting or 2 * left_out > total)


def _waits(group: GoroutineGroup) -> bool:
    return group.state is None or group.state.status not in _MOVING


def _by_functions(groups: Iterable[GoroutineGroup]) -> Counter[tuple[str, ...]]:
    """How many goroutines stand on which functions; `debug=1` leaves out those of the runtime at the top."""
    counts: Counter[tuple[str, ...]] = Counter()
    for group in groups:
        counts[tuple(frame.function for frame in group.stack.frames if frame.package != "runtime")] += group.count
    return counts
