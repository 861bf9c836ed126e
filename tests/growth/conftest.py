"""Makes stacks, heaps and dumps for the tests of growth, as short as they can be said."""

import pytest

from debugtext.records.captures import Capture, Reading
from debugtext.records.counts import CountProfile, CountSample
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import GoroutineDump, Goroutines, Header, State
from debugtext.records.heap import Allocation, HeapProfile, HeapSample
from debugtext.records.memstats import MemStats


@pytest.fixture
def stack():
    """`stack("main.f:10+24", "main.main:3")`: frames, leaf first, as FUNCTION:LINE+OFFSET."""

    def frame(text: str) -> Frame:
        function, _, place = text.partition(":")
        line, _, offset = place.partition("+")
        return Frame(function, "/src/main.go", int(line) if line else None, int(offset) if offset else None)

    def make(*frames: str, creator: str = "", addresses: tuple[int, ...] = ()) -> Stack:
        return Stack(tuple(map(frame, frames)), addresses, frame(creator) if creator else None)

    return make


@pytest.fixture
def goroutines(stack):
    """A debug=1 goroutine profile: `goroutines({"main.f": 3}, taken_at=30)`."""

    def make(counts, taken_at=None, name="goroutine.txt") -> Reading:
        stacks = {key: key if isinstance(key, Stack) else stack(key) for key in counts}
        samples = tuple(CountSample(count, stacks[key], 1) for key, count in counts.items())
        body = CountProfile("goroutine", None, samples)
        return Reading(name, (Capture("goroutine-profile", 1, 1, body),), taken_at=taken_at)

    return make


@pytest.fixture
def dump():
    """A debug=2 dump: `dump((stack, "select"), (stack, "chan send"))`, a pair for each goroutine, ids from 1."""

    def make(*of_each: tuple[Stack, str], first_id: int = 1, taken_at=None) -> Reading:
        many = Goroutines()
        for number, (stack, status) in enumerate(of_each):
            many.headers.append(Header(State(status)))
            many.stacks.append(stack)
            many.ids.append(first_id + number)
            many.header_numbers.append(number)
            many.stack_numbers.append(number)
            many.parent_ids.append(-1)
            many.lines.append(1)
        return Reading("dump.txt", (Capture("goroutine-dump", 1, 1, GoroutineDump(many)),), taken_at=taken_at)

    return make


@pytest.fixture
def heap(stack):
    """A heap profile at rate 1: `heap({"main.keep": 5 << 20}, num_gc=7)`; further names are fields of MemStats.

    The bytes are in ten objects, or in objects of `each` bytes.
    """

    def make(held, taken_at=None, rate=1, each=0, **memstats) -> Reading:
        samples = []
        for key, size in held.items():
            found = key if isinstance(key, Stack) else stack(key)
            objects = size // each if each else 10
            samples.append(HeapSample(Allocation(objects if size else 0, size), Allocation(objects, size), found, 1))
        body = HeapProfile(tuple(samples), rate, memstats=MemStats(**memstats) if memstats else None)
        return Reading("heap.txt", (Capture("heap", 1, 1, body),), taken_at=taken_at)

    return make
