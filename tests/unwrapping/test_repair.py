"""Lines that a paste has bent are given as Go prints them; notes of people do not stop the reading."""

import pytest

HEADER, CALL, PLACE = "goroutine 1 [running]:", "main.main()", "\t/src/main.go:5 +0x1d"
DUMP = f"{HEADER}\n{CALL}\n{PLACE}\n"
FRAME = "#\t0x6be758\tmain.main+0x18\t/src/main.go:109"


@pytest.mark.parametrize(
    "given",
    [
        pytest.param("#       0x6be758        main.main+0x18  /src/main.go:109", id="columns"),
        pytest.param("# 0x6be758 main.main+0x18 /src/main.go:109", id="single blanks"),
        pytest.param("0x6be758\tmain.main+0x18\t/src/main.go:109", id="no mark"),
        pytest.param("        0x6be758  main.main+0x18 /src/main.go:109", id="an indent for the mark"),
        pytest.param("#0x6be758main.main+0x18/src/main.go:109", id="no blanks at all"),
        pytest.param("#\t0x6be758\tmain.main+0x18\t/src/main.go:109  // here", id="a comment"),
        pytest.param("#\t0x6be758\tmain.main+0x18\t/src/\nmain.go:109", id="in two"),
    ],
)
def test_a_frame_gets_its_cells_back(given, unwrapped):
    text = f"goroutine profile: total 1\n1 @ 0x6be759 0x48c68a\n{given}\n"
    assert FRAME in unwrapped(text).split("\n")


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(f"{HEADER}\n{CALL}\n    /src/main.go:5 +0x1d\n", id="spaces"),
        pytest.param(f"{HEADER}\n{CALL}\n/src/main.go:5 +0x1d\n", id="no indent"),
        pytest.param(f"{HEADER}\n  {CALL}\n      /src/main.go:5 +0x1d\n", id="calls indented too"),
        pytest.param(f"{HEADER}\n{CALL} /src/main.go:5 +0x1d\n", id="a call and its location on one line"),
        pytest.param(f"{HEADER} {CALL} /src/main.go:5 +0x1d\n", id="all on one line"),
        pytest.param(f"=== dump ==={HEADER}\n{CALL}\n{PLACE}\n", id="a marker before the header"),
        pytest.param(f"{HEADER}   <- look here\n{CALL}\n{PLACE}\n", id="a note behind the header"),
        pytest.param(f"{HEADER}\n-> {CALL}\n{PLACE}\n", id="an arrow"),
        pytest.param(f"{HEADER}\n{CALL}\n{PLACE}    // он ждёт\n", id="a note behind the location"),
        pytest.param(f"{HEADER}\n{CALL}\n\t/src/main.go:5 +0\nx1d\n", id="a location in two"),
        pytest.param(f"{HEADER}\n{CALL}\n\t/src/main.go:5\n+0x1d\n", id="a location broken at a blank"),
        pytest.param(f"goroutine 1\n[running]:\n{CALL}\n{PLACE}\n", id="a header in two"),
        pytest.param(f"1. {HEADER}\n   {CALL}\n   {PLACE}\n", id="a list's number"),
        pytest.param(f"{HEADER}\n\n{CALL}\n{PLACE}\n", id="a blank line within"),
    ],
)
def test_a_goroutine_is_straightened(given, unwrapped):
    assert DUMP in unwrapped(given)


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        (
            "heap profile: 3190(in use): 77(bytes) [5(all): 6(bytes)] @ heap/1048576(rate)",
            "heap profile: 3190: 77 [5: 6] @ heap/1048576",
        ),
        ("heap profile: 5：6 [7： 8] @ heap/1048576", "heap profile: 5:6 [7: 8] @ heap/1048576"),  # noqa: RUF001
        ("1(对象): 2(字节) [3: 4] @ 0x1 0x2", "1: 2 [3: 4] @ 0x1 0x2"),
        ("1: 2 [3: 4]\n@ 0x1 0x2", "1: 2 [3: 4] @ 0x1 0x2"),
        ("5[of them] @ 0x1 0x2", "5 @ 0x1 0x2"),
        ("5 @ 0x1 0x2   <-- these", "5 @ 0x1 0x2"),
        ("# Sys = 11084658696    //进程从系统获得的内存空间", "# Sys = 11084658696"),
    ],
)
def test_notes_are_taken_out_of_numbers(given, printed, unwrapped):
    frame = "#\t0x1\tmain.f+0x1\t/a.go:1"
    text = (
        f"{given}\n{frame}\n\n# runtime.MemStats\n# Alloc = 1 // now\n"
        if given[0] != "#"
        else f"# runtime.MemStats\n{given}\n"
    )
    assert printed in unwrapped(text).split("\n")


def test_notes_between_lines_stay_lines_of_their_own(unwrapped):
    assert "it waits here\n" in unwrapped(f"{HEADER}\nit waits here\n{CALL}\n    /src/main.go:5 +0x1d\n")


def test_blank_lines_come_back_between_records(numbered, unwrapped):
    assert unwrapped(DUMP + DUMP + DUMP).count("\n\n") == 2
    assert numbered(DUMP + DUMP)[3] == (4, HEADER)


def test_a_list_of_pauses_goes_on_over_lines(unwrapped):
    pauses = "# PauseNs = [" + " ".join(str(i * 37 % 9001) for i in range(256)) + "]"
    text = f"# runtime.MemStats\n# Alloc = 1\n{pauses}\n# NumGC = 9\n"
    at_column = "\n".join(line[i : i + 80] for line in text.split("\n") for i in range(0, max(len(line), 1), 80))
    assert pauses in unwrapped(at_column).split("\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{DUMP}\n2026/01/02 log line\n* a list (of things)\n- and more\n", id="a list below a dump"),
        pytest.param(
            f"WARNING: DATA RACE\nWrite at 0x1 by goroutine 7:\n  {CALL}\n      /src/main.go:5 +0x1d\n", id="a race"
        ),
        pytest.param("panic: a\n\tgoroutine 7 [running]:\n\tb\n\n" + DUMP, id="a header in a message"),
    ],
)
def test_what_is_right_stays_as_it_is(text, unwrapped):
    assert unwrapped(text) == text


SIGNAL = "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x51e8e2]"


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        pytest.param(
            f"panic: boom {HEADER} {CALL} /src/main.go:5 +0x1d exit status 2\n",
            f"panic: boom\n{DUMP}exit status 2\n",
            id="a panic",
        ),
        pytest.param(
            f"panic: nil {SIGNAL} {HEADER} {CALL} /src/main.go:5 +0x1d\n",
            f"panic: nil\n{SIGNAL}\n{DUMP}",
            id="a signal",
        ),
        pytest.param(
            f"fatal error: at night {HEADER}\n{CALL}\n{PLACE}\n", f"fatal error: at night\n{DUMP}", id="glued"
        ),
        pytest.param(
            f"| web | panic: no {HEADER} {CALL} /src/main.go:5 +0x1d |\n", f"panic: no\n{DUMP}|\n", id="a cell"
        ),
    ],
)
def test_behind_a_crash_on_its_line_its_goroutines_begin(given, printed, unwrapped):
    assert unwrapped(given).replace("\n\n", "\n") == printed


@pytest.mark.parametrize(
    "text",
    [
        "panic: goroutine 7 [running]: was all it said\n",
        "panic: no goroutine 7 there\n",
        f"panic: in goroutine 7 [running]:\n\n{DUMP}",
    ],
)
def test_a_crash_may_speak_of_goroutines(text, unwrapped):
    assert unwrapped(text) == text
