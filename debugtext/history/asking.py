"""Asks running programs for their texts, each in a thread of its own: a slow or dying program delays no other."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Protocol

RETRIES = 2
LONGEST_WAIT_SECONDS = 0.5
"""How long to wait for an answer at a time: on some systems Ctrl-C is not seen while a thread waits for another."""


@dataclass(frozen=True, slots=True)
class Request:
    """How to ask: the longest wait for an answer, its most bytes, headers to send, the longest pause before a retry."""

    timeout_seconds: float
    most_bytes: int
    headers: Mapping[str, str]
    pause_seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one request: the text and when it was asked for, or the error of the last attempt."""

    target: str
    asked_at: float
    text: bytes = b""
    error: Exception | None = None


class Fetch(Protocol):
    """A function that fetches a text: debugtext.inputs.fetching.fetch, or that of a test."""

    def __call__(self, url: str, timeout: float, most_bytes: int, headers: Mapping[str, str]) -> IO[bytes]:
        """The body of the answer."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that can sleep; tests have their own.

    `now` gives the time of day in Unix seconds, which says when a text was taken. `steady` gives the seconds since some
    moment: it tells what is due, because nobody sets it back or ahead.
    """

    now: Callable[[], float]
    steady: Callable[[], float]
    sleep: Callable[[float], None]


class Asking:
    """The requests under way, at most one for each target."""

    def __init__(self, fetch: Fetch, request: Request, clock: Clock) -> None:
        self._fetch, self._request, self._clock = fetch, request, clock
        self._answers: SimpleQueue[Answer] = SimpleQueue()
        self._under_way: set[str] = set()
        self._is_ending = False

    def ask(self, target: str, url: str) -> None:
        """Asks a target, unless its last answer is still missing: a slow target loses its own snapshots only."""
        if target not in self._under_way:
            self._under_way.add(target)
            Thread(target=self._run, args=(target, url), daemon=True).start()

    def until(self, moment: float) -> Iterator[Answer]:
        """The answers that come before this moment of the steady clock; returns at this moment."""
        while self._under_way and (left := moment - self._clock.steady()) > 0:
            yield from self._next(left)
        self._clock.sleep(max(0.0, moment - self._clock.steady()))

    def last(self) -> Iterator[Answer]:
        """The answers to the requests that are still under way; none is retried any more."""
        self._is_ending = True
        end = self._clock.steady() + self._request.timeout_seconds + LONGEST_WAIT_SECONDS
        while self._under_way and (left := end - self._clock.steady()) > 0:
            yield from self._next(left)

    def _next(self, seconds: float) -> Iterator[Answer]:
        try:
            answer = self._answers.get(timeout=min(seconds, LONGEST_WAIT_SECONDS))
        except Empty:
            return
        self._under_way.discard(answer.target)
        yield answer

    def _run(self, target: str, url: str) -> None:
        for attempt in range(RETRIES + 1):
            answer = self._asked(target, url)
            if answer.error is None or attempt == RETRIES:
                break
            if not self._is_ending:
                self._clock.sleep(min(2.0**attempt, self._request.pause_seconds))
            if self._is_ending:  # the answer to a further request would come too late
                break
        self._answers.put(answer)

    def _asked(self, target: str, url: str) -> Answer:
        asked_at, how = self._clock.now(), self._request
        try:
            with self._fetch(url, how.timeout_seconds, how.most_bytes, how.headers) as body:
                return Answer(target, asked_at, body.read())
        except Exception as error:  # noqa: BLE001 - a target without an answer would never be asked again
            return Answer(target, asked_at, error=error)
