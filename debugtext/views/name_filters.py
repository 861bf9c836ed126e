"""The filters focus, ignore, hide, show, show_from and prune_from, which drop stacks or frames by name.

The rules are those of google/pprof profile/filter.go: a pattern may match a frame's function or its file; focus and
ignore look at a location as a whole, its inlined frames and their physical function.
"""

import re
from dataclasses import dataclass, replace

from debugtext.records.frames import Frame
from debugtext.views.samples import Location, Sample

Pattern = re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class NameFilter:
    """focus keeps stacks, ignore drops stacks, show keeps frames, hide drops frames."""

    focus: Pattern = None
    ignore: Pattern = None
    hide: Pattern = None
    show: Pattern = None

    def __call__(self, samples: tuple[Sample, ...]) -> tuple[tuple[Sample, ...], tuple[str, ...]]:
        """The samples that stay, and the names of the filters that matched nothing."""
        patterns = {"Focus": self.focus, "Ignore": self.ignore, "Hide": self.hide, "Show": self.show}
        if not any(patterns.values()):
            return samples, ()
        locations = {id(location): location for sample in samples for location in sample.locations}
        matched = {name: _matching(pattern, locations) for name, pattern in patterns.items() if pattern is not None}
        ignored = matched.get("Ignore", set())
        if "Focus" in matched:
            matched["Focus"] -= ignored  # an ignored location does not keep a stack
        focused = matched.get("Focus", set(locations) - ignored)
        trimmed = {key: self._trimmed(location) for key, location in locations.items()}
        kept = []
        for sample in samples:
            keys = [id(location) for location in sample.locations]
            if not focused.intersection(keys) or ignored.intersection(keys):
                continue
            left = tuple(location for key in keys if (location := trimmed[key]) is not None)
            if left:
                kept.append(sample if left == sample.locations else replace(sample, locations=left))
        return tuple(kept), tuple(name for name, found in matched.items() if not found)

    def _trimmed(self, location: Location) -> Location | None:
        """The location without hidden frames; None if no frame is left."""
        frames = location.frames
        if self.hide is not None:
            frames = tuple(frame for frame in frames if not _found(self.hide, frame))
        if self.show is not None:
            frames = tuple(frame for frame in frames if _found(self.show, frame))
        if not frames and (location.frames or self.show is not None):
            return None
        return location if frames == location.frames else replace(location, frames=frames)


def show_from(pattern: Pattern, samples: tuple[Sample, ...]) -> tuple[tuple[Sample, ...], tuple[str, ...]]:
    """The samples without the frames above the match that is nearest to the root; stacks without a match are dropped.

    Also `("ShowFrom",)` if nothing matched.
    """
    if pattern is None:
        return samples, ()
    locations = {id(location): location for sample in samples for location in sample.locations}
    matching = {key: cut for key, location in locations.items() if (cut := _cut_above(pattern, location)) is not None}
    kept = []
    for sample in samples:
        last = max((i for i, one in enumerate(sample.locations) if id(one) in matching), default=None)
        if last is not None:
            left = tuple(matching.get(id(one), one) for one in sample.locations[: last + 1])
            kept.append(replace(sample, locations=left))
    return tuple(kept), () if matching else ("ShowFrom",)


def prune_from(pattern: Pattern, samples: tuple[Sample, ...]) -> tuple[Sample, ...]:
    """The samples without the frames below the match that is nearest to the leaf; stacks without a match stay whole.

    The pattern is matched with a function's name up to its first parenthesis (google/pprof profile/prune.go): of a
    method with a pointer receiver that is only the package.
    """
    if pattern is None:
        return samples
    locations = {id(location): location for sample in samples for location in sample.locations}
    cut: dict[int, Location] = {}
    for key, location in locations.items():
        names = (frame.function.partition("(")[0] for frame in location.frames)
        first = next((i for i, name in enumerate(names) if name and pattern.search(name)), None)
        if first is not None:
            cut[key] = replace(location, frames=location.frames[first:])
    return tuple(_pruned(sample, cut) for sample in samples)


def _pruned(sample: Sample, cut: dict[int, Location]) -> Sample:
    start = next((i for i, one in enumerate(sample.locations) if id(one) in cut), None)
    if start is None:
        return sample
    return replace(sample, locations=tuple(cut.get(id(one), one) for one in sample.locations[start:]))


def _cut_above(pattern: re.Pattern[str], location: Location) -> Location | None:
    """The location without the frames above its last match; None if nothing matches."""
    last = max((i for i, frame in enumerate(location.frames) if _found(pattern, frame)), default=None)
    return None if last is None else replace(location, frames=location.frames[: last + 1])


def _matching(pattern: re.Pattern[str], locations: dict[int, Location]) -> set[int]:
    """The keys of the locations that have a frame which the pattern matches."""
    return {key for key, one in locations.items() if any(_found(pattern, frame) for frame in one.frames)}


def _found(pattern: re.Pattern[str], frame: Frame) -> bool:
    return bool(pattern.search(frame.function) or pattern.search(frame.file or ""))
