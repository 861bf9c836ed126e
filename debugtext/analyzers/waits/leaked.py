"""Goroutines that the runtime itself calls leaked."""

from collections.abc import Hashable, Iterator
from typing import ClassVar

from debugtext.analyzers.locks.locked import LOCK_RULES
from debugtext.analyzers.locks.tangles import Tangle, tangles_of
from debugtext.analyzers.rule import Rule, Subject
from debugtext.analyzers.stacks.crowds import Crowd, crowds
from debugtext.analyzers.stacks.operations import LOCKS, RECEIVES, Operation
from debugtext.analyzers.stacks.places import MAIN, Place, words_of
from debugtext.analyzers.waits.blocked_forever import ADVICE_OF_NIL, ADVICE_OF_NO_CASES, OF_CONTEXTS
from debugtext.analyzers.waits.own_channel import with_receiver_itself
from debugtext.analyzers.wording import CUT_OFF, each, goroutines, place_in_file
from debugtext.records.findings import Certainty, Finding, Severity, Verdict

_ADVICE = (
    "Nothing can wake them any more: buffer or close the channel, release the lock, or let them end with a context."
)
_OF_LOCKS = (
    "Nobody can release the lock any more: look for a return or a panic between its Lock and Unlock, and use "
    "`defer Unlock`."
)
_OF_RECEIVERS = (
    "Nobody can send any more: close the channel where the last value is sent, on every path, or wait for a context's "
    "Done as well."
)
_OF_PIPES = (
    "Nobody can read from the pipe any more: close its reader on every path, also after an error (CloseWithError), and "
    "Write returns."
)
_BY_OPERATION = {
    Operation.SEND: "Nobody can receive any more: give the channel a buffer for every send, or select on a context's "
    "Done beside the send.",
    Operation.RECEIVE: _OF_RECEIVERS,
    Operation.RANGE: _OF_RECEIVERS,
    Operation.NIL_SEND: ADVICE_OF_NIL,
    Operation.NIL_RECEIVE: f"{ADVICE_OF_NIL} {OF_CONTEXTS}",
    Operation.SELECT: "No case can become ready any more: add one on a context's Done, and call cancel, Stop or Close "
    "when the owner ends.",
    Operation.NO_CASES: ADVICE_OF_NO_CASES,
    Operation.CONDITION: "Nobody can signal any more: call Signal or Broadcast after each change of the condition, and "
    "Broadcast when the owner ends.",
    Operation.WAIT_GROUP: "Nobody can call Done any more: `defer wg.Done()` on the first line of every worker, and Add "
    "before `go`; see what a worker that is still there waits for.",
    **dict.fromkeys(LOCKS, _OF_LOCKS),
}
"""What to do by what they wait for; of a lock that a rule about locks tells of, that rule's advice is the better."""
_MEANT = "If main is to keep the program alive, as with `select {}`, all is well; else nobody can tell it to end."
_FOR_EVER = RECEIVES | {Operation.SELECT, Operation.NO_CASES, Operation.NIL_RECEIVE}


class Leaked(Rule):
    """Goroutines that Go's own detector found: nothing that still runs can ever wake them.

    **What it sees.** `(leaked)` in the state of a goroutine, and every record of a `goroutineleak` profile (Go 1.26
    with GOEXPERIMENT=goroutineleakprofile, Go 1.27 without).

    **Why it is trouble.** The garbage collector has proved that no running goroutine can reach the channel or lock that
    they wait for. Their stacks, and all they refer to, stay in memory until the process ends.

    **When it is not.** The detector has no false positives by construction, but it also marks a main goroutine that
    keeps its program alive by `select {}` or by a channel of its own: that one is only noted. It does miss goroutines
    whose channel a global variable can still reach, and those in input, output or system calls.

    **What to do.** Open the first function. What they wait for tells the rest: give a channel a buffer or a reader, or
    close it; find the Lock without an Unlock, or the locks that are taken in a circle; make the nil channel.
    """

    id = "DT101"
    name = "leaked"
    verdict = Verdict.LEAK
    certainty = Certainty.CERTAIN
    fires_on: ClassVar = ("dump/leaked-go1.27.txt", "goroutine/leakprofile-mutex-go1.27.txt")
    quiet_on: ClassVar = ("dump/baseline-go1.27.txt", "goroutine/leakprofile-none-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each function and operation, but one for all at one lock, or in one circle of locks."""
        marked = [place for place in subject.places if place.leaked and not _is_the_runtimes(place)]
        found: dict[Hashable, tuple[Tangle | None, list[Crowd]]] = {}
        for crowd in crowds(marked, lambda place: (place.function, place.operation, _keeps_alive(subject, place))):
            tangle = _tangle(subject, crowd)
            key = id(crowd) if tangle is None else tangle.circle or id(tangle)
            found.setdefault(key, (tangle, []))[1].append(crowd)
        for tangle, together in found.values():
            yield self._tell(subject, together, tangle)

    def _tell(self, subject: Subject, together: list[Crowd], tangle: Tangle | None) -> Finding:
        first, keeps_alive = together[0], _keeps_alive(subject, together[0].first)
        count = sum(crowd.count for crowd in together)
        what = "main waits for ever" if keeps_alive else f"{goroutines(count)} leaked for good"
        found = self.place_finding(
            subject,
            f"{what} in {_where(together)}{_cause(tangle)}",
            [place for crowd in together for place in crowd.places],
            severity=Severity.NOTE if keeps_alive else Severity.ERROR,
            evidence={
                "leaked": count,
                "found_by": "the runtime's goroutineleak detector",
                **({"chain": tangle.drawn()} if tangle else _starter(subject, first.first)),
            },
            advice=_MEANT if keeps_alive else _advice(subject, first, tangle),
        )
        return with_receiver_itself(found, first)


def _where(together: list[Crowd]) -> str:
    """The functions in which they stand, and what they wait for."""
    counts: dict[str, int] = {}
    for crowd in together:
        name = crowd.first.function or CUT_OFF
        counts[name] = counts.get(name, 0) + crowd.count
    if list(counts) == [CUT_OFF]:
        return CUT_OFF
    return f"{each(counts)}, {' and '.join(dict.fromkeys(crowd.first.waits_for for crowd in together))}"


def _cause(tangle: Tangle | None) -> str:
    """What a title adds about a lock: who keeps it from those who wait, as far as the text tells."""
    if tangle is None or tangle.holder is None:
        return ""
    if tangle.is_cycle:
        return ": locks are taken in a circle"
    if tangle.holder.again:
        return f": {tangle.holder.function}, their own caller, probably holds the lock"
    held = "the function of a sync.Once has not returned" if tangle.waiter.is_of_once else "the lock is probably held"
    return f": {held} in {tangle.holder.place.in_words}"


def _tangle(subject: Subject, crowd: Crowd) -> Tangle | None:
    """Who waits for whom, where a crowd waits for a lock: the rules about locks leave that to this one."""
    if crowd.operation not in LOCKS:
        return None
    known = subject.once("leaked locks", _leaked_locks)
    return next((known[id(place)] for place in crowd.places if id(place) in known), None)


def _leaked_locks(subject: Subject) -> dict[int, Tangle]:
    """The locks of which the runtime says so, the most awaited first, by the places of those who wait."""
    found: dict[int, Tangle] = {}
    for tangle in subject.once("locks", tangles_of):
        for waiter in tangle.lock.waiters if tangle.is_leaked else ():
            found.setdefault(id(waiter.place), tangle)
    return found


def _advice(subject: Subject, crowd: Crowd, tangle: Tangle | None) -> str:
    """What to do: what the rule would say that tells of such a lock where nobody is called leaked, or by the wait."""
    if tangle is not None:
        rule = next((rule for rule in LOCK_RULES if rule.is_mine(subject, tangle)), None)
        if rule is not None:
            return rule.tell(subject, tangle).advice
    return _OF_PIPES if crowd.first.writes_to_pipe else _BY_OPERATION.get(crowd.operation, _ADVICE)


def _starter(subject: Subject, place: Place) -> dict[str, list[str]]:
    """The evidence: the go statement with its line; in a profile, which has none, the own code that was started."""
    creator, entry = place.stack.created_by, next(filter(subject.ownership.is_own, reversed(place.stack.frames)), None)
    frame = creator if creator is not None and subject.ownership.is_own(creator) else entry
    if frame is None or not frame.line or frame.function == place.function or MAIN in frame.function:
        return {}
    return {"started_by" if frame is creator else "called_by": [f"{frame.function} ({place_in_file(frame)})"]}


def _keeps_alive(subject: Subject, place: Place) -> bool:
    """Whether it is main that waits for ever, as it does where others do all the work, unless it ends something."""
    is_main = place.stack.created_by is None and MAIN in place.stack.functions
    return is_main and place.operation in _FOR_EVER and not subject.knowledge.is_end(words_of(place.function))


def _is_the_runtimes(place: Place) -> bool:
    """Whether it is one goroutine without any address (`1 @`, `# 0x0`): healthy programs of Go 1.27 have one."""
    return place.count == 1 and not place.stack.frames and not place.stack.addresses
