"""The graph of calls as DOT, drawn as `go tool pprof -dot` draws it (google/pprof internal/graph/dotgraph.go)."""

from collections.abc import Iterator
from math import ceil, sqrt

from debugtext.renderers.pprof.header import header, value
from debugtext.renderers.short_names import short_name
from debugtext.renderers.untrusted import one_line
from debugtext.views.call_graph import Call, CallGraph, GraphNode
from debugtext.views.nodelets import Nodelet
from debugtext.views.places import Place
from debugtext.views.units import percentage

_SMALLEST_FONT, _FONT_GROWTH = 8, 16
_SHIFT = 0.7
_GREY_BELOW = 0.2
"""dotColor's constants: how fast the colour gets stronger with the share, and below which share it turns grey."""
_HOW_TO_READ = "\nSee https://git.io/JfYMW for how to read the graph"


def render_dot(graph: CallGraph) -> str:
    """A digraph: a legend, a box for each node with the boxes of its labels, then the edges, the heaviest first."""
    lines = ['digraph "unnamed" {', 'node [style=filled fillcolor="#f8f8f8"]', _legend(graph)]
    largest = max((abs(node.flat) for node in graph.nodes), default=0)
    numbers = {node.place: number for number, node in enumerate(graph.nodes, start=1)}
    with_nodelets = set()
    for node in graph.nodes:
        lines.append(_node(graph, node, numbers[node.place], largest))
        boxes = list(_nodelets(graph, node.nodelets, f"N{numbers[node.place]}"))
        lines += boxes
        if boxes:
            with_nodelets.add(node.place)
    # If negative nodes are dropped, the callee of an edge may be missing; pprof draws the edge to a nameless node.
    edges = [(node.place, call) for node in graph.nodes for call in node.callees if call.place in numbers]
    edges.sort(key=lambda edge: (-abs(edge[1].weight), edge[0].name, edge[1].place.name))
    for source, call in edges:
        spread = " minlen=2" if source in with_nodelets else ""
        lines.append(f"N{numbers[source]} -> N{numbers[call.place]} [{_edge(graph, source, call)}{spread}]")
    return "\n".join([*lines, "}"]) + "\n"


def _legend(graph: CallGraph) -> str:
    labels = [_escaped(label) for label in (*header(graph, with_edges=True), _HOW_TO_READ)]
    legend = "\\l".join(labels)
    return f'subgraph cluster_L {{ "{labels[0]}" [shape=box fontsize=16 label="{legend}\\l"] }}'


def _node(graph: CallGraph, node: GraphNode, number: int, largest: int) -> str:
    flat, cum = value(graph, node.flat), value(graph, node.cum)
    label = _lines(node.place)
    label += f"{flat} ({percentage(node.flat, graph.total).strip()})" if node.flat else "0"
    if node.cum != node.flat:
        label += ("\\n" if node.flat else " ") + f"of {cum} ({percentage(node.cum, graph.total).strip()})"
    font = _SMALLEST_FONT
    if largest and node.flat:
        font += ceil(_FONT_GROWTH * sqrt(abs(node.flat) / largest))
    share = node.cum / abs(graph.total) if graph.total else 0.0
    return (
        f'N{number} [label="{label}" id="node{number}" fontsize={font} shape=box '
        f'tooltip="{_text(node.place.name)} ({cum})" '
        f'color="{dot_color(share, background=False)}" fillcolor="{dot_color(share, background=True)}"]'
    )


def _nodelets(graph: CallGraph, nodelets: tuple[Nodelet, ...], owner: str) -> Iterator[str]:
    """The boxes that hang on a node or on another box; names of boxes for numbers repeat the N, as in pprof."""
    for one in nodelets:
        name = f"{owner}_{one.number}" if one.is_label else f"N{owner}_{one.number}"
        weight = value(graph, one.weight)
        style = ' style="dotted"' if one.dotted else ""
        yield f'{name} [label = "{_tag(one.name)}" id="{name}" fontsize=8 shape=box3d tooltip="{weight}"]'
        yield (f'{owner} -> {name} [label=" {weight}" weight=100 tooltip="{weight}" labeltooltip="{weight}"{style}]')
        yield from _nodelets(graph, one.children, name)


def _edge(graph: CallGraph, source: Place, call: Call) -> str:
    weight = value(graph, call.weight)
    inline = "\\n (inline)" if call.inline else ""
    words = [f'label=" {weight}{inline}"']
    if graph.total:
        for name, most in (("weight", 100), ("penwidth", 5)):
            size = 1 + min(abs(call.weight) * most // abs(graph.total), most)
            if size > 1:
                words.append(f"{name}={size}")
        words.append(f'color="{dot_color(call.weight / abs(graph.total), background=False)}"')
    arrow = "..." if call.residual else "->"
    tooltip = f'"{_text(source.name)} {arrow} {_text(call.place.name)} ({weight})"'
    words.append(f"tooltip={tooltip} labeltooltip={tooltip}")
    if call.residual:
        words.append('style="dotted"')
    return " ".join(words)


def _lines(place: Place) -> str:
    """The place in short: the function broken at its dots, the file without its folders."""
    function = _text(short_name(place.function)).replace("::", "\\n").replace("[...]", "[…]").replace(".", "\\n")
    file = _text(place.file.rpartition("/")[2])
    return "\\n".join(place._replace(function=function, file=file).words) + "\\n"


def _text(text: str) -> str:
    return _escaped(one_line(text))


def _tag(labels: str) -> str:
    """The labels, each on a line; quotes are escaped, which pprof forgets, so that its pictures break at them."""
    return "\\n".join(_text(label) for label in labels.split("\\n"))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\l")


def dot_color(score: float, *, background: bool) -> str:
    """The colour of a share from -1 to 1: grey at 0, red above it, green below it; pale for a background.

    The formula is that of dotgraph.go dotColor.
    """
    saturation, brightness = (0.1, 0.93) if background else (1.0, 0.7)
    score = max(-1.0, min(1.0, score))
    if abs(score) < _GREY_BELOW:
        saturation *= abs(score) / _GREY_BELOW
    strength = abs(score) ** (1.0 - _SHIFT)
    dimmed = brightness * (1 - saturation * strength)
    red, green = (dimmed, brightness) if score < 0 else (brightness, dimmed)
    blue = brightness * (1 - saturation)
    return "#" + "".join(f"{int(part * 255):02x}" for part in (red, green, blue))
