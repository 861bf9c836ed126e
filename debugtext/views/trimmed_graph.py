"""The graph of a selection, trimmed: light nodes dropped, then only the top kept, then light edges dropped.

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
    """The nodes that are left, in order; how many were heavy enough, and what was dropped."""

    nodes: list[Node]
    original_count: int
    dropped_nodes: int
    dropped_edges: int


def trimmed_graph(
    selection: Selection, options: ViewOptions, nodecount: int, number_units: dict[str, str] | None
) -> TrimmedGraph:
    """Builds and trims; with `number_units` given the graph is for a picture."""
    visual = number_units is not None
    counted = _Counted(
        selection, options, LabelTagger(options.unit, number_units) if number_units is not None else _no_tags
    )
    nodes = counted.nodes(None)
    total = sum(node.flat for node in nodes)
    least = cutoff(total, options.nodefraction if options.trim else 0)
    least_edge = cutoff(total, options.edgefraction if options.trim else 0)
    heavy = [node for node in nodes if abs(node.cum) >= least]
    dropped_nodes = len(nodes) - len(heavy)
    if dropped_nodes:
        nodes = counted.nodes(heavy)
    order = by_entropy if visual else by_cum if options.cum else by_flat
    nodes.sort(key=order)
    original_count = len(nodes)
    limit = (nodecount if options.nodecount is None else options.nodecount) if options.trim else 0
    if limit > 0:
        trim_tags(nodes, least)
        trim_edges(nodes, least_edge)
        fitting = how_many_fit(nodes, limit, visual=visual)
        if fitting < len(nodes):
            nodes = sorted(counted.nodes(nodes[:fitting]), key=order)
    trim_tags(nodes, least)
    dropped_edges = trim_edges(nodes, least_edge)
    if visual:
        remove_redundant_edges(nodes)
    return TrimmedGraph(nodes, original_count, dropped_nodes, dropped_edges)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Counts the selection's graph again for each set of nodes: taking nodes out of a graph would not stay exact."""

    selection: Selection
    options: ViewOptions
    tagger: Tagger

    def nodes(self, kept: Iterable[Node] | None) -> list[Node]:
        """The nodes, of the kept places only where they are given."""
        builder = GraphBuilder(self._places, None if kept is None else {node.place for node in kept})
        nodes = builder.nodes(self.selection.samples, self.selection.index, self.tagger)
        if self.options.drop_negative:
            return [node for node in nodes if not (node.flat < 0 or (node.flat == 0 and node.cum < 0))]
        return nodes

    def _places(self, location: Location) -> tuple[Place, ...]:
        found = places_of(location, self.options.granularity)
        return found[-1:] if self.options.noinlines else found


def _no_tags(_node: Node, _sample: Sample, _weight: int, _flat: bool) -> None:
    """Texts show no tags beside nodes."""
