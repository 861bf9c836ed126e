"""What a title tells of a panic's words: a short value as a whole, of a page the first line, and never nothing."""

import pytest

from debugtext.analyzers.crash_facts.cause_in_words import is_bare_value

STACK = "goroutine 1 [running]:\nmain.main()\n\t/s/main.go:79 +0x1165\n"


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        pytest.param('panic: main.name("hello\n\tworld")', "panic 'main.name(\"hello\\nworld\")'", id="a named string"),
        pytest.param("panic: a\n\tb", 'panic "a; b"', id="errors.Join"),
        pytest.param("panic: a\nb", 'panic "a; b"', id="raw lines, up to 1.22"),
        pytest.param("panic: load:\n\tbad state", 'panic "load: bad state"', id="one line announces the next"),
        pytest.param("panic: boom\n\t\n\tthe whole story", 'panic "boom"', id="a paragraph below"),
        pytest.param("panic: boom\n\t" + "the whole story, " * 9, 'panic "boom"', id="a page below"),
        pytest.param("panic: boom [recovered]", 'panic "boom"', id="one line"),
        pytest.param("panic: ", "panic", id="a panic without words"),
        pytest.param("fatal error: ", "fatal error", id="a fatal error without words"),
    ],
)
def test_the_words_of_a_title(findings, headline, title):
    (found,) = findings(f"{headline}\n\n{STACK}", rule="DT6")
    assert found.title == f"{title} in main.main"


def test_the_tests_that_ran_are_no_words_of_the_alarm(findings):
    (found,) = findings("panic: test timed out after 3s\n\trunning tests:\n\t\tTestG (3s)\n", rule="DT608")
    assert found.title == "test timed out after 3s: TestG was still running"


@pytest.mark.parametrize(
    "text",
    [
        "42",
        "main.code(7)",
        "main.celsius(+3.660000e+001)",
        "(*main.account) 0xc0000100c0",
        "(main.account) (0x45e0a0,0xc42000e1e0)",
    ],
)
def test_an_address_or_a_number_says_nothing(findings, text):
    assert is_bare_value(text)
    (found,) = findings(f"panic: {text}\n\n{STACK}", rule="DT602")
    assert found.advice.startswith("The panic's text is only an address or a number")


@pytest.mark.parametrize(
    "text", ["", "no seat", "seat 9", "seat (9)", "(9) no seat", 'main.name("7")', "code 7; line: 7"]
)
def test_what_has_words_says_something(text):
    assert not is_bare_value(text)


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("nil", "It called panic with nil, so the text says nothing"),
        ("panic called with nil argument (use GODEBUG=panicnil=1 to disable)", "It called panic with nil"),
        ("no such seat", "Open this function: the panic's text says what was wrong there"),
    ],
)
def test_what_was_given_to_panic_may_say_nothing(findings, said, advice):
    (found,) = findings(f"panic: {said}\n\n{STACK}", rule="DT602")
    assert found.advice.startswith(advice)


@pytest.mark.parametrize(
    ("said", "is_check"),
    [("no ack", True), ("runtime error: index out of range [3] with length 0", False)],
)
def test_what_a_test_finds_is_no_input_to_be_validated(findings, said, is_check):
    runner = "testing.tRunner(0x1)\n\t/go/testing.go:8 +0x1\n"
    stack = f"goroutine 7 [running]:\ntill.TestPay(0x1)\n\t/s/till_test.go:79 +0x1\n{runner}"
    (found,) = findings(f"panic: {said}\n\n{stack}", rule="DT602")
    assert found.advice.startswith("The test itself panics here: its text says what it found") is is_check
