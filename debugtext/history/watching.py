"""Takes the texts of running programs at fixed times, keeps each in the store, and says what happens meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from typing import BinaryIO, Protocol

from debugtext.errors import DebugtextError
from debugtext.fetching import complete, without_password
from debugtext.growth.bookkeeping import restarts
from debugtext.growth.snapshots import Snapshot, snapshot
from debugtext.history.store import Store
from debugtext.reading import read
from debugtext.records.frames import Stack

PROFILES = ("/debug/pprof/heap?debug=1", "/debug/pprof/goroutine?debug=1")
"""What is taken of a URL that names only a server. debug=2 would stop the world for as long as it prints."""
RETRIES = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """What to take, how often, for how long (None: until interrupted), how long to wait for an answer; in seconds."""

    urls: tuple[str, ...]
    every_seconds: float
    for_seconds: float | None
    timeout_seconds: float
    most_bytes: int
    headers: Mapping[str, str] = field(default_factory=dict)


class Fetch(Protocol):
    """How a text is fetched: debugtext.fetching.fetch, or a test's."""

    def __call__(self, url: str, timeout: float, most_bytes: int, headers: Mapping[str, str]) -> BinaryIO:
        """The body of the answer."""


class Listener(Protocol):
    """Whoever is told about a watch."""

    def took(self, target: str, taken: Snapshot) -> None:
        """A snapshot is in the store."""

    def happened(self, target: str, words: str) -> None:
        """A target did not answer, came back, or began anew."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of day in seconds, and how to wait for a later one."""

    now: Callable[[], float]
    sleep: Callable[[float], None]


def targets(url: str) -> tuple[str, ...]:
    """The URLs to fetch for one that was given: heap and goroutines of a bare server, debug=1 where it is missing."""
    return tuple(dict.fromkeys(complete(url, path) for path in PROFILES))


class Watch:
    """One run of a plan; `errors` holds the last trouble of each target that never answered."""

    def __init__(self, plan: Plan, store: Store, fetch: Fetch, listener: Listener, clock: Clock) -> None:
        self.plan, self.store = plan, store
        self.urls = {without_password(url): url for given in plan.urls for url in targets(given)}
        self.errors: dict[str, DebugtextError] = {}
        self._fetch, self._listener, self._clock = fetch, listener, clock
        self._last: dict[str, Snapshot] = {}
        self._stacks: dict[Stack, Stack] = {}
        self._failing: set[str] = set()

    def run(self) -> None:
        """Takes snapshots until the time is over; what was taken is in the store whatever ends this."""
        start = self._clock.now()
        end = None if self.plan.for_seconds is None else start + self.plan.for_seconds
        due = start
        while end is None or due <= end:
            self._clock.sleep(max(0.0, due - self._clock.now()))
            for target in self.urls:
                self.take(target)
            late = max(1, ceil((self._clock.now() - due) / self.plan.every_seconds))
            due += late * self.plan.every_seconds  # a slow target costs snapshots, it does not shift them

    def take(self, target: str) -> None:
        """One snapshot of one target, tried again a few times."""
        for attempt in range(RETRIES + 1):
            try:
                text, taken_at = self._text(self.urls[target])
                taken = self._taken(target, text, taken_at)
            except DebugtextError as error:
                if attempt == RETRIES:
                    self._failed(target, error)
                else:
                    self._clock.sleep(min(2.0**attempt, self.plan.every_seconds / 4))
            else:
                self._keep(target, taken, text)
                return

    def _text(self, url: str) -> tuple[bytes, float]:
        taken_at = self._clock.now()
        with self._fetch(url, self.plan.timeout_seconds, self.plan.most_bytes, self.plan.headers) as answer:
            return answer.read(), taken_at

    def _taken(self, target: str, text: bytes, taken_at: float) -> Snapshot:
        reading = replace(read(text, name=target), taken_at=taken_at)
        if not reading.captures:
            raise DebugtextError("the answer holds no Go debug text")
        return snapshot(reading, self._stacks)

    def _keep(self, target: str, taken: Snapshot, text: bytes) -> None:
        before = self._last.get(target)
        self.store.add(target, taken, text)
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
        self.store.note(target, self._clock.now(), words)
        self._listener.happened(target, words)
