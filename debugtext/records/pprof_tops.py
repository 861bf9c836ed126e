"""The tables of `go tool pprof` (`-top` and others): functions with their flat and cum numbers, without stacks."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class TopCall:
    """A caller or callee of a row's function; `value` is the part of the row's cum on this call."""

    function: str
    value: int
    line: int
    inlined: bool = False


@dataclass(frozen=True, slots=True)
class TopRow:
    """One function; `flat` and `cum` in the unit of the table, `line` of the original input, from 1.

    `file` and `file_line` (the line with the largest cum) are printed by pprof's `list` only, `callers` and `callees`
    by `tree` and `peek` only.
    """

    function: str
    flat: int
    cum: int
    line: int
    inlined: bool = False
    file: str | None = None
    file_line: int | None = None
    callers: tuple[TopCall, ...] = ()
    callees: tuple[TopCall, ...] = ()


@dataclass(frozen=True, slots=True)
class TopTable:
    """The functions in the order of the text, the largest first.

    `kind` is pprof's name of the numbers (`inuse_space`), empty if the text does not say it; `unit` is `bytes`,
    `nanoseconds` or `count`. `total` is that of the whole profile. pprof prints all numbers rounded.
    """

    kind: str
    unit: str
    total: int
    rows: tuple[TopRow, ...]

    def with_all_named(self) -> "TopTable":
        """The table with added rows for functions that are named only as callers or callees.

        The cum of such a row is the largest call that names it: the real number is at least this.
        """
        known = {row.function for row in self.rows}
        named: dict[str, TopCall] = {}
        for call in (call for row in self.rows for call in (*row.callers, *row.callees)):
            if call.function not in known and call.value > getattr(named.get(call.function), "value", 0):
                named[call.function] = call
        rows = (TopRow(call.function, 0, call.value, call.line, call.inlined) for call in named.values())
        return replace(self, rows=(*self.rows, *rows)) if named else self

    @property
    def counts_goroutines(self) -> bool:
        """True if the table is of a goroutine profile: its type says so, or most of what it counts is parked."""
        if self.unit != "count" or self.kind not in ("", "goroutine"):
            return False
        parked = max((row.flat for row in self.rows if row.function == "runtime.gopark"), default=0)
        return self.kind == "goroutine" or 2 * parked > self.total
