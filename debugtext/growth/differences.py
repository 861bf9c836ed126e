"""Two readings compared: what is new, gone, grown and shrunk, by stack and by function, and MemStats side by side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from debugtext.growth.matching import Matcher
from debugtext.growth.snapshots import Snapshot, Weight, noise_between, snapshot
from debugtext.records.captures import Reading
from debugtext.records.frames import Stack
from debugtext.records.growth import Change, Difference, FunctionChange, GroupChange
from debugtext.records.samples import SampleKind

UNKNOWN_FUNCTION = "<unknown>"


@dataclass(slots=True)
class _Pair:
    """What one place in the program has in the two readings."""

    weights: tuple[list[Weight], list[Weight]] = field(default_factory=lambda: ([], []))
    largest: tuple[int, int] = (-1, -1)
    stack: Stack = field(default_factory=Stack)
    state: str = ""

    def add(self, weight: Weight, side: int) -> None:
        """Adds a weight; the largest stack of the current reading is shown for all, with the lines of that build."""
        self.weights[side].append(weight)
        if (side, weight.value) > self.largest:
            self.largest, self.stack, self.state = (side, weight.value), weight.stack, weight.state


def compare(base: Reading, current: Reading) -> tuple[Difference, ...]:
    """What changed between two readings, a difference for each sample kind that both (or one alone) have.

    Heap numbers are estimates: the sum of the differences is what `go tool pprof -base` shows.
    """
    return compare_snapshots(snapshot(base), snapshot(current))


def compare_snapshots(base: Snapshot, current: Snapshot) -> tuple[Difference, ...]:
    """As `compare`, for readings of which only the numbers were kept."""
    kinds = dict.fromkeys((*base.weights, *current.weights))
    return tuple(_difference(kind, base, current) for kind in kinds)


def changes(base: Reading, current: Reading) -> tuple[Change, ...]:
    """The changes by stack in the main number of the text (inuse_space, goroutines, delay), largest growth first."""
    differences = compare(base, current)
    return next((difference.stacks for difference in reversed(differences)), ())


def _difference(kind: SampleKind, base: Snapshot, current: Snapshot) -> Difference:
    sides = (base.weights.get(kind, ()), current.weights.get(kind, ()))
    pairs: dict[int, _Pair] = {}
    matcher = Matcher()
    for side, weights in enumerate(sides):
        identities = matcher.identify([weight.stack for weight in weights])
        for identity, weight in zip(identities, weights, strict=True):
            pairs.setdefault(identity, _Pair()).add(weight, side)
    stacks = [_change(kind, pair) for pair in pairs.values()]
    return Difference(
        kind=kind.name,
        unit=kind.unit,
        before=base.total(kind),
        after=current.total(kind),
        stacks=tuple(sorted((c for c in stacks if c.before or c.after), key=_largest_growth_first)),
        functions=_functions(stacks),
        states=_grouped(sides, lambda weight: weight.state),
        creators=_grouped(sides, _creator),
    )


def _change(kind: SampleKind, pair: _Pair) -> Change:
    before, after = (sum(weight.value for weight in weights) for weights in pair.weights)
    noise = noise_between(*pair.weights)
    return Change(kind.name, kind.unit, pair.stack.functions, before, after, pair.stack, pair.state, noise)


def _creator(weight: Weight) -> str:
    return weight.stack.created_by.function if weight.stack.created_by else ""


def _grouped(sides: Sequence[Sequence[Weight]], name_of: Callable[[Weight], str]) -> tuple[GroupChange, ...]:
    """The sums by state or creator, which only dumps print; nothing if one side has no such names."""
    sums: dict[str, list[int]] = {}
    for side, weights in enumerate(sides):
        if not any(map(name_of, weights)):
            return ()
        for weight in weights:
            sums.setdefault(name_of(weight), [0, 0])[side] += weight.value
    groups = (GroupChange(name, *numbers) for name, numbers in sums.items())
    return tuple(sorted(groups, key=lambda group: (-group.delta, -group.after, group.name)))


def _largest_growth_first(change: Change) -> tuple[int, int]:
    return -change.delta, -change.after


def _functions(stacks: Iterable[Change]) -> tuple[FunctionChange, ...]:
    """Flat and cum of every function; a stack counts once for a function, even if recursion repeats the function."""
    sums: dict[str, list[int]] = {}
    for change in stacks:
        names: Sequence[str] = change.functions or (UNKNOWN_FUNCTION,)
        for position, name in enumerate(dict.fromkeys(names)):
            numbers = sums.setdefault(name, [0, 0, 0, 0])
            numbers[2] += change.before
            numbers[3] += change.after
            if not position:
                numbers[0] += change.before
                numbers[1] += change.after
    functions = (FunctionChange(name, *numbers) for name, numbers in sums.items() if any(numbers))
    return tuple(sorted(functions, key=lambda f: (-f.flat_delta, -f.cum_delta, f.function)))
