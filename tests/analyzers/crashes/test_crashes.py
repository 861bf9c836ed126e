"""Crashes by kind, and by the first frame of the user's own code."""

import pytest

from debugtext.analysis import analyze
from debugtext.analyzers.crash_facts.which_rule import is_requested, rule_of
from debugtext.reading import read
from debugtext.records.crashes import Crash, Panic, Signal
from debugtext.records.goroutines import GoroutineDump


def crash(kind: str = "panic", text: str = "", **fields) -> Crash:
    return Crash(kind, text, GoroutineDump(()), panics=(Panic(text),) if kind == "panic" else (), **fields)


@pytest.mark.parametrize(
    ("report", "rule"),
    [
        (crash(text="runtime error: invalid memory address or nil pointer dereference"), "DT601"),
        (crash(text="assignment to entry in nil map"), "DT601"),
        (crash(text="runtime error: index out of range [5] with length 3"), "DT602"),
        (crash("fatal", "concurrent map writes", fatal="concurrent map writes"), "DT603"),
        (crash("fatal", "out of memory", fatal="out of memory"), "DT604"),
        (crash("fatal", "stack overflow", fatal="stack overflow"), "DT605"),
        (crash(text="send on closed channel"), "DT606"),
        (crash("fatal", "sync: unlock of unlocked mutex", fatal="sync: unlock of unlocked mutex"), "DT607"),
        (crash(text="sync: negative WaitGroup counter"), "DT607"),
        (crash("fatal", fatal="sync: Unlock of unlocked RWMutex"), "DT607"),
        (crash("fatal", fatal="sync: inconsistent mutex state"), "DT607"),
        (crash("test-timeout", "test timed out after 2s"), "DT608"),
        (crash(text="potential deadlock: order 7 waits for order 9"), "DT602"),
        (crash(text="concurrent map is closed"), "DT602"),
        (crash(text="batch is out of memory"), "DT602"),
        (crash(text="deadlock: all goroutines in bubble are blocked"), "DT104"),
        (crash(text="main bubble goroutine has exited but blocked goroutines remain"), "DT104"),
        (crash(text="fatal error: out of memory"), "DT604"),
        (crash("fatal", fatal="failed to reserve page summary memory"), "DT604"),
        (crash("signal", "SIGSEGV", signal=Signal("SIGSEGV: segmentation violation", 1)), "DT610"),
        (crash("fatal", "thread exhaustion", fatal="thread exhaustion"), "DT611"),
        (crash("fatal", "found pointer to free object", fatal="found pointer to free object"), "DT612"),
        (
            crash("fatal", "all goroutines are asleep - deadlock!", fatal="all goroutines are asleep - deadlock!"),
            "DT104",
        ),
        (crash("goleak"), "DT105"),
        (crash("signal", "SIGQUIT: quit", signal=Signal("SIGQUIT: quit", 0)), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else value.reason,
)
def test_the_rule_of_a_crash(report, rule):
    assert rule_of(report) == rule


@pytest.mark.parametrize(
    ("name", "code", "asked"),
    [("SIGQUIT", 0, True), ("SIGABRT", 0, True), ("SIGABRT", 1 << 63, False), ("", None, True)],
)
def test_signals_that_ask_for_a_dump(name, code, asked):
    assert is_requested(crash("signal", name, signal=Signal(name, code))) is asked


@pytest.mark.parametrize(
    ("sample", "title", "functions"),
    [
        (
            "nil-deref-go1.27",
            "runtime error: invalid memory address or nil pointer dereference in main.load",
            ("main.load",),
        ),
        ("stack-overflow-mutual-go1.27", "stack overflow: main.p", ("main.p",)),
        (
            "test-hang-go1.27",
            "test timed out after 2s: TestHang stuck in example.com/testpkg.TestHang",
            ("example.com/t",),
        ),
        ("deadlock-many-go1.27", "every goroutine waits; main.init.func28 is stuck", ("main.init.func28",)),
        ("cgo-segv-go1.26", "SIGSEGV", ("main.main", "main._Cfunc_c_segv")),
    ],
)
def test_the_first_finding_of_a_crash(samples, sample, title, functions):
    found = analyze([read(samples / "crash" / f"{sample}.txt")]).findings[0]
    assert found.title.startswith(title)
    assert all(name.startswith(start) for name, start in zip(found.functions, functions, strict=False))
    assert found.location is not None


def test_what_cgo_said_before_it_aborted_is_the_reason(findings):
    said = "runtime/cgo: pthread_create failed: Resource temporarily unavailable"
    (found,) = findings(f"{said}\nSIGABRT: abort\nPC=0x7f2f1d32b418 m=2\n\ngoroutine 0 [idle]:\n")
    assert (found.rule, found.title, found.evidence["signal"]) == ("DT611", said, "SIGABRT: abort")


@pytest.mark.parametrize(
    "said",
    [
        "fatal error: stack overflow",
        "fatal error: runtime: out of memory",
        "fatal error: concurrent map writes",
        "panic: boom",
        "panic: runtime error: invalid memory address or nil pointer dereference",
    ],
)
def test_advice_points_at_functions_only_where_one_is_named(findings, said):
    stack = "\n\ngoroutine 9 [running]:\n{}(0x1)\n\t/src/f.go:3 +0x1d\n"
    (named,) = findings(said + stack.format("main.f"))
    (unnamed,) = findings(said + stack.format("runtime.throw"))
    assert (named.functions[0], unnamed.location) == ("main.f", None)
    assert " this " in f" {named.advice.lower()} "
    assert unnamed.advice
    assert not {"this", "these"} & set(unnamed.advice.lower().split())


def test_goroutines_beside_a_crash_are_not_leaks(dump, findings):
    panic = "panic: boom\n\ngoroutine 9 [running]:\nmain.f()\n\t/src/f.go:3 +0x1d\n\n"
    crowd = dump(*[("chan receive", "main.await(0x1)")] * 40)
    assert [found.rule for found in findings(panic + crowd)] == ["DT602"]


def test_what_ended_the_program_comes_before_what_else_its_report_shows(dump, findings):
    panic = "panic: boom\n\ngoroutine 9 [running]:\nmain.f()\n\t/src/f.go:3 +0x1d\n\n"
    crowd = dump(*[("select (no cases)", "main.park(0x1)")] * 5)
    assert [found.rule for found in findings(panic + crowd)] == ["DT602", "DT103"]


HUNG = ("chan receive, 9 minutes", "shop.TestCart(0x1)", "testing.tRunner(0x1, 0x1)")
AFTER = "test timed out after 9 min or more: "
BUSY = ("running", "shop.TestCart(0x1)", "testing.tRunner(0x1, 0x1)")


@pytest.mark.parametrize(
    ("seconds", "test", "rules"),
    [
        ("10m0s", HUNG, [("DT608", ["DT212"]), ("DT212", [])]),
        ("2s", HUNG, [("DT608", ["DT212"]), ("DT212", [])]),
        ("10m0s", BUSY, [("DT608", [])]),
        (
            "10m0s",
            ("chan receive, 9 minutes", "testing.(*T).Run(0x1)", "main.main()"),
            [("DT608", ["DT212"]), ("DT212", [])],
        ),
    ],
    ids=["blocked for long", "blocked for a moment", "still running", "not in the text"],
)
def test_a_test_out_of_time_is_certain_and_its_hang_likely(dump, findings, seconds, test, rules):
    alarm = f"panic: test timed out after {seconds}\nrunning tests:\n\tTestCart ({seconds})\n\n"
    found = findings(alarm + dump(test))
    assert [(one.rule, one.evidence.get("also", [])) for one in found] == rules
    assert [one.certainty for one in found] == ["certain", "likely"][: len(found)]
    assert ("would likely not help" in found[0].advice) is (found[0].evidence.get("also") is not None)
    assert {one.functions[0] for one in found} <= {"shop.TestCart", "TestCart"}


@pytest.mark.parametrize(
    "other",
    [("sleep", "time.Sleep(0x1)", "shop.retry(0x1)"), ("select", "shop.(*Cart).watch(0x1)")],
    ids=["sleeps", "selects"],
)
def test_a_short_timeout_is_no_hang_while_somebody_may_wake_the_test(dump, findings, other):
    alarm = "panic: test timed out after 2s\nrunning tests:\n\tTestCart (2s)\n\n"
    assert [one.rule for one in findings(alarm + dump(HUNG, other))] == ["DT608"]
    assert findings(alarm + dump(HUNG, ("chan receive", "shop.(*Cart).watch(0x1)")), rule="DT212")


@pytest.mark.parametrize(
    ("test", "told"),
    [
        (
            HUNG,
            "test timed out after 9 min or more: TestCart stuck in shop.TestCart, receiving from a channel for 9 min",
        ),
        (("IO wait", "main.main()"), f"{AFTER}a test was still running"),
    ],
    ids=["its goroutine", "not in the text"],
)
def test_the_alarm_proves_a_timeout_whose_message_is_cut_off(dump, findings, test, told):
    alarm = ("running", "testing.(*M).startAlarm.func1()")
    runner = ("chan receive, 9 minutes", "testing.(*T).Run(0x1)", "main.main()")
    timeout, *hang = findings(dump(alarm, runner, test))
    assert [(one.rule, one.evidence["told_by"]) for one in hang] == [("DT212", "DT608")] * (test is HUNG)
    assert (timeout.rule, timeout.title) == ("DT608", told)
    assert ("DT212" in timeout.evidence.get("also", [])) is (test is HUNG)


def test_a_test_out_of_time_names_those_who_wait_with_it_and_no_test_twice(dump, findings):
    listed = "running tests:\n\tTestCart (5m0s)\n\tTestCart (5m0s)\n\tTestCart/slow (5m0s)\n\n"
    sender = ("chan send, 4 minutes", "shop.(*Cart).sync(0x1)")
    (found,) = findings("panic: test timed out after 5m0s\n" + listed + dump(HUNG, sender), rule="DT608")
    assert found.title.startswith("test timed out after 5m0s: TestCart/slow stuck in shop.TestCart, receiving")
    assert "shop.(*Cart).sync" in found.functions[:3]
    assert found.evidence["waits_with_it"] == ["shop.(*Cart).sync (shop.go:12): sending on a channel"]


UNLOCKS = "sync.fatal(0x1)\n\t/go/a.go:1 +0x1\nsync.(*Mutex).unlockSlow(0x1)\n\t/go/b.go:2 +0x1\n"


@pytest.mark.parametrize(
    ("signal", "below", "title"),
    [
        ("[signal SIGSEGV: segmentation violation code=0x2 addr=0x18 pc=0x1]\n", "panic(0x1)\n\t/go/c.go:1 +0x1\n",
         "nil dereference in till.sum; while it unwound, sync: unlock of unlocked mutex"),
        ("", "panic(0x1)\n\t/go/c.go:1 +0x1\n",
         "panic in till.sum; while it unwound, sync: unlock of unlocked mutex"),
        ("", "", "sync: unlock of unlocked mutex in till.sum"),
    ],
    ids=["a fault", "another panic", "none"],
)  # fmt: skip
def test_a_panic_that_a_failed_unlock_hides_comes_first(findings, signal, below, title):
    said = f"fatal error: sync: unlock of unlocked mutex\n{signal}\ngoroutine 1 [running]:\n"
    (found,) = findings(f"{said}{UNLOCKS}{below}till.sum(0x1)\n\t/src/till.go:8 +0x1\n")
    assert found.title == title


@pytest.mark.parametrize(
    ("frame", "title"),
    [
        ("runtime.growslice", "out of memory in till.sum, growing a slice"),
        ("runtime.hashGrow", "out of memory in till.sum, growing a map"),
        ("runtime.persistentalloc", "out of memory in till.sum"),
    ],
)
def test_what_the_memory_was_for(findings, frame, title):
    stack = f"runtime.mallocgc(0x1)\n\t/go/a.go:1 +0x1\n{frame}(0x1)\n\t/go/b.go:2 +0x1\n"
    (found,) = findings(
        f"fatal error: out of memory\n\ngoroutine 7 [running]:\n{stack}till.sum(0x1)\n\t/src/till.go:8 +0x1\n"
    )
    assert found.title == title


@pytest.mark.parametrize(
    ("signal", "said"),
    [
        ("SIGILL: illegal instruction code=0x2 addr=0x4dff52 pc=0x4dff52", "processor"),
        ("SIGBUS: bus error code=0x2 addr=0x7f9961202000 pc=0x4dff52", "memory-mapped"),
        ("0xa code=0x2 addr=0x7f9961202000 pc=0x4dff52", "memory-mapped"),
        ("SIGSEGV: segmentation violation code=0x2 addr=0x515858 pc=0x4dfdde", "string"),
        ("SIGBUS: bus error code=0x2 addr=0x10b6139 pc=0x1088f2c", "string"),
        ("SIGSEGV: segmentation violation code=0x1 addr=0x515858 pc=0x4dfdde", "data race"),
        ("SIGSEGV: segmentation violation code=0x2 addr=0x4dfdde pc=0x4dfdde", "data race"),
    ],
    ids=[
        "an instruction",
        "a file cut off",
        "by number",
        "a constant",
        "a constant on macOS",
        "nothing there",
        "a jump",
    ],
)
def test_the_address_of_a_fault_tells_its_cause(findings, signal, said):
    stack = "goroutine 7 [running]:\nruntime.throw(0x1)\n\t/go/a.go:1 +0x1\ntill.read(0x1)\n\t/src/till.go:8 +0x1\n"
    (found,) = findings(f"fatal error: fault\n[signal {signal}]\n\n{stack}")
    assert (found.rule, found.functions[0]) == ("DT612", "till.read")
    assert found.title == f"unexpected fault address {signal.partition('addr=')[2].split()[0]} in till.read"
    assert said in found.advice


def test_a_package_that_maps_files_faults_in_a_file(findings):
    stack = "goroutine 7 [running]:\ngo.etcd.io/bbolt.(*DB).page(0x1)\n\t/go/pkg/mod/go.etcd.io/bbolt@v1/db.go:8 +0x1\n"
    (found,) = findings(f"fatal error: fault\n[signal SIGSEGV: s code=0x1 addr=0x7f0 pc=0x11]\n\n{stack}")
    assert "memory-mapped" in found.advice


def test_own_frames_below_runtime_stack_are_a_goroutines_without_its_header(findings):
    stack = "runtime stack:\nruntime.throw(0x1)\n\t/go/a.go:1 +0x1\ntill.(*Till).sum(0x1)\n\t/src/till.go:8 +0x1\n"
    (found,) = findings(
        f"runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n\n{stack}"
    )
    assert (found.rule, found.title) == ("DT605", "stack overflow in till.(*Till).sum")


def test_a_crash_with_a_place_comes_before_one_without(findings):
    nowhere = "http: panic serving 127.0.0.1:1: runtime error: index out of range\ngoroutine 29 [running]:\n\n"
    first, *_ = findings(f"{nowhere}panic: boom\n\ngoroutine 9 [running]:\ntill.sum(0x1)\n\t/src/till.go:8 +0x1\n")
    assert first.functions[0] == "till.sum"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("runtime error: index out of range [5] with length 3", "shorter than this function expects"),
        ("interface conversion: interface {} is nil, not string", "another type"),
        ("order 7 is missing", "the panic's text says what was wrong there"),
        ("runtime error: index out of range [recovered]\n\tpanic: cannot serve", "shorter than this function expects"),
    ],
    ids=["index", "assertion", "the program's own", "a chain"],
)
def test_what_is_known_about_a_panics_text_is_its_advice(findings, text, said):
    (found,) = findings(f"panic: {text}\n\ngoroutine 9 [running]:\ntill.sum(0x1)\n\t/src/till.go:8 +0x1\n")
    assert said in found.advice


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("panic: ffs_alloc: free inode\n", ("likely", "warning")),
        ("fatal error: lock ordering problem\n", ("likely", "note")),
        ("fatal error: concurrent map read and map write\n", ("likely", "warning")),
        ("fatal error: concurrent map writes (fixed in v1.2)\n", ("likely", "warning")),
        ("panic: runtime error: index out of range [5] with length 3\n", ("likely", "warning")),
        ("fatal error: stack overflow\n- the function calls itself\n", ("likely", "warning")),
        ("fatal error: concurrent map read and map write\nexit status 2\n", ("certain", "error")),
        ("runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n", ("certain", "error")),
        ("panic: no tea\nexit status 2\n", ("certain", "error")),
        ("panic: no tea\n\ngoroutine 1 [running]:\nmain.main()\n\t/m.go:3 +0x1\n", ("certain", "error")),
    ],
)
def test_a_headline_alone_is_hearsay(findings, text, told):
    (found,) = findings(f"the log begins\n{text}")
    assert (found.certainty, found.severity) == told


@pytest.mark.parametrize(
    "reason",
    [
        "foo.h: No such file or directory",
        "'foo.h' file not found",
        "too many errors emitted, stopping now [-ferror-limit=]",
    ],
)
def test_what_compilers_print_is_no_crash(findings, reason):
    assert findings(f"cc -c main.c\nfatal error: {reason}\ncompilation terminated.\n") == []


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        (
            "no name",
            "close of closed channel",
            'panic "no name" in main.save; while it unwound, close of closed channel',
        ),
        (
            "no name [recovered]",
            "no name",
            'panic "no name" in main.save; recovered and raised again by main.closeAll',
        ),
        ("no name [recovered]", "told", 'panic "no name" in main.save; after its recover, panic "told"'),
    ],
)
def test_a_panic_in_a_deferred_function_does_not_hide_the_first(findings, first, last, title):
    stack = (
        "main.closeAll(...)\n\t/m.go:5\npanic({0x1, 0x2})\n\t/go/src/runtime/panic.go:860 +0x1\nmain.save()\n\t/m.go:11"
    )
    (found,) = findings(f"panic: {first}\n\tpanic: {last}\n\ngoroutine 1 [running]:\n{stack} +0x8\n")
    assert (found.title, found.location.line) == (title, 11)


@pytest.mark.parametrize("line", ["detector enabled, timeout 30s", "none found in last run", ""])
def test_words_about_deadlocks_are_no_report(findings, line):
    assert findings(f"POTENTIAL DEADLOCK: {line}\nand more\n") == []


BUBBLE = (
    "--- FAIL: TestIdle (0.00s)\npanic: deadlock: main bubble goroutine has exited but blocked goroutines remain\n\n"
    "goroutine 7 [running]:\ntesting.tRunner.func1.2({0x1, 0x2})\n\t/go/src/testing/testing.go:1872 +0x1\n"
)
SERVED = (
    "http: panic serving 1.2.3.4:5: no\ngoroutine 29 [running]:\nnet/http.(*conn).serve.func1(0x1)\n\t/s.go:1 +0x1\n"
)
THROW = (
    "fatal error: bad timer\n\nruntime stack:\nruntime.throw({0x1, 0x9})\n\t/go/src/runtime/panic.go:1067 +0x48\n"
    "runtime.(*timer).run(0x1)\n\t/go/src/runtime/time.go:1076 +0x28\n"
)


@pytest.mark.parametrize(
    ("text", "functions"),
    [
        pytest.param(BUBBLE, ("TestIdle",), id="a bubble that its test has left, the test"),
        pytest.param(THROW, ("runtime.(*timer).run",), id="the runtime's own stack, what found the trouble"),
        pytest.param(SERVED, (), id="a server that has recovered it, and nothing else: nothing"),
        pytest.param(
            "fatal error: concurrent map writes\n\ngoroutine 9 [running]:\ninternal/runtime/maps.fatal({0x1, 0x2})\n"
            "\t/go/src/runtime/panic.go:1195 +0x20\n",
            (),
            id="nothing but what tells it, nothing",
        ),
    ],
)
def test_neither_the_runner_nor_what_tells_a_crash_is_its_place(findings, text, functions):
    assert findings(text)[0].functions == functions


def test_beside_the_runtime_s_own_stack_nobody_leaks(alarms):
    waiter = "goroutine 1 [chan send, 15 minutes]:\nmain.main()\n\t/m.go:3 +0x1\n"
    assert alarms(THROW.partition("runtime stack:\n")[2] + "\n" + waiter) == [("DT613", "runtime.(*timer).run")]


def test_of_several_tests_out_of_time_each_place_is_told(findings):
    def test(number: int, state: str, name: str) -> str:
        runner = "testing.tRunner(0x1, 0x2)\n\t/go/src/testing/testing.go:9 +0x1\n"
        return f"goroutine {number} [{state}]:\nexample.org/till.{name}(0x1)\n\t/t_test.go:{number} +0x1\n{runner}\n"

    head = "panic: test timed out after 2s\n\trunning tests:\n\t\tTestBusy (2s)\n\t\tTestSlow (2s)\n\n"
    both = findings(head + test(7, "select", "TestSlow") + test(8, "running", "TestBusy"), rule="DT608")[0]
    assert (
        both.title == "test timed out after 2s: TestBusy and TestSlow were still running, TestSlow stuck in "
        "example.org/till.TestSlow, waiting in a select"
    )
    assert both.evidence["tests_stand_in"] == [
        "example.org/till.TestSlow: select",
        "example.org/till.TestBusy: running",
    ]
    parked = test(8, "chan receive", "TestBusy").replace("example.org/till.TestBusy(0x1)", "testing.(*T).Parallel(0x1)")
    alone = findings(head + test(7, "select", "TestSlow") + parked, rule="DT608")[0]
    assert "tests_stand_in" not in alone.evidence
    busy = findings(head.replace("\t\tTestSlow (2s)\n", "") + test(8, "running", "TestBusy"), rule="DT608")[0]
    assert busy.title == "test timed out after 2s: TestBusy running in example.org/till.TestBusy"
    assert busy.advice.startswith("The test's goroutine was running")


def test_a_panic_that_announces_its_causes_tells_the_first(findings):
    causes = "\t* open /etc/app.yaml: no such file\n\t* no DB_URL\n"
    (found,) = findings(f"panic: 2 errors occurred:\n{causes}\n\ngoroutine 1 [running]:\nmain.main()\n\t/a.go:1 +0x1\n")
    assert found.title == 'panic "2 errors occurred: * open /etc/app.yaml: no such file" in main.main'


def test_what_two_tests_leave_behind_in_one_function_is_one_finding(findings):
    report = "    leaktest.go:142: Test{0} leaked goroutine: goroutine {0} [select]:\n\tshop.(*Till).wait(0x1)\n"
    place = "\t\t/src/shop/till.go:9 +0x1d\n\tcreated by shop.Open\n\t\t/src/shop/open.go:7 +0x2a\n"
    text = "".join(f"--- FAIL: Test{n} (5.01s)\n{report.format(n)}{place}" for n in (21, 22))
    (found,) = findings(text, rule="DT105")
    assert (
        found.title
        == "2 goroutines left over by a test in shop.(*Till).wait, waiting in a select, started by shop.Open"
    )


def test_a_stack_that_is_told_with_its_message_is_not_told_again(findings):
    stack = "panic({0x1, 0x2})\n\t/go/src/runtime/panic.go:9 +0x1d\nmain.sell(0x1)\n\t/src/main.go:12 +0x1d\n"
    crash = f"panic: sold out\n\ngoroutine 1 [running]:\n{stack}exit status 2\n"
    again = f"goroutine 1 [running]:\nmain.logs()\n\t/src/main.go:30 +0x1\n{stack}"
    assert [found.rule for found in findings(f"{crash}\nin the log:\n\n{again}")] == ["DT602"]
    other = again.replace(":12", ":14")
    assert [found.rule for found in findings(f"{crash}\nin the log:\n\n{other}")] == ["DT602", "DT613"]


@pytest.mark.parametrize(
    ("leaf", "advice"),
    [
        pytest.param("", "The pointer that this line uses is not valid", id="in own code"),
        pytest.param(
            "math/rand.(*Rand).Int63(0x1)\n\t/go/src/rand.go:84 +0x9\n", "Look for a data race", id="below it"
        ),
    ],
)
def test_a_fault_in_own_code_is_that_of_its_pointer(findings, leaf, advice):
    said = "unexpected fault address 0xdeadbeef\nfatal error: fault\n[signal SIGSEGV: segmentation violation code=0x1 "
    said += (
        "addr=0xdeadbeef pc=0x5]\n\ngoroutine 1 [running]:\nruntime.throw({0x1, 0x2})\n\t/go/src/runtime/panic.go:7 "
    )
    said += "+0x5\nruntime.sigpanic()\n\t/go/src/runtime/signal_unix.go:844 +0x1\n"
    (found,) = findings(f"{said}{leaf}till.sum(0x1)\n\t/src/till.go:9 +0x1\nmain.main()\n\t/src/main.go:3 +0x1\n")
    assert (found.rule, found.advice[: len(advice)]) == ("DT612", advice)
