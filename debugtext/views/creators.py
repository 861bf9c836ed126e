"""The creator tree: which goroutines started which, added up by function."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import Goroutine, Goroutines

DEEPEST = 50
NOT_PRINTED = ""


@dataclass(slots=True)
class CreatorNode:
    """Goroutines that begin with one function, started from one `go` statement by the goroutines of the parent node.

    `function` is where they begin, `started_at` the `go` statement. A node without a function stands for a creator
    that has ended (or, before Go 1.21, is not said).
    """

    function: str
    started_at: Frame | None = None
    count: int = 0
    children: "dict[tuple[str, str], CreatorNode]" = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Its goroutines and all that they started, in turn."""
        total, todo = 0, [self]
        while todo:
            node = todo.pop()
            total += node.count
            todo += node.children.values()
        return total


def creator_tree(goroutines: Sequence[Goroutine]) -> CreatorNode:
    """A root without a function, below it goroutines without a living creator, below those what they started."""
    root = CreatorNode(NOT_PRINTED)
    rows = _rows(goroutines)
    by_id = {identity: index for index, (identity, _, _) in enumerate(rows) if identity}
    placed: dict[int, tuple[CreatorNode, int]] = {}
    for index in range(len(rows)):
        _place(index, rows, by_id, placed, root).count += 1
    return root


def _rows(goroutines: Sequence[Goroutine]) -> list[tuple[int, int | None, Stack]]:
    """Id, creator's id and stack; of columns without making goroutines."""
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
    """The node of a goroutine: below its creator's, if that is in the text; a circle in a broken text is cut."""
    chain, seen = [index], {index}
    while chain[-1] not in placed and len(chain) < DEEPEST:
        parent = rows[chain[-1]][1]
        above = by_id.get(parent) if parent is not None else None
        if above is None or above in seen:
            break
        chain.append(above)
        seen.add(above)
    node, depth = root, 0
    for one in reversed(chain):
        if one in placed:
            node, depth = placed[one]
            continue
        begin = node if depth < DEEPEST else root
        node = _child(begin, rows[one][2], is_orphan=begin is root)
        depth = depth + 1 if begin is not root else 1
        placed[one] = node, depth
    return node


def _child(parent: CreatorNode, stack: Stack, *, is_orphan: bool) -> CreatorNode:
    """The node below a parent; one that is started by somebody unknown gets a node for that one."""
    created_by = stack.created_by
    if is_orphan and created_by is not None:
        key = (NOT_PRINTED, created_by.function)
        parent = parent.children.setdefault(key, CreatorNode(NOT_PRINTED, created_by))
    functions = (name for name in reversed(stack.functions) if name != "runtime.goexit")
    function = next(functions, "(no frames)")
    started = created_by.function if created_by else ""
    return parent.children.setdefault((function, started), CreatorNode(function, created_by))
