"""Findings that say the same of the same place: a log may tell of one crash all day, and tests of one leak each."""

from bisect import bisect
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from debugtext.records.captures import Capture
from debugtext.records.findings import CHAIN, OF_WAITS, RECEIVER, TOLD_BY, Certainty, Finding, Severity, Verdict

_TEST, _TIMEOUT = "DT212", "DT608"
_EVERYONE = "DT305"
_ASK = frozenset({_TEST, _EVERYONE})
"""What these advise is to see who should wake them: another rule about the same goroutines may know more."""
_LOCKS = frozenset({"DT301", "DT302", "DT303"})
"""These name who holds a lock, who waits for it, and what the holder waits for."""
_OF_LOCK = "rule_of_chain"
_NO_MORE_TIME = "More time (-timeout) would likely not help."
_BOTH, _NAMED, _MOST = 2, 4, 12
_RING = " is likely the one to receive, and waits for the lock itself: none of them can go on"
_EVENTS = frozenset({"crash", "race"})
"""What these texts tell of has happened as often as it is told; others show what is there, over and over."""


def told(finding: Finding) -> Hashable:
    """What a finding says, of which place; whoever has called that does not make it another one."""
    return finding.rule, finding.severity, finding.title, finding.functions[:1], finding.location


def each_once(findings: Iterable[Finding], captures: Sequence[Capture] = ()) -> list[Finding]:
    """The first of those that are alike, with their number; of a place that dumps show over and over, the loudest.

    What a certain finding draws itself, who waits for whom, is not told once more as a likely one; and of a test's
    goroutine that hangs one finding tells, whatever else is said of its wait, be it out of time or not. Where texts
    have told that goroutines become more, no note asks whether they do; and where the runtime says that all are asleep,
    no test hangs besides.

    `captures` are those in which they were found, in the order of their lines.
    """
    alike: dict[Hashable, list[Finding]] = {}
    for finding in _each_place_once(findings, captures) if len(captures) > 1 else findings:
        alike.setdefault(told(finding), []).append(finding)
    found = [_with_number(first, more) if more else first for first, *more in alike.values()]
    drawn = {_chain(finding) for finding in found if finding.certainty is Certainty.CERTAIN} - {()}
    found = [one for one in found if one.certainty is Certainty.CERTAIN or _chain(one) not in drawn]
    starts = [capture.first_line for capture in captures]
    found = _each_wait_once(_without_answered(_with_rings(found)), starts)
    return _with_everyone(_with_hangs(_each_receiver_once(found, starts), starts), starts)


def _without_answered(findings: list[Finding]) -> list[Finding]:
    """The findings without what another one has answered: whether goroutines become more, and that all are asleep."""
    more = {_place(finding) for finding in findings if finding.verdict is Verdict.GROWTH and not _is_note(finding)}
    asleep = {place for finding in findings for place in _asleep(finding)}
    return [
        one
        for one in findings
        if not (_is_note(one) and one.verdict is Verdict.LEAK and _place(one) in more)
        and not (one.rule == _TEST and (one.input, *one.functions[:1]) in asleep)
    ]


def _with_rings(findings: list[Finding]) -> list[Finding]:
    """The findings, but of a lock whose holder sends to one that waits for it a single one: none of them can go on."""
    senders = [one for one in findings if RECEIVER in one.evidence and one.evidence.get("goroutines") == 1]
    kept = {id(one): one for one in findings}
    for lock in (one for one in findings if senders and one.rule in _LOCKS):
        named = {*lock.functions[:_NAMED]}
        told = [one for one in senders if one.input == lock.input and named.issuperset(one.functions[:_BOTH])]
        if told:
            rings = [f"{one.functions[0]}{_RING}" for one in told]
            also = {CHAIN: [*_chain(lock), *rings], "also": [one.rule for one in told]}
            kept[id(lock)] = replace(lock, evidence={**lock.evidence, **also})
        for sender in told:
            kept.pop(id(sender), None)
    return [*kept.values()]


def _each_receiver_once(findings: list[Finding], starts: Sequence[int]) -> list[Finding]:
    """The findings, but of senders who all stand behind one and the same goroutine one, which names the others."""
    by_receiver: dict[Hashable, list[Finding]] = {}
    for order, one in enumerate(findings):
        receiver = one.evidence.get(RECEIVER)
        place = (_dump_of(one, starts), one.severity, one.functions[:1], one.stack, receiver) if receiver else order
        by_receiver.setdefault(place, []).append(one)
    return [_with_others(*ones) if len(ones) > 1 else ones[0] for ones in by_receiver.values()]


def _with_others(first: Finding, *others: Finding) -> Finding:
    """The finding about some senders, with those of others who stand behind the same receiver."""
    behind = [name for one in others for name in one.functions[1:_BOTH] if name not in first.functions[:_BOTH]]
    senders = [*dict.fromkeys(behind)][:_NAMED]
    functions = tuple(dict.fromkeys((*first.functions[:_BOTH], *senders, *first.functions[_BOTH:])))
    counts = [number for one in others if isinstance(number := one.evidence.get("goroutines"), int)]
    evidence = {**first.evidence, **({"behind_it": senders} if senders else {})}
    return replace(first, count=first.count + sum(counts), functions=functions[:_MOST], evidence=evidence)


def _asleep(finding: Finding) -> list[tuple[str, ...]]:
    """The functions of which a certain deadlock tells how all wait, with the input."""
    waits = finding.evidence.get("waits") if finding.certainty is Certainty.CERTAIN else None
    return [(finding.input, function) for function in waits] if isinstance(waits, dict) else []


def _place(finding: Finding) -> Hashable:
    return finding.input, finding.functions[:1], finding.location


def _is_note(finding: Finding) -> bool:
    return finding.severity is Severity.NOTE


def _chain(finding: Finding) -> tuple[object, ...]:
    """Who waits for whom, of a deadlock: what is certain tells it too, and then it is told once."""
    chain = finding.evidence.get(CHAIN) if finding.verdict is Verdict.DEADLOCK else None
    return tuple(chain) if isinstance(chain, list) else ()


def _each_wait_once(findings: list[Finding], starts: Sequence[int]) -> list[Finding]:
    """The findings, but one for the stack of a test that hangs, though several rules say that it leaks or waits."""
    if all(finding.rule != _TEST for finding in findings):
        return findings
    by_stack: dict[Hashable, list[Finding]] = {}
    for order, finding in enumerate(findings):
        waits = finding.verdict in OF_WAITS and finding.stack is not None
        place = (_dump_of(finding, starts), finding.functions[:1], finding.location, finding.stack) if waits else order
        by_stack.setdefault(place, []).append(finding)
    kept: list[Finding] = []
    for ones in by_stack.values():
        kept += ones if len(ones) == 1 else _joined(ones)
    return kept


def _joined(findings: Sequence[Finding]) -> list[Finding]:
    """Of what several rules say of the same goroutines the loudest and surest, a deadlock before a leak.

    Those of one rule are about different ones: they wait for something else.
    """
    rules = [finding.rule for finding in findings]
    if _TEST not in rules or len({*rules}) < len(rules):
        return [*findings]
    first, *others = sorted(findings, key=lambda one: (one.severity.rank, one.certainty, one.verdict, one.rule))
    advice = next((one.advice for one in (first, *others) if one.rule not in _ASK), first.advice)
    evidence = {key: value for one in reversed((first, *others)) for key, value in one.evidence.items()}
    evidence = {**evidence, "also": [one.rule for one in others]}
    return [replace(first, advice=advice, evidence=evidence)]


def _with_hangs(findings: list[Finding], starts: Sequence[int]) -> list[Finding]:
    """The findings, but of a test out of time that hangs the timeout, which is certain, tells what is likely besides.

    The other one stays for who reads verdicts, as a deadlock; people are shown the first (`Report.shown`).
    """
    hangs = {_stuck_at(one, starts): one for one in findings if one.rule == _TEST}
    told = {_stuck_at(one, starts) for one in findings if one.rule == _TIMEOUT} & hangs.keys()
    if not told:
        return findings
    kept: list[Finding] = []
    for one in findings:
        place = _stuck_at(one, starts)
        if one.rule == _TIMEOUT and place in told:
            kept.append(_hanging(one, hangs[place]))
        elif one.rule == _TEST and place in told:
            kept.append(replace(one, evidence={**one.evidence, TOLD_BY: _TIMEOUT}))
        else:
            kept.append(one)
    return kept


def _with_everyone(findings: list[Finding], starts: Sequence[int]) -> list[Finding]:
    """The findings, but where all wait for one another that one tells of each, with what the first of them needs.

    The others stay for who reads verdicts; people are shown the one (`Report.shown`).
    """
    everyone = {_dump_of(one, starts): one for one in findings if one.rule == _EVERYONE}
    if not everyone:
        return findings
    kept: list[Finding] = []
    for one in findings:
        whole = everyone.get(_dump_of(one, starts))
        if whole is None or whole is one or not _is_one_of(one, whole):
            kept.append(one)
            continue
        kept.append(replace(one, evidence={**one.evidence, TOLD_BY: _EVERYONE}))
        if one.functions[:1] == whole.functions[:1] and one.rule not in _ASK:
            everyone[_dump_of(one, starts)] = replace(whole, advice=one.advice)
    return [everyone[_dump_of(one, starts)] if one.rule == _EVERYONE else one for one in kept]


def _is_one_of(one: Finding, whole: Finding) -> bool:
    """Whether it is about goroutines that wait in one of the functions that a finding about all of a dump names."""
    waits = whole.evidence.get("waits")
    named = {str(wait).partition(": ")[0] for wait in waits} if isinstance(waits, list) else set()
    is_likely = one.certainty is Certainty.LIKELY and not _is_note(one) and not _is_note(whole)
    return is_likely and one.verdict in OF_WAITS and one.rule not in _LOCKS and named.issuperset(one.functions[:1])


def _dump_of(finding: Finding, starts: Sequence[int]) -> tuple[str, int]:
    """The dump of which a finding tells, among all of its input."""
    return finding.input, bisect(starts, finding.first_line)


def _stuck_at(finding: Finding, starts: Sequence[int]) -> Hashable:
    """Where a test stands; of one whose goroutine is not in the text, which test it is."""
    stack = finding.stack if finding.location is not None else None
    return _dump_of(finding, starts), finding.functions[:1], finding.location, stack


def _hanging(timeout: Finding, hang: Finding) -> Finding:
    """A test out of time, with what is likely because it hangs; of a lock it is known already who should unlock it."""
    is_known = _OF_LOCK in timeout.evidence or hang.location is None
    advice = timeout.advice if is_known else hang.advice
    others = hang.evidence.get("also", [])
    also = [_TEST, *others] if isinstance(others, list) else [_TEST]
    evidence = {**timeout.evidence, **hang.evidence, **timeout.evidence, "also": also}
    return replace(timeout, advice=f"{advice} {_NO_MORE_TIME}", evidence=evidence)


def _with_number(first: Finding, more: list[Finding]) -> Finding:
    count = first.count + sum(finding.count for finding in more)
    return replace(first, count=count, evidence={**first.evidence, "times": 1 + len(more)})


def _each_place_once(findings: Iterable[Finding], captures: Sequence[Capture]) -> list[Finding]:
    """The findings, but of what several dumps show at one place the loudest one, and how many each of them counts."""
    starts = [capture.first_line for capture in captures]
    by_place: dict[Hashable, dict[int, list[Finding]]] = {}
    for order, finding in enumerate(findings):
        index = max(bisect(starts, finding.first_line) - 1, 0)
        shown = finding.certainty is Certainty.LIKELY and captures[index].format not in _EVENTS
        place = (finding.rule, finding.verdict, finding.functions[:1], finding.location) if shown else order
        by_place.setdefault(place, {}).setdefault(index, []).append(finding)
    kept: list[Finding] = []
    for by_capture in by_place.values():
        found = [finding for _, ones in sorted(by_capture.items()) for finding in ones]
        is_shown_again = len(by_capture) == len(found) > 1
        kept += [_loudest(found)] if is_shown_again else found
    return kept


def _loudest(found: Sequence[Finding]) -> Finding:
    """Of one place's findings, dump by dump, the loudest; of equal ones the largest, of these the latest."""
    loudest = max(reversed(found), key=lambda finding: (-finding.severity.rank, finding.count))
    counts = [finding.count for finding in found]
    again = {"dumps": len(found)} | ({"counts": counts} if len(set(counts)) > 1 else {})
    return replace(loudest, evidence={**again, **loudest.evidence})
