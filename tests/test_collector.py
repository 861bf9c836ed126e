"""Python's collector of garbage: left alone while many records are made, and not put off for ever."""

import gc
import weakref

import pytest

from debugtext import collector
from debugtext.collector import TIMES_BETWEEN, without_collector
from debugtext.reading import read


class Ring:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(collector, "MANY_OBJECTS", 1_000)


def is_old(thing: object) -> bool:
    return any(one is thing for one in gc.get_objects(generation=2))


@pytest.mark.parametrize(("count", "old"), [(10, False), (2_000, True)])
def test_what_was_made_is_old_if_it_is_much(many, count, old):
    gc.collect()
    with without_collector():
        assert not gc.isenabled()
        made = [[number] for number in range(count)]
    assert gc.isenabled()
    assert is_old(made) is old


@pytest.mark.usefixtures("many")
def test_garbage_is_looked_for_now_and_then():
    ring, kept = weakref.ref(Ring()), []
    for _ in range(TIMES_BETWEEN):
        with without_collector():
            kept += [[number] for number in range(2_000)]
    assert ring() is None


def test_who_has_turned_the_collector_off_finds_it_off():
    gc.disable()
    try:
        with without_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_reading_small_texts_on_and_on_lets_garbage_be_found():
    """While a server was watched for days, what each text left was never looked at: it was old at once."""
    text = "heap profile: 1: 9 [1: 9] @ heap/1\n1: 9 [1: 9] @ 0x101\n#\t0x100\tmain.f{}+0x1\t/m.go:7\n"
    rings = weakref.WeakSet[Ring]()
    for number in range(200):
        read(text.format(number))
        for _ in range(20):
            rings.add(Ring())
    assert len(rings) < 2_000
