"""Requests at the end of a watch: nobody waits for a retry any more."""

import time
from threading import Event

import pytest

from debugtext.errors import InputUnavailableError
from debugtext.history.asking import Asking, Request
from debugtext.history.asking import Clock as WatchClock

URL = "http://localhost:6060/debug/pprof/goroutine?debug=1"


@pytest.fixture
def failing():
    """A program that does not answer: how often it was asked, and a fetch."""
    asked = []

    def fetch(url, timeout, most_bytes, headers):
        asked.append(url)
        raise InputUnavailableError("connection refused")

    fetch.asked = asked
    return fetch


def asking(fetch, sleep, steady=time.monotonic):
    return Asking(fetch, Request(5.0, 1 << 20, {}, 2.0), WatchClock(time.time, steady, sleep))


def test_a_failure_is_tried_twice_again(failing):
    under_test = asking(failing, lambda _: None)
    under_test.ask(URL, URL)
    answers = list(under_test.until(time.monotonic() + 0.2))
    assert [str(answer.error) for answer in answers] == ["connection refused"]
    assert len(failing.asked) == 3


def test_a_target_that_failed_before_the_watch_ends_is_not_asked_again(failing):
    ends, slept = Event(), []

    def steady():  # `last` asks what time it is
        ends.set()
        return time.monotonic()

    under_test = asking(failing, lambda seconds: (slept.append(seconds), ends.wait(5)), steady)
    under_test.ask(URL, URL)
    while not slept:
        time.sleep(0.001)
    assert [str(answer.error) for answer in under_test.last()] == ["connection refused"]
    assert len(failing.asked) == 1


def test_a_target_that_fails_while_the_watch_ends_is_not_asked_again(failing):
    slept = []
    under_test = asking(failing, slept.append)
    under_test._is_ending = True
    under_test.ask(URL, URL)
    assert [str(answer.error) for answer in under_test.last()] == ["connection refused"]
    assert (len(failing.asked), slept) == (1, [])
