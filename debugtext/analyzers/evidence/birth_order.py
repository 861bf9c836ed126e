"""When the goroutines of a crowd were started, by their ids: together, one after the other until now, or all lately.

The runtime numbers goroutines in the order of their start (newproc1 in runtime/proc.go); each P takes sixteen ids at a
time (_GoidCacheBatch in runtime/runtime2.go). So ids are a clock that runs with the work of the process:

- goroutines that are started once have neighbouring ids, far below the newest id;
- goroutines that every request starts anew have ids all along the clock, with ids of ended goroutines in between;
- of goroutines that end after a while, only the last ids are there.

https://github.com/golang/go/blob/master/src/runtime/proc.go
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from enum import Enum

from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import Operation
from debugtext.stacks.places import Place
from debugtext.stacks.waiting import writes_profile

_LEAST_IDS, MOST_SHOWN = 10, 20_000
"""Crowds with fewer ids tell nothing. In dumps with more goroutines, the size of a crowd tells enough."""
BATCH = 16
_LEAST_ENDED = 2 * BATCH
"""Fewer missing ids among many tell nothing: each P may have taken a batch and used little of it."""
_TENTHS, _MOST_TENTHS, _FEW_TENTHS = 10, 7, 3
_HARDLY_ANY = 0.04
"""The share of a crowd's ids that a tenth of the clock needs, to count as one in which goroutines stayed.

A tenth with less holds only the last few of goroutines that mostly end after a while.
"""
_FEW_BATCHES = 5
_DUE, _LONG_AGO = 10, 30
"""The distance from the crowd's youngest id to the newest id of all, in average steps between the crowd's ids.

Up to `_DUE` steps the next start is still to come; from `_LONG_AGO` steps on, the starts have stopped.
"""
_MOST_ALIVE, _GAPS, _HALF = 0.92, 0.75, 0.5
_ONE_EACH = 0.6
"""The highest share of ids still alive in the range of a crowd that main started, if one by one.

About one goroutine has ended for each that stays; pools that main starts once have hardly any gap. In a process that
has started little yet (below `_LEAST_NEWEST` ids), a helper may have ended for each goroutine that stays: there at
least `_HALF` must have ended.
"""
_LEAST_NEWEST, _FIRST_ID_OF_THE_LATE = 500, 0.75
_DENSE = 0.8
"""The least share of ids still alive in the range of a crowd whose goroutines end in turn: first come, first gone.

Hardly any goroutine in that range has ended, while the earlier ones, which are more, all have.
"""
MAIN_ID = 1


class Birth(Enum):
    """How the goroutines of a crowd were started.

    TOGETHER: all at once, long ago. ONE_BY_ONE: all along the life of the process until now, with ended goroutines in
    between. LATELY: all among the last ids, and about as many or more have ended between them. IN_TURN: all among the
    last ids and hardly any ended between them, but all earlier ones have.
    """

    UNKNOWN = "unknown"
    TOGETHER = "together"
    ONE_BY_ONE = "one by one"
    LATELY = "lately"
    IN_TURN = "in turn"


@dataclass(frozen=True, slots=True)
class Births:
    """How a crowd was started, its lowest and highest id, and the highest id of the text.

    `evenly`: the crowd's ids are spread over all tenths of the clock, so its first goroutines are there as its last.
    """

    birth: Birth = Birth.UNKNOWN
    first: int = 0
    last: int = 0
    newest: int = 0
    evenly: bool = False

    @property
    def ids(self) -> str:
        """`ids 8 to 9,310 of 9,350`."""
        return f"ids {self.first:,} to {self.last:,} of {self.newest:,}"


def births_of(subject: Subject, crowd: Crowd) -> Births:
    """How a crowd was started; unknown for few goroutines, in very large dumps, and in profiles, which print no ids."""
    if crowd.count < _LEAST_IDS or crowd.first.group.state is None:
        return Births()
    if subject.company(crowd.first.capture).count > MOST_SHOWN:
        return Births()
    return subject.once(_births, *crowd.places)


def _births(subject: Subject, *places: Place) -> Births:
    """The same for the places of a crowd, to be computed once."""
    capture = places[0].capture
    members = subject.members(capture)
    ids = sorted(number for place in places for number in members.ids(place))
    if len(ids) < _LEAST_IDS or ids[0] == ids[-1]:
        return Births()
    every = members.all_ids
    by_main = all(members.parents(place) == {MAIN_ID} for place in places)
    by_tenth = Counter((number - 1) * _TENTHS // every[-1] for number in ids)
    birth = _birth(ids, every, by_tenth, by_main)
    if birth is Birth.TOGETHER and _newer_only_write_the_text(subject, capture, ids[-1], every):
        birth = Birth.UNKNOWN
    return Births(birth, ids[0], ids[-1], every[-1], _are_even(by_tenth))


def _newer_only_write_the_text(subject: Subject, capture: Capture, last: int, every: list[int]) -> bool:
    """True if few ids follow `last`, and the newer goroutines only write the text, or were started by its writer.

    Each P takes ids by the batch: a few newer ids may only mean that one more P has begun a batch.
    """
    if every[-1] - last > _FEW_BATCHES * BATCH:
        return False
    members, places = subject.members(capture), subject.company(capture).places
    writing = (place for place in places if place.operation is Operation.RUNNING and writes_profile(place.stack))
    writers = {number for place in writing for number in members.ids(place)}
    later = [place for place in places if any(number > last for number in members.ids(place))]
    seen = [place for place in later if writers.isdisjoint(members.ids(place))]
    others = {number for place in seen if members.parents(place) != writers for number in members.ids(place)}
    return max(others, default=0) - last < BATCH * _FEW_BATCHES // 2


def _are_even(by_tenth: Counter[int]) -> bool:
    """True if each tenth of the clock has at least half as many of the crowd's ids as an even spread would give it."""
    return min(by_tenth[tenth] for tenth in range(_TENTHS)) * _TENTHS >= _HALF * by_tenth.total()


def _birth(ids: list[int], every: list[int], by_tenth: Counter[int], by_main: bool) -> Birth:
    """How goroutines with these `ids` were started, among `every` id of the text.

    Both lists are ascending; `by_tenth` counts `ids` in each tenth of the clock.
    """
    first, last, newest = ids[0], ids[-1], every[-1]
    step = (last - first) / (len(ids) - 1)
    tenths, filled_tenths = len(by_tenth), sum(count >= _HARDLY_ANY * len(ids) for count in by_tenth.values())
    ended = last - first + 1 - (bisect_right(every, last) - bisect_left(every, first))
    alive = 1 - ended / (last - first + 1)
    most_alive = (_ONE_EACH if newest >= _LEAST_NEWEST else _HALF) if by_main else _MOST_ALIVE
    some_ended = alive <= most_alive and (ended >= _LEAST_ENDED or alive <= _GAPS)
    if filled_tenths >= _MOST_TENTHS and newest - last <= _DUE * step and some_ended:
        return Birth.ONE_BY_ONE
    if tenths <= _FEW_TENTHS and newest - last >= max(_LONG_AGO * step, 4 * BATCH):
        return Birth.TOGETHER
    if (
        newest >= _LEAST_NEWEST
        and first > _FIRST_ID_OF_THE_LATE * newest
        and newest - last <= _DUE * step
        and alive <= _HALF
    ):
        return Birth.LATELY
    if newest >= _LEAST_NEWEST and first > last - first and newest - last <= _DUE * step and alive >= _DENSE:
        return Birth.IN_TURN
    return Birth.UNKNOWN
