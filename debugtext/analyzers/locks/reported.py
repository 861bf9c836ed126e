"""Which locks the rules about locks report: other rules leave these to them, or quote what they say."""

from dataclasses import replace

from debugtext.analyzers.locks.lock_rule import is_of_self
from debugtext.analyzers.locks.locked import LOCK_RULES
from debugtext.analyzers.locks.self_waits import WaitsForItself, self_waits
from debugtext.analyzers.locks.tangles import Tangle, tangles_of
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.findings import Finding

_HOLDER_AND_WAITER = 2
_FirstOfEachDump = dict[int, Finding]
"""By the id() of the dump."""


def has_reported_lock(subject: Subject, capture: Capture) -> bool:
    """Whether a rule about locks reports a lock of this capture."""
    return id(capture.dump) in subject.once(_first_of_each_dump)


def is_reported(subject: Subject, tangle: Tangle) -> bool:
    """Whether a rule about locks reports this lock, or DT308 a goroutine there that waits for itself."""
    is_known = tangle.is_leaked or tangle.is_behind_cycle or is_of_self(subject, tangle)
    return is_known or any(rule.is_mine(subject, tangle) for rule in LOCK_RULES)


def with_lock(subject: Subject, crash: Crash, found: Finding) -> Finding:
    """A finding about a crash, completed by the lock for which all wait in the end: its holder and waiter come first.

    The title stays, as it is certain; who seems to hold the lock is evidence.
    """
    lock = subject.once(_first_of_each_dump).get(id(crash.dump))
    if lock is None:
        return found
    functions = tuple(dict.fromkeys((*lock.functions[:_HOLDER_AND_WAITER], *found.functions)))
    chain = lock.evidence.get("chain", [lock.title])
    evidence = {**found.evidence, "chain": chain, "rule_of_chain": lock.rule}
    return replace(
        found, functions=functions[:MOST_FUNCTIONS], location=lock.location, advice=lock.advice, evidence=evidence
    )


def _first_of_each_dump(subject: Subject) -> _FirstOfEachDump:
    """The first finding about a lock for each dump, of which a text may hold thousands.

    Goroutines that wait for themselves come before circles, and circles before forgotten locks.
    """
    rings = WaitsForItself()
    found: _FirstOfEachDump = {
        id(place.capture.dump): rings.tell(subject, place, ring) for place, ring in self_waits(subject)
    }
    tangles = subject.once(tangles_of)
    for rule in LOCK_RULES:
        for tangle in tangles:
            dump = id(tangle.place.capture.dump)
            if dump not in found and rule.is_mine(subject, tangle):
                found[dump] = rule.tell(subject, tangle)
    return found
