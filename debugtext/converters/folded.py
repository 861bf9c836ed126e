"""Folded stacks, which flamegraph.pl, inferno and speedscope read: `root;caller;leaf 12` on each line."""

from collections.abc import Iterator

from debugtext.records.captures import Capture
from debugtext.renderers.untrusted import one_line
from debugtext.views.from_records import capture_table
from debugtext.views.options import ViewOptions
from debugtext.views.places import UNKNOWN
from debugtext.views.samples import Sample
from debugtext.views.selection import select

_SEPARATORS = str.maketrans({";": ":", "\n": " ", "\r": " "})
"""Replaces the characters that would end a name or a line."""


def convert(capture: Capture, kind: str = "") -> Iterator[bytes]:
    """A line for each distinct stack, in the order of the text, with its number of this kind."""
    selection = select(capture_table(capture), ViewOptions(sample_index=kind))
    sums: dict[str, int] = {}
    for sample in selection.samples:
        stack = _folded(sample)
        sums[stack] = sums.get(stack, 0) + sample.values[selection.index]
    for stack, weight in sums.items():
        if stack and weight:
            yield f"{stack} {weight}\n".encode("utf-8", "surrogateescape")


def _folded(sample: Sample) -> str:
    frames = (frame.function for location in sample.locations for frame in location.frames or ())
    names = [one_line(name.translate(_SEPARATORS)) for name in frames]
    if not names and sample.locations:
        names = [UNKNOWN]
    return ";".join(reversed(names))
