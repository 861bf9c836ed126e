"""Python's collector of cyclic garbage, where very many objects are made that hold no cycles, and stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

MANY_OBJECTS = 100_000
"""So many that are new: of fewer the collector makes short work."""
TIMES_BETWEEN = 8
_times = count(1)


@contextmanager
def without_collector() -> Iterator[None]:
    """Does not look for cycles meanwhile, which would take as long as making the objects; nor among them thereafter."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] >= MANY_OBJECTS and not gc.get_freeze_count():
            _make_old()
        gc.enable()


def _make_old() -> None:
    """What was made is old now, so that the collector does not look at it as soon as it runs again.

    What else is garbage is old then, too: who makes so many for days has it looked for now and then.
    """
    gc.freeze()
    gc.unfreeze()
    if next(_times) % TIMES_BETWEEN == 0:
        gc.collect()
