"""Crash reports become one record each: the panic chain, signals, goroutines, registers, tests, and who crashed."""

import json
import re

import pytest

from debugtext.formats.crashes import crash
from debugtext.formats.dumps import dump
from debugtext.pieces.text import Cursor, Piece
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash, Panic, Signal, TestRun, Thread

GOROUTINE = "goroutine 7 [running]:\nmain.load(...)\n\t/src/m/main.go:39\nmain.main()\n\t/src/m/main.go:12 +0x1d\n"
OTHER = (
    "goroutine 8 [chan receive]:\nmain.worker(0x1)\n\t/src/m/main.go:64 +0x1d\n"
    "created by main.main in goroutine 7\n\t/src/m/main.go:58 +0x25\n"
)


def begins(line: str) -> bool:
    return crash.recognizes(line) or dump.recognizes(line)


def captures(text: str) -> list[Capture]:
    """Every crash report and dump of a text."""
    cursor, found = Cursor([Piece(text, 1)], begins), []
    while cursor.more():
        line = cursor.line()
        if crash.recognizes(line):
            found.append(crash.parse(cursor))
        elif dump.recognizes(line):
            found.append(dump.parse(cursor))
        else:
            cursor.skip_line()
    return found


def only(text: str) -> Crash:
    """The crash of a text that holds nothing else, and is without problems."""
    (capture,) = captures(text)
    assert capture.problems == ()
    assert isinstance(capture.body, Crash)
    return capture.body


class TestSaid:
    """What stands before the first goroutine."""

    @pytest.mark.parametrize(
        ("said", "panics"),
        [
            pytest.param("panic: boom\n", (Panic("boom"),), id="one panic"),
            pytest.param("panic: \n", (Panic(""),), id="an empty message"),
            pytest.param(
                "panic: a\n\tpanic: b\n\tpanic: c\n", (Panic("a"), Panic("b"), Panic("c")), id="three in deferred calls"
            ),
            pytest.param(
                "panic: a [recovered]\n\tpanic: a\n",
                (Panic("a", recovered=True), Panic("a")),
                id="panicked again, up to 1.24",
            ),
            pytest.param(
                "panic: a [recovered, repanicked]\n",
                (Panic("a", recovered=True, repanicked=True),),
                id="panicked again, since 1.25",
            ),
            pytest.param("panic: a\npanic: b\n", (Panic("a"), Panic("b", goexit=True)), id="a Goexit between"),
            pytest.param(
                "panic: a\nb [recovered]\npanic: c\nd\n",
                (Panic("a\nb", recovered=True), Panic("c\nd")),
                id="without their tabs",
            ),
            pytest.param('panic: main.Str("a")\n', (Panic('main.Str("a")'),), id="a named type"),
            pytest.param("panic: (main.T) 0x4be868\n", (Panic("(main.T) 0x4be868"),), id="a struct"),
            pytest.param(
                "no newline herepanic: x\n", (Panic("x", prefix="no newline here"),), id="printed without a newline"
            ),
            pytest.param(
                "panic: a\n\tb\n\t\n\tc [recovered]\n\tpanic: d\n\te\n",
                (Panic("a\nb\n\nc", recovered=True), Panic("d\ne")),
                id="lines behind tabs, since 1.23",
            ),
            pytest.param("panic: a\nb: (2)\n\nc\n", (Panic("a\nb: (2)\n\nc"),), id="raw lines, up to 1.22"),
        ],
    )
    def test_the_panics(self, said, panics):
        record = only(f"{said}\n{GOROUTINE}")
        assert record.panics == panics
        assert (record.kind, record.reason) == ("panic", panics[-1].text.partition("\n")[0])
        assert record.crashed_id == 7

    @pytest.mark.parametrize(
        "quoted",
        [
            pytest.param("\n\tgoroutine 99 [running]:\n\tlooks like a dump\n", id="behind tabs, since 1.23"),
            pytest.param("\ngoroutine 99 [running]:\nlooks like a dump\n", id="raw, up to 1.22"),
            pytest.param("goroutine 99 [running]:\nlooks like a dump\n", id="raw, no blank line before"),
            pytest.param("goroutine 1 [running]:\nx\n\ngoroutine 2 [running]:\ny\n", id="two of them"),
        ],
    )
    def test_a_message_that_holds_a_goroutine_header(self, quoted):
        record = only(f"panic: a\n{quoted}\n{GOROUTINE}")
        assert [goroutine.id for goroutine in record.goroutines] == [7]
        assert "[running]:" in record.panics[0].text

    def test_a_fatal_error_with_what_the_runtime_says_before(self):
        record = only(
            "runtime: goroutine stack exceeds 1000000000-byte limit\n"
            "runtime: sp=0xc0200e0390 stack=[0xc0200e0000, 0xc0400e0000]\n"
            "fatal error: stack overflow\n\nruntime stack:\nruntime.throw({0x1?, 0x2?})\n"
            "\t/go/src/runtime/panic.go:1023 +0x40 "
            "fp=0x17 sp=0x16 pc=0x10\nruntime.newstack()\n"
            f"\t/go/src/runtime/stack.go:1103 +0x460\n\n{GOROUTINE}\n{OTHER}exit status 2\n"
        )
        assert (record.kind, record.reason, record.fatal, record.crashed_id) == (
            "fatal",
            "stack overflow",
            "stack overflow",
            7,
        )
        assert record.runtime_messages == (
            "runtime: goroutine stack exceeds 1000000000-byte limit",
            "runtime: sp=0xc0200e0390 stack=[0xc0200e0000, 0xc0400e0000]",
        )
        assert [frame.function for frame in record.runtime_stack] == ["runtime.throw", "runtime.newstack"]
        assert record.runtime_stack[0].address == 0x10
        assert [goroutine.id for goroutine in record.goroutines] == [7, 8]
        assert record.exit_status == 2

    def test_a_bad_pointer_with_the_object_it_was_found_in(self):
        text = (
            "runtime: pointer 0xc0000b6000 to unallocated span span.base()=0xc0000b6000\n"
            "object=0xc0000a8000 s.elemsize=8192\n"
            " *(object+0) = 0xc0000b6000 <==\n"
            "fatal error: found bad pointer in Go heap (incorrect use of unsafe or cgo?)\n\n"
        )
        record = only(text + GOROUTINE)
        assert record.line == 1
        assert record.runtime_messages[1:] == ("object=0xc0000a8000 s.elemsize=8192", " *(object+0) = 0xc0000b6000 <==")

    def test_a_fatal_error_behind_its_panics_and_one_printed_twice(self):
        record = only(f"panic: a\n\tfatal error: panic while printing panic value\n\n{GOROUTINE}")
        assert (record.kind, record.fatal, record.panics) == (
            "fatal",
            "panic while printing panic value",
            (Panic("a"),),
        )
        twice = "fatal error: concurrent map writes\n"
        assert only(f"{twice}{twice}\n{GOROUTINE}").fatal == "concurrent map writes"

    def test_the_fault_behind_a_panic(self):
        said = "panic: runtime error: invalid memory address or nil pointer dereference\n"
        fault = "[signal SIGSEGV: segmentation violation code=0x1 addr=0x8 pc=0x51e8e2]\n"
        record = only(f"{said}{fault}\n{GOROUTINE}")
        assert record.signal == Signal("SIGSEGV: segmentation violation", code=1, address=8, pc=0x51E8E2)
        assert only(f"{fault}\n{GOROUTINE}").signal == record.signal

    def test_nothing_but_the_message(self):
        for said, kind in (
            ("panic: boom\n", "panic"),
            ("fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n", "deadlock"),
        ):
            record = only(f"{said}exit status 2\n")
            assert (record.kind, len(record.goroutines), record.crashed_id, record.exit_status) == (kind, 0, None, 2)


class TestDeadlocks:
    @pytest.mark.parametrize(
        "said",
        [
            "fatal error: all goroutines are asleep - deadlock!",
            "fatal error: all goroutines in bubble are asleep - deadlock!",
            "panic: deadlock: all goroutines in bubble are blocked [recovered, repanicked]",
            "panic: deadlock: main bubble goroutine has exited but blocked goroutines remain [recovered, repanicked]",
        ],
    )
    def test_no_goroutine_is_said_to_have_crashed(self, said):
        record = only(f"{said}\n\n{OTHER}")
        assert (record.kind, record.crashed_id, record.crashed) == ("deadlock", None, None)
        assert record.reason in said


class TestSignals:
    QUIT = "SIGQUIT: quit\nPC=0x48afe0 m=3 sigcode=0\n\n"

    def test_a_dump_that_someone_asked_for(self):
        record = only(
            f"{self.QUIT}goroutine 0 gp=0x1 m=0 mp=0x2 [idle]:\nruntime.futex()\n"
            f"\t/go/src/runtime/sys.s:557 +0x21\n\n{OTHER}\nrax    0x1\nrip    0x48afe0\n"
        )
        assert (record.kind, record.reason, record.crashed_id, record.was_requested) == (
            "signal",
            "SIGQUIT: quit",
            None,
            True,
        )
        assert record.signal == Signal("SIGQUIT: quit", code=0, pc=0x48AFE0, m=3)
        assert record.registers == (("rax", 1), ("rip", 0x48AFE0))
        assert [goroutine.id for goroutine in record.goroutines] == [0, 8]

    @pytest.mark.parametrize("echo", ["^\\", "\\", "^\\\\", "^C^\\", " "])
    def test_what_the_terminal_shows_of_the_keys_is_not_the_signals(self, echo):
        record = only(f"{echo}{self.QUIT}{OTHER}")
        assert (record.reason, record.was_requested) == ("SIGQUIT: quit", True)

    @pytest.mark.parametrize(
        ("said", "requested"),
        [
            ("SIGABRT: abort\nPC=0x1 m=0 sigcode=0\n", True),
            ("SIGABRT: abort\nPC=0x1 m=0 sigcode=0\nsignal arrived during cgo execution\n", False),
            ("SIGABRT: abort\nPC=0x1 m=0 sigcode=18446744073709551610\n", False),
            ("SIGSEGV: segmentation violation\nPC=0x1 m=0 sigcode=1 addr=0x0\n", False),
            ("SIGQUIT: quit\nPC=0x1\n", True),
            ("Exception 0xc0000005 0x0 0x8 0x4f5a\nPC=0x4f5a\nsignal arrived during external code execution\n", False),
        ],
    )
    def test_a_crash_is_told_from_a_request(self, said, requested):
        record = only(f"{said}\n{GOROUTINE}")
        assert (record.kind, record.was_requested) == ("signal", requested)
        assert record.crashed_id == (None if requested else 7)

    def test_a_windows_exception(self):
        record = only(
            "Exception 0xc0000005 0x0 0x8 0x4f5a\nPC=0x4f5a\n"
            f"signal arrived during external code execution\n\n{GOROUTINE}"
        )
        assert record.signal == Signal("Exception 0xc0000005", code=0xC0000005, address=8, pc=0x4F5A, in_c=True)

    def test_instruction_bytes_and_two_registers_a_line(self):
        record = only(
            "SIGILL: illegal instruction\nPC=0x1 m=0 sigcode=2\ninstruction bytes: 0xf 0xb\n"
            f"\n{GOROUTINE}\nra  0x51566\tsp  0x40\ns10 0x52c628\n"
        )
        assert record.signal is not None
        assert record.signal.instructions == (15, 11)
        assert record.registers == (("ra", 0x51566), ("sp", 0x40), ("s10", 0x52C628))

    def test_the_threads_of_gotraceback_crash(self):
        section = (
            "\n-----\n\nSIGQUIT: quit\nPC=0x{0} m={0} sigcode=0\n\n"
            "goroutine 7 gp=0x1 m=0 mp=0x2 [syscall]:\nmain.f()\n\t/m.go:1 +0x1\n"
            "rax    0x{0}\n"
        )
        record = only(f"{self.QUIT}{GOROUTINE}\n{OTHER}\nrax    0x9\n{section.format(4)}{section.format(5)}")
        assert record.registers == (("rax", 9),)
        assert record.threads == (
            Thread(Signal("SIGQUIT: quit", code=0, pc=4, m=4), (("rax", 4),), first_goroutine=2),
            Thread(Signal("SIGQUIT: quit", code=0, pc=5, m=5), (("rax", 5),), first_goroutine=3),
        )
        assert [goroutine.id for goroutine in record.goroutines] == [7, 8, 7, 7]

    def test_a_stack_without_a_header_as_up_to_go_1_3(self):
        record = only(
            "SIGQUIT: quit\nPC=0x42ca51\n\nos/signal.loop()\n"
            "\t/go/src/pkg/os/signal/signal_unix.go:21 +0x1c\ncreated by os/signal.init·1\n"
            f"\t/go/src/pkg/os/signal/signal_unix.go:27 +0x2f\n\n{OTHER}"
        )
        assert record.runtime_tracebacks[0].functions == ("os/signal.loop",)
        assert record.runtime_tracebacks[0].created_by is not None
        assert [goroutine.id for goroutine in record.goroutines] == [8]


class TestTests:
    """Reports of `go test`."""

    @pytest.mark.parametrize(
        "running",
        [
            pytest.param("running tests:\n\tTestSub/slow (1m30s)\n\tTestX (2.5s)\n", id="up to 1.22"),
            pytest.param("\trunning tests:\n\t\tTestSub/slow (1m30s)\n\t\tTestX (2.5s)\n", id="since 1.23"),
            pytest.param("running tests:\nTestSub/slow (1m30s)\nTestX (2.5s)\n", id="without its tabs"),
            pytest.param(
                "        running tests:\n                TestSub/slow (1m30s)\n                TestX (2.5s)\n",
                id="pasted with spaces",
            ),
        ],
    )
    def test_a_timeout_names_the_tests_and_not_the_alarm(self, running):
        alarm = (
            "goroutine 5 [running]:\ntesting.(*M).startAlarm.func1()\n"
            "\t/go/src/testing/testing.go:2961 +0x34a\ncreated by time.goFunc\n"
            "\t/go/src/time/sleep.go:182 +0x2d\n"
        )
        record = only(
            f"panic: test timed out after 2m0s\n{running}\n{alarm}\n{OTHER}FAIL\texample.com/m\t120.012s\nFAIL\n"
        )
        assert (record.kind, record.reason, record.crashed_id) == ("test-timeout", "test timed out after 2m0s", None)
        assert record.tests == (TestRun("TestSub/slow", 90.0), TestRun("TestX", 2.5))
        assert record.package == TestRun("example.com/m", 120.012, failed=True)

    @pytest.mark.parametrize("mark", ["FAIL", "PASS", "SKIP"])
    def test_what_gotestsum_says_of_a_test_right_below_its_dump(self, mark):
        record = only(f"panic: x\n\n{OTHER.rstrip()}\n{mark} example.com/m.TestX (0.00s)\n")
        assert record.goroutines[0].stack.created_by is not None

    def test_running_tests_that_somebody_wrote_without_their_time(self):
        record = only(f"panic: test timed out after 45s\n\trunning tests:\n\t\tTestForward\n\n{OTHER}")
        assert record.tests == (TestRun("TestForward", None),)

    def test_thousands_of_tests_that_ran_at_once(self):
        names = "".join(f"\tTest{number} (9s)\n" for number in range(3_000))
        record = only(f"panic: test timed out after 9s\nrunning tests:\n{names}\n{OTHER}")
        assert len(record.tests) == 3_000
        assert [goroutine.id for goroutine in record.goroutines] == [8]

    def test_the_test_that_go_killed(self):
        record = only(
            f"SIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\n{OTHER}\nrax    0x1\n"
            "*** Test killed with quit: ran too long (11m0s).\nexit status 2\n"
            "FAIL\tm\t660.1s\n"
        )
        assert (record.kind, record.killed_after_seconds, record.was_requested) == ("test-timeout", 660.0, False)
        assert record.reason == "test killed: ran too long (660s)"

    def test_the_failed_test_above_and_the_panic_it_caught(self):
        goroutine = "goroutine 22 [running]:\n" + "".join(
            f"{name}(0x1)\n\t/src/x.go:1 +0x1\n"
            for name in (
                "testing.tRunner.func1.2",
                "testing.tRunner.func1",
                "panic",
                "runtime.mapassign",
                "m.TestPanic.func1",
                "testing.tRunner",
            )
        )
        (capture,) = captures(
            "--- FAIL: TestOther (0.1s)\n--- FAIL: TestPanic (0.02s)\n"
            "    --- FAIL: TestPanic/inner (0.01s)\n    x_test.go:3: log\n"
            f"panic: a [recovered, repanicked]\n\n{goroutine}FAIL\tm\t0.01s\n"
        )
        assert (capture.first_line, capture.last_line) == (2, 20)
        assert isinstance(capture.body, Crash)
        assert capture.body.tests == (
            TestRun("TestPanic", 0.02, failed=True),
            TestRun("TestPanic/inner", 0.01, failed=True),
        )
        assert [frame.function for frame in capture.body.fault_frames] == ["m.TestPanic.func1", "testing.tRunner"]

    def test_the_test_that_go_test_v_says_to_run(self):
        assert only(f"=== RUN   TestX\npanic: a\n\n{GOROUTINE}").tests == (TestRun("TestX"),)


class TestServers:
    """Panics that someone has recovered: the program runs on."""

    SERVING = "2026/01/02 15:04:05 http: panic serving 127.0.0.1:38160: "

    def test_http_without_a_blank_line(self):
        frames = "".join(
            f"{name}(0x1)\n\t/src/x.go:1 +0x1\n"
            for name in ("net/http.(*conn).serve.func1", "panic", "main.load", "main.handler")
        )
        record = only(f"{self.SERVING}boom\ngoroutine 17 [running]:\n{frames}")
        assert (record.kind, record.reason, record.crashed_id) == ("http-panic", "boom", 17)
        assert record.panics == (Panic("boom", prefix="2026/01/02 15:04:05 ", serving="127.0.0.1:38160"),)
        assert [frame.function for frame in record.fault_frames] == ["main.load", "main.handler"]

    def test_a_message_of_several_lines_and_an_address_of_ipv6(self):
        record = only(f"2026/01/02 15:04:05 http: panic serving [::1]:80: a: b\nc\n{GOROUTINE}")
        assert (record.panics[0].serving, record.panics[0].text) == ("[::1]:80", "a: b\nc")

    def test_two_of_them_and_what_is_logged_between(self):
        found = captures(
            f"{self.SERVING}a\n{GOROUTINE}2026/01/02 15:04:06 served\n{self.SERVING}b\n{GOROUTINE}\n{OTHER}"
        )
        assert [(capture.format, capture.goroutines) for capture in found] == [("crash", 1), ("crash", 2)]

    def test_a_panic_that_the_program_logs(self):
        record = only(f"2026/01/02 15:04:05 main.go:12: panic: boom\n{GOROUTINE}")
        assert (record.kind, record.panics) == ("panic", (Panic("boom", prefix="2026/01/02 15:04:05 main.go:12: "),))


class TestInTheMiddleOfALog:
    def test_a_log_line_inside_is_a_problem_and_no_goroutine_is_lost(self):
        text = (
            f"SIGQUIT: quit\nserved /a\nPC=0x1 m=0 sigcode=0\n\n{OTHER}\nserved /b\n"
            f"{GOROUTINE}\nserved /c\nrax    0x1\n"
        )
        (capture,) = captures(text.replace("7 [running]", "7 [sleep]"))
        assert [(problem.line, problem.found) for problem in capture.problems] == [
            (2, "served /a"),
            (11, "served /b"),
            (18, "served /c"),
        ]
        assert isinstance(capture.body, Crash)
        assert capture.body.registers == (("rax", 1),)
        assert capture.goroutines == 2

    def test_what_stands_around_is_left_to_others(self):
        cursor = Cursor([Piece(f"noise\npanic: a\n\n{GOROUTINE}exit status 2\nrestarting\npanic: b\n", 1)], begins)
        cursor.more()
        cursor.skip_line()
        capture = crash.parse(cursor)
        assert (capture.first_line, capture.last_line, capture.problems) == (2, 9, ())
        assert cursor.line() == "restarting"

    def test_two_crashes_one_behind_the_other(self):
        found = captures(f"panic: a\n\n{GOROUTINE}panic: b\n\n{OTHER}")
        assert [(capture.first_line, capture.last_line, capture.body.reason) for capture in found] == [
            (1, 7, "a"),
            (8, 14, "b"),
        ]

    def test_a_piece_of_text_may_end_anywhere_between_goroutines(self):
        text = f"panic: a\n\n{GOROUTINE}\n{OTHER}exit status 2\n"
        cut = text.index("goroutine 8")
        for pieces in (
            [Piece(text, 1)],
            [Piece(text[:cut], 1), Piece(text[cut:], 9)],
            [Piece(text[:10], 1), Piece(text[10:], 3)],
        ):
            cursor = Cursor(pieces, begins)
            cursor.more()
            capture = crash.parse(cursor)
            assert (capture.goroutines, capture.body.exit_status, capture.last_line) == (2, 2, 14)

    def test_a_message_may_go_on_in_the_next_piece(self):
        text = f"panic: a\nb\n\nc\n\n{GOROUTINE}"
        for cut in (text.index("\nc\n") + 1, text.index("goroutine")):
            cursor = Cursor([Piece(text[:cut], 1), Piece(text[cut:], text[:cut].count("\n") + 1)], begins)
            cursor.more()
            capture = crash.parse(cursor)
            assert capture.body.panics == (Panic("a\nb\n\nc"),)
            assert (capture.goroutines, capture.last_line, capture.body.goroutines[0].line) == (1, 10, 6)

    @pytest.mark.parametrize("left", ["", "main.load(...)\n", "main.load(...)\n\t/src/m/ma"])
    def test_a_report_that_is_cut_in_its_last_goroutine(self, left):
        (capture,) = captures(f"panic: a\n\n{GOROUTINE}\ngoroutine 8 [select]:\n{left}")
        assert capture.truncated
        assert [problem.message for problem in capture.problems] == ["the text ends in the middle of a goroutine"]
        assert capture.goroutines == 2

    def test_after_a_panic_without_goroutines_a_log_goes_on(self):
        (capture,) = captures("panic: a\nrestarting\nlistening on :80\n")
        assert (capture.first_line, capture.last_line, capture.problems) == (1, 1, ())


@pytest.mark.parametrize(
    "line",
    [
        "level=error msg=panic",
        "kernel.panic: 10",
        "exitOnpanic: true",
        "x.c:1:10: fatal error: x.h: No such file or directory",
        "SIGTERM: termination",
        "goroutine 1 [running]:",
        "runtime: mlock of signal stack failed: 12",
        "PC=0x1 is wrong",
        "",
    ],
)
def test_lines_that_begin_no_crash(line):
    assert not crash.recognizes(line)


@pytest.mark.parametrize("ruler", ["--", "=====", "~~~"])
def test_a_ruler_below_a_headline_is_no_other_programs_line(ruler):
    assert only(f"fatal error: concurrent map writes\n{ruler}\n\n{GOROUTINE}").fatal == "concurrent map writes"


def test_where_a_crash_begins_to_go_wrong():
    def faulty(*names: str) -> list[str]:
        frames = "".join(f"{name}(0x1)\n\t/src/x.go:1 +0x1\n" for name in names)
        return [frame.function for frame in only(f"panic: a\n\ngoroutine 1 [running]:\n{frames}").fault_frames]

    assert faulty("panic", "runtime.panicmem", "runtime.sigpanic", "main.load", "main.main") == [
        "main.load",
        "main.main",
    ]
    assert faulty("main.f.func1", "panic", "main.f") == ["main.f.func1", "panic", "main.f"]
    assert faulty("panic", "main.f.func1", "panic", "main.f") == ["main.f.func1", "panic", "main.f"]
    assert faulty("runtime/debug.Stack", "main.f.func1", "panic", "runtime.panicmem", "main.load") == ["main.load"]
    assert faulty("runtime.throw", "runtime.main") == ["runtime.throw", "runtime.main"]


@pytest.mark.shared
def test_every_crash_of_the_corpus_is_read_without_a_problem(shared):
    cases = json.loads((shared / "corpus" / "manifest.json").read_text("utf-8"))["cases"]
    read = 0
    for case in cases:
        if case["endpoint"] not in ("stderr", "SIGQUIT"):
            continue
        text = (shared / "corpus" / case["files"][0]).read_bytes().decode("utf-8", "surrogateescape")
        headers = case["truth"].get("goroutine_headers")
        headers = len(re.findall(r"(?m)^goroutine \d+ ", text)) if headers is None else headers
        found = captures(text)
        assert sum(capture.goroutines or 0 for capture in found) == headers, case["id"]
        assert [capture.problems for capture in found if not capture.truncated and capture.problems] == [], case["id"]
        crashes = [capture.body for capture in found if capture.format == "crash"]
        if case["truth"]["kind"] == "deadlock":
            assert [record.kind for record in crashes] == ["deadlock"], case["id"]
        if case["truth"]["kind"] == "none":
            assert all(record.was_requested for record in crashes), case["id"]
        read += 1
    assert read > 400
