"""tagroot and tagleaf: makes frames of labels, at the ends of a stack (google/pprof internal/driver/tagroot.go)."""

from collections.abc import Iterator
from dataclasses import replace

from debugtext.records.frames import Frame
from debugtext.views.samples import Location, Sample
from debugtext.views.units import in_unit


def labels_as_frames(
    samples: tuple[Sample, ...], roots: str, leaves: str
) -> tuple[tuple[Sample, ...], tuple[str, ...]]:
    """The samples with a frame for each label in the comma-separated lists, and the options that matched no sample.

    The first label of a list is nearest to the root. A sample without the label gets a frame without a name.
    """
    root_keys, leaf_keys = ([key for key in text.split(",") if key] for text in (roots, leaves))
    if not (root_keys or leaf_keys):
        return samples, ()
    shared: dict[tuple[str, str], Location] = {}

    def frames(sample: Sample, keys: list[str]) -> Iterator[Location]:
        for key in reversed(keys):
            name = ",".join(_values(sample, key)), key
            yield shared.setdefault(name, Location((Frame(name[0], key),)))

    changed = tuple(
        replace(sample, locations=(*frames(sample, leaf_keys), *sample.locations, *frames(sample, root_keys)))
        for sample in samples
    )
    matched = {key for key in (*root_keys, *leaf_keys) if any(_values(sample, key) for sample in samples)}
    options = (("TagRoot", root_keys), ("TagLeaf", leaf_keys))
    return changed, tuple(name for name, keys in options if keys and not matched.intersection(keys))


def _values(sample: Sample, key: str) -> list[str]:
    """The sample's values of this label: texts, then numbers, for which Go states no unit."""
    texts = [value for name, value in sample.labels if name == key]
    return [*texts, *(in_unit(one.value, one.unit) for one in sample.numbers if one.key == key)]
