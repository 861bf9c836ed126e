"""What ginkgo tells of specs that panicked, timed out or still run is read as what Go prints of them."""

import pytest

from debugtext import analyze, read

PANICKED = """\
• [PANICKED] [0.000 seconds]
orders [It] panics
/src/orders/g_test.go:19

  [PANICKED] Test Panicked
  In [It] at: /go/src/internal/runtime/maps/runtime_faststr.go:265 @ 11/22/26 08:15:51.375

  assignment to entry in nil map
  of orders

  Full Stack Trace
    example.com/orders.init.func1.3()
    \t/src/orders/g_test.go:19 +0x28
    created by example.com/orders.init.func1 in goroutine 16
    \t/src/orders/g_test.go:17 +0x5f
------------------------------

Summarizing 1 Failure:
  [PANICKED!] orders [It] panics
"""

GOROUTINES = """\
    orders times out (Spec Runtime: 1m30.5s)
      /src/orders/g_test.go:18
      In [It] (Node Runtime: 1m30.5s)
        /src/orders/g_test.go:18

      Spec Goroutine
      goroutine 13 [chan receive]
      > example.com/orders.consume(...)
          /src/orders/g_test.go:14
            | func TestOrders(t *testing.T) { RunSpecs(t, "Orders Suite") }
            |
            > func consume(ctx context.Context, ch chan int) { <-ch }
            | var _ = Describe("orders", func() {
      > example.com/orders.init.func1.2({0xa74690, 0x63462cc3050?})
          /src/orders/g_test.go:18
            > 	It("times out", func(ctx SpecContext) { consume(ctx, make(chan int)) })
        github.com/onsi/ginkgo/v2/internal.(*Suite).runNode.func3()
          /go/pkg/mod/github.com/onsi/ginkgo/v2@v2.34.0/internal/suite.go:1147
        github.com/onsi/ginkgo/v2/internal.(*Suite).runNode in goroutine 8
          /go/pkg/mod/github.com/onsi/ginkgo/v2@v2.34.0/internal/suite.go:1112

      Goroutines of Interest
      goroutine 14 [chan send]
      > example.com/orders.produce(...)
          /src/orders/g.go:14
            |
      > example.com/orders.init.func1.2 in goroutine 13
          /src/orders/g_test.go:18
            | 	It("passes", func() { Expect(1).To(Equal(1)) })

Ran 1 of 1 Specs in 90.602 seconds
"""
TIMED_OUT = f"  [TIMEDOUT] A spec timeout occurred\n  In [It] at: /src/orders/g_test.go:18 @ 11/22/26\n\n{GOROUTINES}"
STAMP = "2026-11-22T08:17:52.0000000Z "


def stacks(capture):
    """Each goroutine of a capture: its state, its functions, and who started it."""
    return [
        (one.state.status, [*one.stack.functions], one.stack.created_by.function, one.parent_id)
        for one in capture.body.goroutines
    ]


WAITING = [
    (
        "chan receive",
        [
            "example.com/orders.consume",
            "example.com/orders.init.func1.2",
            "github.com/onsi/ginkgo/v2/internal.(*Suite).runNode.func3",
        ],
        "github.com/onsi/ginkgo/v2/internal.(*Suite).runNode",
        8,
    ),
    ("chan send", ["example.com/orders.produce"], "example.com/orders.init.func1.2", 13),
]


@pytest.fixture(
    params=[
        pytest.param(lambda text: text, id="as it is"),
        pytest.param(lambda text: "".join(f"{STAMP}{line}\n" for line in text.splitlines()), id="in CI's log"),
        pytest.param(lambda text: "".join(f"{line.strip()}\n" for line in text.splitlines()), id="trimmed"),
    ]
)
def wrapped(request):
    return request.param


def test_a_panic_with_its_words(wrapped):
    text = wrapped(PANICKED)
    (capture,) = read(text).captures
    assert [panic.text.strip() for panic in capture.body.panics] == ["assignment to entry in nil map\nof orders"]
    assert stacks(capture) == [("running", ["example.com/orders.init.func1.3"], "example.com/orders.init.func1", 16)]
    assert (capture.first_line, capture.last_line, [*read(text).all_problems()]) == (8, 15, [])


def test_a_spec_that_timed_out_and_who_waits_with_it(wrapped):
    text = wrapped(TIMED_OUT)
    (capture,) = read(text).captures
    assert (capture.body.kind, capture.body.reason) == ("test-timeout", "test timed out after 1m30.5s")
    assert [(test.name, test.seconds) for test in capture.body.tests] == [("orders times out", 90.5)]
    assert stacks(capture) == WAITING
    assert (capture.first_line, [*read(text).all_problems()]) == (1, [])
    told = [finding.title for finding in analyze([read(text)]).findings if finding.rule == "DT608"]
    assert told == [
        "test timed out after 1m30.5s: orders times out stuck in example.com/orders.consume, receiving from a channel"
    ]


def test_a_report_of_progress_is_a_dump_without_the_source(wrapped):
    text = wrapped(f"  Automatically polling progress:\n{GOROUTINES}")
    (capture,) = read(text).captures
    assert (capture.format, stacks(capture), [*read(text).all_problems()]) == ("goroutine-dump", WAITING, [])
    assert [one.line for one in capture.body.goroutines] == [8, 24]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PANICKED.partition("  Full")[0], id="no stack"),
        pytest.param(PANICKED.replace("Test Panicked", "Expected 1 to equal 2"), id="a failure with its stack"),
        pytest.param("  [TIMEDOUT] A spec timeout occurred\n\n  Spec Goroutine\n  is gone\n", id="no goroutine"),
        pytest.param("Spec Goroutine\nis what we call it\n> really\n", id="words"),
    ],
)
def test_what_is_no_crash(text):
    assert [capture for capture in read(text).captures if capture.format == "crash"] == []
