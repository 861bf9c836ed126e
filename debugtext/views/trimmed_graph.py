"""Builds the graph of a selection and trims it: light nodes, all but the top nodes, then light edges are dropped.

The steps and their order are those of google/pprof internal/report/report.go newTrimmedGraph.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from debugtext.views.graph import GraphBuilder, Node, Tagger
from debugtext.views.nodelets import LabelTagger
from debugtext.views.options import ViewOptions
from debugtext.views.ordering import by_cum, by_entropy, by_flat
from debugtext.views.places import Place, places_of
from debugtext.views.samples import Location, Sample
from debugtext.views.selection import Selection
from debugtext.views.trimming import cutoff, how_many_fit, remove_redundant_edges, trim_edges, trim_tags


@dataclass(frozen=True, slots=True)
class TrimmedGraph:
    """The nodes that are left, in order; how many nodes were heavy enough, and how much was dropped."""

    nodes: list[Node]
    original_count: int
    dropped_nodes: int
    dropped_edges: int


def trimmed_graph(
    selection: Selection, options: ViewOptions, nodecount: int, number_units: dict[str, str] | None
) -> TrimmedGraph:
    """The trimmed graph; it is for a picture if `number_units` are given."""
    visual = number_units is not None
    graphs = _Graphs(
        selection, options, LabelTagger(options.unit, number_units) if number_units is not None else _no_tags
    )
    nodes = graphs.nodes(None)
    total = sum(node.flat for node in nodes)
    least = cutoff(total, options.nodefraction if options.trim else 0)
    least_edge = cutoff(total, options.edgefraction if options.trim else 0)
    heavy = [node for node in nodes if abs(node.cum) >= least]
    dropped_nodes = len(nodes) - len(heavy)
    if dropped_nodes:
        nodes = graphs.nodes(heavy)
    order = by_entropy if visual else by_cum if options.cum else by_flat
    nodes.sort(key=order)
    original_count = len(nodes)
    limit = (nodecount if options.nodecount is None else options.nodecount) if options.trim else 0
    if limit > 0:
        trim_tags(nodes, least)
        trim_edges(nodes, least_edge)
        fitting = how_many_fit(nodes, limit, visual=visual)
        if fitting < len(nodes):
            nodes = sorted(graphs.nodes(nodes[:fitting]), key=order)
    trim_tags(nodes, least)
    dropped_edges = trim_edges(nodes, least_edge)
    if visual:
        remove_redundant_edges(nodes)
    return TrimmedGraph(nodes, original_count, dropped_nodes, dropped_edges)


@dataclass(frozen=True, slots=True)
class _Graphs:
    """Builds the selection's graph anew for each set of nodes: removing nodes from a graph would not be exact."""

    selection: Selection
    options: ViewOptions
    tagger: Tagger

    def nodes(self, kept: Iterable[Node] | None) -> list[Node]:
        """The nodes of the graph; if `kept` is given, only these places have nodes."""
        builder = GraphBuilder(self._places, None if kept is None else {node.place for node in kept})
        nodes = builder.nodes(self.selection.samples, self.selection.index, self.tagger)
        if self.options.drop_negative:
            return [node for node in nodes if not (node.flat < 0 or (node.flat == 0 and node.cum < 0))]
        return nodes

    def _places(self, location: Location) -> tuple[Place, ...]:
        found = places_of(location, self.options.granularity)
        return found[-1:] if self.options.noinlines else found


def _no_tags(_node: Node, _sample: Sample, _weight: int, _flat: bool) -> None:
    """The tagger for texts, which show no tags beside nodes."""
