"""Options that are quantities: `30s`, `5m`, `4GiB`, and what they may look like."""

import re
from collections.abc import Callable

import click

_NUMBER = re.compile(r"(\d{1,15}(?:\.\d{1,9})?) ?([a-zA-Z]{0,3})")
_SECONDS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_BYTES = {"b": 1, "kb": 1000, "mb": 1000**2, "gb": 1000**3, "tb": 1000**4}
_BYTES |= {f"{prefix}{suffix}": 1 << (10 * (i + 1)) for i, prefix in enumerate("kmgt") for suffix in ("ib", "i", "")}

_Callback = Callable[[click.Context, click.Parameter, str | None], float | None]


def seconds(context: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """`250ms`, `30s`, `5m`, `1.5h`, `2d`, or a number of seconds; more than none."""
    if value is None:
        return None
    number, unit = _parts(value, context, parameter, "a time like 30s, 5m or 1h")
    if unit not in _SECONDS or not number:
        raise click.BadParameter(f"{value!r}: write a time like 30s, 5m or 1h", context, parameter)
    return number * _SECONDS[unit]


def limit(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[int, str] | None:
    """`4GiB` or `512Mi` of memory, or a bare number of goroutines; with its unit."""
    if value is None:
        return None
    number, unit = _parts(value, context, parameter, "bytes like 4GiB, or a number of goroutines")
    if not unit:
        return int(number), "count"
    if unit not in _BYTES:
        raise click.BadParameter(f"{value!r}: write bytes like 4GiB, or a number of goroutines", context, parameter)
    return int(number * _BYTES[unit]), "bytes"


def _parts(value: str, context: click.Context, parameter: click.Parameter, wanted: str) -> tuple[float, str]:
    match = _NUMBER.fullmatch(value.strip())
    if match is None:
        raise click.BadParameter(f"{value!r}: write {wanted}", context, parameter)
    return float(match[1]), match[2].lower()
