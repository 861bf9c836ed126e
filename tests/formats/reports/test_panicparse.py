"""A dump that panicparse has reduced becomes goroutines again, without their numbers."""

import pytest

from debugtext.formats.reports import panicparse
from debugtext.records.captures import Capture

from ..parsing import captures_by

SENDERS = """\
3: chan send [2~7 minutes] [Created by brew.(*Pot).Fill @ pot.go:23]
    brew pot.go:24           (*Pot).Fill.func1(chan<- int(#1), ...)
    http server.go:2358      HandlerFunc.ServeHTTP(#2)
    (...)
"""
MAIN = """\
1: select (no cases)
    main /src/brew/main.go:5 main()
"""
LOCKED = """\
1: sync.Mutex.Lock [locked] [Created by brew.Wait @ /go/pkg/mod/example.com/brew@v1.2.0/wait.go:9]
    sync mutex.go:46         (*Mutex).Lock(...)
"""
RUNNING = "1: running\n    main main.go:7 boil(*)\n"


def captures(text: str) -> list[Capture]:
    return captures_by(panicparse, text=text)


def test_each_goroutine_of_a_bucket():
    (capture,) = captures(f"Look:\n{SENDERS}\nThank you\n")
    assert (capture.first_line, capture.last_line, capture.problems) == (2, 5, ())
    goroutines = capture.body.goroutines
    assert [(g.id, g.state.status, g.state.waiting_minutes) for g in goroutines] == [
        (0, "chan send", 7),
        (0, "chan send", 2),
        (0, "chan send", 2),
    ]
    stack = goroutines[0].stack
    assert stack.functions == ("brew.(*Pot).Fill.func1", "net/http.HandlerFunc.ServeHTTP")
    assert (stack.frames[0].file, stack.frames[0].line) == ("pot.go", 24)
    assert (stack.created_by.function, stack.created_by.file) == ("brew.(*Pot).Fill", "pot.go")


def test_buckets_above_one_that_names_its_creator_belong_to_it():
    (capture,) = captures(MAIN + SENDERS + LOCKED)
    assert [(group.count, group.state.status, group.line) for group in capture.groups()] == [
        (3, "chan send", 3),
        (1, "select (no cases)", 1),
        (1, "sync.Mutex.Lock", 7),
    ]
    assert [g.id for g in capture.body.goroutines] == [1, 0, 0, 0, 0]
    locked = capture.body.goroutines[4]
    assert locked.state.locked_to_thread
    assert locked.stack.created_by.function == "example.com/brew.Wait"


def test_the_goroutine_that_runs_may_stand_alone():
    (capture,) = captures("panic: too hot\n\n" + RUNNING)
    assert capture.body.goroutines[0].stack.functions == ("main.boil",)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("3: chan send [Created by brew.Fill @ pot.go:23]\nno frame\n", id="no frame"),
        pytest.param("12: running\nAll is well.\n", id="words"),
        pytest.param("- service 1: running [Created by hand]\n", id="a list"),
    ],
)
def test_what_only_looks_like_a_bucket(text):
    assert captures(text) == []
