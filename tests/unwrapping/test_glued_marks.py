"""Marks that are glued to the first line of a dump, as people begin a quotation."""

import pytest

from debugtext.reading import read

STACK = "goroutine 1 [chan send, 1 minutes]:\nmain.main()\n\t/src/main.go:10 +0xf\n"
DEADLOCK = "fatal error: all goroutines are asleep - deadlock!\n\n" + STACK


@pytest.mark.parametrize(
    "mark", ["`", "'", '"', "\u201c", "```", "``` ", "```  ", "trace := `", "  failing: '", "f(`", "> ", ">"]
)
@pytest.mark.parametrize("text", [DEADLOCK, "panic: at last\n\n" + STACK])
def test_before_a_crash(mark, text):
    (capture,) = read(mark + text).captures
    assert (capture.format, capture.goroutines) == ("crash", 1)
    assert capture.body.reason == ("all goroutines are asleep - deadlock!" if text is DEADLOCK else "at last")


@pytest.mark.parametrize("mark", ["`", '"', "``` "])
def test_before_a_dump_and_a_profile(mark):
    (dump,) = read(mark + STACK).captures
    (profile,) = read(f"{mark}goroutine profile: total 2\n2 @ 0x1 0x2\n#\t0x1\tmain.f+0x1\t/src/m.go:3\n").captures
    assert (dump.goroutines, profile.goroutines) == (1, 2)


@pytest.mark.parametrize("line", ['"panic: at last"', "`fatal error: out of memory` was seen", '"panic: x", he said'])
def test_a_quoted_message_is_none(line):
    assert read(f"{line}\n\nand more\n").captures == ()


def test_before_a_report_about_locks():
    text = (
        "`POTENTIAL DEADLOCK: Recursive locking:\ncurrent goroutine 1 lock 0x3e\nmain.go:21 main.f { m.Lock() } <<<<<\n"
    )
    (capture,) = read(text).captures
    assert (capture.format, capture.body.kind) == ("crash", "lock-report")
