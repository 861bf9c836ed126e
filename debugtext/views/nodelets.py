"""The little boxes beside a node of a picture, at most four each for what it holds by label and by object size.

They are chosen and put together as in google/pprof internal/graph/dotgraph.go.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from debugtext.views.graph import Node, Tag
from debugtext.views.ordering import sorted_tags
from debugtext.views.samples import BASE_LABEL, Sample
from debugtext.views.trimming import MOST_TAGS_OF_A_NODE
from debugtext.views.units import in_unit, scaled


@dataclass(frozen=True, slots=True)
class Nodelet:
    """A box: its text, its weight, and the boxes that hang on it; `number` is its index among its siblings.

    `dotted`: the weight is not only the node's own. `is_label`: the box stands for labels, not for a number.
    """

    number: int
    name: str
    weight: int
    dotted: bool = False
    is_label: bool = False
    children: tuple["Nodelet", ...] = ()


class LabelTagger:
    """Adds tags to nodes for the labels of their samples; numbers are shown in `unit`."""

    def __init__(self, unit: str, number_units: dict[str, str]) -> None:
        self._unit = unit
        self._number_units = number_units

    def __call__(self, node: Node, sample: Sample, weight: int, flat: bool) -> None:
        """Adds the weight to the node's tags for the sample's labels and sizes."""
        texts = (one for one in sample.labels if one != BASE_LABEL)
        labels = "\\n".join(sorted(f"{key}:{value}" for key, value in texts))
        tags = []
        if labels:
            tags.append(node.tags.setdefault(labels, Tag(labels)))
        numbers = node.number_tags.setdefault(labels, {})
        for number in sample.numbers:
            if number.key == "bytes":
                unit = self._number_units[number.key]
                name = in_unit(number.value, unit, self._unit)
                tags.append(numbers.setdefault(name, Tag(name, number.value, unit)))
        for tag in tags:
            tag.flat += weight if flat else 0
            tag.cum += 0 if flat else weight


def nodelets_of(node: Node) -> tuple[Nodelet, ...]:
    """The node's boxes; if the node calls others, they show only its own weight."""
    flat = bool(node.callees)
    boxes = []
    for number, tag in enumerate(sorted_tags(node.tags.values(), by_flat_only=flat)[:MOST_TAGS_OF_A_NODE]):
        weight = tag.flat if flat else tag.cum
        if weight:
            children = _numbers(node.number_tags.get(tag.name, {}).values(), flat=flat)
            boxes.append(Nodelet(number, tag.name, weight, is_label=True, children=children))
    return (*boxes, *_numbers(node.number_tags.get("", {}).values(), flat=flat))


def _numbers(tags: Iterable[Tag], *, flat: bool) -> tuple[Nodelet, ...]:
    boxes = []
    for number, tag in enumerate(_collapsed(sorted_tags(tags, by_flat_only=flat), flat=flat)):
        own = flat or tag.flat == tag.cum
        weight = tag.flat if own else tag.cum
        if weight:
            boxes.append(Nodelet(number, tag.name, weight, dotted=not own))
    return tuple(boxes)


def _collapsed(tags: list[Tag], *, flat: bool) -> list[Tag]:
    """At most four tags: each further one is added to the one of the four that is nearest in size."""
    if len(tags) <= MOST_TAGS_OF_A_NODE:
        return tags
    groups = [[tag] for tag in tags[:MOST_TAGS_OF_A_NODE]]
    for tag in tags[MOST_TAGS_OF_A_NODE:]:
        min(groups, key=lambda group: _distance(group[0], tag)).append(tag)
    joined = (
        Tag(_group_name(group), flat=sum(tag.flat for tag in group), cum=sum(tag.cum for tag in group))
        for group in groups
    )
    return sorted_tags(joined, by_flat_only=flat)


def _distance(one: Tag, other: Tag) -> float:
    return abs(scaled(one.value, one.unit, other.unit)[0] - other.value)


def _group_name(group: list[Tag]) -> str:
    least, most = min(group, key=lambda tag: tag.value), max(group, key=lambda tag: tag.value)
    if len(group) == 1:
        return in_unit(least.value, least.unit)
    return f"{in_unit(least.value, least.unit)}..{in_unit(most.value, most.unit)}"
