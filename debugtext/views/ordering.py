"""In which order nodes, edges and tags are shown: by weight, then by name (google/pprof internal/graph/graph.go)."""

from collections.abc import Iterable
from math import log2

from debugtext.views.graph import Edge, Node, Tag

NodeKey = tuple[int, str, int, str]


def by_flat(node: Node) -> NodeKey:
    """Sorts the largest flat first."""
    return -abs(node.flat), node.place.name, -abs(node.cum), str(node.place)


def by_cum(node: Node) -> NodeKey:
    """Sorts the largest cum first."""
    return -abs(node.cum), node.place.name, -abs(node.flat), str(node.place)


def by_entropy(node: Node) -> NodeKey:
    """Sorts the most telling nodes of a picture first: a node that only passes on what it gets tells little."""
    return -abs(_entropy_score(node)), node.place.name, -abs(node.flat), str(node.place)


def by_weight(edge: Edge) -> tuple[int, str, str]:
    """Sorts the heaviest edge first."""
    return -abs(edge.weight), edge.source.place.name, edge.target.place.name


def sorted_tags(tags: Iterable[Tag], *, by_flat_only: bool) -> list[Tag]:
    """The tags, largest first: by cum and then flat, or by flat only."""
    return sorted(tags, key=lambda tag: (0 if by_flat_only else -abs(tag.cum), -abs(tag.flat), tag.name))


def _entropy_score(node: Node) -> int:
    score = 1.0 if not node.callers else _edge_entropy(node.callers.values(), 0)
    score += 1.0 if not node.callees else _edge_entropy(node.callees.values(), node.flat)
    return int(score * node.cum) + node.flat


def _edge_entropy(edges: Iterable[Edge], own: int) -> float:
    """The entropy of the weights of the edges and the node's own flat: high if they are alike."""
    weights = [edge.weight for edge in edges]
    total = own + sum(weight for weight in weights if weight > 0)
    if not total:
        return 0.0
    shares = [abs(weight) / total for weight in weights]
    if own > 0:
        shares.append(own / total)
    return sum(-share * log2(share) for share in shares if share > 0)
