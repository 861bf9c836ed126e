"""The flame graph as data for the page: each name once, the nodes as columns of numbers."""

from debugtext.errors import UnreadableInputError
from debugtext.records.captures import Capture
from debugtext.records.reports import Report
from debugtext.renderers.html.tables import frame_words, owner_of
from debugtext.renderers.tables.changes import HEADINGS
from debugtext.renderers.untrusted import one_line
from debugtext.views.flame import FlameTree, flame_tree

MOST_NODES = 6000
OWNERS = ("own", "dependency", "standard")


def tree_of(capture: Capture, base: Capture | None) -> FlameTree | None:
    """The flame graph of a capture, None if it has no stacks; a base with other kinds of numbers is not used."""
    from debugtext.views.from_records import capture_table  # noqa: PLC0415

    try:
        table = capture_table(capture)
        earlier = capture_table(base) if base else None
    except UnreadableInputError:
        return None
    if earlier is not None and earlier.kinds != table.kinds:
        earlier = None
    tree = flame_tree(table, earlier, MOST_NODES)
    return tree if len(tree.nodes) > 1 else None


def flame_data(capture: Capture, base: Capture | None, report: Report) -> dict[str, object]:
    """The nodes as columns: parent, name and state as indexes, and the numbers of each kind, with those of the base.

    A name is function, place and the index of its owner in `OWNERS`.
    """
    tree = tree_of(capture, base)
    if tree is None:
        return {}
    names: dict[tuple[str, str, int], int] = {}
    states: dict[str, int] = {"": 0}
    columns: dict[str, list[int]] = {"parent": [], "name": [], "state": []}
    for node in tree.nodes:
        if node.frame is None:
            name = ("all" if node.parent < 0 else f"({node.left_out:,} more)", "", len(OWNERS))
        else:
            words = frame_words(node.frame)
            name = (words["function"], words["place"], OWNERS.index(owner_of(node.frame, report)))
        columns["parent"].append(node.parent)
        columns["name"].append(names.setdefault(name, len(names)))
        columns["state"].append(states.setdefault(one_line(node.state), len(states)))
    numbers = range(len(tree.kinds))
    return {
        "kinds": [[HEADINGS.get(kind.name, one_line(kind.name)), kind.unit] for kind in tree.kinds],
        "kind": tree.default,
        "names": list(names),
        "states": list(states),
        **columns,
        "values": [[node.values[index] for node in tree.nodes] for index in numbers],
        "base": [[node.base[index] for node in tree.nodes] for index in numbers] if tree.has_base else [],
    }
