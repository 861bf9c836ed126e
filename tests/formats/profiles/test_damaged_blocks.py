"""Texts of which very many records are damaged: no line is lost, though Lark is not asked about each."""

from debugtext.formats.profiles._damaged_blocks import FROM
from debugtext.reading import read

TITLE = "heap profile: 9000: 18000 [27000: 36000] @ heap/1048576\n"
RECORD = "1: 2 [3: 4] @ 0x1\n#\t0x1\tmain.f+0x1\t/x.go:1\n\n"
BROKEN_FRAME = "1: 2 [3: 4] @ 0x1\n#\t0x1\tmain.f+0x1\t/x.go:1\n#\tbroken\n\n"
BROKEN_SAMPLE = "1: 2 [3: 4] @ 0x1 0xq\n#\t0x1\tmain.f+0x1\t/x.go:1\n\n"


def test_each_broken_frame_is_a_problem_and_its_record_is_kept():
    (capture,) = read(TITLE + BROKEN_FRAME * (2 * FROM)).captures
    assert [len(sample.stack.frames) for sample in capture.body.samples] == [1] * (2 * FROM)
    assert [problem.line for problem in capture.problems] == [4 + 4 * number for number in range(2 * FROM)]


def test_a_record_without_its_sample_is_a_problem_as_a_whole():
    (capture,) = read(TITLE + BROKEN_FRAME * FROM + BROKEN_SAMPLE * 10 + RECORD).captures
    assert len(capture.body.samples) == FROM + 1
    assert len(capture.problems) == FROM + 10


def test_another_text_behind_very_many_broken_records_is_one_of_its_own():
    dump = "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d\n"
    assert [capture.format for capture in read(TITLE + BROKEN_FRAME * (2 * FROM) + dump).captures] == [
        "heap",
        "goroutine-dump",
    ]
