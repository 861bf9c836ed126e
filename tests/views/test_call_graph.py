"""Nodes and edges: what counts once, what is left out, in which order."""

from debugtext.views.call_graph import Call, call_graph
from debugtext.views.options import ViewOptions
from debugtext.views.places import Granularity, Place


def numbers(graph):
    return [(node.place.name, node.flat, node.cum) for node in graph.nodes]


def calls(graph, function):
    [node] = [node for node in graph.nodes if node.place.function == function]
    return [(call.place.function, call.weight) for call in node.callees]


def test_recursion_counts_once_for_node_and_edge(counts):
    graph = call_graph(counts(("main.f main.g main.f main.g main.main", 4)), ViewOptions())
    assert numbers(graph) == [("main.f", 4, 4), ("main.g", 0, 4), ("main.main", 0, 4)]
    assert calls(graph, "main.g") == [("main.f", 4)]


def test_small_nodes_are_dropped_and_their_weight_stays_in_the_total(counts):
    table = counts(("main.big main.main", 996), ("main.small main.main", 4))
    graph = call_graph(table, ViewOptions())
    assert numbers(graph) == [("main.big", 996, 996), ("main.main", 0, 1000)]
    assert (graph.dropped_nodes, graph.node_cutoff, graph.total, graph.shown) == (1, 5, 1000, 996)
    assert len(call_graph(table, ViewOptions(trim=False)).nodes) == 3


def test_only_the_top_is_kept_and_the_rest_is_bridged(counts):
    table = counts(("main.leaf main.mid main.main", 10), ("main.main", 5))
    graph = call_graph(table, ViewOptions(nodecount=2))
    assert (len(graph.nodes), graph.original_count) == (2, 3)
    assert numbers(graph) == [("main.leaf", 10, 10), ("main.main", 5, 15)]
    [call] = graph.nodes[1].callees
    assert call == Call(Place("main.leaf"), 10, inline=False, residual=True)


def test_cum_sorts_by_cum(counts):
    graph = call_graph(counts(("main.a main.z", 3), ("main.b main.z", 2)), ViewOptions(cum=True))
    assert [node.place.function for node in graph.nodes] == ["main.z", "main.a", "main.b"]


def test_inlined_calls_are_marked(counts):
    graph = call_graph(counts(("^main.lock main.a", 2), ("main.lock main.b", 1)), ViewOptions())
    assert {node.place.function: node.inlining for node in graph.nodes} == {
        "main.lock": "(partial-inline)",
        "main.a": "",
        "main.b": "",
    }


def test_noinlines_counts_inlined_functions_as_their_caller(counts):
    graph = call_graph(counts(("^main.lock main.a", 2)), ViewOptions(noinlines=True))
    assert numbers(graph) == [("main.a", 2, 2)]


def test_granularity(counts):
    table = counts(("main.f@/s/a.go:3 main.main@/s/m.go:1", 2), ("main.f@/s/a.go:5 main.main@/s/m.go:1", 1))

    def names(granularity):
        return [node.place.name for node in call_graph(table, ViewOptions(granularity=granularity)).nodes]

    assert names(Granularity.FUNCTIONS) == ["main.f", "main.main"]
    assert names(Granularity.FILES) == ["/s/a.go", "/s/m.go"]
    assert names(Granularity.FILEFUNCTIONS) == ["main.f /s/a.go", "main.main /s/m.go"]
    assert names(Granularity.LINES) == ["main.f /s/a.go:3", "main.f /s/a.go:5", "main.main /s/m.go:1"]


def test_an_empty_profile_has_an_empty_graph(counts):
    graph = call_graph(counts(), ViewOptions())
    assert (graph.nodes, graph.total, graph.dropped_nodes) == ((), 0, 0)
