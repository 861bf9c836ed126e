"""The places of a program through snapshots."""

from debugtext.growth.places import by_stack, places_of
from debugtext.growth.snapshots import HEAP, Snapshot, Weight
from debugtext.records.frames import Frame, Stack


def test_weights_keep_their_order():
    """Not that of the stacks' addresses in memory: the noise is a sum of floats, and would differ from run to run."""
    stacks = [Stack(addresses=(), frames=(Frame("tea.brew", "/src/tea.go", 9, address=n),)) for n in range(200)]
    stacks.sort(key=lambda stack: stack.frames[0].address * 7919 % 1009)  # as little in memory's order as any
    weights = tuple(Weight(stack, 1 + at) for at, stack in enumerate(stacks))
    (place,) = places_of(HEAP, [Snapshot("one", weights={HEAP: weights})])
    assert place.weights_among(by_stack(weights)) == list(weights)
