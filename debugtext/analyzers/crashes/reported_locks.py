"""The rule about reports of deadlock detectors: a lock is not released, taken twice, or taken in two orders."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.crash_facts.which_rule import rule_of
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Frame
from debugtext.records.lock_reports import LockPlace
from debugtext.stacks.lock_types import takes_lock

_ADVICE = {
    "waiting": "Open the one that has taken it: see what keeps it from releasing the lock, and do that outside of it.",
    "again": "Release the lock before the one that locks again is called, or split off one that expects it to be held: "
    "Go's locks are not re-entrant.",
    "after": "Take these locks in the same order everywhere, or release the first before taking the second.",
}
_BLIND_ADVICE = (
    "This version of go-deadlock cannot tell goroutines apart (all are goroutine 0): update it, and look again."
)


class ReportedLock(Rule):
    """A deadlock detector has found locks that block each other, or will.

    **What it sees.** Reports of github.com/sasha-s/go-deadlock (`POTENTIAL DEADLOCK:`): a lock that somebody has waited
    for too long, one that a goroutine takes twice, and two that are taken in different orders. Of the race runtime's
    reports (`WARNING: DEADLOCK`), the last two of these.

    **Why it is trouble.** Whoever waits for such a lock hangs, and so does everyone who comes after. Two locks taken in
    different orders are a deadlock that has not happened yet.

    **When it is not.** When a lock is held for long on purpose: the detector's limit (`DeadlockTimeout`, 30 seconds)
    may be too short for it. On newer versions of Go, go-deadlock before 0.3.6 takes all goroutines for the same one
    (`goroutine 0`): such a report is a note.

    **What to do.** Open both functions: release the lock before the call, or take the locks in one order.
    """

    id = "DT307"
    name = "reported-lock"
    verdict = Verdict.DEADLOCK
    certainty = Certainty.LIKELY
    fires_on: ClassVar = ("crash/lock-order-report-go1.26.txt", "crash/lock-held-report-go1.26.txt")
    quiet_on: ClassVar = ("dump/lock-order-go1.27.txt", "crash/deadlock-mutex-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each list of functions, however often it is reported."""
        seen: dict[tuple[str, ...], list[tuple[str, Crash]]] = {}
        for name, capture in subject.captures():
            if isinstance(capture.body, Crash) and rule_of(capture.body) == self.id and capture.body.locks:
                key = tuple(frame.function for frame in _frames(capture.body))
                seen.setdefault(key, []).append((name, capture.body))
        for reports in seen.values():
            yield self._tell(subject, *reports[0], len(reports))

    def _tell(self, subject: Subject, name: str, crash: Crash, count: int) -> Finding:
        frames = _frames(crash)
        stacks = [place.stack for place in _places(crash)]
        rest = (function for stack in stacks for function in subject.functions(stack))
        functions = tuple(dict.fromkeys((*(frame.function for frame in frames), *rest)))
        is_blind = any(place.goroutine == 0 for place in crash.locks)
        role = _role(crash)
        return self.finding(
            _title(crash),
            severity=Severity.NOTE if is_blind else Severity.ERROR,
            functions=functions[:MOST_FUNCTIONS],
            front=frames[0] if frames else None,
            stack=stacks[0] if stacks else None,
            count=count,
            source=(name, crash.line),
            evidence={**_said(crash), "goroutines": len(crash.dump.goroutines), "reports": count},
            advice=_BLIND_ADVICE if is_blind else _ADVICE[role],
        )


def _role(crash: Crash) -> str:
    """What the report is about: `after` (two orders), `again` (taken twice) or `waiting`."""
    roles = {place.role for place in crash.locks}
    return next((role for role in ("after", "again") if role in roles), "waiting")


def _said(crash: Crash) -> dict[str, object]:
    """The detector's own words, as evidence; none for a wait that is too long, which the title tells already."""
    return {} if _role(crash) == "waiting" else {"reason": f"the detector says: {crash.reason}"}


def _places(crash: Crash) -> list[LockPlace]:
    """The places to show. The first is the one to open: it holds the lock, or takes it again."""
    places = [place for place in crash.locks if place.role != "holding" and place.stack.frames]
    role = _role(crash)
    if role == "after":
        return places
    if role == "again":
        again = max((index for index, place in enumerate(places) if place.role == "again"), default=0)
        return [*places[again : again + 1], *places[:again], *places[again + 1 :]]
    return sorted(places, key=lambda place: place.role != "previous")


def _frames(crash: Crash) -> list[Frame]:
    """For each place, the frame that takes the lock, not a Lock method that wraps another lock."""
    found = []
    for place in _places(crash):
        own = (frame for frame in place.stack.frames if not takes_lock(frame.function))
        found.append(next(own, place.stack.frames[0]))
    return found


def _title(crash: Crash) -> str:
    frames = _frames(crash)
    names = [frame.function for frame in frames]
    role = _role(crash)
    if role == "after" and len(names) > 3:  # noqa: PLR2004 - two and two
        return f"two locks are taken in two orders: {_in_order(*frames[:2])}, {_in_order(*frames[2:4])}"
    if role == "again" and len(names) > 1:
        return f"{names[0]} locks again what {names[1]} has locked"
    if role == "waiting" and len(names) > 1:
        holder = names[0] if names[0] != names[1] else "another call of it"
        return f"{names[1]}{_longer(crash)} for a lock that {holder} has taken{_doing(crash)}"
    return f"a lock is not released{_doing(crash)}" + (f", taken in {names[0]}" if names else "")


def _in_order(first: Frame, second: Frame) -> str:
    """Where two locks are taken one after the other: in two functions, or on two lines of one function."""
    if first.function != second.function or first.line is None or second.line is None:
        return f"in {first.function} before {second.function}"
    return f"in {first.function} on line {first.line} before line {second.line}"


def _longer(crash: Crash) -> str:
    waited = next((place.waited for place in crash.locks if place.waited), "")
    return f" waits longer than {waited}" if waited else " waits"


def _doing(crash: Crash) -> str:
    """What the goroutine that holds the lock does now."""
    holder = next((place.goroutine for place in crash.locks if place.role == "previous"), None)
    now = next((goroutine for goroutine in crash.goroutines if goroutine.id == holder), None)
    return f" ({now.state.status} now)" if now is not None and now.state.status else ""
