"""Flat and cum of each function: what it holds itself, and what it holds with all that it calls.

flat is the weight of the stacks of which the function is the leaf. A debug=1 text hides leading `runtime.` frames
(runtime/pprof/pprof.go printStackRecord), so the leaf is the first frame with a name, as in the binary heap profile.
cum counts a stack once for each function on it, however often recursion put it there.
"""

from dataclasses import dataclass
from operator import attrgetter

from debugtext.records.samples import Profile, SampleKind

UNKNOWN = "<unknown>"
_FUNCTION_OF = attrgetter("function")


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """A function's `flat` and `cum` in the unit of the kind; estimates if the text holds samples."""

    function: str
    flat: int
    cum: int


@dataclass(frozen=True, slots=True)
class FunctionTable:
    """The functions of a profile, largest flat first (then by name, as pprof sorts), and the total of all stacks."""

    kind: SampleKind
    total: int
    rows: tuple[FunctionRow, ...]

    def by_cum(self) -> tuple[FunctionRow, ...]:
        """The same rows, largest cum first."""
        return tuple(sorted(self.rows, key=lambda row: (-abs(row.cum), row.function)))


def top(profile: Profile, kind: SampleKind | None = None) -> FunctionTable:
    """The table of the profile's functions; without a kind for the last one, which pprof shows by default."""
    kind = kind or profile.sample_kinds[-1]
    flat: dict[str, int] = {}
    cum: dict[str, int] = {}
    total = 0
    for stack, weight in profile.weighted_stacks(kind):
        if not weight:
            continue
        total += abs(weight)
        if stack.frames:
            leaf, functions = stack.frames[0].function, set(map(_FUNCTION_OF, stack.frames))
        elif len(stack.addresses) > 1:
            leaf, functions = UNKNOWN, {UNKNOWN}
        else:
            continue
        flat[leaf] = flat.get(leaf, 0) + weight
        for function in functions:
            cum[function] = cum.get(function, 0) + weight
    rows = (FunctionRow(function, flat.get(function, 0), weight) for function, weight in cum.items())
    kept = (row for row in rows if row.flat or row.cum)
    return FunctionTable(kind, total, tuple(sorted(kept, key=lambda row: (-abs(row.flat), row.function))))


def flat_by_function(profile: Profile, kind: SampleKind) -> dict[str, int]:
    """Flat of each function, without cum: that needs only the leaf of each stack."""
    flat: dict[str, int] = {}
    for stack, weight in profile.weighted_stacks(kind):
        if weight and stack.frames:
            leaf = stack.frames[0].function
            flat[leaf] = flat.get(leaf, 0) + weight
    return flat
