"""Words that a test prints are no headline of another test's crash, and prove nothing by themselves."""

import pytest

STACK = (
    "goroutine 7 [running]:\npanic({0x1?, 0x2?})\n\t/go/src/runtime/panic.go:860 +0x13a\n"
    "shop/bb.(*tree).depth(0x1?)\n\t/s/b_test.go:7 +0xe\ntesting.tRunner(0x1, 0x2)\n\t/go/src/testing/testing.go:2036\n"
    "created by testing.(*T).Run in goroutine 1\n\t/go/src/testing/testing.go:2101 +0x4c5\n"
)
NIL = "runtime error: invalid memory address or nil pointer dereference"
FAULT = "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x5]\n"
CRASH = f"panic: {NIL} [recovered, repanicked]\n{FAULT}\n{STACK}"
FAILED = "FAIL\tshop/bb\t0.005s\nFAIL\n"
TIMED_OUT = "panic: test timed out after 10m is what one sees\n"


def of_crash(found):
    """The finding that rests on the stack."""
    return next(one for one in found if one.functions[:1] == ("shop/bb.(*tree).depth",))


@pytest.mark.parametrize(
    "words",
    [
        "fatal error: config.yaml: no such file\n",
        "panic: n must be positive\n",
        f"panic: a\nfatal error: in words\n{TIMED_OUT}",
        "panic: n must be positive\nand a line below\n",
    ],
    ids=["fatal error", "panic", "several", "a line below"],
)
@pytest.mark.parametrize(
    "between",
    [
        "--- PASS: TestRun (0.00s)\n",
        "--- PASS: TestRun (0.00s)\nPASS\nok  \tshop/aa\t(cached)\n=== RUN   TestDepth\n--- FAIL: TestDepth (0.00s)\n",
        "--- FAIL: TestRun (0.00s)\n--- FAIL: TestDepth (0.00s)\n",
        "PASS\nok  \tshop/aa\t0.002s\n",
        "ok  \tshop/aa\t0.002s\tcoverage: 81.0% of statements\n",
        "=== RUN   TestDepth\n",
        "FAIL\tshop/aa\t0.002s\n",
    ],
    ids=["test passed", "package passed", "test failed", "without -v", "coverage", "next test", "package failed"],
)
def test_what_a_test_printed_is_not_why_the_next_one_crashed(findings, words, between):
    found = findings(f"=== RUN   TestRun\n{words}{between}{CRASH}{FAILED}")
    assert (of_crash(found).rule, of_crash(found).title) == ("DT601", f"{NIL} in shop/bb.(*tree).depth")
    assert "DT608" not in [one.rule for one in found]


@pytest.mark.parametrize("line", ["=== RUN   TestDepth\n", "--- FAIL: TestDepth (0.00s)\n", ""])
def test_what_stands_above_a_crash_belongs_to_it_as_before(findings, line):
    (found,) = findings(line + CRASH + FAILED)
    assert (found.rule, found.certainty, found.severity) == ("DT601", "certain", "error")


@pytest.mark.parametrize(
    ("words", "rule", "severity"),
    [
        (TIMED_OUT, "DT602", "warning"),
        ("fatal error: something in words\n", "DT612", "note"),
        ("panic: no\n", "DT602", "warning"),
    ],
    ids=["timed out in words", "fatal error", "panic"],
)
def test_words_without_a_stack_are_likely_at_most(findings, words, rule, severity):
    (found,) = findings(f"=== RUN   TestText\n{words}some more\n")
    assert (found.rule, found.certainty, found.severity) == (rule, "likely", severity)


@pytest.mark.parametrize("given", ["10m0s", "500ms", "3s", "1h30m0s"])
def test_the_alarm_tells_the_time_and_no_more(findings, given):
    (found,) = findings(f"panic: test timed out after {given}\n", rule="DT608")
    assert found.certainty == "certain"


@pytest.mark.parametrize(
    ("words", "rule", "certainty"),
    [
        ("all goroutines are asleep - deadlock!", "DT104", "certain"),
        ("all goroutines are asleep - dead", "DT104", "likely"),
        ("all goroutines are asleep", "DT612", "likely"),
    ],
    ids=["as the runtime says it", "cut off", "told by somebody"],
)
def test_below_a_failed_test_the_runtimes_own_words_are_certain(findings, words, rule, certainty):
    (found,) = findings(f"--- FAIL: TestErr (0.00s)\nfatal error: {words}\n")
    assert (found.rule, found.certainty) == (rule, certainty)


def test_goroutines_prove_it_without_the_last_word(findings):
    waits = "goroutine 1 [chan receive]:\nmain.main()\n\t/s/main.go:5 +0x1d\n"
    (found,) = findings(f"fatal error: all goroutines are asleep\n\n{waits}", rule="DT104")
    assert found.certainty == "certain"
