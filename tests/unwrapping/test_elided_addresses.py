"""Profiles at debug=1 whose addresses somebody has left out: the frames are there, and the records are not one."""

import pytest

from debugtext import read

HEADER = "goroutine profile: total 30\n"


def records(text):
    (capture,) = read(HEADER + text).captures
    return [(sample.count, sample.stack.functions) for sample in capture.body.samples]


@pytest.mark.parametrize(
    "text",
    [
        "20 @ 0x... 0x... 0x...\n#   0x...   main.leak.func1+0x...   /src/leak.go:33\n",
        "20 @ 0x7ff7... 0x7ff7...\n#\t0x7ff7...\tmain.leak.func1+0x1b\t.../leak.go:33\n",
        "20 @ 0x…\n#\t0x…\tmain.leak.func1+0x40\t/src/leak.go:33\n",
        "20 @ ...\n#\t...\tmain.leak.func1+0x40\t/src/leak.go:33\n",
        "20 @ 0x43 0x... (blocked on chan receive)\n#   0x4a3e2c    main.leak.func1+0x4   leak.go:33\n",
        "20 @ 0x... runtime.gopark\n#   0x4a3e2c    main.leak.func1\n",
        "20 @ ...\n    main.leak.func1\n",
        "20 @ ... main.leak.func1 ... leak.go:33   ← here they stay\n",
        "20 @ 0x... 0x... main.leak.func1\n",
    ],
    ids=[
        "hexadecimal",
        "the rest of each",
        "the sign",
        "dots alone",
        "a remark",
        "an offset",
        "an indented name",
        "on one line",
        "a name alone",
    ],
)
def test_the_frame_is_read(text):
    assert records(text) == [(20, ("main.leak.func1",))]


def test_records_without_addresses_are_not_one():
    found = records("20 @ 0x... main.leak.func1\n10 @ 0x... main.rest.func2\n")
    assert found == [(20, ("main.leak.func1",)), (10, ("main.rest.func2",))]


def test_a_line_of_frames_without_addresses_keeps_its_place():
    (capture,) = read(HEADER + "20 @ 0x...\n#   0x...   main.leak.func1+0x...   /src/leak.go:33\n").captures
    (frame,) = capture.body.samples[0].stack.frames
    assert (frame.file, frame.line, frame.offset, frame.address) == ("/src/leak.go", 33, None, None)
    assert not capture.body.samples[0].stack.addresses
