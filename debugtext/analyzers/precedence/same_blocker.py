"""Where goroutines stand behind one goroutine that holds their lock or should receive, one finding tells of all."""

from collections.abc import Hashable
from dataclasses import replace

from debugtext.analyzers.precedence.same_finding import Dumps, also_of, chain_of, folded, told_with
from debugtext.analyzers.rule_families import LOCKS
from debugtext.analyzers.subject import MOST_FUNCTIONS
from debugtext.records.findings import CHAIN, RECEIVER, Certainty, Finding, Verdict

_BOTH = 2
"""A finding about senders opens with these two functions: the receiver's and the senders'."""
_MOST_SENDERS_NAMED = 4
_RING = " is likely the one to receive, and waits for the lock itself: none of them can go on"


def with_rings(findings: list[Finding]) -> list[Finding]:
    """The findings; where a lock's holder sends to a goroutine that waits for this lock, one finding tells of the ring.

    It is the finding about the lock: none of these goroutines can go on.
    """
    senders = [one for one in findings if RECEIVER in one.evidence and one.evidence.get("goroutines") == 1]
    kept = {id(one): one for one in findings}
    for lock in (one for one in findings if senders and one.rule in LOCKS):
        named = {*lock.functions[:_MOST_SENDERS_NAMED]}
        told = [one for one in senders if one.input == lock.input and named.issuperset(one.functions[:_BOTH])]
        if told:
            rings = [f"{one.functions[0]}{_RING}" for one in told]
            drawn = replace(lock, evidence={**lock.evidence, CHAIN: [*chain_of(lock), *rings]})
            kept[id(lock)] = told_with(drawn, [one.rule for one in told])
        for sender in told:
            kept.pop(id(sender), None)
    return [*kept.values()]


def with_waits_of_holders(findings: list[Finding], dumps: Dumps) -> list[Finding]:
    """The findings; what the single holder of a lock waits for is told by the finding about the lock alone."""
    locks: dict[Hashable, Finding] = {(dumps.of(one), one.stack): one for one in findings if one.rule in LOCKS}

    def lock_of(one: Finding) -> Finding | None:
        is_likely = one.verdict is Verdict.LEAK and one.certainty is Certainty.LIKELY and one.stack is not None
        is_alone = is_likely and one.evidence.get("goroutines") == 1
        return locks.get((dumps.of(one), one.stack)) if is_alone else None

    return folded(findings, lock_of)


def each_receiver_once(findings: list[Finding], dumps: Dumps) -> list[Finding]:
    """The findings; those about senders that all stand behind one receiver become one, which names all senders."""
    by_receiver: dict[Hashable, list[Finding]] = {}
    for order, one in enumerate(findings):
        receiver = one.evidence.get(RECEIVER)
        place = (dumps.of(one), one.severity, one.functions[:1], one.stack, receiver) if receiver else order
        by_receiver.setdefault(place, []).append(one)
    return [_with_others(*ones) if len(ones) > 1 else ones[0] for ones in by_receiver.values()]


def _with_others(first: Finding, *others: Finding) -> Finding:
    """The first finding, with the senders and the counts of the others, which stand behind the same receiver."""
    behind = [name for one in others for name in one.functions[1:_BOTH] if name not in first.functions[:_BOTH]]
    senders = [*dict.fromkeys(behind)][:_MOST_SENDERS_NAMED]
    functions = tuple(dict.fromkeys((*first.functions[:_BOTH], *senders, *first.functions[_BOTH:])))
    counts = [number for one in others if isinstance(number := one.evidence.get("goroutines"), int)]
    evidence = {**first.evidence, **({"behind_it": senders} if senders else {})}
    joined = replace(first, count=first.count + sum(counts), functions=functions[:MOST_FUNCTIONS], evidence=evidence)
    return told_with(joined, [rule for one in others for rule in also_of(one)])
