"""The functions of a profile in a table, as `go tool pprof -top` prints them."""

from debugtext.renderers.pprof.header import header, value
from debugtext.renderers.untrusted import one_line
from debugtext.views.call_graph import CallGraph
from debugtext.views.units import percentage


def render_top(graph: CallGraph) -> str:
    """One line for each node: flat, its share, the sum of shares so far, cum, its share, name.

    For a dump the name is followed by what the goroutines there wait for, which pprof does not know.
    """
    lines = [*header(graph), f"{'flat':>10} {'flat':>5}% {'sum':>5}% {'cum':>10} {'cum':>5}%"]
    flat_sum = 0
    for node in graph.nodes:
        flat_sum += node.flat
        words = (node.place.name, node.inlining, f"  [{node.standing}]" if node.standing else "")
        name = one_line(" ".join(filter(None, words)))
        lines.append(
            f"{value(graph, node.flat):>10} {percentage(node.flat, graph.total)} {percentage(flat_sum, graph.total)} "
            f"{value(graph, node.cum):>10} {percentage(node.cum, graph.total)}  {name}"
        )
    return "\n".join(lines) + "\n"
