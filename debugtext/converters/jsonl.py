"""JSON lines: each line is a goroutine of a dump or a sample of a profile, with its stack, leaf first."""

import json
from collections.abc import Iterator

from debugtext.converters.rows import rows
from debugtext.records.captures import Capture
from debugtext.renderers.untrusted import json_text


def convert(capture: Capture, kind: str = "") -> Iterator[bytes]:
    """A line for each record with its numbers of all kinds."""
    del kind
    _, records = rows(capture)
    for record in records:
        text = json.dumps({"format": capture.format, **record}, ensure_ascii=False, separators=(",", ":"))
        yield json_text(text).encode() + b"\n"
