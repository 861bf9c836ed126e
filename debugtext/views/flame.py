"""The flame graph: the samples of a profile added up to one tree of functions, from the root."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nsmallest

from debugtext.records.frames import Frame
from debugtext.records.samples import SampleKind
from debugtext.views.samples import Sample, SampleTable

ROOT = 0


@dataclass(frozen=True, slots=True)
class FlameNode:
    """One function below its callers.

    `parent` is the index of the caller in the tree, -1 for the root. `values` are the sums of all stacks through this
    node, one for each kind, `base` those of the earlier profile. `frame` is None for the root, and for a node that
    stands for `left_out` functions, each too small to be shown. `state` is the wait reason of most goroutines below.
    """

    parent: int
    frame: Frame | None
    values: tuple[int, ...]
    base: tuple[int, ...] = ()
    state: str = ""
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class FlameTree:
    """The nodes, each after its parent, siblings by name; the root is the first. `default` is an index of `kinds`."""

    kinds: tuple[SampleKind, ...]
    default: int
    nodes: tuple[FlameNode, ...]
    has_base: bool = False


@dataclass(slots=True)
class _Growing:
    """A node while samples are added to it."""

    parent: int
    frame: Frame | None
    values: list[int]
    base: list[int]
    children: dict[str, int] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)


def flame_tree(table: SampleTable, base: SampleTable | None = None, most_nodes: int = 5000) -> FlameTree:
    """The tree of a table's stacks; only the `most_nodes` heaviest nodes are kept, others are put together."""
    count = len(table.kinds)
    nodes = [_Growing(-1, None, [0] * count, [0] * count)]
    _grow(nodes, table.samples, is_base=False)
    if base is not None:
        _grow(nodes, base.samples, is_base=True)
    kept = _kept(nodes, most_nodes)
    default = table.kinds.index(table.default_kind)
    return FlameTree(table.kinds, default, tuple(_in_order(nodes, kept, with_base=base is not None)), base is not None)


def _grow(nodes: list[_Growing], samples: Iterable[Sample], *, is_base: bool) -> None:
    for sample in samples:
        state = "" if is_base else next((value for key, value in sample.labels if key == "state"), "")
        at = ROOT
        _add(nodes[at], sample, state, is_base=is_base)
        frames = (frame for location in reversed(sample.locations) for frame in reversed(location.frames))
        for frame in frames:
            children = nodes[at].children
            child = children.get(frame.function)
            if child is None:
                child = children[frame.function] = len(nodes)
                nodes.append(_Growing(at, frame, [0] * len(sample.values), [0] * len(sample.values)))
            at = child
            _add(nodes[at], sample, state, is_base=is_base)


def _add(node: _Growing, sample: Sample, state: str, *, is_base: bool) -> None:
    numbers = node.base if is_base else node.values
    for index, value in enumerate(sample.values):
        numbers[index] += value
    if state:
        node.states[state] = node.states.get(state, 0) + sample.values[0]


def _kept(nodes: list[_Growing], most: int) -> set[int]:
    """The indexes of the heaviest nodes, by their largest share of any kind; their parents weigh no less."""
    if len(nodes) <= most:
        return set(range(len(nodes)))
    root = nodes[ROOT]
    totals = [max(abs(value), abs(base), 1) for value, base in zip(root.values, root.base, strict=True)]
    weights = [
        max(
            max(abs(value), abs(base)) / total
            for value, base, total in zip(node.values, node.base, totals, strict=True)
        )
        for node in nodes
    ]
    kept = set(nsmallest(most, range(len(nodes)), key=lambda index: (-weights[index], index)))
    # Negative numbers, in a broken text, may make a child heavier than its parent: it is left out with its parent.
    return {index for index in sorted(kept) if index == ROOT or _has_all_parents(nodes, kept, index)}


def _has_all_parents(nodes: list[_Growing], kept: set[int], index: int) -> bool:
    while index != ROOT:
        index = nodes[index].parent
        if index not in kept:
            return False
    return True


def _in_order(nodes: list[_Growing], kept: set[int], *, with_base: bool) -> Iterator[FlameNode]:
    """The nodes, depth first; without recursion, as stacks may be deep."""
    todo = [(ROOT, -1)]
    made = 0
    while todo:
        index, parent = todo.pop()
        node = nodes[index]
        state = max(node.states, key=lambda name: node.states[name], default="")
        yield FlameNode(parent, node.frame, tuple(node.values), tuple(node.base) if with_base else (), state)
        position, made = made, made + 1
        dropped = [child for child in node.children.values() if child not in kept]
        if dropped:
            yield _rest(nodes, dropped, position, with_base=with_base)
            made += 1
        names = sorted((name for name, child in node.children.items() if child in kept), reverse=True)
        todo += [(node.children[name], position) for name in names]


def _rest(nodes: list[_Growing], dropped: list[int], parent: int, *, with_base: bool) -> FlameNode:
    values = tuple(map(sum, zip(*(nodes[child].values for child in dropped), strict=True)))
    base = tuple(map(sum, zip(*(nodes[child].base for child in dropped), strict=True))) if with_base else ()
    return FlameNode(parent, None, values, base, left_out=len(dropped))
