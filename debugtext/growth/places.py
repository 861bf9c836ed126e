"""The places of a program in a series: the numbers of each place in every snapshot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from debugtext.growth.matching import Matcher
from debugtext.growth.snapshots import Snapshot, Weight
from debugtext.records.samples import SampleKind


@dataclass(slots=True)
class Place:
    """One place of the program through all snapshots: its values, its stacks, and its largest weight."""

    largest: Weight
    values: list[int]
    stacks: dict[int, None] = field(default_factory=dict)
    """The ids of the stack objects, in the order in which they came: another order changes the sum of floats."""

    def weights_among(self, by_stack: Mapping[int, Sequence[Weight]]) -> list[Weight]:
        """The weights of this place, out of the weights of one snapshot."""
        return [weight for stack in self.stacks for weight in by_stack.get(stack, ())]


def by_stack(weights: Iterable[Weight]) -> dict[int, list[Weight]]:
    """The weights of one snapshot by the id() of their stack."""
    found: dict[int, list[Weight]] = {}
    for weight in weights:
        found.setdefault(id(weight.stack), []).append(weight)
    return found


def places_of(kind: SampleKind, snapshots: Sequence[Snapshot]) -> list[Place]:
    """All places that any of the snapshots has; a value is 0 where a snapshot does not have the place."""
    matcher = Matcher()
    places: dict[int, Place] = {}
    of_stack: dict[int, Place] = {}
    for index, one in enumerate(snapshots):
        weights = one.weights.get(kind, ())
        if not all(id(weight[0]) in of_stack for weight in weights):
            for identity, weight in zip(matcher.identify([w.stack for w in weights]), weights, strict=True):
                place = places.get(identity)
                if place is None:
                    place = places[identity] = Place(weight, [0] * len(snapshots))
                place.stacks[id(weight.stack)] = None
                of_stack[id(weight.stack)] = place
        for weight in weights:  # half a million in a day: by position, which is faster than by name
            place, value = of_stack[id(weight[0])], weight[1]
            place.values[index] += value
            if value >= place.largest[1]:
                place.largest = weight
    return list(places.values())
