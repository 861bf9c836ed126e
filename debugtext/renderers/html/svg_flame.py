"""The flame graph as an SVG picture, with a tooltip on each box."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from debugtext.records.reports import Report
from debugtext.renderers.html.data import base_of, drawn_texts
from debugtext.renderers.html.flame import tree_of
from debugtext.renderers.html.tables import owner_of
from debugtext.renderers.short_names import short_name
from debugtext.renderers.tables.changes import HEADINGS
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import amount_in_words, share_in_words, signed
from debugtext.views.flame import FlameNode, FlameTree

WIDTH, ROW, TOP, LEAST_WIDTH, LETTER = 1200, 19, 34, 0.5, 6.8
"""In pixels; boxes narrower than `LEAST_WIDTH` are not drawn, and a letter is about `LETTER` wide."""
COLORS = {"own": "#f4a261", "dependency": "#e9c46a", "standard": "#b8c4cf", "rest": "#e3e7eb"}
MORE, LESS, SAME = "#f0958a", "#8fbceb", "#e3e7eb"


def flame_svg(report: Report) -> str:
    """The first text with stacks as SVG; empty if there is none."""
    for reading, capture in drawn_texts(report)[0]:
        tree = tree_of(capture, base_of(report, reading, capture))
        if tree is not None:
            return _picture(tree, report)
    return ""


def _picture(tree: FlameTree, report: Report) -> str:
    sizes = _sizes(tree)
    lefts, depths = _places(tree, sizes)
    boxes, deepest = [], 0
    for index, node in enumerate(tree.nodes):
        width = sizes[index] / (sizes[0] or 1) * WIDTH
        if width >= LEAST_WIDTH or not index:
            deepest = max(deepest, depths[index])
            left = lefts[index] / (sizes[0] or 1) * WIDTH
            boxes.append("".join(_box(tree, node, report, (left, TOP + depths[index] * ROW, width))))
    height = TOP + (deepest + 1) * ROW + 6
    kind = tree.kinds[tree.default]
    heading = f"{HEADINGS.get(kind.name, kind.name)}: {amount_in_words(tree.nodes[0].values[tree.default], kind.unit)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'font-family="system-ui, sans-serif" font-size="12">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n'
        f'<text x="4" y="22" font-size="16">{_text(heading)}</text>\n' + "\n".join(boxes) + "\n</svg>\n"
    )


def _sizes(tree: FlameTree) -> list[int]:
    """The weight that each box's width shows: the larger of before and after, added up from the leaves."""
    kind = tree.default
    after = [node.values[kind] for node in tree.nodes]
    before = [node.base[kind] if node.base else 0 for node in tree.nodes]
    for index in range(len(tree.nodes) - 1, 0, -1):  # leaves each node its own numbers alone
        parent = tree.nodes[index].parent
        after[parent] -= tree.nodes[index].values[kind]
        before[parent] -= tree.nodes[index].base[kind] if tree.nodes[index].base else 0
    sizes = [max(0, *pair) for pair in zip(after, before, strict=True)]
    for index in range(len(tree.nodes) - 1, 0, -1):
        sizes[tree.nodes[index].parent] += sizes[index]
    return sizes


def _places(tree: FlameTree, sizes: list[int]) -> tuple[list[int], list[int]]:
    """The left edge and the depth of each node: siblings stand beside one another."""
    lefts, depths = [0] * len(sizes), [0] * len(sizes)
    free = [0] * len(sizes)
    for index, node in enumerate(tree.nodes):
        if index:
            lefts[index] = free[node.parent]
            free[node.parent] += sizes[index]
            depths[index] = depths[node.parent] + 1
        free[index] = lefts[index]
    return lefts, depths


def _box(tree: FlameTree, node: FlameNode, report: Report, at: tuple[float, int, float]) -> Iterator[str]:
    left, top, width = at
    name = "all" if node.parent < 0 else f"({node.left_out:,} more)"
    name = one_line(node.frame.function) if node.frame else name
    yield f"<g><title>{_text(_sentence(tree, node, name))}</title>"
    yield f'<rect x="{left:.2f}" y="{top}" width="{max(width - 0.5, 0.3):.2f}" height="{ROW - 1}" rx="2" '
    yield f"fill={quoteattr(_color(tree, node, report))}/>"
    letters = int((width - 6) / LETTER)
    short = short_name(name)
    if letters > 2:  # noqa: PLR2004 - less tells nothing
        shown = short if len(short) <= letters else short[: letters - 1] + "…"
        yield f'<text x="{left + 3:.2f}" y="{top + 13}">{_text(shown)}</text>'
    yield "</g>"


def _sentence(tree: FlameTree, node: FlameNode, name: str) -> str:
    kind = tree.kinds[tree.default]
    value = node.values[tree.default]
    if node.base:
        before = node.base[tree.default]
        change = signed(amount_in_words(value - before, kind.unit), value - before)
        return f"{name} · {change} ({amount_in_words(before, kind.unit)} → {amount_in_words(value, kind.unit)})"
    whole = tree.nodes[0].values[tree.default]
    return f"{name} · {amount_in_words(value, kind.unit)}, {share_in_words(value, whole)} of all"


def _color(tree: FlameTree, node: FlameNode, report: Report) -> str:
    if node.base:
        change = node.values[tree.default] - node.base[tree.default]
        return SAME if not change else MORE if change > 0 else LESS
    return COLORS["rest" if node.frame is None else owner_of(node.frame, report)]


def _text(words: str) -> str:
    return escape(one_line(words))
