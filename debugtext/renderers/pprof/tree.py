"""Each function between its callers and callees, as `go tool pprof -tree` and `-peek` print them."""

import re

from debugtext.errors import SettingsError
from debugtext.renderers.pprof.header import header, value
from debugtext.renderers.untrusted import one_line
from debugtext.views.call_graph import Call, CallGraph, GraphNode
from debugtext.views.units import percentage

_SEPARATOR = "----------------------------------------------------------+-------------"
_LEGEND = "      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t "


def render_tree(graph: CallGraph, only: re.Pattern[str] | None = None) -> str:
    """A block for each node, or for those whose name `only` matches; raises SettingsError if it matches none."""
    lines = [*header(graph), _SEPARATOR, _LEGEND]
    flat_sum = 0
    matched = [node for node in graph.nodes if only is None or only.search(node.place.name)]
    for node in matched:
        flat_sum += node.flat
        lines.append(_SEPARATOR)
        lines += [_call(graph, node, call) for call in node.callers]
        lines.append(
            f"{value(graph, node.flat):>10} {percentage(node.flat, graph.total)} {percentage(flat_sum, graph.total)} "
            f"{value(graph, node.cum):>10} {percentage(node.cum, graph.total)}                "
            f"| {one_line(node.place.name)}" + (f"   [{one_line(node.standing)}]" if node.standing else "")
        )
        lines += [_call(graph, node, call) for call in node.callees]
    if graph.nodes:
        lines.append(_SEPARATOR)
    if only is not None and not matched:
        raise SettingsError(f"no matches found for regexp: {only.pattern}")
    return "\n".join(lines) + "\n"


def _call(graph: CallGraph, node: GraphNode, call: Call) -> str:
    share = percentage(call.weight, node.cum)
    inline = " (inline)" if call.inline else ""
    return f"{value(graph, call.weight):>50} {share} |   {one_line(call.place.name)}{inline}"
