"""The graph of calls, trimmed and frozen, from which top, tree, peek and pictures are made."""

from dataclasses import dataclass

from debugtext.records.samples import SampleKind
from debugtext.views.graph import Edge, Node
from debugtext.views.nodelets import Nodelet, nodelets_of
from debugtext.views.options import ViewOptions
from debugtext.views.ordering import by_weight
from debugtext.views.places import Place
from debugtext.views.samples import SampleTable
from debugtext.views.selection import Selection, select
from debugtext.views.standing import standing
from debugtext.views.trimmed_graph import trimmed_graph
from debugtext.views.trimming import cutoff
from debugtext.views.units import scaled


@dataclass(frozen=True, slots=True)
class Call:
    """A caller or callee of a node, and the weight of the calls.

    `inline`: all these calls were inlined. `residual`: nodes between the two were left out.
    """

    place: Place
    weight: int
    inline: bool
    residual: bool


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A place with its own weight, its weight with all that it calls, and its calls, the heaviest first.

    `nodelets` are the boxes beside it in a picture. `standing` says what the goroutines of a dump wait for here.
    """

    place: Place
    flat: int
    cum: int
    callers: tuple[Call, ...]
    callees: tuple[Call, ...]
    nodelets: tuple[Nodelet, ...] = ()
    standing: str = ""

    @property
    def inlining(self) -> str:
        """`(inline)` if all calls of the place were inlined, `(partial-inline)` if some were, else empty."""
        inlined = [call.inline for call in self.callers]
        if not any(inlined):
            return ""
        return "(inline)" if all(inlined) else "(partial-inline)"


@dataclass(frozen=True, slots=True)
class CallGraph:
    """The nodes to show, in order, and what was left out; numbers are in the kind's unit, to be shown in `unit`.

    `total` is that of the whole profile, `original_count` the number of nodes above `node_cutoff`, `unmatched` the
    filters that matched nothing.
    """

    kind: SampleKind
    total: int
    unit: str
    nodes: tuple[GraphNode, ...]
    original_count: int
    dropped_nodes: int
    dropped_edges: int
    node_cutoff: int
    edge_cutoff: int
    filters: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()

    @property
    def shown(self) -> int:
        """The sum of the nodes' own weights."""
        return sum(node.flat for node in self.nodes)


def call_graph(table: SampleTable, options: ViewOptions, *, nodecount: int = 0, visual: bool = False) -> CallGraph:
    """The graph of a table; `nodecount` is the view's default limit for nodes (0: none).

    Graphs for pictures are `visual`: their top is chosen otherwise, nodes have tags, redundant edges are left out.
    """
    selection = select(table, options)
    graph = trimmed_graph(selection, options, nodecount, table.number_units() if visual else None)
    words = standing(selection, options)
    return CallGraph(
        kind=selection.kind,
        total=selection.total,
        unit=_common_unit(graph.nodes, selection, options.unit),
        nodes=tuple(_frozen(node, words.get(node.place, ""), visual=visual) for node in graph.nodes),
        original_count=graph.original_count,
        dropped_nodes=graph.dropped_nodes,
        dropped_edges=graph.dropped_edges,
        node_cutoff=cutoff(selection.total, options.nodefraction if options.trim else 0),
        edge_cutoff=cutoff(selection.total, options.edgefraction if options.trim else 0),
        filters=selection.filters,
        unmatched=selection.unmatched,
    )


def _frozen(node: Node, words: str, *, visual: bool) -> GraphNode:
    callers = (Call(edge.source.place, edge.weight, edge.inline, edge.residual) for edge in _sorted(node.callers))
    callees = (Call(edge.target.place, edge.weight, edge.inline, edge.residual) for edge in _sorted(node.callees))
    nodelets = nodelets_of(node) if visual else ()
    return GraphNode(node.place, node.flat, node.cum, tuple(callers), tuple(callees), nodelets, words)


def _sorted(edges: dict[Place, Edge]) -> list[Edge]:
    return sorted(edges.values(), key=by_weight)


def _common_unit(nodes: list[Node], selection: Selection, wanted: str) -> str:
    """The unit for the whole report: the natural one of the least number.

    If the natural unit of the total is another, and the total more than a hundred times the least number, it is the
    natural unit of a hundred times the least number.
    """
    if wanted != "minimum" or not nodes:
        return wanted
    unit = selection.kind.unit
    least = min((value for node in nodes if (value := abs(node.flat) or abs(node.cum))), default=selection.total)
    least_unit, total_unit = scaled(least, unit, "minimum")[1], scaled(selection.total, unit, "minimum")[1]
    if least_unit != total_unit and least * 100 < selection.total:
        least_unit = scaled(100 * least, unit, "minimum")[1]
    return least_unit or unit
