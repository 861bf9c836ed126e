"""Switches Python's garbage collector off while very many objects are made that stay and have no cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

MANY_OBJECTS = 100_000
"""With fewer new objects, the collector is fast enough."""
TIMES_BETWEEN = 8
"""A full collection is done once in so many calls."""
_times = count(1)


@contextmanager
def without_collector() -> Iterator[None]:
    """Within this context, the collector does not run: it would take as long as making the objects.

    Afterwards, the collector does not look at the new objects at once.
    """
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
    """Moves all objects to the oldest generation, so that the collector does not look at the new ones at once.

    Other garbage becomes old, too; for programs that run for days, a full collection now and then removes it.
    """
    gc.freeze()
    gc.unfreeze()
    if next(_times) % TIMES_BETWEEN == 0:
        gc.collect()
