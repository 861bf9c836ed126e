"""Reports without a stack: with GOTRACEBACK=none Go prints none."""

import pytest

NIL = "panic: runtime error: invalid memory address or nil pointer dereference\n"
NONE = "No stack is in this text: see whether the whole log has one; else run with GOTRACEBACK="
STACK = "\ngoroutine 9 [running]:\nruntime.throw(0x1)\n\t/src/f.go:3 +0x1d\n"


def test_of_a_signal_the_pc_leads_to_the_line(findings):
    (found,) = findings(f"{NIL}[signal SIGSEGV: segmentation violation code=0x1 addr=0x8 pc=0x65e4a3]\n")
    assert found.advice == (
        f"{NONE}single, which prints it. Or ask for the line of its pc: `echo 0x65e4a3 | go tool addr2line PROGRAM`."
    )
    assert found.evidence["pc"] == "0x65e4a3"


@pytest.mark.parametrize(
    ("said", "level"),
    [
        (NIL, "single"),
        ("panic: boom\n", "single"),
        ("panic: boom [recovered]\n\tpanic: boom\n", "single"),
        ("panic: boom [recovered, repanicked]\n", "single"),
        ("[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x0]\n", "single"),
        ("fatal error: all goroutines are asleep - deadlock!\n", "all"),
    ],
)
def test_without_any_stack_it_is_told_how_to_get_one(findings, said, level):
    (found,) = findings(said)
    assert found.advice == f"{NONE}{level}, which prints it."


def test_what_a_program_may_have_logged_itself_needs_its_own_stack(findings):
    (found,) = findings("2026/11/22 10:00:00 panic: boom\n")
    assert found.advice == (
        f"{NONE}single, or, where the program has logged this panic itself, let it log debug.Stack() too."
    )


@pytest.mark.parametrize(
    "told",
    [
        NIL + STACK,
        f"fatal error: all goroutines are asleep - deadlock!\n{STACK}",
        "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n",
        f"2026/11/22 10:00:00 http: panic serving 10.0.0.1:80: {NIL.removeprefix('panic: ')}",
    ],
    ids=["a stack", "asleep", "nobody left", "recovered by net/http"],
)
def test_where_there_is_one_or_go_would_print_none_it_is_not(findings, told):
    for found in findings(told):
        assert "No stack is in this text" not in found.advice
        assert "pc" not in found.evidence
