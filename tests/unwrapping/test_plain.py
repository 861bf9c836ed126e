"""What is plain is told at next to no cost, and nothing else is taken for it."""

import time

import pytest

from debugtext.pieces.text import Piece
from debugtext.unwrapping import unwrap
from debugtext.unwrapping.lines.plain import is_plain

GOROUTINE = "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d\n"
PROFILE = "goroutine profile: total 1\n1 @ 0x1 0x2\n#\t0x1\tmain.main+0x1\t/src/main.go:5\n\n"
HEAP = "heap profile: 1: 2 [3: 4] @ heap/1048576\n1: 2 [3: 4] @ 0x1\n#\t0x1\tmain.main+0x1\t/src/main.go:5\n\n"
RACE = "WARNING: DATA RACE\nWrite at 0x1 by goroutine 7:\n  main.main()\n      /src/main.go:5 +0x1d\n\n"
LOG = "2026/01/02 03:04:05 served\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(GOROUTINE, id="a goroutine"),
        pytest.param(GOROUTINE + "\n" + GOROUTINE, id="two goroutines"),
        pytest.param(GOROUTINE.replace("]:", '] {"a b": "]:"}:'), id="labels"),
        pytest.param(GOROUTINE + "exit status 2\n", id="the shell's line below"),
        pytest.param("goroutine 1 [running]:\n\tgoroutine running on other thread; stack unavailable\n", id="no stack"),
        pytest.param(GOROUTINE + "...23 frames elided...\ncreated by main.f\n\t/a.go:1 +0x1\n", id="frames elided"),
        pytest.param(PROFILE, id="a profile"),
        pytest.param(HEAP + "\n# runtime.MemStats\n# Alloc = 1\n", id="a heap text"),
        pytest.param(
            "--- mutex:\ncycles/second=1\nsampling period=1\n1 2 @ 0x1\n#\t0x1\ta.b+0x1\t/a.go:1\n", id="mutex"
        ),
        pytest.param(RACE, id="a race, with spaces of its own"),
        pytest.param("panic: a\n\tpanic: b\n\n" + GOROUTINE, id="a chain of panics"),
        pytest.param("panic: a\n\tgoroutine 1 [running]:\n\tb\n\n" + GOROUTINE, id="a header in a message"),
        pytest.param(LOG * 9 + "2026/01/02 03:04:05 http: panic serving 1.2.3.4:5: boom\n" + GOROUTINE, id="net/http"),
        pytest.param("2026/01/02 03:04:05 panic: boom\ngoroutine 1 [running]:\n", id="a panic that was logged"),
        pytest.param(LOG * 50 + "created by a cat in goroutine 7 of 8\n", id="a log"),
        pytest.param("worker: goroutine 5 started\n" * 50, id="a log that speaks of goroutines"),
        pytest.param("recovered from panic: x\nnext\n" * 50, id="a log that speaks of panics"),
    ],
)
def test_what_go_prints_is_plain(text):
    assert is_plain(text)
    piece = Piece(text, 7)
    assert [id(found) for found in unwrap([piece])] == [id(piece)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("".join(f"web-1 | {line}\n" for line in GOROUTINE.split("\n")), id="a prefix"),
        pytest.param(GOROUTINE.replace("\t", "        "), id="spaces for the tab"),
        pytest.param(GOROUTINE.replace("\t", ""), id="no tab"),
        pytest.param(GOROUTINE + GOROUTINE, id="no blank line"),
        pytest.param(GOROUTINE.replace("\n", " \n"), id="blanks at the ends"),
        pytest.param(GOROUTINE.replace("main()", "main(0x1,\n0x2)"), id="a line in two"),
        pytest.param(GOROUTINE.replace("goroutine", "\x1b[31mgoroutine"), id="a colour"),
        pytest.param(GOROUTINE.replace("/", "&#x2F;"), id="entities"),
        pytest.param(GOROUTINE.replace("\n", "\\n"), id="written-out line ends"),
        pytest.param(" ".join(GOROUTINE.split()), id="all on one line"),
        pytest.param(GOROUTINE.replace("\n", "\n\n"), id="double spacing"),
        pytest.param(PROFILE.replace("\t", "    "), id="spaces in a profile"),
        pytest.param(HEAP.replace("1:", "1(objects):"), id="notes"),
    ],
)
def test_what_is_disguised_is_not_plain(text):
    assert not is_plain(text)


@pytest.mark.parametrize("text", [(GOROUTINE + "\n") * 20_000, PROFILE * 20_000], ids=["dump", "profile"])
def test_a_large_plain_text_costs_less_than_counting_its_lines_some_times(text):
    began = time.process_time()
    for _ in range(10):
        assert is_plain(text)
    spent = time.process_time() - began
    began = time.process_time()
    for _ in range(10):
        assert len(text.split("\n"))
    assert spent < time.process_time() - began


def test_a_disguised_dump_in_a_large_log_is_found():
    log = LOG * 20_000
    assert is_plain(log + GOROUTINE + log)
    assert not is_plain(log + "".join(f"app: {line}\n" for line in GOROUTINE.split("\n")) + log)
