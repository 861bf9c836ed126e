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
    ("above", "words", "line"),
    [
        pytest.param(
            "E1122 08:48:18.9 40 main.go:134] panic: db down\ncache cold", "db down\ncache cold", 2, id="glog"
        ),
        pytest.param("Recovered: db down\n  at cart 7\n\nStack:", "db down\n  at cart 7", 2, id="a title below"),
        pytest.param(" ERROR[0] panic: db down\ncache cold stack=", "db down\ncache cold", 2, id="the next field"),
        pytest.param('E1122 x.go:1] "oops" panic=<\ndb down\ncold\n > stack=<', "db down\ncold", 3, id="a block"),
        pytest.param("app: panic:\n  error=\ndb down\ncold\n\n  stack=", "db down\ncold", 4, id="a block of its own"),
    ],
)
def test_several_lines_above_the_stack(above, words, line):
    (capture,) = read(f"started\n{above}\n{STACK}\nstopped\n").captures
    assert ([panic.text.strip() for panic in capture.body.panics], capture.first_line) == ([words], line)


def test_a_panic_that_followed_another_was_not_recovered():
    first, second = read(f"pod: panic: no cart [recovered]\n\tpanic: no order\n\n{STACK}").captures[0].body.panics
    assert ((first.text, first.recovered), (second.text, second.recovered)) == (("no cart", True), ("no order", False))


@pytest.mark.parametrize(
    "between",
    [
        pytest.param("2026/11/22 08:48:19 request served: 200", id="a line with a time"),
        pytest.param("app: request served: 200", id="a line that begins like the words"),
        pytest.param("", id="a blank line and no title"),
    ],
)
def test_words_above_another_record_are_not_the_stacks(between):
    assert said(f"app: panic: no cart\n{between}\nrequest served\n{STACK}") == []


def test_an_error_of_the_runtime_above_who_did_not_recover():
    stack = "goroutine 1 [running]:\nmain.run(0x1)\n\t/src/main.go:12 +0x1d\n"
    error = "runtime error: index out of range [3] with length 1"
    assert said(f"error: {error}\n\n{stack}") == [error]
    assert said(f"error: {error}\n\n{stack.replace('running', 'select')}") == []


@pytest.mark.parametrize("word", ["panic", "recovered"])
def test_a_stack_that_was_printed_as_bytes_behind_the_words(word):
    text = f"2026/11/22 08:17:52 {word}: no cart [{' '.join(map(str, STACK.encode()))}]\n"
    assert said(text) == ["no cart"]
    assert read(text).captures[0].goroutines == 1


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


@pytest.mark.parametrize("message", ["panic: no cart", "recovered: no cart", "[PANIC RECOVER] no cart"])
def test_the_order_of_fields_says_nothing(message):
    text = json.dumps({"fields": {"stack": STACK}, "level": "error", "message": message})
    (capture,) = read(f"{text}\n").captures
    assert ([panic.text for panic in capture.body.panics], capture.goroutines) == (["no cart"], 1)


def test_the_message_of_an_error():
    assert said(json.dumps({"error": {"message": "no cart", "stack_trace": STACK}, "ts": 1}) + "\n") == ["no cart"]


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
