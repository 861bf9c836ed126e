"""Whether goroutines have stayed in the order in which they were started: the earlier, the longer each has waited.

In a pool, the goroutine that has waited longest gets the next work (runtime/chan.go: a channel's receivers queue):
there the oldest ids may have waited for less long than the others.
"""

from itertools import pairwise

from debugtext.analyzers.evidence.birth_order import MOST_SHOWN
from debugtext.analyzers.subject import Subject
from debugtext.stacks.crowds import Crowd

_PARTS = 4


def stayed_in_start_order(subject: Subject, crowd: Crowd) -> bool:
    """True if each quarter of the crowd, in the order of the starts, has waited for less long than the quarter before.

    Dumps with more than `MOST_SHOWN` goroutines are not checked.
    """
    if subject.company(crowd.first.capture).count > MOST_SHOWN:
        return False
    by_id: dict[int, int] = {}
    for place in crowd.places:
        by_id |= subject.members(place.capture).waits(place)
    ages = [by_id[number] for number in sorted(by_id)]
    quarter = len(ages) // _PARTS
    sums = (sum(ages[part * quarter : (part + 1) * quarter]) for part in range(_PARTS))
    return all(later < earlier for earlier, later in pairwise(sums))
