"""Leaves parts of a graph out, so that it is small enough to look at: light edges and tags, redundant edges."""

from collections import deque
from collections.abc import Iterable

from debugtext.views.graph import Edge, Node
from debugtext.views.ordering import by_weight

MOST_TAGS_OF_A_NODE = 4
"""pprof shows at most so many little boxes beside a node."""


def cutoff(total: int, fraction: float) -> int:
    """The weight below which nodes or edges are left out."""
    return abs(int(total * fraction))


def trim_edges(nodes: Iterable[Node], least: int) -> int:
    """Removes the edges with a weight below `least`, and returns their number."""
    light = [edge for node in nodes for edge in node.callers.values() if abs(edge.weight) < least]
    for edge in light:
        _remove(edge)
    return len(light)


def trim_tags(nodes: Iterable[Node], least: int) -> None:
    """Removes the tags with a weight below `least`."""
    for node in nodes:
        for tags in (node.tags, *node.number_tags.values()):
            for name in [name for name, tag in tags.items() if max(abs(tag.flat), abs(tag.cum)) < least]:
                del tags[name]


def how_many_fit(nodes: list[Node], nodecount: int, *, visual: bool) -> int:
    """How many of the nodes to show; in a picture the boxes beside a node count as well."""
    if visual:
        count = 0
        for index, node in enumerate(nodes):
            count += min(_tags_with_flat(node), MOST_TAGS_OF_A_NODE) + 1
            if count >= nodecount:
                return index + 1
    return min(nodecount, len(nodes))


def _tags_with_flat(node: Node) -> int:
    groups = (node.tags, *node.number_tags.values())
    return sum(1 for tags in groups for tag in tags.values() if tag.flat)


def remove_redundant_edges(nodes: list[Node]) -> None:
    """Removes residual edges, the lightest first, whose ends are connected by another path as well."""
    for node in reversed(nodes):
        for edge in sorted(node.callers.values(), key=by_weight, reverse=True):
            if not edge.residual:
                break
            if _has_detour(edge):
                _remove(edge)


def _has_detour(edge: Edge) -> bool:
    """Whether the source reaches the target without this edge."""
    seen = {edge.target.place}
    queue = deque([edge.target])
    while queue:
        for other in queue.popleft().callers.values():
            if other is edge or other.source.place in seen:
                continue
            if other.source is edge.source:
                return True
            seen.add(other.source.place)
            queue.append(other.source)
    return False


def _remove(edge: Edge) -> None:
    edge.source.callees.pop(edge.target.place, None)
    edge.target.callers.pop(edge.source.place, None)
