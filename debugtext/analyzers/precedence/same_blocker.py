"""Who stands behind one and the same goroutine, that holds a lock or should receive: one finding tells of them."""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from debugtext.analyzers.precedence.rule_families import LOCKS
from debugtext.analyzers.precedence.same_finding import chain_of, dump_of, folded, told_with
from debugtext.records.findings import CHAIN, RECEIVER, Certainty, Finding, Verdict

_BOTH, _MOST_SENDERS_NAMED, _MOST_FUNCTIONS = 2, 4, 12
_RING = " is likely the one to receive, and waits for the lock itself: none of them can go on"


def with_rings(findings: list[Finding]) -> list[Finding]:
    """The findings, but of a lock whose holder sends to one that waits for it a single one: none of them can go on."""
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


def with_waits_of_holders(findings: list[Finding], starts: Sequence[int]) -> list[Finding]:
    """The findings, but what a lock's holder waits for, alone, is told with the lock: it says so already."""
    locks: dict[Hashable, Finding] = {(dump_of(one, starts), one.stack): one for one in findings if one.rule in LOCKS}

    def lock_of(one: Finding) -> Finding | None:
        is_likely = one.verdict is Verdict.LEAK and one.certainty is Certainty.LIKELY and one.stack is not None
        is_alone = is_likely and one.evidence.get("goroutines") == 1
        return locks.get((dump_of(one, starts), one.stack)) if is_alone else None

    return folded(findings, lock_of)


def each_receiver_once(findings: list[Finding], starts: Sequence[int]) -> list[Finding]:
    """The findings, but of senders who all stand behind one and the same goroutine one, which names the others."""
    by_receiver: dict[Hashable, list[Finding]] = {}
    for order, one in enumerate(findings):
        receiver = one.evidence.get(RECEIVER)
        place = (dump_of(one, starts), one.severity, one.functions[:1], one.stack, receiver) if receiver else order
        by_receiver.setdefault(place, []).append(one)
    return [_with_others(*ones) if len(ones) > 1 else ones[0] for ones in by_receiver.values()]


def _with_others(first: Finding, *others: Finding) -> Finding:
    """The finding about some senders, with those of others who stand behind the same receiver."""
    behind = [name for one in others for name in one.functions[1:_BOTH] if name not in first.functions[:_BOTH]]
    senders = [*dict.fromkeys(behind)][:_MOST_SENDERS_NAMED]
    functions = tuple(dict.fromkeys((*first.functions[:_BOTH], *senders, *first.functions[_BOTH:])))
    counts = [number for one in others if isinstance(number := one.evidence.get("goroutines"), int)]
    evidence = {**first.evidence, **({"behind_it": senders} if senders else {})}
    return replace(first, count=first.count + sum(counts), functions=functions[:_MOST_FUNCTIONS], evidence=evidence)
