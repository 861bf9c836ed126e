"""The frame that stands for a stack in a table: the one that tells it from others."""

import pytest

from debugtext.records.frames import Frame, Stack
from debugtext.renderers.frames_shown import frame_to_show
from debugtext.stacks.ownership import Ownership


def shown(*functions: str) -> str:
    ownership = Ownership()
    frames = tuple(Frame(function) for function in functions)
    return frame_to_show(Stack(frames), ownership.own_frame, ownership.front_frame).function


@pytest.mark.parametrize(
    ("inner", "wrapper"),
    [
        ("net/http.(*conn).serve", "net/http.(*Server).Serve.gowrap3"),
        ("database/sql.(*DB).connectionOpener", "database/sql.OpenDB.gowrap1"),
        ("os/signal.loop", "os/signal.watchSignalLoop.deferwrap1"),
    ],
)
def test_of_the_standard_library_the_outermost_function_that_somebody_wrote(inner, wrapper):
    assert shown("runtime.gopark", inner, wrapper, "runtime.goexit") == inner


def test_of_the_standard_librarys_own_tests_the_test():
    assert shown("time.Sleep", "net.TestRead", "testing.tRunner", "testing.(*T).Run.func1") == "net.TestRead"
    assert shown("panic", "testing.(*M).startAlarm.func1", "time.goFunc") == "time.goFunc"


def test_where_a_stack_is_cut_off_its_last_whole_frame_is_shown():
    ownership = Ownership()
    frames = Frame("log/syslog.(*Writer).writeAndRetry", "/go/src/log/syslog/syslog.go", 253), Frame("log/syslog.Debug")
    assert frame_to_show(Stack(frames), ownership.own_frame, ownership.front_frame) == frames[0]


@pytest.mark.parametrize(
    "path",
    [
        "github.com/x/q",
        "github.com/me/app/vendor/github.com/x/q",
        "app/vendor/github.com/x/q",
        "vendor/github.com/x/q",
    ],
    ids=["with a host", "vendored", "vendored below a path without a host", "of a vendor folder alone"],
)
def test_of_a_dependency_the_frame_that_waits_and_findings_name_wherever_it_is_kept(path):
    frames = ("runtime.gopark", f"{path}.(*Conn).push", f"{path}.(*Client).reset.func1", "runtime.goexit")
    stack = Stack(tuple(Frame(function, f"/src/vendor/{function}.go", 1) for function in frames))
    ownership = Ownership()
    assert frame_to_show(stack, ownership.own_frame, ownership.front_frame).function == f"{path}.(*Conn).push"
