"""The tree of which goroutines started which, added up by function."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import Goroutine, Goroutines

DEEPEST = 50
"""Deeper chains of creators begin again below the root."""
NOT_PRINTED = ""


@dataclass(slots=True)
class CreatorNode:
    """Goroutines that begin with one function, started from one `go` statement by the goroutines of the parent node.

    `function` is their outermost function, `started_at` the `go` statement. A node without a function stands for
    creators that have ended, or are not known: texts from before Go 1.21 do not name them.
    """

    function: str
    started_at: Frame | None = None
    count: int = 0
    children: "dict[tuple[str, str], CreatorNode]" = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The number of the node's goroutines and of all below it."""
        total, todo = 0, [self]
        while todo:
            node = todo.pop()
            total += node.count
            todo += node.children.values()
        return total


def creator_tree(goroutines: Sequence[Goroutine]) -> CreatorNode:
    """The root, which has no function; below it goroutines without a living creator, then what they started."""
    root = CreatorNode(NOT_PRINTED)
    rows = _rows(goroutines)
    by_id = {identity: index for index, (identity, _, _) in enumerate(rows) if identity}
    placed: dict[int, tuple[CreatorNode, int]] = {}
    for index in range(len(rows)):
        _place(index, rows, by_id, placed, root).count += 1
    return root


def _rows(goroutines: Sequence[Goroutine]) -> list[tuple[int, int | None, Stack]]:
    """(id, creator's id, stack) of each goroutine, from the columns if there are some: that makes no objects."""
    if isinstance(goroutines, Goroutines):
        columns = zip(goroutines.ids, goroutines.parent_ids, goroutines.stack_numbers, strict=True)
        return [(own, None if parent < 0 else parent, goroutines.stacks[stack]) for own, parent, stack in columns]
    return [(one.id, one.parent_id, one.stack) for one in goroutines]


def _place(
    index: int,
    rows: list[tuple[int, int | None, Stack]],
    by_id: dict[int, int],
    placed: dict[int, tuple[CreatorNode, int]],
    root: CreatorNode,
) -> CreatorNode:
    """The node of a goroutine, below that of its creator if the text has it; a circle, in a broken text, is cut."""
    chain, seen = [index], {index}
    while chain[-1] not in placed and len(chain) < DEEPEST:
        parent = rows[chain[-1]][1]
        above = by_id.get(parent) if parent is not None else None
        if above is None or above in seen:
            break
        chain.append(above)
        seen.add(above)
    node, depth = root, 0
    for ancestor in reversed(chain):
        if ancestor in placed:
            node, depth = placed[ancestor]
            continue
        begin = node if depth < DEEPEST else root
        node = _child(begin, rows[ancestor][2], is_orphan=begin is root)
        depth = depth + 1 if begin is not root else 1
        placed[ancestor] = node, depth
    return node


def _child(parent: CreatorNode, stack: Stack, *, is_orphan: bool) -> CreatorNode:
    """The parent's child for this stack; an orphan is put below a node for its unknown creator."""
    created_by = stack.created_by
    if is_orphan and created_by is not None:
        key = (NOT_PRINTED, created_by.function)
        parent = parent.children.setdefault(key, CreatorNode(NOT_PRINTED, created_by))
    functions = (name for name in reversed(stack.functions) if name != "runtime.goexit")
    function = next(functions, "(no frames)")
    started = created_by.function if created_by else ""
    return parent.children.setdefault((function, started), CreatorNode(function, created_by))
