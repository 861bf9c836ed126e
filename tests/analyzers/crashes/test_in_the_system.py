"""Crashes in a library of the system that Go code has called: who called it is in a system call, and has `fp=`."""

import pytest

SAID = (
    "fatal error: unexpected signal during runtime execution\n"
    "[signal SIGSEGV: segmentation violation code=0x1 addr=0xb pc=0x7f]\n"
)
POINTERS = " fp=0xc0a sp=0xc0b pc=0x45"


def stack(number: int, state: str, *functions: str, pointers: str = "") -> str:
    placed = ((function, function.rpartition(".")[0]) for function in functions)
    frames = "".join(f"{function}(0x1)\n\t/src/{folder}/a.go:9 +0x4{pointers}\n" for function, folder in placed)
    return f"\ngoroutine {number} [{state}]:\n{frames}"


ASKS = ("syscall.syscall", "golang.org/x/sys/unix.ioctl", "shop.isTerminal", "main.main")


@pytest.mark.parametrize(
    ("pointers", "title"),
    [
        pytest.param(
            ("", POINTERS), " in golang.org/x/sys/unix.ioctl, called by shop.isTerminal", id="one has pointers"
        ),
        pytest.param((POINTERS, POINTERS), ": the frame at fault is not in the text", id="all have them, at level 2"),
        pytest.param(("", ""), ": the frame at fault is not in the text", id="none has"),
    ],
)
def test_the_one_with_pointers_was_on_the_processor(findings, pointers, title):
    other = stack(7, "select", "shop.serve", pointers=pointers[0])
    asks = stack(9, "syscall", *ASKS, pointers=pointers[1])
    (found,) = findings(f"{SAID}{other}{asks}", rule="DT6")
    assert found.title == f"unexpected signal during runtime execution{title}"


def test_a_crash_in_c_is_told_of_its_caller_although_the_stack_is_cut_off_there(findings):
    calls = f"runtime.cgocall(0x1)\n\t/go/src/runtime/cgocall.go:9 +0x4{POINTERS}\nnet._C2func_getaddrinfo(0x1)\n"
    cut = f"\t??:0 +0x5{POINTERS}\nnet.cgoLookupIPCNAME(0x1, 0x2)\n"
    (found,) = findings(f"{SAID}\ngoroutine 9 [syscall, locked to thread]:\n{calls}{cut}", rule="DT6")
    assert found.title == "unexpected signal during runtime execution in net.cgoLookupIPCNAME"
