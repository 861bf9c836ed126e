"""Which functions call a function of a pprof table (as far as `tree` and `peek` tell), and which of them to open."""

from debugtext.analyzers.evidence.top_rows import own_rows
from debugtext.analyzers.subject import Subject
from debugtext.records.frames import Frame
from debugtext.records.pprof_tops import TopRow, TopTable
from debugtext.stacks.ownership import Owner
from debugtext.stacks.wording import percent

_LEAST_SHARE = 0.1
"""Callers through which less than this part came are left out."""
_HALF = 0.5
_SAME = 0.8
"""An own function whose cum is at least this part of a row's value may hold all of it."""
_ALL = "100%"
MOST_CALLERS_SHOWN = 3
"""How many callers the evidence lists."""
_ORDER = (Owner.OWN, Owner.DEPENDENCY, Owner.STANDARD)


def callers_of(subject: Subject, table: TopTable, row: TopRow) -> dict[str, float]:
    """The direct and indirect callers of a row, each with the share of the row that came through it.

    Own code comes first, then the nearest callers. The shares of callers further up are estimates, as if each call of a
    function brought the same. Callers with a small share are left out.
    """
    rows = {one.function: one for one in table.rows}
    shares = {row.function: 1.0}
    waiting, seen = [row.function], set[str]()
    while waiting:
        function = waiting.pop(0)
        below = rows.get(function)
        if function in seen or below is None or below.cum <= 0:
            continue
        seen.add(function)
        for call in sorted(below.callers, key=lambda call: -call.value):
            if call.function not in seen:
                shares[call.function] = shares.get(call.function, 0.0) + shares[function] * call.value / below.cum
                waiting.append(call.function)
    del shares[row.function]
    found = [(function, min(share, 1.0)) for function, share in shares.items() if share >= _LEAST_SHARE]
    return dict(sorted(found, key=lambda one: _ORDER.index(subject.ownership.owner(Frame(one[0])))))


def to_open(subject: Subject, table: TopTable, row: TopRow, least: int) -> Frame:
    """The frame to open for a row: the row's own function, or its caller if the function is a library's.

    If the table does not tell the callers: the own function with the least cum that is nearly `least` or more.
    """
    holder = Frame(row.function, row.file, row.file_line)
    owner = subject.ownership.owner(holder)
    if owner is Owner.OWN:
        return holder
    most = [Frame(name) for name, share in callers_of(subject, table, row).items() if share >= _HALF]
    above = own_rows(subject, table, _SAME * least)
    fronts = [one for one in most if subject.ownership.is_own(one)] + [
        Frame(one.function, one.file, one.file_line) for one in above
    ]
    if owner is Owner.STANDARD:
        fronts += [one for one in most if subject.ownership.owner(one) is Owner.DEPENDENCY]
    return fronts[0] if fronts else holder


def said_of_callers(callers: dict[str, float]) -> dict[str, object]:
    """The evidence `called_by`: the first callers, each with its share unless that is all."""
    parts = ((name, percent(share)) for name, share in callers.items())
    said = [name if part == _ALL else f"{name} {part}" for name, part in parts]
    return {"called_by": said[:MOST_CALLERS_SHOWN]} if said else {}
