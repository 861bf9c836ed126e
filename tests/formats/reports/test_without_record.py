"""Frames of a debug=1 goroutine profile without the line of their record."""

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read
from debugtext.renderers.doubts import doubt

WAITS = (
    "#\t0x102c50807\tsync.runtime_Semacquire+0x37\t\t/usr/local/go/src/runtime/sema.go:56\n"
    "#\t0x102c63a53\tsync.(*WaitGroup).Wait+0xa3\t\t/usr/local/go/src/sync/waitgroup.go:130\n"
    "#\t0x1042c9e6f\texample.com/tea.(*Pot).Close+0x2f\t/src/tea/pot.go:52\n"
)
FUNCTIONS = ("sync.runtime_Semacquire", "sync.(*WaitGroup).Wait", "example.com/tea.(*Pot).Close")
UNCOUNTED = "frames without the record above them: how many goroutines stand there is not known"


def told(capture):
    return [(sample.count, sample.line, sample.stack.functions) for sample in capture.body.samples]


@pytest.mark.parametrize(
    "frames", [WAITS, WAITS.replace("#\t", "# "), WAITS.removesuffix("\n")], ids=["as printed", "blanks", "the end"]
)
def test_frames_alone_are_a_stack_of_which_no_count_is_known(frames):
    (capture,) = read(f"It hangs:\n\n{frames}").captures
    assert (capture.format, capture.first_line, capture.last_line) == ("goroutine-profile", 3, 5)
    assert told(capture) == [(1, 3, FUNCTIONS)]
    assert (capture.body.total, capture.body.samples[0].stack.frames[0].address) == (None, 0x102C50807)
    assert [(problem.line, problem.message) for problem in capture.problems] == [(3, UNCOUNTED)]


def test_they_are_no_clean_bill_of_health():
    assert doubt(analyze([read(WAITS.replace("Close", "Fill"))])) == (
        "nothing wrong found in an excerpt of 1 goroutine: give the whole dump for a verdict"
    )


def test_frames_above_a_record_are_told_beside_it():
    above, whole = read(f"{WAITS}\n3 @ 0x43 0x4a12\n#\t0x4a11\tmain.push+0x1c\t/src/p.go:10\n").captures
    assert (told(above), told(whole)) == ([(1, 1, FUNCTIONS)], [(3, 5, ("main.push",))])


def test_stacks_behind_each_other_are_one_text():
    (capture,) = read(f"{WAITS}\n\n{WAITS}and so on\n").captures
    assert told(capture) == [(1, 1, FUNCTIONS), (1, 6, FUNCTIONS)]
    assert (capture.first_line, capture.last_line) == (1, 8)


def test_what_cannot_be_read_of_a_stack_is_told():
    (capture,) = read(f"{WAITS}#\t0x1042d66a3\tmain.run+0x12\n#\t0x1042d66a4\texample.com/te").captures
    assert told(capture) == [(1, 1, (*FUNCTIONS, "main.run"))]
    assert [(problem.line, problem.message) for problem in capture.problems] == [
        (1, UNCOUNTED),
        (5, "a frame that cannot be read: left out"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WAITS.partition("\n")[2], id="of which the top is missing"),
        pytest.param("#\t0x47\tmain.keep+0x1\t/src/keep.go:3\n#\t0x48\tmain.main+0x1\t/src/main.go:3\n", id="memory"),
        pytest.param(WAITS.partition("\n")[0] + "\n1 frame\n", id="without a caller"),
        pytest.param("# 0x10 is the first register\n#\t0x10\tsync.runtime_Semacquire\n", id="other comments"),
    ],
)
def test_frames_that_may_be_of_any_profile_tell_nothing(text):
    assert read(text).captures == ()
