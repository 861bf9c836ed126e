"""A store in a temporary folder, and a program to watch that answers what a test tells it to."""

import io

import pytest

from debugtext.errors import InputUnavailableError
from debugtext.history.store import Store

from ..texts import profile


@pytest.fixture
def store(tmp_path):
    """An empty store."""
    with Store(tmp_path / "history.sqlite") as opened:
        yield opened


@pytest.fixture
def goroutine_text():
    """The text of a debug=1 profile: `goroutine_text({"main.leak": 3})`."""

    def make(counts) -> bytes:
        return profile(*((count, (function,)) for function, count in counts.items())).encode()

    return make


@pytest.fixture
def answers():
    """A fetch that gives the texts of an iterator (or one for each URL) in turn, and raises exceptions among them."""

    def make(texts):
        asked = []

        def fetch(url, timeout, most_bytes, headers):
            asked.append((url, timeout, most_bytes, dict(headers)))
            answer = next(texts[url] if isinstance(texts, dict) else texts, None)
            if answer is None:
                raise InputUnavailableError("nobody listens there")
            if isinstance(answer, Exception):
                raise answer
            return io.BytesIO(answer)

        fetch.asked = asked
        return fetch

    return make


class Clock:
    """A clock that moves only when somebody sleeps; `set_by` is how far the time of day was set ahead."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.set_by = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time + self.set_by

    def steady(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def clock():
    return Clock()
