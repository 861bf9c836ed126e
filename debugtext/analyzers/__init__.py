"""The rules: a tuple for each family of texts, imported when a text of that family is there."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debugtext.analyzers.rule import Rule

    RULES: tuple[Rule, ...]
    """All rules, in the order in which they are documented."""

_GOROUTINES = frozenset({"goroutine-profile", "goroutine-dump", "crash"})
_CRASHES = frozenset({"crash", "race"})
_MEMORY = frozenset({"heap", "memstats", "pprof-top"})
_CONTENTION = frozenset({"contention", "threadcreate", "pprof-top"})


def rules_for(formats: Iterable[str]) -> "tuple[Rule, ...]":
    """The rules that can have something to say about texts of these formats, in the order of their ids."""
    given = frozenset(formats)
    found: list[Rule] = []
    if not given.isdisjoint(_GOROUTINES):
        from debugtext.analyzers import rules_of_goroutines  # noqa: PLC0415 - each family costs some milliseconds

        found += rules_of_goroutines.RULES
    if not given.isdisjoint(_CRASHES):
        from debugtext.analyzers import rules_of_crashes  # noqa: PLC0415

        found += rules_of_crashes.RULES
    if not given.isdisjoint(_MEMORY):
        from debugtext.analyzers import rules_of_memory  # noqa: PLC0415

        found += rules_of_memory.RULES
    if not given.isdisjoint(_CONTENTION):
        from debugtext.analyzers import rules_of_contention  # noqa: PLC0415

        found += rules_of_contention.RULES
    return tuple(sorted(found, key=lambda rule: rule.id))


def __getattr__(name: str) -> "tuple[Rule, ...]":
    """`RULES`, all of them, made when first asked for: the command of one kind needs few."""
    if name != "RULES":
        raise AttributeError(name)
    rules = globals()["RULES"] = rules_for(_GOROUTINES | _CRASHES | _MEMORY | _CONTENTION)
    return rules
