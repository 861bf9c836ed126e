"""Leaks through public libraries, found by the goroutines that the libraries leave behind."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.crash_facts.crashing import is_snapshot
from debugtext.analyzers.evidence.callers import called_from_elsewhere
from debugtext.analyzers.evidence.let_through import function_with_two_waits
from debugtext.analyzers.evidence.library_users import unseen_code_in_words, users_of
from debugtext.analyzers.evidence.served_clients import may_ask_this_program
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.analyzers.waits.library_limits import judge
from debugtext.knowledge.entries import Library
from debugtext.records.findings import Certainty, Finding, Severity, Verdict, location_of
from debugtext.records.reasons import Passed
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.places import Place
from debugtext.stacks.wording import each, goroutines, ratio, since

_MOST_FUNCTIONS_NAMED = 2
_OF_ITSELF = (
    "The program serves as many requests: if these are its own, as in a test, see first what its handlers wait for."
)


class LibraryLeak(Rule):
    """Goroutines of a well-known library pile up because a caller forgot something.

    **What it sees.** Stacks that an entry in `debugtext/knowledge/` or in your own knowledge files describes: response
    bodies not closed, sql.Rows left open, gRPC connections and watches never closed, contexts never cancelled,
    exhausted pools, clients and caches made again and again, and more. Each entry says how many goroutines, what share
    of all, or how many that stay for minutes make it a leak. Fewer are enough in these cases:

    - twenty, if their ids show that they were started one by one until now;

    - a few that somebody copied out of a dump, after half of the entry's minutes;

    - waiters for a pool such as sql.DB, if nobody shown could return a connection.

    **Why it is trouble.** No frame of your own is on these stacks, so nothing points at the line that forgot to close.
    If as many goroutines of your own wait, in all texts alike, their function is named first: they use what the library
    made.

    **When it is not.** One such goroutine for each connection, pool or watch in use is normal; the limits of the
    entries are above that. If your program has more of them on purpose, ignore the rule for that function.

    **What to do.** The advice in the finding says what the caller has to close; look for the calls that make such
    objects.
    """

    id = "DT211"
    name = "library-leak"
    verdict = Verdict.LEAK
    certainty = Certainty.LIKELY
    fires_on: ClassVar = ("dump/http-body-go1.25.txt", "goroutine/http-body-go1.27.txt")
    quiet_on: ClassVar = ("dump/keepalive-go1.26.txt", "dump/http-load-go1.25.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each entry of the knowledge that a capture fits."""
        by_library: dict[tuple[str, int], tuple[Library, list[Place]]] = {}
        for place in subject.places:
            if place.leaked or not is_snapshot(subject, place.capture):
                continue
            for library in place.libraries:
                by_library.setdefault((library.id, id(place.capture)), (library, []))[1].append(place)
        found: list[tuple[Library, Crowd, Severity, Passed]] = []
        for library, places in by_library.values():
            crowd = Crowd(tuple(sorted(places, key=lambda place: -place.count)))
            severity, reason = judge(subject, library, crowd)
            if reason is not None:
                found.append((library, crowd, severity, reason))
        told = {(name, id(crowd.first.capture)) for library, crowd, _, _ in found for name in library.replaces}
        for library, crowd, severity, reason in found:
            if (library.id, id(crowd.first.capture)) not in told:
                yield self._tell(subject, library, crowd, severity, reason)

    def _tell(self, subject: Subject, library: Library, crowd: Crowd, severity: Severity, reason: Passed) -> Finding:
        oldest = crowd.waits[-1] if crowd.waits else 0
        where = f"{_where(crowd)}{since(crowd.waits, crowd.count)}"
        each = f", {library.each} for each," if library.each > 1 else ""
        user = users_of(subject, crowd)
        beside = f", beside {user.count:,} in {user.first.function}" if user else unseen_code_in_words(subject, crowd)
        twice = function_with_two_waits(subject, crowd) if library.slots else None
        again = _asking(crowd, *twice) if twice else ""
        asks = twice[0] if twice else ""
        places = sorted(crowd.places, key=lambda place: asks not in place.stack.functions)
        found = self.place_finding(
            subject,
            f"{library.title}: {goroutines(crowd.count)}{each} in {where}{beside}{again}",
            [*(user.places[:1] if user else ()), *places],
            severity=severity,
            evidence={
                "pattern": library.id,
                "goroutines": crowd.count,
                "share": ratio(crowd.share),
                "oldest_minutes": oldest,
                "reason": reason,
                **called_from_elsewhere(subject, crowd.places),
                "source": library.source,
            },
            advice=f"{_OF_ITSELF} {library.advice}" if may_ask_this_program(subject, crowd) else library.advice,
        )
        named = [f for f in crowd.first.stack.functions if library in subject.knowledge.entries_of(f)]
        shown = 2 if user else 1
        functions = dict.fromkeys(
            (*found.functions[:shown], *library.companions, *named[-1:], *found.functions[shown:])
        )
        found = replace(found, verdict=Verdict(library.verdict), functions=tuple(functions), count=crowd.count)
        return _opened(found, places[0], asks)


def _opened(found: Finding, place: Place, function: str) -> Finding:
    """The finding with not too many functions; a `function` that asks the library twice comes first, with its line."""
    asks = next((frame for frame in place.stack.frames if frame.function == function), None)
    functions = tuple(dict.fromkeys((*([function] if asks else ()), *found.functions)))[:MOST_FUNCTIONS]
    location = (location_of(asks) if asks else None) or found.location
    return replace(found, functions=functions, location=location)


def _where(crowd: Crowd) -> str:
    """The functions in which the goroutines stand, each with its count; of many functions only the first."""
    counts = crowd.by_function
    if len(counts) <= _MOST_FUNCTIONS_NAMED:
        return each(counts)
    name = crowd.first.function
    return f"{name} ({counts[name]:,}) and {len(counts) - 1} more functions"


def _asking(crowd: Crowd, function: str, count: int) -> str:
    """What the title adds about a function that asks the library twice: it may hold what it got at the first line."""
    frames = (frame for place in crowd.places for frame in place.stack.frames if frame.function == function)
    lines = sorted({frame.line for frame in frames if frame.line})
    at = f" ({', '.join(map(str, lines[:-1]))} and {lines[-1]})" if len(lines) > 1 else ""
    return f"; {count:,} of them in {function}, which asks at two lines{at}"
