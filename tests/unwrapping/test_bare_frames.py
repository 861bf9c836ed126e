"""Frames that people write down by hand, within a goroutine: names alone, names and files, calls without a location."""

import pytest

from debugtext.reading import read


def stacks(text):
    """The state and the frames of each goroutine, a frame being its function, its file and its line."""
    return [
        (group.state.status, [(frame.function, frame.file, frame.line) for frame in group.stack.frames])
        for capture in read(text.encode()).captures
        for group in capture.groups()
    ]


def below_header(*lines):
    """The frames read from such lines in a goroutine, which is the only one."""
    [(state, frames)] = stacks("\n".join(["goroutine 7 [select, 12 minutes]:", *lines, "", "And then?"]) + "\n")
    assert state == "select"
    return frames


@pytest.mark.parametrize(
    ("line", "frame"),
    [
        ("  queue.(*Feeder).pull  feeder.go:31", ("queue.(*Feeder).pull", "feeder.go", 31)),
        ("  queue.(*Feeder).pull  feeder.go:31   (waits for the disk)", ("queue.(*Feeder).pull", "feeder.go", 31)),
        ("queue.(*Feeder).pull (feeder.go:31)", ("queue.(*Feeder).pull", "feeder.go", 31)),
        ("    example.com/a/queue.Pull    <- waits here", ("example.com/a/queue.Pull", None, None)),
        ("  Feeder.pull       ← 等待锁", ("Feeder.pull", None, None)),
        ("  pullAll  ← holds the lock", ("pullAll", None, None)),
        ("queue.(*Feeder).pull(...)", ("queue.(*Feeder).pull", None, None)),
        ("queue.(*Feeder).pull(0xc000012345, {0x1?, 0x2})", ("queue.(*Feeder).pull", None, None)),
        (".../a/queue.(*Feeder).pull(...)", (".../a/queue.(*Feeder).pull", None, None)),
    ],
)
def test_a_frame_written_by_hand_is_one(line, frame):
    assert below_header(line) == [frame]


def test_frames_written_by_hand_stand_among_those_of_go():
    assert below_header(
        "sync.(*Mutex).Lock(...)",
        "queue.(*Feeder).pull(0xc000012345)",
        "\t/src/queue/feeder.go:31 +0x1d",
        "  main.main",
    ) == [
        ("sync.(*Mutex).Lock", None, None),
        ("queue.(*Feeder).pull", "/src/queue/feeder.go", 31),
        ("main.main", None, None),
    ]


def test_an_undotted_name_is_a_frame_below_one_that_was_written_by_hand():
    assert below_header("  queue.pull  <- waits", "  runAll") == [("queue.pull", None, None), ("runAll", None, None)]
    assert below_header("queue.pull()", "\t/src/queue/feeder.go:31 +0x1d", "  runAll") == [
        ("queue.pull", "/src/queue/feeder.go", 31)
    ]


def test_the_creator_needs_no_location():
    [capture] = read(
        b"goroutine 7 [select]:\nqueue.pull(...)\ncreated by queue.Start in goroutine 1\n\nWhy?\n"
    ).captures
    [group] = capture.groups()
    assert (group.stack.created_by.function, group.stack.created_by.file) == ("queue.Start", None)


@pytest.mark.parametrize("dots", ["...", "…", "[...]", "[... 50 more frames ...]", "⋮", "[snip]"])
def test_frames_left_out_by_hand_are_an_elision(dots):
    text = f"goroutine 7 [select]:\nmain.a()\n\t/src/m.go:3 +0x1d\n{dots}\nmain.b()\n\t/src/m.go:9 +0x1d\n"
    [capture] = read(text.encode()).captures
    [group] = capture.groups()
    [elision] = group.stack.elisions
    assert (elision.position, elision.count) == (1, 50 if "50" in dots else None)
    assert list(capture.problems) == []


@pytest.mark.parametrize(
    "line",
    [
        "  This goroutine waits for the disk.",
        "  see main.go",
        "  cmd/main.go",
        "config.yaml",
        "  Note (that it waits)",
        "done(ok)",
        "  2026-11-21 served main.main in 3 ms",
        "Subagent executor",
        "  queue.pull: no such file",
        "https://example.com/a.b",
    ],
)
def test_other_lines_in_a_goroutine_are_no_frames(line):
    assert below_header("queue.pull()", "\t/src/queue/feeder.go:31 +0x1d", line) == [
        ("queue.pull", "/src/queue/feeder.go", 31)
    ]


def test_names_without_a_goroutine_above_them_are_prose():
    assert stacks("We looked at these:\n\n  queue.(*Feeder).pull  feeder.go:31\n  main.main  main.go:5\n") == []
