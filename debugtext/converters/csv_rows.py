"""CSV: one record a row, with a header; the stack is one cell, leaf first, frames separated by `; `."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from debugtext.converters.rows import rows
from debugtext.records.captures import Capture
from debugtext.records.frames import place_in_source
from debugtext.renderers.untrusted import cell


def convert(capture: Capture, kind: str = "") -> Iterator[bytes]:
    """A header, and a row for each record with its numbers of all kinds."""
    del kind
    columns, records = rows(capture)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow((*columns[:-1], "function", "file", "line", "stack"))
    for record in records:
        leaf = record["stack"][0] if record["stack"] else {"function": "", "file": "", "line": ""}
        stack = "; ".join(map(_frame, record["stack"]))
        values = (*(record[column] for column in columns[:-1]), *leaf.values(), stack)
        writer.writerow(map(_cell, values))
        yield buffer.getvalue().encode("utf-8")
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode("utf-8")


def _cell(value: Any) -> str:  # noqa: ANN401 - a cell may be anything that a record holds
    """The text of one cell: no value and False are empty; a text that looks like a formula is quoted."""
    if value is None or value is False:
        return ""
    if isinstance(value, bool):
        return "true"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        value = _frame(value) if "function" in value else "; ".join(f"{key}={text}" for key, text in value.items())
    return cell(str(value))


def _frame(frame: dict[str, Any]) -> str:
    place = place_in_source(frame["file"], frame["line"])
    return f"{frame['function']}{f' {place}' if place else ''}"
