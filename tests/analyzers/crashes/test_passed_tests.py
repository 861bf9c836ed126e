"""A panic behind which its test passes was recovered, or is quoted: a note. What ends a process never is."""

import pytest

RUN = "=== RUN   TestServe\n"
FRAMES = "panic({0x1?, 0x2?})\n\t/go/src/runtime/panic.go:860 +0x13a\nshop/own.load(0x1?)\n\t/s/own.go:15 +0x25\n"
OF_TEST = "shop/own.TestServe.func1()\n\t/s/own_test.go:9 +0x2\n"
CREATOR = "created by net/http.(*Server).Serve in goroutine 22\n\t/go/src/net/http/server.go:3464 +0x485\n"
DEBUG_STACK = "runtime/debug.Stack()\n\t/go/src/runtime/debug/stack.go:26 +0x5e\n"
PRINTED = f"goroutine 7 [running]:\n{DEBUG_STACK}{FRAMES}"
SERVING = f"2026/11/22 05:41:43 http: panic serving 127.0.0.1:42856: no such user\ngoroutine 5 [running]:\n{FRAMES}"
PANIC = f"panic: no such user\n\ngoroutine 5 [running]:\n{FRAMES}"
PASSED = "--- PASS: TestServe (0.00s)\n"
OK = "PASS\nok  \tshop/own\t0.037s\n"
FAILED = "FAIL\tshop/own\t0.005s\n"


@pytest.mark.parametrize("text", [PRINTED, SERVING, PANIC], ids=["a printed stack", "net/http", "a panic"])
@pytest.mark.parametrize(
    ("above", "on_stack", "below"),
    [
        pytest.param(RUN, "", PASSED, id="the test that began above"),
        pytest.param(
            RUN, "", f"=== RUN   TestServe/a\n    --- FAIL: TestOther/a (0.00s)\n{PASSED}", id="behind others"
        ),
        pytest.param(f"{RUN}a log line\n", OF_TEST, f"\nmore\n{PASSED}{OK}", id="the test on the stack"),
        pytest.param("=== RUN   TestServe/a\n", "", f"{PASSED}    --- PASS: TestServe/a (0.00s)\n", id="its subtest"),
        pytest.param("", OF_TEST, OK, id="its package"),
        pytest.param("", OF_TEST, "ok  \tshop/own\t(cached)\tcoverage: 81.0% of statements\n", id="its coverage"),
    ],
)
def test_what_a_passed_test_overcame_is_a_note(findings, text, above, on_stack, below):
    (found,) = findings(f"{above}{text}{on_stack}{CREATOR}{below}")
    assert (found.severity, found.certainty, found.functions[0]) == ("note", "likely", "shop/own.load")
    assert found.title.endswith("passed: it was recovered, or is quoted")


@pytest.mark.parametrize("text", [PRINTED, SERVING, PANIC], ids=["a printed stack", "net/http", "a panic"])
@pytest.mark.parametrize(
    ("above", "below"),
    [
        pytest.param(RUN, "", id="nothing below"),
        pytest.param(RUN, "--- FAIL: TestServe (0.00s)\n", id="it failed"),
        pytest.param(RUN, f"{FAILED}=== RUN   TestServe\n{PASSED}{OK}", id="its package failed, another passed"),
        pytest.param(RUN, f"exit status 2\n{PASSED}{OK}", id="its process ended"),
        pytest.param(RUN, "=== RUN   TestB\n--- PASS: TestB (0.00s)\nPASS\nok  \tshop/b\t0.1s\n", id="another passed"),
        pytest.param("", "ok  \tshop/b\t0.1s\n", id="another package"),
        pytest.param("=== RUN   TestB\n", f"--- PASS: TestB (0.00s)\n{FAILED}", id="two packages at once"),
    ],
)
def test_nobody_else_speaks_for_the_test_that_crashed(findings, text, above, below):
    (found,) = findings(f"{above}{text}{OF_TEST}{CREATOR}{below}")
    assert (found.severity, found.certainty) == ("error", "certain")


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("panic: n must be positive\n", "it was recovered, or is quoted"),
        ("panic: test timed out after 3s\n", "it was recovered, or is quoted"),
        ("fatal error: all goroutines are asleep - deadlock!\n", "it is quoted, or another process's"),
    ],
    ids=["panic", "timeout", "deadlock"],
)
@pytest.mark.parametrize(("above", "below"), [(RUN, PASSED), ("", OK)], ids=["with -v", "without -v"])
def test_words_that_a_passed_test_prints_are_a_note(findings, above, below, words, how):
    (found,) = findings(f"{above}{words}{below}")
    assert (found.severity, found.certainty) == ("note", "likely")
    assert found.title.endswith(f"passed: {how}")


def test_a_real_timeout_is_told_as_before(findings):
    alarm = "panic: test timed out after 3s\n\trunning tests:\n\t\tTestServe (3s)\n\n"
    waits = "goroutine 8 [chan receive]:\nshop/own.TestServe(0x1)\n\t/s/own_test.go:12 +0x28\ntesting.tRunner(0x1)\n"
    text = f"{alarm}{waits}\t/go/t.go:1 +0xf4\n{FAILED}"
    (found,) = findings(f"{RUN}{text}ok  \tshop/b\t0.1s\n", rule="DT608")
    assert (found.severity, found.certainty) == ("error", "certain")


@pytest.mark.parametrize(
    ("above", "logged"),
    [
        (
            f"{DEBUG_STACK}shop/own.serve.func1()\n\t/s/own.go:9 +0x3\n",
            "; recovered and logged by shop/own.serve.func1",
        ),
        ("shop/own.serve.func1()\n\t/s/own.go:9 +0x3\n", ""),
        (DEBUG_STACK, ""),
    ],
    ids=["by who prints the stack", "the runtime itself prints it", "who does is not in the text"],
)
def test_who_recovers_a_panic_and_logs_it_is_told(findings, above, logged):
    said = "2026/11/22 05:41:43 panic: no such user\ngoroutine 5 [running]:\n"
    (found,) = findings(f"{said}{above}{FRAMES}{CREATOR}", rule="DT602")
    assert found.title == f'panic "no such user" in shop/own.load{logged}'
    assert (found.certainty, found.severity) == ("certain", "error")
