"""The formats that are read, in the order in which a line is offered to them."""

from debugtext.formats import contention, counts, crash, dump, expvar, goleak, heap, memstats, race
from debugtext.formats._format import Format

FORMATS: tuple[Format, ...] = (
    heap.FORMAT,
    counts.FORMAT,
    contention.FORMAT,
    memstats.FORMAT,
    expvar.FORMAT,
    crash.FORMAT,
    goleak.FORMAT,
    race.FORMAT,
    dump.FORMAT,
)
