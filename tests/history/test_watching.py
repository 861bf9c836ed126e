"""A watch against a program that answers, fails, comes back and begins anew."""

import io
import sqlite3
import time
from dataclasses import replace
from threading import Event

import pytest

from debugtext.errors import InputUnavailableError, UnreadableInputError
from debugtext.growth.snapshots import GOROUTINES, Snapshot, snapshot
from debugtext.history.asking import Clock as WatchClock
from debugtext.history.reports import report_on_targets
from debugtext.history.watching import Plan, Watch, targets
from debugtext.reading import read
from debugtext.records.growth import Shape
from debugtext.records.memstats import MemStats
from debugtext.settings import Settings

URL = "http://localhost:6060/debug/pprof/goroutine?debug=1"


class Listener:
    def __init__(self) -> None:
        self.taken, self.events = [], []

    def took(self, target, taken):
        self.taken.append(taken.total(GOROUTINES))

    def happened(self, target, words):
        self.events.append(words)


@pytest.fixture
def listener():
    return Listener()


@pytest.fixture
def watch(store, clock, listener, answers):
    def make(texts, urls=(URL,), every=30.0, duration=150.0, **others):
        plan = Plan(urls, every, duration, timeout_seconds=5, most_bytes=1 << 20, **others)
        return Watch(
            plan,
            store,
            answers(texts if isinstance(texts, dict) else iter(texts)),
            listener,
            WatchClock(clock.now, clock.steady, clock.sleep),
        )

    return make


def test_a_leak_is_found_within_six_snapshots(watch, store, goroutine_text, listener):
    watch([goroutine_text({"main.leak": 1 + 9 * i, "main.pool": 8}) for i in range(6)]).run()
    assert listener.taken == [9, 18, 27, 36, 45, 54]
    report = report_on_targets(store, [URL], Settings())
    assert report.trends[0].functions == ("main.leak",)
    assert (report.trends[0].grew, report.trends[0].slope) == (True, pytest.approx(0.3))
    assert report.findings[0].functions[0] == "main.leak"


def test_snapshots_come_at_fixed_times(watch, store, goroutine_text, clock):
    watch([goroutine_text({"main.f": 1})] * 3, every=20.0, duration=40.0).run()
    assert [entry.taken_at for entry in store.entries()] == [1000.0, 1020.0, 1040.0]


@pytest.mark.parametrize(("seconds", "taken_at"), [(11.0, 1021.0), (15.0, 1030.0)])
def test_who_wakes_late_takes_the_next_snapshot_at_its_time(watch, store, goroutine_text, clock, seconds, taken_at):
    """A machine that sleeps 11 s too long at 10 s is 1 s late for the snapshot at 20 s, which is soon enough."""

    def sleep(wanted):
        clock.time += wanted + (seconds if wanted and clock.time == 1000.0 else 0.0)

    clock.sleep = sleep
    watch([goroutine_text({"main.f": 1})] * 5, every=10.0, duration=30.0).run()
    assert [entry.taken_at for entry in store.entries()] == sorted({1000.0, taken_at, 1030.0})


def test_a_slow_target_costs_snapshots_but_shifts_none(watch, store, goroutine_text, clock):
    def slowly():
        for _ in range(3):
            clock.time += 25.0
            yield goroutine_text({"main.f": 1})

    watch(slowly(), every=10.0, duration=60.0).run()
    assert [entry.taken_at for entry in store.entries()] == [1000.0, 1030.0, 1060.0]


@pytest.mark.parametrize("set_by", [-3600.0, 3600.0])
def test_a_clock_that_is_set_moves_no_snapshot(watch, store, goroutine_text, clock, set_by):
    def while_the_clock_is_set():
        yield goroutine_text({"main.f": 1})
        clock.set_by = set_by
        for _ in range(2):
            yield goroutine_text({"main.f": 1})

    watch(while_the_clock_is_set(), every=20.0, duration=40.0).run()
    assert {entry.taken_at for entry in store.entries()} == {1000.0, 1020.0, 1040.0 + set_by}
    assert clock.time == 1040.0


def test_a_program_that_restarts_all_the_time_costs_no_more_memory(watch, store, clock, monkeypatch):
    monkeypatch.setattr("debugtext.history.watching.MOST_STACKS", 30)
    monkeypatch.setattr("debugtext.history.store.MOST_STACKS_REMEMBERED", 30)
    texts = (
        "".join(
            ["goroutine profile: total 10\n"]
            + [f"1 @ {at:#x}\n#\t{at:#x}\tmain.f{at}+0x24\t/src/main.go:9\n\n" for at in range(start, start + 10)]
        ).encode()
        for start in range(4096, 8192, 16)
    )
    taking = watch(texts, every=10.0, duration=200.0)
    taking.run()
    assert len(store.entries()) == 21
    assert max(len(taking._stacks), len(store._numbers)) <= 40


def test_the_text_is_kept_as_it_came(watch, store, goroutine_text):
    text = goroutine_text({"main.f": 3})
    watch([text], duration=0.0).run()
    assert store.text(store.entries()[0].number) == text


def test_one_failure_is_tried_again(watch, goroutine_text, listener):
    watch([InputUnavailableError("connection refused"), goroutine_text({"main.f": 3})], duration=0.0).run()
    assert (listener.taken, listener.events) == ([3], [])


def test_a_target_that_dies_and_comes_back(watch, store, goroutine_text, listener):
    text, gone = goroutine_text({"main.f": 3}), InputUnavailableError("connection refused")
    watch([text, *[gone] * 6, text], duration=90.0).run()
    assert listener.taken == [3, 3]
    assert listener.events == ["no snapshot: connection refused", "answers again"]
    assert [event.words for event in store.events(URL)] == listener.events


def test_an_error_of_ours_costs_a_snapshot_and_not_the_watch(watch, goroutine_text, listener, monkeypatch):
    text, ours = goroutine_text({"main.f": 3}), ZeroDivisionError("oh")
    watch([text, *[ours] * 3, text], duration=60.0).run()
    assert listener.taken == [3, 3]
    assert listener.events == [
        "no snapshot: internal error, please report it: ZeroDivisionError: oh (DEBUGTEXT_TRACEBACK=1 shows where)",
        "answers again",
    ]
    monkeypatch.setenv("DEBUGTEXT_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        watch([ours] * 3, duration=0.0).run()


def test_a_restart_is_told(watch, listener):
    dumps = (f"goroutine {n} [select]:\nmain.f()\n\t/src/main.go:7 +0x24\n".encode() for n in (800, 900, 3))
    watch(dumps, duration=60.0).run()
    assert listener.events == ["the process began anew: its counters fell"]


def test_an_answer_that_is_no_debug_text(watch, store, listener):
    plain = b"hello, this is a service that says hello\n" * 3
    html = b"<html><body>not found</body></html>"
    taking = watch([plain, html], duration=30.0)
    taking.run()
    assert store.entries() == []
    assert isinstance(taking.errors[URL], UnreadableInputError)
    assert len(listener.events) == 1


def test_what_is_asked(watch, goroutine_text, store, clock, listener, answers):
    taking = watch([goroutine_text({"main.f": 1})], duration=0.0, headers={"Authorization": "Bearer secret"})
    taking.run()
    assert taking._asking._fetch.asked == [(URL, 5, 1 << 20, {"Authorization": "Bearer secret"})]


def test_an_interrupt_leaves_what_was_taken(watch, store, goroutine_text, clock):
    def sleep(seconds):
        if clock.time > 1050:
            raise KeyboardInterrupt
        clock.time += seconds

    clock.sleep = sleep
    with pytest.raises(KeyboardInterrupt):
        watch([goroutine_text({"main.f": 1 + i}) for i in range(9)]).run()
    assert [one.total(GOROUTINES) for one in store.snapshots(URL)] == [1, 2, 3]


def test_a_store_that_is_locked_for_a_while_costs_no_snapshot(watch, store, goroutine_text, listener):
    store._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(store.path, isolation_level=None, check_same_thread=False)

    def while_another_process_prunes():
        for count in range(1, 7):
            if count in (2, 4):
                other.execute("BEGIN IMMEDIATE" if count == 2 else "ROLLBACK")
            yield goroutine_text({"main.f": count})

    watch(while_another_process_prunes(), duration=150.0).run()
    other.close()
    assert [one.total(GOROUTINES) for one in store.snapshots(URL)] == [1, 2, 3, 4, 5, 6]
    assert [entry.taken_at for entry in store.entries()] == [1000.0 + 30 * i for i in range(6)]
    assert listener.taken == [1, 2, 3, 4, 5, 6]
    assert len(listener.events) == 2


def test_a_bare_server_gives_heap_and_goroutines():
    assert targets("http://localhost:6060") == (
        "http://localhost:6060/debug/pprof/heap?debug=1&gc=1",
        "http://localhost:6060/debug/pprof/goroutine?debug=1",
    )
    assert targets("http://localhost:6060/debug/pprof/heap") == ("http://localhost:6060/debug/pprof/heap?debug=1",)
    assert targets("unix:/run/app.sock:/debug/pprof/goroutine?debug=2") == (
        "unix:/run/app.sock:/debug/pprof/goroutine?debug=2",
    )


def test_several_targets_keep_their_trends_apart(watch, store, goroutine_text):
    urls = ("http://a/debug/pprof/goroutine?debug=1", "http://b/debug/pprof/goroutine?debug=1")
    texts = {
        url: iter([goroutine_text({"main.f": 5 + n * i}) for i in range(6)])
        for url, n in zip(urls, (0, 9), strict=True)
    }
    watch(texts, urls=urls).run()
    report = report_on_targets(store, urls, Settings())
    assert [(trend.source, trend.grew) for trend in report.trends if not trend.name] == [
        (urls[0], False),
        (urls[1], True),
    ]


def test_a_password_is_not_kept(watch, store, goroutine_text):
    url = "http://user:secret@localhost/debug/pprof/goroutine?debug=1"
    watch([goroutine_text({"main.f": 1})], urls=(url,), duration=0.0).run()
    assert [target.name for target in store.targets()] == ["http://localhost/debug/pprof/goroutine?debug=1"]


def test_who_does_not_answer_delays_nobody(store, goroutine_text, listener):
    """In real time: one server hangs for good, and is asked once; the other is asked every 30 ms all the same."""
    hangs, asked = Event(), []

    def fetch(url, timeout, most_bytes, headers):
        asked.append(url)
        if "hangs" in url:
            hangs.wait(5)
        return io.BytesIO(goroutine_text({"main.f": 1}))

    urls = ("http://hangs/debug/pprof/goroutine?debug=1", "http://runs/debug/pprof/goroutine?debug=1")
    plan = Plan(urls, every_seconds=0.03, for_seconds=0.9, timeout_seconds=0.1, most_bytes=1 << 20)
    started = time.monotonic()
    Watch(plan, store, fetch, listener, WatchClock(time.time, time.monotonic, time.sleep)).run()
    hangs.set()
    assert time.monotonic() - started < 3
    assert {target.name for target in store.targets()} == {urls[1]}
    assert len(store.entries(urls[1])) >= 5
    assert asked.count(urls[0]) == 1


def test_a_restart_that_the_heap_shows_ends_the_run_of_the_goroutines_too(store, goroutine_text):
    """The profile of goroutines has no counter: its second run alone is judged, in which nothing grows."""
    heap, goroutine = (f"http://x/debug/pprof/{name}?debug=1" for name in ("heap", "goroutine"))
    for index, (cycles, count) in enumerate(
        zip([90, 91, 1, 2, 3, 4, 5, 6], [9, 9, 40, 40, 40, 40, 40, 40], strict=True)
    ):
        at = 1000.0 + 30 * index
        store.add(
            heap, Snapshot(heap, at, memstats=MemStats(num_gc=cycles)), b"heap profile: 0: 0 [0: 0] @ heap/524288\n"
        )
        text = goroutine_text({"main.f": count})
        store.add(goroutine, snapshot(replace(read(text), taken_at=at)), text)
    [pool] = [trend for trend in report_on_targets(store, [heap, goroutine], Settings()).trends if trend.functions]
    assert (pool.points, pool.shape) == (6, Shape.STEADY)
