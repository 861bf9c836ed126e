"""The rules: the modules that have them, and the formats of the texts that each module judges."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debugtext.analyzers.rule import Rule

    RULES: tuple[Rule, ...]
    """All rules, in the order of their ids, in which they are documented."""

_GOROUTINES = frozenset({"goroutine-profile", "goroutine-dump", "crash"})
_CRASHES = frozenset({"crash", "race"})
_MEMORY = frozenset({"heap", "memstats", "pprof-top"})
_CONTENTION = frozenset({"contention", "threadcreate", "pprof-top"})

_MODULES = {
    "contention.contended": _CONTENTION,
    "contention.contention_of_pprof": _CONTENTION,
    "contention.many_threads": _CONTENTION,
    "crashes.all_asleep": _CRASHES,
    "crashes.concurrent_map": _CRASHES,
    "crashes.crash_without_message": _GOROUTINES,
    "crashes.data_race": _CRASHES,
    "crashes.fatal_errors": _CRASHES,
    "crashes.fatal_log": _GOROUTINES,
    "crashes.hung_test": _GOROUTINES,
    "crashes.left_over": _CRASHES,
    "crashes.panics": _CRASHES,
    "crashes.reported_locks": _CRASHES,
    "crashes.stack_overflow": _CRASHES,
    "crashes.timed_out_test": _GOROUTINES,
    "locks.forgotten_unlock": _GOROUTINES,
    "locks.lock_queue": _GOROUTINES,
    "locks.locked": _GOROUTINES,
    "locks.self_waits": _GOROUTINES,
    "memory.accounts": _MEMORY,
    "memory.garbage_collector": _MEMORY,
    "memory.goroutines_of_pprof": _MEMORY,
    "memory.grown_memory": _MEMORY,
    "memory.growth_of_heap": _MEMORY,
    "memory.heap_hoarder": _MEMORY,
    "memory.hidden_growth": _MEMORY,
    "memory.never_ended": _MEMORY,
    "memory.past_goroutines": _MEMORY,
    "memory.top_of_pprof": _MEMORY,
    "waits.blocked_forever": _GOROUTINES,
    "waits.everyone_waits": _GOROUTINES,
    "waits.growing_totals": _GOROUTINES,
    "waits.growth_of_goroutines": _GOROUTINES,
    "waits.leaked": _GOROUTINES,
    "waits.library_leak": _GOROUTINES,
    "waits.never_run": _GOROUTINES,
    "waits.no_answer": _GOROUTINES,
    "waits.slow_shutdown": _GOROUTINES,
    "waits.stuck_finalizers": _GOROUTINES,
    "waits.stuck_in_sync": _GOROUTINES,
    "waits.stuck_on_channels": _GOROUTINES,
    "waits.stuck_outside": _GOROUTINES,
    "waits.unreceived": _GOROUTINES,
}
"""Every module that has rules, with the formats that they judge. Its rules are its subclasses of `Rule` with an id.

A module is imported only for texts of these formats: to import all of them takes more than 100 ms.
"""


def rules_for(formats: Iterable[str]) -> "tuple[Rule, ...]":
    """The rules that can have something to say about texts of these formats, in the order of their ids."""
    given = frozenset(formats)
    needed = (module for module, judged in _MODULES.items() if not judged.isdisjoint(given))
    return tuple(sorted((rule for module in needed for rule in _rules_of(module)), key=lambda rule: rule.id))


@cache
def _rules_of(module_name: str) -> "tuple[Rule, ...]":
    """One instance of each rule that the module defines; a base class of rules has no id, and is none."""
    from importlib import import_module  # noqa: PLC0415 - not needed to import some other module of this package

    from debugtext.analyzers.rule import Rule  # noqa: PLC0415 - it imports from this package itself

    module = import_module(f"{__name__}.{module_name}")
    classes = (value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Rule))
    return tuple(found() for found in classes if found.__module__ == module.__name__ and hasattr(found, "id"))


def __getattr__(name: str) -> "tuple[Rule, ...]":
    """`RULES`, made when first asked for: a single text needs only some of the rules."""
    if name != "RULES":
        raise AttributeError(name)
    rules = globals()["RULES"] = rules_for(frozenset().union(*_MODULES.values()))
    return rules
