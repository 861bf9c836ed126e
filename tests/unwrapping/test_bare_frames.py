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
        ("queue.pull feeder.go:31 +0x158", ("queue.pull", "feeder.go", 31)),
        ("  at queue.pull(feeder.go:31)", ("queue.pull", "feeder.go", 31)),
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


@pytest.mark.parametrize(
    "left_out", ["...", "…", "[...]", "(truncated)", "<snip>", "-- snip --", "\t...", "``", "----"]
)
def test_a_call_above_what_was_left_out_is_a_frame(left_out):
    assert below_header(
        "sync.(*WaitGroup).Wait(0xc000012345)",
        "\t/usr/local/go/src/sync/waitgroup.go:131 +0xa0",
        "queue.(*Feeder).pull(0xc000012345, 0x1)",
        left_out,
    ) == [
        ("sync.(*WaitGroup).Wait", "/usr/local/go/src/sync/waitgroup.go", 131),
        ("queue.(*Feeder).pull", None, None),
    ]


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


def below_sample(*lines):
    """The count of the only record, and its frames."""
    text = "\n".join(["goroutine profile: total 1,502", *lines, "", "And then?"]) + "\n"
    [capture] = read(text.encode()).captures
    assert capture.body.total == 1502
    [sample] = capture.body.samples
    return sample.count, [(frame.function, frame.file, frame.line, frame.address) for frame in sample.stack.frames]


@pytest.mark.parametrize(
    ("lines", "frames"),
    [
        (
            ["1500 @ 0x1a2b 0x3c4d ...  ← 都一样", "   queue.(*Feeder).pull"],
            [("queue.(*Feeder).pull", None, None, None)],
        ),
        (["1500 @ 0x1a2b", "#\tqueue.pull\tfeeder.go:31"], [("queue.pull", "feeder.go", 31, None)]),
        (["1500 @ 0x1a2b", "#\t0x1a2a\tqueue.pull+0x2a"], [("queue.pull", None, None, 0x1A2A)]),
        (["1500 @ 0x1a2b", "#\t0x1a2a\tqueue.pull\tfeeder.go:31"], [("queue.pull", "feeder.go", 31, 0x1A2A)]),
        (
            ["1500 @ 0x1a2b", "   ← queue.pull", "   ← main.main"],
            [("queue.pull", *[None] * 3), ("main.main", *[None] * 3)],
        ),
        (["1500 @ 0x1a2b", "#   queue.pull+0x2a"], [("queue.pull", None, None, None)]),
        (
            ["1500 @ 0x1a2b 0x3c4d a/queue.(*Feeder).pull+0x2a /src/feeder.go:31 main.main+0x4 /src/main.go:5"],
            [("a/queue.(*Feeder).pull", "/src/feeder.go", 31, None), ("main.main", "/src/main.go", 5, None)],
        ),
        (["1,500 @ a/queue.(*Feeder).pull"], [("a/queue.(*Feeder).pull", None, None, None)]),
    ],
)
def test_a_frame_below_a_sample_needs_neither_address_nor_file(lines, frames):
    assert below_sample(*lines) == (1500, frames)


def test_prose_below_a_sample_is_no_frame():
    assert below_sample("1500 @ 0x1a2b", "queue.pull is what they all wait in", "  Look at it.") == (1500, [])


def test_a_profile_in_comments_is_read_with_a_blank_behind_their_marks_and_without():
    text = "\t// goroutine profile: total 9\n\t//9 @ 0x1a2b\n\t//#\t0x1a2a\tqueue.pull+0x2a\t/src/queue.go:31\n"
    [capture] = read(f"func main() {{\n\t// see below\n{text}\tmain()\n}}\n".encode()).captures
    [sample] = capture.body.samples
    assert (sample.count, sample.line, sample.stack.functions) == (9, 4, ("queue.pull",))


def test_calls_alone_are_whole_stacks_up_to_the_end_of_the_text():
    text = "goroutine 3 [select]:\nruntime.gopark()\n\ngoroutine 4 [IO wait]:\nnet.(*netFD).Read()\n"
    assert [frames for _, frames in stacks(text)] == [
        [("runtime.gopark", None, None)],
        [("net.(*netFD).Read", None, None)],
    ]


def test_gccgo_prints_names_without_arguments():
    text = (
        "goroutine 35 [sleep]:\ntime.Sleep\n\t../libgo/go/runtime/time.go:187\nmain.load..func1\n\t/src/main.go:34\n"
        "created by main.main\n\t/src/main.go:120 +0x50\n\n"
        "goroutine 33 [syscall]:\n\tgoroutine in C code; stack unavailable\n"
    )
    assert [frames for _, frames in stacks(text)] == [
        [("time.Sleep", "../libgo/go/runtime/time.go", 187), ("main.load..func1", "/src/main.go", 34)],
        [],
    ]
    [capture] = read(text.encode()).captures
    assert list(capture.problems) == []


def test_a_remark_in_words_may_stand_behind_the_first_call():
    assert below_header("db.cas.Put() inside db.Update()") == [("db.cas.Put", None, None)]
    assert below_header("queue.pull()", "\t/src/feeder.go:31", "queue.pull() is where it waits") == [
        ("queue.pull", "/src/feeder.go", 31)
    ]


def test_two_whole_calls_are_not_one_that_was_wrapped():
    assert below_header("  sync.(*Mutex).lockSlow(...)", "  queue.pull(...)", "    /src/feeder.go:31") == [
        ("sync.(*Mutex).lockSlow", None, None),
        ("queue.pull", "/src/feeder.go", 31),
    ]


@pytest.mark.parametrize("line", ["queue.(*T).run → sync.(*Mutex).Lock", "sync.(*Mutex).Lock ← queue.(*T).run"])
def test_a_way_of_calls_on_one_line(line):
    assert below_header(line) == [("sync.(*Mutex).Lock", None, None), ("queue.(*T).run", None, None)]


def test_how_long_a_goroutine_waits_may_stand_in_other_units():
    text = "".join(
        f"goroutine {7 + n} [select, {n} {unit}]:\nmain.main()\n\t/src/m.go:5 +0x1d\n\n" for n, unit in UNITS
    )
    [capture] = read(text.encode()).captures
    assert [goroutine.state.waiting_minutes for goroutine in capture.body.goroutines] == [120, 5, 2, None]


UNITS = ((2, "hours"), (312, "seconds"), (2, "min"), (30, "seconds"))


def test_the_creator_may_have_its_location_behind_it():
    text = (
        "goroutine 7 [select]:\n  queue.pull()     ./queue.go:3\ncreated by queue.Start       ./start.go:88\n\nWhy?\n"
    )
    [capture] = read(text.encode()).captures
    [group] = capture.groups()
    creator = group.stack.created_by
    assert (creator.function, creator.file, creator.line) == ("queue.Start", "./start.go", 88)


@pytest.mark.parametrize("mark", ["[... 300 lines snipped ...]", "... 40 more goroutines ..."])
def test_who_leaves_out_lines_leaves_out_goroutines(mark):
    whole = "goroutine {0} [select]:\nmain.wait(0x1)\n\t/src/app/wait.go:8 +0x1d\n"
    rest = "net.(*conn).Read(0x1, 0x2)\n\t/src/net/net.go:196 +0x45\n\n"
    text = f"{whole.format(7)}main.serve(0x1)\n{mark}\n{rest}{whole.format(9)}"
    assert stacks(text) == [
        ("select", [("main.wait", "/src/app/wait.go", 8), ("main.serve", None, None)]),
        ("select", [("main.wait", "/src/app/wait.go", 8)]),
    ]
    assert [problem.line for problem in read(text).all_problems()] == [5, 6]


@pytest.mark.parametrize("remark", ["", "   ← more and more", "  <- here"])
def test_a_sample_may_have_the_way_to_a_function_in_the_place_of_addresses(remark):
    text = f"goroutine profile: total 245\n50 @ chanrecv1 → shop.wait{remark}\n40 @ netpollblock → http.Server.Serve\n"
    (capture,) = read(text.encode()).captures
    assert [(sample.count, [frame.function for frame in sample.stack.frames]) for sample in capture.body.samples] == [
        (50, ["runtime.chanrecv1", "shop.wait"]),
        (40, ["runtime.netpollblock", "http.Server.Serve"]),
    ]


@pytest.mark.parametrize("indent", ["", "  "])
def test_the_location_below_a_name_without_arguments_is_not_that_of_the_call_above(indent):
    lines = ["shop.(*Sink).put(0xc1)", "shop/infra.deploy", "  /src/infra/x.go:409"]
    text = "goroutine 22 [chan send, 19 minutes]:\n" + "".join(f"{indent}{line}\n" for line in lines)
    (capture,) = read(text).captures
    (goroutine,) = capture.dump.goroutines
    assert [(frame.function, frame.line) for frame in goroutine.stack.frames] == [
        ("shop.(*Sink).put", None),
        ("shop/infra.deploy", 409),
    ]
    assert capture.problems == ()
