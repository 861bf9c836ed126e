"""The tree of a flame graph, and the tree of creators, on small records."""

from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import Goroutine, Header, State
from debugtext.records.samples import SampleKind
from debugtext.views.creators import creator_tree
from debugtext.views.flame import flame_tree
from debugtext.views.samples import Location, Sample, SampleTable

KIND = SampleKind("goroutine", "count")


def table(*rows):
    samples = [
        Sample(tuple(Location((Frame(name),)) for name in reversed(path.split())), (value,), (("state", state),))
        for path, value, state in rows
    ]
    return SampleTable((KIND,), tuple(samples), KIND)


def told(tree):
    return [
        (node.parent, node.frame.function if node.frame else node.left_out, node.values[0], *node.base)
        for node in tree.nodes
    ]


def test_stacks_that_begin_alike_share_their_callers():
    tree = flame_tree(table(("main a", 3, "select"), ("main b", 2, "IO wait"), ("main a", 1, "select")))
    assert told(tree) == [(-1, 0, 6), (0, "main", 6), (1, "a", 4), (1, "b", 2)]
    assert [node.state for node in tree.nodes] == ["select", "select", "select", "IO wait"]


def test_what_is_too_small_is_counted_and_keeps_its_weight():
    tree = flame_tree(table(("a", 9, ""), ("b", 2, ""), ("c", 1, "")), most_nodes=2)
    assert told(tree) == [(-1, 0, 12), (0, 2, 3), (0, "a", 9)]


def test_a_base_is_kept_beside_the_numbers_also_where_nothing_is_left():
    tree = flame_tree(table(("a", 9, "")), table(("a", 4, ""), ("gone", 5, "")))
    assert told(tree) == [(-1, 0, 9, 9), (0, "a", 9, 4), (0, "gone", 0, 5)]


def goroutine(own, parent, function, creator):
    stack = Stack((Frame("runtime.gopark"), Frame(function)), created_by=Frame(creator) if creator else None)
    return Goroutine(own, Header(State("select")), stack, 1, parent)


def shape(node):
    return (node.function, node.count, [shape(child) for child in node.children.values()])


def test_creators_that_live_have_what_they_started_below():
    goroutines = (
        goroutine(1, None, "main.main", ""),
        goroutine(2, 1, "serve", "main.main"),
        goroutine(3, 2, "work", "serve"),
        goroutine(4, 2, "work", "serve"),
    )
    assert shape(creator_tree(goroutines)) == ("", 0, [("main.main", 1, [("serve", 1, [("work", 2, [])])])])


def test_creators_that_have_ended_are_named():
    root = creator_tree((goroutine(9, 5, "work", "serve"),))
    assert shape(root) == ("", 0, [("", 0, [("work", 1, [])])])
    assert next(iter(root.children.values())).started_at == Frame("serve")


def test_a_circle_in_a_broken_text_is_cut():
    root = creator_tree((goroutine(1, 2, "a", "b"), goroutine(2, 1, "b", "a")))
    assert root.total == 2
