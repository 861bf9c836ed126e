"""Sizes as people write them (`4GiB`, `512 Mi`), sizes in words, and thresholds in words, some of which are sizes."""

import re

from debugtext.durations import three_digits

MEBIBYTE = 1 << 20
_SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,9})?) ?([a-zA-Z]{1,3})")
_BYTES = {"b": 1, "kb": 1000, "mb": 1000**2, "gb": 1000**3, "tb": 1000**4}
_BYTES |= {f"{prefix}{suffix}": 1 << (10 * (i + 1)) for i, prefix in enumerate("kmgt") for suffix in ("ib", "i", "")}
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
_WRITTEN = ((1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"))


def bytes_of(text: str) -> int:
    """The bytes in `4GiB`, `512Mi`, `1.5 GB` or `64k`; raises ValueError for other texts, and for bare numbers."""
    match = _SIZE.fullmatch(text.strip())
    factor = match and _BYTES.get(match[2].lower())
    if not match or not factor:
        raise ValueError(f"{text!r} is not a size like 4GiB")
    return int(float(match[1]) * factor)


def bytes_in_words(number: float) -> str:
    """`512 B`, `1.5 KiB`, `41.2 MiB`: three digits at most, powers of 1024."""
    value, unit = float(abs(number)), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:  # noqa: PLR2004 - rounding would print four digits
        value, unit = value / 1024, unit + 1
    return f"{'-' * (number < 0)}{three_digits(value) if unit else int(value)} {_UNITS[unit]}"


def is_size(name: str) -> bool:
    """True if a threshold counts bytes, as its name says: `least_bytes`."""
    return "_bytes" in name


def threshold_in_words(name: str, value: float) -> str:
    """`32MiB`, `0.5`, `1000`: a text that `--threshold` accepts as this value."""
    whole = ((size, unit) for size, unit in _WRITTEN if is_size(name) and value >= size)
    size, unit = next(whole, (1, ""))
    return f"{value / size:.10g}{unit}"
