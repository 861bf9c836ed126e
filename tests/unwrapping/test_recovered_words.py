"""What a panic said is its headline, where a program has recovered and logged words of its own above the stack."""

import json

import pytest

from debugtext import read

STACK = (
    "goroutine 17 [running]:\nruntime/debug.Stack()\n\t/go/src/runtime/debug/stack.go:26 +0x5e\n"
    "main.worker.func1()\n\t/src/main.go:10 +0x3d\n"
    "panic({0x55b740?, 0x6cbc90?})\n\t/go/src/runtime/panic.go:860 +0x13a\n"
    "main.(*job).do(...)\n\t/src/main.go:6\nmain.main()\n\t/src/main.go:20 +0x1d\n"
)
NIL = "runtime error: invalid memory address or nil pointer dereference"


def said(text):
    """What the panics of a text said."""
    return [panic.text for capture in read(text).captures if capture.format == "crash" for panic in capture.body.panics]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param(f"job panicked: {NIL}", NIL, id="words of its own"),
        pytest.param("cart: panic: no cart", "no cart", id="Go's word behind a name"),
        pytest.param("2026/11/22 05:25:29 [PANIC RECOVER] boom", "boom", id="in brackets"),
        pytest.param("test panicked: assignment to entry in nil map", "assignment to entry in nil map", id="a test's"),
        pytest.param("recovered from panic in job 7 (nightly): no cart", "no cart", id="where it was"),
        pytest.param(f"Panic value:\t{NIL}\nPanic stack:", NIL, id="a title below"),
        pytest.param(f"2026/11/22 05:25:29 worker: {NIL}\n", NIL, id="a blank line below"),
        pytest.param('time=2026 level=ERROR msg="request failed" err="no cart"', "no cart", id="a field"),
        pytest.param("level=error panic=boom err=timeout", "boom", id="the field that is named for it"),
    ],
)
def test_the_line_above_the_stack(line, words):
    text = f"started\n{line}\n{STACK}\nstopped\n"
    assert said(text) == [words]
    (capture,) = read(text).captures
    assert (capture.first_line, capture.goroutines) == (2, 1)


@pytest.mark.parametrize(
    "record",
    [
        pytest.param({"level": "error", "msg": "recovered", "error": "no cart", "stack": STACK}, id="an error"),
        pytest.param({"stack": STACK, "err": "no cart"}, id="behind the stack"),
        pytest.param({"msg": "x", "ok": True, "recovered": "no cart", "error": "timeout", "s": STACK}, id="two fields"),
        pytest.param({"message": f"[PANIC RECOVER] no cart {STACK}"}, id="in the same string"),
        pytest.param({"msg": "panic: no cart", "stack": STACK}, id="as Go prints it"),
    ],
)
@pytest.mark.parametrize("indent", [pytest.param(None, id="on one line"), pytest.param(2, id="pretty")])
def test_another_field_of_the_same_record(record, indent):
    text = json.dumps(record, indent=indent) + "\n"
    if indent and "err" in record:
        assert said(text) == []  # it stands below
    else:
        assert said(text) == ["no cart"]


def test_a_pair_of_logfmt():
    assert said(f"level=error err={json.dumps(NIL)} stack={json.dumps(STACK)}\n") == [NIL]


def test_a_list_of_records():
    records = [
        {"msg": "a"},
        {"err": "no cart", "stack": STACK},
        {"err": "no order", "stack": STACK.replace("17", "18")},
    ]
    assert said(json.dumps({"entries": records})) == ["no cart", "no order"]


@pytest.mark.parametrize(
    "above",
    [
        pytest.param("request served: 200\n", id="a line that says nothing of it"),
        pytest.param("recovered=true\n", id="whether, not what"),
        pytest.param("level=warn err=timeout\n\n", id="an error further up"),
        pytest.param("", id="nothing"),
        pytest.param("goroutine 3 [select]:\nmain.panicky()\n\t/src/panic: x/a.go:3 +0x1d\n\n", id="another goroutine"),
    ],
)
def test_other_lines_are_not_what_it_said(above):
    assert said(above + STACK) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("worker panicked: no cart\n" + STACK.replace("panic(", "main.recovered("), id="no panic"),
        pytest.param("worker panicked: no cart\n" + STACK.replace("[running]", "[select]"), id="not running"),
    ],
)
def test_a_stack_that_shows_no_panic_has_no_words(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("headline", "words"),
    [
        pytest.param("panic: no cart\n\n", ["no cart"], id="Go"),
        pytest.param("2026/11/21 02:03:04 http: panic serving 10.0.0.7:80: no cart\n", ["no cart"], id="net/http"),
        pytest.param("panic: outer\nworker panicked: inner\n", ["outer\nworker panicked: inner"], id="a message"),
    ],
)
def test_headlines_that_are_known_stay(headline, words):
    assert said(headline + STACK) == words
