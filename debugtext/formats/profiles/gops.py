r"""Reads the output of `gops memstats`: runtime.MemStats under other names, most numbers both rounded and exact.

alloc: 125.27MB (131359120 bytes)
mallocs: 4321
next-gc: when heap-alloc >= 250.71MB (262885266 bytes)
"""

from functools import partial
from typing import Any

from debugtext.formats.grammar import terminal
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture
from debugtext.records.memstats import MemStats

line_of = partial(terminal, "gops")

FEWEST_LINES = 3
"""Fewer lines may be another program's."""
FIELDS = {
    "alloc": "alloc_bytes",
    "total-alloc": "total_alloc_bytes",
    "sys": "sys_bytes",
    "lookups": "lookups",
    "mallocs": "mallocs",
    "frees": "frees",
    "heap-alloc": "heap_alloc_bytes",
    "heap-sys": "heap_sys_bytes",
    "heap-idle": "heap_idle_bytes",
    "heap-in-use": "heap_inuse_bytes",
    "heap-released": "heap_released_bytes",
    "heap-objects": "heap_objects",
    "stack-in-use": "stack_inuse_bytes",
    "stack-sys": "stack_sys_bytes",
    "stack-mspan-inuse": "mspan_inuse_bytes",
    "stack-mspan-sys": "mspan_sys_bytes",
    "stack-mcache-inuse": "mcache_inuse_bytes",
    "stack-mcache-sys": "mcache_sys_bytes",
    "other-sys": "other_sys_bytes",
    "gc-sys": "gc_sys_bytes",
    "next-gc": "next_gc_bytes",
    "num-gc": "num_gc",
    "num-forced-gc": "num_forced_gc",
    "enable-gc": "enable_gc",
    "debug-gc": "debug_gc",
}
"""The names of the fields in gops, and ours; of the pauses gops prints only the latest."""

_LATEST = {"gc-pause": "pause_ns", "gc-pause-end": "pause_end_ns"}
_UNITS = {unit: 1 << 10 * power for power, unit in enumerate(("B", "KB", "MB", "GB", "TB", "PB", "EB"))}

Values = dict[str, Any]


def recognizes(line: str) -> bool:
    """Whether a line is the first line of such a text."""
    return line.lstrip(" \t").startswith("alloc: ") and values_of(line) is not None


def parse(cursor: Cursor) -> Capture | None:
    """Reads the lines up to other text, or up to a field that comes again; None if there are only one or two."""
    first_line = last_line = cursor.line_number()
    found: Values = {}
    lines = 0
    while cursor.more():
        values = values_of(cursor.line())
        if values is None or not values.keys().isdisjoint(found):
            break
        found |= values
        last_line = cursor.line_number()
        lines += 1
        cursor.skip_line()
    if lines < FEWEST_LINES:
        return None
    truncated = "debug_gc" not in found
    return Capture("memstats", first_line, last_line, MemStats(**found, line=first_line), truncated=truncated)


def values_of(line: str) -> Values | None:
    """The fields in a line, by our names; None if the line is not from gops."""
    line += "\n"
    if match := line_of("BYTES").fullmatch(line):
        exact = match["exact"] or match["bytes"]
        return {
            FIELDS[match["bytes_name"]]: int(exact) if exact else _in_bytes(match["rounded"], match["rounded_unit"])
        }
    if match := line_of("NUMBER").fullmatch(line):
        name, number = match["number_name"], int(match["number"])
        return {_LATEST[name]: (number,)} if name in _LATEST else {FIELDS[name]: number}
    if match := line_of("FLAG").fullmatch(line):
        return {FIELDS[match["flag_name"]]: match["flag"] == "true"}
    if match := line_of("RATIO").fullmatch(line):
        return {"gc_cpu_fraction": float(match["ratio"])}
    if match := line_of("WHEN").fullmatch(line):
        return _since_1970(match["day"], match["time"], match["zone"], match["nanoseconds"]) if match["day"] else {}
    return {} if line_of("SPENT").fullmatch(line) else None


def _in_bytes(rounded: str, unit: str) -> int:
    return round(float(rounded) * _UNITS[unit])


def _since_1970(day: str, time: str, zone: str, fraction: str | None) -> Values:
    """The time of the last collection, in nanoseconds since 1970; empty if it is no valid time."""
    from datetime import datetime  # noqa: PLC0415 - few texts are from gops

    try:
        seconds = int(datetime.strptime(f"{day} {time} {zone}", "%Y-%m-%d %H:%M:%S %z").timestamp())
    except ValueError:
        return {}
    return {"last_gc_ns": seconds * 10**9 + int((fraction or "").ljust(9, "0"))}
