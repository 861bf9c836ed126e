"""An error that the runtime found in a dependency is told of its function, and of the own one that called it."""

import pytest

LIBRARY = "/go/pkg/mod/github.com/x/seats@v1.2.0/seats.go"
CALLS = f"github.com/x/seats.(*Plan).At(0x1)\n\t{LIBRARY}:24 +0x9\nmain.sell(0x1)\n\t/app/sell.go:16 +0x7\n"
RECOVERS = (
    "net/http.(*conn).serve.func1()\n\t/go/src/net/http/server.go:1947 +0xbe\npanic(0x1, 0x2)\n\t/go/p.go:7 +0x1\n"
)
RANGE = "runtime error: index out of range [0] with length 0"


def report(text: str, above: str = "", calls: str = CALLS) -> str:
    return f"panic: {text}\n\ngoroutine 8 [running]:\n{above}{calls}main.main()\n\t/app/main.go:9 +0x1\n"


@pytest.mark.parametrize("above", ["", RECOVERS], ids=["not recovered", "below a panic"])
@pytest.mark.parametrize(
    "text",
    [
        RANGE,
        "runtime error: invalid memory address or nil pointer dereference",
        "interface conversion: interface {} is nil, not string",
        "send on closed channel",
        "assignment to entry in nil map",
    ],
)
def test_both_are_named_the_dependency_first(findings, text, above):
    (found,) = findings(report(text, above))
    assert found.title == f"{text} in github.com/x/seats.(*Plan).At, called by main.sell"
    assert found.functions[:3] == ("github.com/x/seats.(*Plan).At", "main.sell", "main.main")
    assert (found.location.file, found.location.line) == (LIBRARY, 24)


def test_a_library_s_own_panic_is_its_caller_s_mistake(findings):
    (found,) = findings(report("seats: no such seat"))
    assert found.title == 'panic "seats: no such seat" in github.com/x/seats.(*Plan).At, called by main.sell'
    assert found.functions[:2] == ("main.sell", "github.com/x/seats.(*Plan).At")
    assert found.advice == "Check what main.sell passes to github.com/x/seats.(*Plan).At, which panicked."
    assert found.location.line == 16


@pytest.mark.parametrize(
    ("text", "inner", "title", "advice"),
    [
        pytest.param(
            "strings: negative Repeat count",
            "strings.Repeat",
            'panic "strings: negative Repeat count" in strings.Repeat, called by main.sell',
            "The count given to Repeat is below 0 here: what is to be filled is longer than the space for it.",
            id="a known text",
        ),
        pytest.param(
            "sync: negative WaitGroup counter",
            "sync.(*WaitGroup).Add",
            "sync: negative WaitGroup counter in sync.(*WaitGroup).Add, called by main.sell",
            "Call Done once for each Add, not again on an error path; Add before `go`, and do not copy the WaitGroup.",
            id="a rule of its own",
        ),
        pytest.param(
            RANGE,
            "bytes.(*Buffer).Truncate",
            f"{RANGE} in bytes.(*Buffer).Truncate, called by main.sell",
            "Check what main.sell passes to bytes.(*Buffer).Truncate, which panicked.",
            id="an index that is not there",
        ),
        pytest.param(
            "runtime error: invalid memory address or nil pointer dereference",
            "sync.(*Mutex).Lock",
            "runtime error: invalid memory address or nil pointer dereference in sync.(*Mutex).Lock, "
            "called by main.sell",
            "See what main.sell passes to sync.(*Mutex).Lock: that, or something in it, is nil.",
            id="a nil pointer",
        ),
        pytest.param(
            RANGE,
            "runtime.growslice",
            f"{RANGE} in main.sell",
            "The slice or string is shorter than this function expects, or empty: check its length before the index.",
            id="the runtime itself",
        ),
    ],
)
def test_what_the_standard_library_panics_with_is_told_of_it_and_its_caller(findings, text, inner, title, advice):
    calls = f"{inner}(0x1)\n\t/go/src/a.go:24 +0x9\nmain.sell(0x1)\n\t/app/sell.go:16 +0x7\n"
    (found,) = findings(report(text, calls=calls))
    assert (found.title, found.functions[0], found.advice) == (title, "main.sell", advice)


@pytest.mark.parametrize(
    ("above", "place", "line"),
    [
        ("panic({0x1, 0x2})\n\t/go/src/panic.go:7 +0x1\n", "go/types.At", 5),
        ("", "go/types.At, called by go/importer.load", 40),
    ],
    ids=["below panic", "without it"],
)
def test_without_own_code_who_panicked_is_told(findings, above, place, line):
    calls = "go/types.At(0x1)\n\t/go/src/cmd/v.go:5 +0x9\n"
    calls += "go/importer.load()\n\t/go/src/cmd/c.go:40 +0x9\nruntime.goexit()\n\t/go/src/a.s:1 +0x1\n"
    (found,) = findings(f"panic: {RANGE}\n\ngoroutine 8 [running]:\n{above}{calls}")
    assert (found.title, found.location.line) == (f"{RANGE} in {place}", line)


def test_an_error_in_own_code_below_a_dependency_that_called_it_is_its_own(findings):
    first, second = CALLS.split("main.sell", 1)
    (found,) = findings(report(RANGE, calls=f"main.sell{second}{first}"))
    assert (found.title, found.functions[0]) == (f"{RANGE} in main.sell", "main.sell")


def test_who_recovers_above_the_panic_is_named_last(findings):
    (found,) = findings(report(RANGE, RECOVERS))
    assert found.functions == (
        "github.com/x/seats.(*Plan).At", "main.sell", "main.main", "panic", "net/http.(*conn).serve.func1",
    )  # fmt: skip


def test_that_net_http_recovered_it_is_said(findings):
    log = "2025/05/21 10:50:14 http: panic serving 10.0.0.1:3625: "
    (found,) = findings(f"{log}{RANGE}\ngoroutine 8 [running]:\n{RECOVERS}main.sell(0x1)\n\t/app/sell.go:16 +0x7\n")
    assert found.title == f"{RANGE} in main.sell; recovered by net/http"
