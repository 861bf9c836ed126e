"""speedscope's own file format (https://www.speedscope.app/file-format-schema.json), with a profile for each kind."""

import json
from collections.abc import Iterator

from debugtext.records.captures import Capture
from debugtext.records.frames import Frame
from debugtext.records.samples import SampleKind
from debugtext.renderers.untrusted import json_text
from debugtext.views.from_records import capture_table
from debugtext.views.places import UNKNOWN
from debugtext.views.samples import Sample, SampleTable

_UNITS = {"bytes": "bytes", "nanoseconds": "nanoseconds"}


def convert(capture: Capture, kind: str = "") -> Iterator[bytes]:
    """One file with all kinds of numbers; speedscope shows `kind` first."""
    table = capture_table(capture)
    frames = _Frames()
    stacks = [frames.stack(sample) for sample in table.samples]
    names = [one.name for one in table.kinds]
    file = {
        "$schema": "https://www.speedscope.app/file-format-schema.json",
        "exporter": "debugtext",
        "name": capture.format,
        "activeProfileIndex": names.index(kind if kind in names else table.default_kind.name),
        "profiles": [_profile(one, index, table, stacks) for index, one in enumerate(table.kinds)],
        "shared": {"frames": frames.as_json()},
    }
    yield json_text(json.dumps(file, ensure_ascii=False, separators=(",", ":"))).encode()
    yield b"\n"


def _profile(kind: SampleKind, index: int, table: SampleTable, stacks: list[list[int]]) -> dict[str, object]:
    """The samples with a positive number of this kind; speedscope has no negative weights."""
    weighted = [(stack, sample.values[index]) for stack, sample in zip(stacks, table.samples, strict=True)]
    kept = [(stack, weight) for stack, weight in weighted if stack and weight > 0]
    return {
        "type": "sampled",
        "name": kind.name,
        "unit": _UNITS.get(kind.unit, "none"),
        "startValue": 0,
        "endValue": sum(weight for _, weight in kept),
        "samples": [stack for stack, _ in kept],
        "weights": [weight for _, weight in kept],
    }


class _Frames:
    """The distinct frames of the file, which samples refer to by number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str | None, int | None], int] = {}

    def stack(self, sample: Sample) -> list[int]:
        """The numbers of the sample's frames, root first."""
        frames = [frame for location in sample.locations for frame in location.frames]
        if not frames and sample.locations:
            frames = [Frame(UNKNOWN)]
        return [self._number(frame) for frame in reversed(frames)]

    def as_json(self) -> list[dict[str, object]]:
        """The frames in the order of their numbers, without unknown files and lines."""
        fields = ({"name": name, "file": file, "line": line} for name, file, line in self._numbers)
        return [{key: value for key, value in one.items() if value is not None} for one in fields]

    def _number(self, frame: Frame) -> int:
        return self._numbers.setdefault((frame.function, frame.file, frame.line), len(self._numbers))
