"""Rows of what grew that only tell of the request for the text."""

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read
from debugtext.records.frames import Frame, Stack
from debugtext.records.growth import Change, Shape, Trend
from debugtext.renderers import render
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.own_request import without_own_request

from ..texts import profile


def stack(*functions, **others):
    return Stack(tuple(Frame(function, "/src/f.go", 7) for function in functions), **others)


AHEAD = stack("internal/poll.runtime_pollWait", "net.(*conn).Read", "net/http.(*connReader).backgroundRead")
MADE = stack("net/http.(*connReader).startBackgroundRead.gowrap2")
WRITER = stack("runtime/pprof.writeGoroutine", "net/http/pprof.handler.ServeHTTP", "net/http.(*conn).serve")
OWN = stack("internal/poll.runtime_pollWait", "net/http.(*connReader).backgroundRead", "main.wrap")


def change(of, delta=1, kind="goroutine"):
    return Change(kind, "count", of.functions, 3, 3 + delta, of)


def trend(of, values):
    return Trend("goroutine", "count", values, Shape.UNKNOWN, of.functions, of)


@pytest.mark.parametrize(
    ("grown", "is_shown"),
    [
        pytest.param([change(AHEAD)], False, id="it reads ahead"),
        pytest.param([change(MADE), change(WRITER)], False, id="just made, and the writer"),
        pytest.param([change(Stack())], False, id="no stack yet"),
        pytest.param([change(AHEAD, -1)], False, id="it is gone"),
        pytest.param([trend(AHEAD, (0, 0, 1))], False, id="in a series"),
        pytest.param([change(AHEAD, 2)], True, id="two connections"),
        pytest.param([trend(AHEAD, (57, 3, 61))], True, id="many in a series"),
        pytest.param([change(OWN)], True, id="the program's own"),
        pytest.param([change(AHEAD), change(stack("main.work"))], True, id="beside others"),
        pytest.param([change(Stack(unavailable=True))], True, id="a stack that could not be printed"),
        pytest.param([change(Stack(addresses=(0x401000,)))], False, id="just made, in a profile"),
        pytest.param([change(Stack(addresses=(0x401000, 0x402000)))], True, id="a stack without names"),
        pytest.param([change(AHEAD, 1, "inuse_space")], True, id="memory"),
    ],
)
def test_what_is_left_of_what_grew(grown, is_shown):
    assert without_own_request(grown) == (grown if is_shown else [])


def served(*groups):
    return read(profile(*((count, (name,)) for count, name in groups)))


@pytest.mark.parametrize(
    ("name", "full"), [("table", False), ("markdown", False), ("table", True)], ids=["table", "markdown", "full"]
)
def test_the_request_is_no_growth(name, full):
    first = served((9, "main.work"))
    last = served((9, "main.work"), (1, "net/http.(*connReader).backgroundRead"))
    text = render(analyze([first, last]), name, RenderOptions(full=full))
    assert ("backgroundRead" in text) is full
    assert ("No stack grew, apart from the request for the text." in text) is (name == "table" and not full)
