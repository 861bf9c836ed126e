"""Reads options that are quantities: `30s`, `5m`, `4GiB`."""

import re

import click

from debugtext.sizes import bytes_of

_NUMBER = re.compile(r"(\d{1,15}(?:\.\d{1,9})?) ?([a-zA-Z]{0,3})")
_SECONDS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0}


def seconds(context: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """The seconds in `250ms`, `30s`, `5m`, `1.5h`, `2d`, or in a bare number of seconds; 0 is refused."""
    if value is None:
        return None
    number, unit = _parts(value, context, parameter, "a time like 30s, 5m or 1h")
    if unit not in _SECONDS or not number:
        raise click.BadParameter(f"{value!r}: write a time like 30s, 5m or 1h", context, parameter)
    return number * _SECONDS[unit]


def limit(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[int, str] | None:
    """The number and unit of a limit: of `4GiB` or `512Mi` of memory, or of a bare number of goroutines."""
    if value is None:
        return None
    number, unit = _parts(value, context, parameter, "bytes like 4GiB, or a number of goroutines")
    if not unit:
        return int(number), "count"
    try:
        return bytes_of(value), "bytes"
    except ValueError:
        message = f"{value!r}: write bytes like 4GiB, or a number of goroutines"
        raise click.BadParameter(message, context, parameter) from None


def _parts(value: str, context: click.Context, parameter: click.Parameter, wanted: str) -> tuple[float, str]:
    match = _NUMBER.fullmatch(value.strip())
    if match is None:
        raise click.BadParameter(f"{value!r}: write {wanted}", context, parameter)
    return float(match[1]), match[2].lower()
