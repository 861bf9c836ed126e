"""Takes the texts of running programs at fixed times, keeps them in the store, and reports events meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from debugtext.errors import DebugtextError, unexpected_in_words, wants_traceback
from debugtext.growth.bookkeeping import restarts
from debugtext.growth.snapshots import Snapshot, snapshot
from debugtext.history.asking import Answer, Asking, Clock, Fetch, Request
from debugtext.history.store import Store
from debugtext.history.writing import Writing
from debugtext.inputs.fetching import complete, without_password
from debugtext.reading import read
from debugtext.records.captures import Reading
from debugtext.records.frames import Stack

PROFILES = ("/debug/pprof/heap?debug=1&gc=1", "/debug/pprof/goroutine?debug=1")
"""The pages that are fetched if a URL names only a server.

Without gc=1, a heap text shows nothing new until the next collection. goroutine?debug=2 would stop the world for as
long as it prints.
"""
MOST_STACKS = 10_000
"""Stacks hold addresses, so that each restart of a program at other addresses brings all of them anew."""
LATE_SHARE, LATE_SECONDS = 0.25, 0.05
"""A snapshot is left out if it would be late by more than this part of the interval and more than these seconds."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to watch, how often, for how long (None: until interrupted), and how to ask for a text."""

    urls: tuple[str, ...]
    every_seconds: float
    for_seconds: float | None
    timeout_seconds: float
    most_bytes: int
    headers: Mapping[str, str] = field(default_factory=dict)


class Listener(Protocol):
    """Follows a watch while it runs."""

    def took(self, target: str, taken: Snapshot) -> None:
        """Called when a snapshot is in the store, or waits until the store takes it."""

    def happened(self, target: str, words: str) -> None:
        """Called when a target (or the store) does not answer, answers again, or has restarted; `words` say which."""


def targets(url: str) -> tuple[str, ...]:
    """The URLs to fetch for a given one: heap and goroutines if it names only a server; debug=1 is added if missing."""
    return tuple(dict.fromkeys(complete(url, path) for path in PROFILES))


class Watch:
    """Carries out a plan; `errors` holds the last error of each target that never answered."""

    def __init__(self, plan: Plan, store: Store, fetch: Fetch, listener: Listener, clock: Clock) -> None:
        self.plan = plan
        self.urls = {without_password(url): url for given in plan.urls for url in targets(given)}
        self.errors: dict[str, DebugtextError] = {}
        self._listener, self._clock = listener, clock
        request = Request(plan.timeout_seconds, plan.most_bytes, plan.headers, plan.every_seconds / 4)
        self._asking = Asking(fetch, request, clock)
        self._writing = Writing(store, lambda words: listener.happened("the watch", words))
        self._last: dict[str, Snapshot] = {}
        self._stacks: dict[Stack, Stack] = {}
        self._failing: set[str] = set()

    def run(self) -> None:
        """Takes snapshots until the time is over; those taken are in the store, whatever ends this.

        Raises StoreError if the store takes nothing any more.
        """
        try:
            self._ask_in_time()
            for answer in self._asking.last():
                self._take(answer)
        finally:
            self._writing.finish()

    def _ask_in_time(self) -> None:
        start = self._clock.steady()
        end = None if self.plan.for_seconds is None else start + self.plan.for_seconds
        due = start
        while end is None or due <= end:
            self._wait_until(due)
            late = self._clock.steady() - due
            if due == start or late <= max(LATE_SHARE * self.plan.every_seconds, LATE_SECONDS):
                for target, url in self.urls.items():
                    self._asking.ask(target, url)
            self._writing.write_waiting()  # while the targets answer: a locked store may take seconds to refuse
            due += self.plan.every_seconds

    def _wait_until(self, moment: float) -> None:
        for answer in self._asking.until(moment):
            self._take(answer)

    def _take(self, answer: Answer) -> None:
        try:
            taken = snapshot(_reading(answer), self._known_stacks())
        except DebugtextError as error:
            self._failed(answer.target, error)
        except Exception as error:
            if wants_traceback():
                raise
            self._failed(answer.target, DebugtextError(unexpected_in_words(error)))
        else:
            self._keep(answer.target, taken, answer.text)

    def _known_stacks(self) -> dict[Stack, Stack]:
        """The stacks that snapshots share; of too many, those of the last snapshots are left."""
        if len(self._stacks) > MOST_STACKS:
            last = (weights for taken in self._last.values() for weights in taken.weights.values())
            self._stacks = {weight.stack: weight.stack for weights in last for weight in weights}
        return self._stacks

    def _keep(self, target: str, taken: Snapshot, text: bytes) -> None:
        before = self._last.get(target)
        self._writing.add(target, taken, text)
        self._last[target] = taken
        if target in self._failing:
            self._failing.discard(target)
            self._tell(target, "answers again")
        self.errors.pop(target, None)
        if before is not None and restarts((before, taken)):
            self._tell(target, "the process began anew: its counters fell")
        self._listener.took(target, taken)

    def _failed(self, target: str, error: DebugtextError) -> None:
        if target not in self._last:
            self.errors[target] = error
        if target not in self._failing:
            self._failing.add(target)
            self._tell(target, f"no snapshot: {error}")

    def _tell(self, target: str, words: str) -> None:
        self._writing.note(target, self._clock.now(), words)
        self._listener.happened(target, words)


def _reading(answer: Answer) -> Reading:
    """The reading of an answer; raises its error, or DebugtextError if there is no debug text in it."""
    if answer.error is not None:
        raise answer.error
    reading = read(answer.text, name=answer.target)
    if not reading.captures:
        raise DebugtextError("the answer holds no Go debug text")
    return replace(reading, taken_at=answer.asked_at)
