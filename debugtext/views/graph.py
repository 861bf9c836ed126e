"""Builds the graph of calls: nodes with flat and cum, edges between callers and callees.

As in google/pprof internal/graph/graph.go, a stack counts once for a node and once for an edge, however often recursion
passes them; an edge between nodes with left-out ones in between is residual.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from debugtext.views.places import Place
from debugtext.views.samples import Location, Sample

PlacesOf = Callable[[Location], tuple[Place, ...]]
Tagger = Callable[["Node", Sample, int, bool], None]
"""Called with a node, a sample, its weight, and whether that counts for the node's flat."""


@dataclass(eq=False, slots=True)
class Edge:
    """Calls from `source` to `target`; `inline` if every call was inlined."""

    source: "Node"
    target: "Node"
    weight: int = 0
    residual: bool = False
    inline: bool = True


@dataclass(slots=True)
class Tag:
    """What a node holds in samples with the same labels, or with the same number."""

    name: str
    value: int = 0
    unit: str = ""
    flat: int = 0
    cum: int = 0


@dataclass(eq=False, slots=True)
class Node:
    """One place with its weights; the keys of `callers` and `callees` are the places of the other ends.

    The keys of `tags` are the samples' labels as text, those of `number_tags` the same, then the number as text.
    """

    place: Place
    flat: int = 0
    cum: int = 0
    callers: dict[Place, Edge] = field(default_factory=dict)
    callees: dict[Place, Edge] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)
    number_tags: dict[str, dict[str, Tag]] = field(default_factory=dict)


class GraphBuilder:
    """Adds samples up into nodes; if `kept` is given, only its places become nodes."""

    def __init__(self, places_of: PlacesOf, kept: set[Place] | None = None) -> None:
        self._places_of = places_of
        self._kept = kept
        self._nodes: dict[Place, Node] = {}
        self._by_location: dict[int, tuple[Node | None, ...]] = {}

    def nodes(self, samples: Iterable[Sample], index: int, tagger: Tagger) -> list[Node]:
        """The nodes of the samples with their values at `index`; `tagger` is called for each weight of a node."""
        for sample in samples:
            weight = sample.values[index]
            if weight:
                self._add(sample, weight, tagger)
        return [node for node in self._nodes.values() if node.cum or node.flat]

    def _add(self, sample: Sample, weight: int, tagger: Tagger) -> None:
        seen: set[Place] = set()
        seen_edges: set[tuple[Place, Place]] = set()
        parent: Node | None = None
        residual = False
        for location in reversed(sample.locations):
            nodes = self._nodes_of(location)
            for position in range(len(nodes) - 1, -1, -1):
                node = nodes[position]
                if node is None:
                    residual = True
                    continue
                if node.place not in seen:
                    seen.add(node.place)
                    node.cum += weight
                    tagger(node, sample, weight, False)
                if parent is not None and parent is not node and (parent.place, node.place) not in seen_edges:
                    seen_edges.add((parent.place, node.place))
                    _connect(parent, node, weight, residual, position != len(nodes) - 1)
                parent, residual = node, False
        if parent is not None and not residual:
            parent.flat += weight
            tagger(parent, sample, weight, True)

    def _nodes_of(self, location: Location) -> tuple[Node | None, ...]:
        """The nodes of the location's places; None for places that are left out."""
        nodes = self._by_location.get(id(location))
        if nodes is None:
            nodes = tuple(self._node(place) for place in self._places_of(location))
            self._by_location[id(location)] = nodes
        return nodes

    def _node(self, place: Place) -> Node | None:
        if self._kept is not None and place not in self._kept:
            return None
        return self._nodes.setdefault(place, Node(place))


def _connect(source: Node, target: Node, weight: int, residual: bool, inline: bool) -> None:
    edge = source.callees.get(target.place)
    if edge is None:
        edge = source.callees[target.place] = target.callers[source.place] = Edge(source, target)
    edge.weight += weight
    edge.residual |= residual
    edge.inline &= inline
