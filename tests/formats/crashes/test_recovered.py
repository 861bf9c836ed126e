"""Stacks of recovered panics in the forms of frameworks and loggers; those of errors are left alone."""

import json

import pytest

from debugtext import read
from debugtext.formats.crashes import recovered
from debugtext.formats.import_paths import import_path, with_path
from debugtext.records.captures import Capture

from ..parsing import captures_by

GIN_STACK = """\
/usr/local/go/src/runtime/signal_unix.go:931 (0x487aa5)
\tsigpanic: panicmem()
/src/tea/pot/pot.go:7 (0x9951ce)
\t(*Pot).Pour: *p.cups++
/go/pkg/mod/github.com/!some/web@v1.3.0/utils.go:48 (0x853d6cd)
\tWrap.func1: h.ServeHTTP(c.Writer, c.Request)
/src/tea/main.go:16 (0x995192)
\tmain.func1: ???
"""
GIN = [
    "runtime.sigpanic",
    "tea/pot.(*Pot).Pour",
    "github.com/Some/web.Wrap.func1",
    "main.main.func1",
]
REQUEST = "GET /pour HTTP/1.1\nHost: example.com\nAccept: */*\n\n\n"
CHI = """\
 panic: no tea

 -> example.com/tea/pot.(*Pot).Pour
 ->   /src/tea/pot/pot.go:7

    example.com/tea/pot.Fill[...]
      /src/tea/pot/pot.go:14
    main.main
      /src/tea/main.go:18

"""
LOGGED = """\
main.main.func1
\t/src/tea/main.go:43
runtime.gopanic
\t/usr/local/go/src/runtime/panic.go:860
runtime.sigpanic
\t/usr/local/go/src/runtime/signal_unix.go:931
example.com/tea/pot.(*Pot).Pour
\t/src/tea/pot/pot.go:7
"""


def captures(text: str) -> list[Capture]:
    return captures_by(recovered, text=text)


def functions(capture: Capture) -> list[str]:
    (goroutine,) = capture.body.goroutines
    return list(goroutine.stack.functions)


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        pytest.param(f"[Recovery] 2026/11/21 - 10:03:04 panic recovered:\n{REQUEST}no tea\n", "no tea", id="gin"),
        pytest.param("[Recovery] 2026/11/21 - 10:03:04 panic recovered:\nno tea\n", "no tea", id="gin in release mode"),
        pytest.param(f"[Recovery] panic recovered:\n{REQUEST}no\n\ntea\n", "no\n\ntea", id="gin 1.1, of several lines"),
        pytest.param("panic recovered:\n", "", id="no message"),
    ],
)
def test_a_panic_with_a_heading_is_a_crash(heading, message):
    (capture,) = captures(heading + GIN_STACK + "[GIN] 200\n")
    assert (capture.format, capture.first_line, capture.last_line) == ("crash", 1, heading.count("\n") + 8)
    assert capture.body.kind == "panic"
    assert [(panic.text, panic.recovered) for panic in capture.body.panics] == [(message, True)]
    assert functions(capture) == GIN
    assert capture.body.crashed.stack.frames[1].file == "/src/tea/pot/pot.go"


def test_a_stack_with_arrows():
    (capture,) = captures(CHI)
    assert [panic.text for panic in capture.body.panics] == ["no tea"]
    assert functions(capture) == ["example.com/tea/pot.(*Pot).Pour", "example.com/tea/pot.Fill[...]", "main.main"]
    assert (capture.first_line, capture.last_line) == (1, 9)


def test_a_stack_alone_that_shows_a_panic_is_read_from_its_top():
    (capture,) = captures(f"ERROR recovered\n{LOGGED}INFO go on\n")
    assert (capture.format, capture.first_line, capture.last_line) == ("goroutine-dump", 2, 9)
    assert functions(capture)[:2] == ["main.main.func1", "runtime.gopanic"]
    assert capture.body.goroutines[0].state.status == ""


def test_a_stack_alone_with_counters_that_shows_a_panic():
    text = "*errors.errorString no tea\n" + GIN_STACK.replace("sigpanic: panicmem()", "gopanic: fn()")
    (capture,) = captures(text)
    assert functions(capture) == ["runtime.gopanic", *GIN[1:]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(LOGGED.replace("gopanic", "goexit").replace("sigpanic", "main"), id="pkg/errors"),
        pytest.param("*errors.errorString no tea\n" + GIN_STACK, id="go-errors"),
        pytest.param("panic recovered:\nno stack is printed\n", id="a heading alone"),
        pytest.param(" panic: no tea\n\n\n\n\n" + LOGGED.partition("runtime")[0], id="a stack too far below"),
        pytest.param("runtime.gopanic\nis a function\n", id="the function's name alone"),
        pytest.param("runtime.gopanic", id="cut"),
    ],
)
def test_errors_and_words_are_none(text):
    assert captures(text) == []


def test_an_error_with_its_stack_alarms_nobody():
    text = "ERROR no such pot\n" + LOGGED.replace("gopanic", "goexit").replace("sigpanic", "main")
    assert read(text).captures == ()


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("/go/pkg/mod/github.com/gin-gonic/gin@v1.3.0/utils.go", "github.com/gin-gonic/gin"),
        ("~/go/pkg/mod/github.com/!azure/sdk@v1.0.0/client/c.go", "github.com/Azure/sdk/client"),
        ("/src/app/vendor/golang.org/x/net/http2/server.go", "golang.org/x/net/http2"),
        ("/usr/local/go/src/net/http/httputil/reverseproxy.go", "net/http/httputil"),
        ("github.com/our/tea@/pkg/pot/pot.go", "github.com/our/tea/pkg/pot"),
        ("C:\\Users\\me\\tea\\pot.go", "tea"),
        ("/home/me/tea/pot.go", "tea"),
        ("../tea/pot.go", "tea"),
        ("./pot.go", ""),
        ("pot.go", ""),
    ],
)
def test_the_import_path_of_a_file(file, path):
    assert import_path(file) == path


@pytest.mark.parametrize(
    ("function", "file", "whole"),
    [
        ("chi.(*Mux).F", "/go/pkg/mod/github.com/go-chi/chi/v5@v5.5.0/mux.go", "github.com/go-chi/chi/v5.(*Mux).F"),
        ("pot.Fill", "/src/tea/pot/pot.go", "tea/pot.Fill"),
        ("pot.Fill", "/src/tea/kettle/pot.go", "pot.Fill"),
        ("main.main", "/src/main/main.go", "main.main"),
        ("pot.Fill", "pot.go", "pot.Fill"),
    ],
)
def test_the_path_before_a_function(function, file, whole):
    assert with_path(function, file) == whole


def as_json(text: str) -> str:
    return json.dumps({"level": "error", "msg": "recovered", "stack": text}) + "\n"


def with_prefix(text: str) -> str:
    return "".join(
        f"2026-11-21T10:25:{number:02}Z tea-1 {line}" for number, line in enumerate(text.splitlines(keepends=True))
    )


DISGUISES = [
    pytest.param(with_prefix, id="behind a prefix"),
    pytest.param(lambda text: "".join(as_json(line) for line in text.splitlines(keepends=True)), id="a line each"),
    pytest.param(lambda text: text.replace("\t", "    "), id="tabs as spaces"),
    pytest.param(lambda text: f"Look:\n\n```\n{text}```\nWhat is that?\n", id="in a fence"),
]


@pytest.mark.parametrize("disguise", [*DISGUISES, pytest.param(as_json, id="in a string")])
@pytest.mark.parametrize(
    ("text", "function"),
    [
        pytest.param(f"[Recovery] panic recovered:\n{REQUEST}no tea\n{GIN_STACK}", "runtime.sigpanic", id="gin"),
        pytest.param(LOGGED, "main.main.func1", id="zap"),
    ],
)
def test_a_disguised_stack(disguise, text, function):
    (capture,) = read(disguise(text)).captures
    assert functions(capture)[0] == function
    assert capture.problems == ()


@pytest.mark.parametrize("disguise", DISGUISES)
def test_disguised_arrows(disguise):
    """Without its blank the message is a panic's like any other, and the stack stands below it."""
    found = read(disguise(CHI)).captures
    assert [panic.text for panic in found[0].body.panics] == ["no tea"]
    assert functions(found[-1])[0] == "example.com/tea/pot.(*Pot).Pour"


OBSERVED = 'E1030 20:56:24.670885       1 runtime.go:66] Observed a panic: "no tea" (no tea)\n'
PLACES = """\
/go/src/runtime/panic.go:502
/src/tea/vendor/k8s.io/apimachinery/pkg/util/intstr/intstr.go:95
/src/tea/pot/pot.go:7
"""


def test_a_panic_that_kubernetes_observed_has_places_alone():
    (capture,) = read(f"{OBSERVED}{PLACES}I1030 go on\n").captures
    assert (capture.body.kind, capture.body.reason, capture.last_line) == ("panic", '"no tea" (no tea)', 4)
    assert functions(capture) == [
        "runtime.gopanic",
        "k8s.io/apimachinery/pkg/util/intstr.intstr.go",
        "tea/pot.pot.go",
    ]


def test_places_of_an_older_kubernetes_stand_behind_a_colon_and_name_files_of_the_runtime():
    headline = OBSERVED.replace("Observed a panic", "Recovered from panic")
    places = (
        "/usr/src/go/src/runtime/panic.go:387",
        "/usr/src/go/src/runtime/sigpanic_unix.go:26",
        "/go/src/tea.org/tea/_output/local/go/src/tea.org/tea/pot/pot.go:7",
        "<autogenerated>:25",
    )
    for mark in ("", ": "):
        (capture,) = read(headline + "".join(f"{mark}{place}\n" for place in places)).captures
        assert (capture.body.kind, capture.body.reason, capture.last_line) == ("panic", '"no tea" (no tea)', 5)
        assert functions(capture) == [
            "runtime.gopanic",
            "runtime.sigpanic",
            "tea.org/tea/pot.pot.go",
            "<autogenerated>",
        ]


@pytest.mark.parametrize("lead", ["we have recovered: Recovered from panic: ", "Recovered from panics: "])
def test_who_speaks_of_panics_has_not_recovered_from_one(lead):
    assert read(f"{lead}no tea\n").captures == ()


def test_a_panic_that_kubernetes_observed_has_a_goroutine():
    stack = (
        "goroutine 12 [running]:\npanic({0x1, 0x2})\n\t/go/src/runtime/panic.go:860 +0x13a\nmain.f()\n\t/m.go:5 +0x1\n"
    )
    (capture,) = read(OBSERVED + stack).captures
    assert (capture.body.reason, capture.body.crashed_id) == ('"no tea" (no tea)', 12)


def test_two_places_below_a_panic_may_be_anything():
    (capture,) = read("panic: no tea\n\n" + "".join(PLACES.splitlines(keepends=True)[:2])).captures
    assert capture.goroutines == 0


def test_a_place_where_a_function_should_be_is_no_frame():
    text = (
        " panic: no cart\n\n -> example.com/shop/cart.Add\n ->   /src/shop/cart/cart.go:7\n\n"
        "v5/middleware/recoverer.go:45\n      /src/shop/cart/cart.go:14\n"
        "    example.com/shop/cart.Put\n      /src/shop.go:9\n"
    )
    reading = read(text)
    functions = [
        frame.function for capture in reading.captures for group in capture.groups() for frame in group.stack.frames
    ]
    assert functions[:1] == ["example.com/shop/cart.Add"]
    assert "v5/middleware/recoverer.go:45" not in functions


COUNTED = """\
runtime.gopanic (0x42f181)
\t/usr/local/go/src/runtime/panic.go:679
runtime.sigpanic (0x444128)
\t/usr/local/go/src/runtime/signal_unix.go:394
example.com/tea/pot.(*Pot).Pour (0x6e7a09)
\t/src/tea/pot/pot.go:7
"""
COUNTED_FUNCTIONS = ["runtime.gopanic", "runtime.sigpanic", "example.com/tea/pot.(*Pot).Pour"]


def test_program_counters_behind_the_functions_are_no_part_of_their_names():
    (capture,) = captures(COUNTED)
    assert (capture.format, capture.first_line, capture.last_line) == ("goroutine-dump", 1, 6)
    assert functions(capture) == COUNTED_FUNCTIONS


@pytest.mark.parametrize("lead", ["Internal debugger error: ", "", "2026/11/21 10:03:04 pot: "])
def test_what_the_runtime_said_right_above_a_stack_is_its_heading(lead):
    for stack, expected in ((COUNTED, COUNTED_FUNCTIONS), (LOGGED, None)):
        (capture,) = captures(f"Help!\n{lead}runtime error: integer divide by zero\n{stack}")
        assert (capture.format, capture.first_line, capture.last_line) == ("crash", 2, 2 + stack.count("\n"))
        assert (capture.body.kind, capture.body.reason) == ("panic", "runtime error: integer divide by zero")
        assert [panic.recovered for panic in capture.body.panics] == [True]
        assert expected is None or functions(capture) == expected


def test_other_words_above_a_stack_are_no_heading():
    for above in ("a runtime error", "runtime error: integer divide by zero\n"):
        (capture,) = captures(f"{above}\n{COUNTED}")
        assert (capture.format, functions(capture)) == ("goroutine-dump", COUNTED_FUNCTIONS)


def test_a_headline_of_another_report_is_told_once():
    text = f"panic: runtime error: integer divide by zero\n{LOGGED}"
    assert [capture.format for capture in read(text).captures].count("crash") == 1


def test_the_blank_before_a_program_counter_is_no_part_of_a_name_in_a_crash_either():
    (capture,) = read(f"panic: runtime error: integer divide by zero\n{COUNTED}").captures
    (stack,) = capture.body.runtime_tracebacks
    assert [frame.function for frame in stack.frames] == COUNTED_FUNCTIONS


def test_a_counted_place_where_a_function_should_be_is_no_frame():
    broken = COUNTED.replace("runtime.sigpanic", "c/runtime/signal_unix.go:394")
    (capture,) = captures(broken)
    assert functions(capture) == ["runtime.gopanic"]
