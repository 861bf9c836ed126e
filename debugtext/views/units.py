"""Numbers in the units that pprof prints: bytes as kB, MB, …; nanoseconds as us, ms, s, hrs; percentages.

The rules are those of google/pprof internal/measurement: two decimals, no trailing `.00`, a bare `0`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str
    factor: float
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Family:
    """Units that can be converted into each other; `base` is used if no other unit fits."""

    units: tuple[_Unit, ...]
    base: _Unit

    def unit(self, spelling: str) -> _Unit | None:
        """The unit of this name, upper or lower case, singular or plural; None if there is none."""
        spelling = spelling.lower()
        if len(spelling) > 2:  # noqa: PLR2004 - "s" and "ns" are no plurals
            spelling = spelling.removesuffix("s")
        return next((unit for unit in self.units if spelling in unit.spellings), None)

    def natural(self, value: float) -> _Unit:
        """The largest unit of which the value is at least 1."""
        fitting = [unit for unit in self.units if value / unit.factor >= 1]
        return max(fitting, key=lambda unit: unit.factor, default=self.base)


_BYTE = _Unit("B", 1, ("b", "byte"))
_MEMORY = _Family(
    (
        _BYTE,
        _Unit("kB", 2**10, ("kb", "kbyte", "kilobyte")),
        _Unit("MB", 2**20, ("mb", "mbyte", "megabyte")),
        _Unit("GB", 2**30, ("gb", "gbyte", "gigabyte")),
        _Unit("TB", 2**40, ("tb", "tbyte", "terabyte")),
        _Unit("PB", 2**50, ("pb", "pbyte", "petabyte")),
    ),
    _BYTE,
)
_SECOND = _Unit("s", 1e9, ("s", "sec", "second"))
_TIME = _Family(
    (
        _Unit("ns", 1, ("ns", "nanosecond")),
        _Unit("us", 1e3, ("μs", "us", "microsecond")),
        _Unit("ms", 1e6, ("ms", "millisecond")),
        _SECOND,
        _Unit("hrs", 3600e9, ("hour", "hr")),
    ),
    _SECOND,
)
_SILENT = ("count", "sample", "unit", "minimum", "auto")


def scaled(value: int, unit: str, wanted: str) -> tuple[float, str]:
    """The value in the wanted unit, and the name of that unit; the name is empty for counts.

    `minimum` and `auto` stand for the value's natural unit. For a wanted unit of another family the value is given in
    the base unit of its own.
    """
    if value < 0:
        number, name = scaled(-value, unit, wanted)
        return -number, name
    for family in (_MEMORY, _TIME):
        known = family.unit(unit)
        if known is None:
            continue
        amount = value * known.factor
        target = family.natural(amount) if wanted in ("minimum", "auto") else family.unit(wanted) or family.base
        return amount / target.factor, target.name
    return float(value), "" if wanted in _SILENT else wanted


def in_unit(value: int, unit: str, wanted: str = "auto") -> str:
    """The value as pprof prints it: `1.50MB`, `12`, `0`."""
    number, name = scaled(value, unit, wanted)
    digits = f"{number:.2f}".removesuffix(".00")
    return "0" if digits in ("0", "-0") else digits + name


def percentage(value: int, total: int) -> str:
    """The share of the total as pprof prints it, in six columns: `  100%`, `12.34%`, `0.056%`, `    0%`."""
    ratio = abs(value / total) * 100 if total else 0.0
    if 99.95 <= ratio <= 100.05:  # noqa: PLR2004 - pprof rounds to 100 here
        return "  100%"
    return f"{ratio:5.2f}%" if ratio >= 1 else f"{ratio:5.2g}%"
