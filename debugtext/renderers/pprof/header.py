"""The lines above pprof's reports: type, active filters, how much is shown, what was left out.

They are those of google/pprof internal/report/report.go reportLabels without `File:`, `Build ID:` and `Time:`, which a
text does not tell.
"""

from debugtext.renderers.untrusted import one_line
from debugtext.views.call_graph import CallGraph
from debugtext.views.units import in_unit, percentage

_LONGEST_FILTER = 80


def header(graph: CallGraph, *, with_edges: bool = False) -> list[str]:
    """The lines above a report of this graph; if `with_edges`, also the number of dropped edges."""
    shown, total = value(graph, graph.shown), value(graph, graph.total)
    share = percentage(graph.shown, graph.total).strip()
    lines = [f"Type: {one_line(graph.kind.name)}", *_filters(graph.filters)]
    lines.append(f"Showing nodes accounting for {shown}, {share} of {total} total")
    if not graph.total:
        return lines
    if graph.dropped_nodes:
        lines.append(_dropped(graph.dropped_nodes, "node", "cum", value(graph, graph.node_cutoff)))
    if with_edges and graph.dropped_edges:
        lines.append(_dropped(graph.dropped_edges, "edge", "freq", value(graph, graph.edge_cutoff)))
    if 0 < len(graph.nodes) < graph.original_count:
        lines.append(f"Showing top {len(graph.nodes)} nodes out of {graph.original_count}")
    return lines


def value(graph: CallGraph, number: int) -> str:
    """A number in the report's unit."""
    return in_unit(number, graph.kind.unit, graph.unit)


def _filters(filters: tuple[str, ...]) -> list[str]:
    if not filters:
        return []
    cut = (one if len(one) <= _LONGEST_FILTER else one[:_LONGEST_FILTER] + "…" for one in filters)
    return ["Active filters:", *(f"   {one_line(one)}" for one in cut)]


def _dropped(count: int, what: str, weight: str, least: str) -> str:
    return f"Dropped {count} {what}{'s' if count > 1 else ''} ({weight} <= {least})"
