"""When the goroutines of a crowd were started, by their ids: together, one after the other until now, or all lately.

The runtime numbers goroutines in the order of their start (newproc1 in runtime/proc.go), each P sixteen at a time
(_GoidCacheBatch in runtime/runtime2.go). So ids are a clock that runs with the work of the process: what is started
once has neighbouring ids, which the clock then leaves far behind; what every request starts anew has ids all along it,
with those of ended goroutines between; and of what ends after a while only the last are there. https://github.com/golang/go/blob/master/src/runtime/proc.go
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from enum import Enum

from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.operations import Operation
from debugtext.analyzers.stacks.places import Place
from debugtext.analyzers.stacks.waiting import writes_profile
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture

_LEAST_IDS, MOST_SHOWN = 10, 20_000
"""Of fewer ids nothing can be told; among more goroutines the number of a crowd tells enough."""
BATCH = 16
_LEAST_ENDED = 2 * BATCH
"""Of fewer ids, a few among many, nothing is known: each P may have taken a batch and used little of it."""
_TENTHS, _MOST_TENTHS, _FEW_TENTHS = 10, 7, 3
_HARDLY_ANY = 0.04
"""Of the ids: a tenth with less has but the last of those that mostly end after a while."""
_FEW_BATCHES = 5
_DUE, _LONG_AGO = 10, 30
"""So many of the crowd's usual steps from its youngest to the newest id: the next one is due, or it has stopped."""
_MOST_ALIVE, _GAPS, _HALF = 0.92, 0.75, 0.5
_ONE_EACH = 0.6
"""Of the ids between: for each that stays about one has ended. What main starts once, its pools, has hardly any gap.

Of a process that has started little yet a helper may have ended for each, of what stays: there more must have ended.
"""
_LEAST_NEWEST, _FIRST_ID_OF_THE_LATE = 500, 0.75
_DENSE = 0.8
"""Hardly one of the ids from the first on has ended, but all of more before them: who came first went first."""
MAIN_ID = 1


class Birth(Enum):
    """How the goroutines of a crowd were started."""

    UNKNOWN = "unknown"
    TOGETHER = "together"
    ONE_BY_ONE = "one by one"
    LATELY = "lately"
    IN_TURN = "in turn"


@dataclass(frozen=True, slots=True)
class Births:
    """How a crowd was started, its lowest and highest id, and the highest of the text.

    `evenly`: each tenth of all ids has some of them, and none hardly any, as where the first are there as are the last.
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
    """How a crowd was started; unknown of few, and in profiles, which print no ids."""
    if crowd.count < _LEAST_IDS or crowd.first.group.state is None:
        return Births()
    if subject.company(crowd.first.capture).count > MOST_SHOWN:
        return Births()
    return subject.once(_births, *crowd.places)


def _births(subject: Subject, *places: Place) -> Births:
    """The same, looked up once."""
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
    """Whether few ids are behind theirs, and the later goroutines write the text, or were started for that request.

    Each P takes ids by the batch: that one more has run tells of no more than a new batch.
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
    """Whether each tenth of all ids has half as many of these at least as it would have if all had as many."""
    return min(by_tenth[tenth] for tenth in range(_TENTHS)) * _TENTHS >= _HALF * by_tenth.total()


def _birth(ids: list[int], every: list[int], by_tenth: Counter[int], by_main: bool) -> Birth:
    """How goroutines of these ids were started, among all; both ascending, and how many are in each tenth of all."""
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
