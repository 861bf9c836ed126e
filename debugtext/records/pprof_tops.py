"""What `go tool pprof -top` prints: functions with their flat and cum numbers, and no stacks."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class TopCall:
    """A caller of a row's function, or what that calls: `value` is the part of the row's cum that goes this way."""

    function: str
    value: int
    line: int
    inlined: bool = False


@dataclass(frozen=True, slots=True)
class TopRow:
    """One function; `flat` and `cum` in the unit of the table, `line` of the original input, from 1.

    Of pprof's `list` its file is known, and which line of it has the largest cum; of `tree` and `peek` who calls it,
    and what it calls.
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

    `kind` is pprof's name of the numbers (`inuse_space`), empty where the text does not tell; `unit` is `bytes`,
    `nanoseconds` or `count`. `total` is that of the whole profile; pprof rounds all of them to some digits.
    """

    kind: str
    unit: str
    total: int
    rows: tuple[TopRow, ...]

    def with_all_named(self) -> "TopTable":
        """The same with a row, too, for who is named as a caller or a callee alone: so much at least is below them."""
        known = {row.function for row in self.rows}
        named: dict[str, TopCall] = {}
        for call in (call for row in self.rows for call in (*row.callers, *row.callees)):
            if call.function not in known and call.value > getattr(named.get(call.function), "value", 0):
                named[call.function] = call
        rows = (TopRow(call.function, 0, call.value, call.line, call.inlined) for call in named.values())
        return replace(self, rows=(*self.rows, *rows)) if named else self

    @property
    def counts_goroutines(self) -> bool:
        """Whether it is of a goroutine profile: its type is printed, or most of what it counts is parked."""
        if self.unit != "count" or self.kind not in ("", "goroutine"):
            return False
        parked = max((row.flat for row in self.rows if row.function == "runtime.gopark"), default=0)
        return self.kind == "goroutine" or 2 * parked > self.total
