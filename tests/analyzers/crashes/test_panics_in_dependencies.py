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
    assert (found.title, found.functions[0]) == ("seats: no such seat in main.sell", "main.sell")


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
