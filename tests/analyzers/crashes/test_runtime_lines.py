"""The runtime's own line about a fatal error, which says why: it is quoted, and the advice follows it."""

import pytest

from ...texts import goroutine

STACK = "\nruntime stack:\nruntime.throw(0x5, 0x9)\n\t/go/src/runtime/panic.go:596 +0x95\n"
CANNOT = "runtime: failed to create new OS thread (have {} already; errno={})\nfatal error: newosproc\n"


def test_the_runtime_s_line_is_quoted(findings):
    (found,) = findings(CANNOT.format(2, 22) + STACK)
    assert list(found.evidence.items())[:3] == [
        ("reason", "newosproc"),
        ("runtime", "failed to create new OS thread (have 2 already; errno=22)"),
        ("kind", "fatal"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("runtime: sp=0xc0001 stack=[0xc0001, 0xc0002]\nfatal error: stack overflow\n", None),
        (
            "runtime: goroutine stack exceeds 9-byte limit\nruntime: sp=0xc1 stack=[]\nfatal error: stack overflow\n",
            "goroutine stack exceeds 9-byte limit",
        ),
        ("fatal error: concurrent map writes\n", None),
        (
            "runtime: pointer 0xc0001 to unallocated span\nfatal error: found bad pointer in Go heap\n",
            "pointer 0xc0001 to unallocated span",
        ),
    ],
    ids=["registers", "before registers", "nothing", "a pointer"],
)
def test_only_what_says_why_is_quoted(findings, text, said):
    assert findings(text + STACK)[0].evidence.get("runtime") == said


@pytest.mark.parametrize(
    ("have", "errno", "advice"),
    [
        (2, 22, "No limit was hit: the system does not know what Go asked for (errno 22, EINVAL)."),
        (2, 1, "No limit was hit: the system forbids this program to start threads."),
        (2, 38, "No limit was hit: the system forbids this program to start threads."),
        (7, 11, "This program has but 7 threads: others of the same user, or in the same container, hold the rest."),
        (4087, 11, "Bound how many goroutines are in blocking system calls or C at once (a semaphore): each holds"),
        (4087, 22, "No limit was hit: the system does not know what Go asked for (errno 22, EINVAL)."),
    ],
)
def test_what_to_do_about_a_thread_depends_on_the_error(findings, have, errno, advice):
    (found,) = findings(CANNOT.format(have, errno) + STACK)
    assert (found.rule, found.advice[: len(advice)]) == ("DT611", advice)


@pytest.mark.parametrize(
    ("why", "begins"),
    [("Operation not permitted", "No limit was hit"), ("Resource temporarily unavailable", "Bound how many")],
)
def test_what_cgo_says_of_a_thread_in_words(findings, why, begins):
    (found,) = findings(
        f"runtime/cgo: pthread_create failed: {why}\nSIGABRT: abort\nPC=0x4a1 m=3 sigcode=18446744073709551610\n"
    )
    assert (found.rule, found.advice.startswith(begins)) == ("DT611", True)


def test_a_clock_that_gives_zero_is_the_system_s(findings):
    (found,) = findings(f"fatal error: nanotime returning zero\n{STACK}")
    assert found.advice.startswith("The system's clock gave zero: report it to Go and to the kernel")


def test_a_signal_that_the_program_has_sent_to_itself_is_no_fault_of_c(findings):
    glog = "\n\t/go/pkg/mod/github.com/golang/glog@v1.2.5/glog.go:11 +0x1d\n"
    fatal = f"github.com/golang/glog.Fatal(...){glog}main.main()\n\t/src/main.go:135 +0x1d\n"
    sends = f"syscall.Tgkill(0xba?, 0x0?)\n\t/go/src/syscall/a.go:8 +0x25\ngithub.com/golang/glog.abortProcess(){glog}"
    signal = "SIGABRT: abort\nPC=0x40e22e m=0 sigcode=18446744073709551610\n"
    header = "goroutine 1 [running]:\n"
    (found,) = findings(
        f"F1122 08:17:52.0 5570 main.go:135] no port\n\n{header}{fatal}\n{signal}\n{header}{sends}{fatal}"
    )
    assert (found.rule, found.title) == ("DT610", "SIGABRT: abort in main.main, sent by the program itself")
    assert found.advice == (
        "github.com/golang/glog.abortProcess sends the signal to its own process (syscall.Tgkill): look in the log "
        "above the stacks, which likely says why."
    )


def test_of_a_signal_sent_by_own_code_its_line_is_to_be_seen(findings):
    calls = ("syscall.Kill(0x27, 0xb)", "main.give()", "main.main()")
    signal = "SIGSEGV: segmentation violation\nPC=0x4031ee m=0 sigcode=0\n\n"
    (found,) = findings(signal + goroutine(1, "running", *calls))
    assert found.functions[0] == "main.give"
    assert found.advice == (
        "This line sends the signal to its own process (syscall.Kill): see why; the log above the stacks may say more."
    )


def test_a_call_of_abort_is_no_wrong_pointer(findings):
    signal = "SIGABRT: abort\nPC=0x7f m=0 sigcode=18446744073709551610\nsignal arrived during cgo execution\n\n"
    calls = ("runtime.cgocall(0x402380, 0x1)", "main._Cfunc_check()", "main.main()")
    (found,) = findings(f"{signal}{goroutine(1, 'syscall', *calls)}")
    assert found.advice == (
        "C code called abort(), in check or below: look above this report for what it printed, an assertion or a "
        "damaged heap."
    )


def test_what_the_runtime_found_in_its_own_code_has_its_line(findings):
    signal = "SIGSEGV: segmentation violation\nPC=0x4031ee m=0 sigcode=1\n\n"
    (found,) = findings(f"{signal}goroutine 0 [idle]:\nscanblock(0x1)\n\t/go/src/runtime/mgc0.c:969 +0x1\n")
    assert (found.rule, found.functions[0]) == ("DT610", "scanblock")
    assert (found.location.file, found.location.line) == ("/go/src/runtime/mgc0.c", 969)


def test_all_panics_of_a_chain_are_told_in_their_order(findings):
    stack = "".join(
        f"{call}\n\t/src/till.go:{line} +0x1\n"
        for line, call in enumerate(("till.sum.func1()", "panic(0x1)", "till.sum.func2()", "panic(0x1)", "till.sum()"))
    )
    said = "panic: first\n\tpanic: second\n\tpanic: third\n\n"
    (found,) = findings(f"{said}goroutine 1 [running]:\n{stack}", rule="DT602")
    assert found.title == 'panic "first" in till.sum; while it unwound, panic "second", then panic "third"'
