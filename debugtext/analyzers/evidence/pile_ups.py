"""Whether goroutines pile up: started one after the other, each has waited since, so that the ages follow the ids.

Of a pool, whoever has waited longest gets the next work (runtime/chan.go: a channel's receivers queue): there the
oldest ids may have waited for less long than the others.
"""

from bisect import bisect_left, bisect_right
from itertools import pairwise

from debugtext.analyzers.evidence.births import BATCH, MOST_SHOWN
from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.crowds import Crowd

_PARTS = 4
_LEAST = _PARTS * BATCH
"""Each quarter is a batch of ids at least: within one they tell no order."""
_MINUTES = 2
_EARLY, _NEARLY_ALL = 0.25, 0.85


def pile_up(subject: Subject, crowd: Crowd) -> bool:
    """Whether they came one by one and stayed, where only few minutes tell them apart; unknown in profiles.

    As many as a quarter are old. No quarter has waited for longer than the one before it, the last at most for half as
    long as the first; they began when the program did, and hardly any goroutine of those started since has ended.
    """
    old = sum(minutes >= _MINUTES for minutes in crowd.waits)
    if crowd.count < _LEAST or old * _PARTS < crowd.count:
        return False
    return subject.once(f"pile up {id(crowd.first)} {crowd.count}", lambda _: _pile_up(subject, crowd))


def _pile_up(subject: Subject, crowd: Crowd) -> bool:
    """The same, looked up once. Of the newest batches of ids some are not used yet."""
    quarters = _quarters(subject, crowd)
    falls = 0 < quarters[0] >= 2 * quarters[-1]
    if not falls or any(later > earlier for earlier, later in pairwise(quarters)):
        return False
    members = subject.members(crowd.first.capture)
    ids, every = sorted(number for place in crowd.places for number in members.ids(place)), members.all_ids
    first, last = ids[0], ids[-1] - 2 * BATCH
    alive = bisect_right(every, last) - bisect_left(every, first)
    return first <= _EARLY * every[-1] and alive >= _NEARLY_ALL * (last - first + 1)


def older_the_earlier(subject: Subject, crowd: Crowd) -> bool:
    """Whether each quarter, in the order of the starts, has waited for less long than the one before it."""
    return all(later < earlier for earlier, later in pairwise(_quarters(subject, crowd)))


def _quarters(subject: Subject, crowd: Crowd) -> list[int]:
    """How long each quarter of a crowd has waited in all, in the order of their ids; nothing among too many others."""
    if subject.company(crowd.first.capture).count > MOST_SHOWN:
        return [0] * _PARTS
    by_id: dict[int, int] = {}
    for place in crowd.places:
        by_id |= subject.members(place.capture).waits(place)
    ages = [by_id[number] for number in sorted(by_id)]
    quarter = len(ages) // _PARTS
    return [sum(ages[part * quarter : (part + 1) * quarter]) for part in range(_PARTS)]
