"""The table of signs: what each says of itself is what it gives."""

import pytest

from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.signs.case import Case
from debugtext.analyzers.weighing.signs.table import SIGNS
from debugtext.reading import read
from debugtext.settings import Settings
from debugtext.stacks.crowds import crowds
from debugtext.stacks.ownership import Ownership


@pytest.fixture(scope="module")
def cases(samples):
    """Every crowd of every sample with goroutines."""
    found = []
    for path in sorted((*samples.glob("dump/*.txt"), *samples.glob("goroutine/*.txt"), *samples.glob("crash/*.txt"))):
        readings = (read(path),)
        stacks = (group.stack for reading in readings for capture in reading.captures for group in capture.groups())
        subject = Subject(readings, Ownership.infer(stacks, ()), Settings())
        found += [Case(subject, crowd) for crowd in crowds(place for place in subject.places if place.front)]
    return found


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.name)
def test_a_sign_gives_no_more_and_takes_no_more_than_it_says(cases, sign):
    given = [sum(reason.points for reason in sign.weigh(case)) for case in cases]
    assert len(given) > 400
    assert sign.lowest <= min(given)
    assert max(given) <= sign.highest
    assert bool(sign.speaks_for) is (sign.highest > 0)
    assert bool(sign.against) is (sign.lowest < 0)
