"""Dumps whose ids and receivers people or Markdown have changed."""

import pytest

from debugtext.reading import read


@pytest.mark.parametrize("number", ["... ", "… ", "N ", "NNNNN ", "<id> ", ""])
def test_a_header_whose_id_was_left_out(number):
    text = f"goroutine {number}[select, 64 minutes]:\napp.(*T).wait(...)\n\t.../app/wait.go:17\ncreated by app.New\n"
    (capture,) = read(text).captures
    (group,) = capture.groups()
    assert (group.state.status, group.waits, group.stack.functions) == ("select", (64,), ("app.(*T).wait",))


def test_prose_about_a_goroutine_is_no_header():
    assert read("goroutine ... then waits [1] for the others\ngoroutine leak [2]: see below\n").captures == ()
    assert read("- goroutine N [estado]:  estado puede ser:\n  - running: ejecutando\n").captures == ()
    assert read("goroutine N [chan send]:  ← it holds the mutex\ngoroutine N [select]:  ← waits\n").captures == ()
    assert read("goroutine [running]: it runs\ngoroutine [select]:\nwaits for any of several\n").captures == ()
    assert read("goroutine A [持有 lock1，等 lock2]  ← A waits\ngoroutine B [holds lock2]\n").captures == ()  # noqa: RUF001


def test_the_star_that_markdown_took_for_emphasis():
    text = "goroutine 8 [semacquire, 9 minutes]:\nsync.(_RWMutex).Lock(0xc0)\n\t/go/src/sync/rwmutex.go:78 +0x39\n"
    (capture,) = read(text).captures
    assert [group.stack.functions for group in capture.groups()] == [("sync.(*RWMutex).Lock",)]


@pytest.mark.parametrize("header", ["", "goroutine N [chan receive]:\n"])
@pytest.mark.parametrize("offset", ["ADDR", "...", "…", "XX"])
def test_a_report_of_goleak_with_masked_numbers(header, offset):
    text = (
        "goleak: Errors on successful test run: found unexpected goroutines:\n"
        "[Goroutine N in state chan receive, with example.com/long/path/of/a/worker.Start.func1 on top of the stack:\n"
        f"{header}example.com/long/path/of/a/worker.Start.func1()\n\t/src/worker.go:7 +0x{offset}\n"
        f"created by worker.Start\n\t/src/worker.go:5 +0x{offset}\n]\n"
    )
    (capture,) = read(text).captures
    ((frame,),) = [group.stack.frames for group in capture.groups()]
    assert (capture.body.kind, frame.file, frame.line, frame.offset) == ("goleak", "/src/worker.go", 7, None)


def test_words_left_out_of_a_header():
    text = "goroutine 25 ... [sync.Mutex.Lock, 7 minutes]:\n    a.(*T).lock(...)\na.(*T).Check(...)\n    /src/a.go:3\n"
    (capture,) = read(text).captures
    ((frames, waits),) = [(group.stack.functions, group.waits) for group in capture.groups()]
    assert (frames, waits) == (("a.(*T).lock", "a.(*T).Check"), (7,))


def test_a_masked_line_of_a_file():
    text = "goroutine XXX [running]:\na.(*T).run(...)\n    /src/a.go:XXX\nmain.main()\n    /src/main.go:?? +0x1d\n"
    (capture,) = read(text).captures
    ((frames),) = [group.stack.frames for group in capture.groups()]
    assert [(frame.function, frame.file, frame.line) for frame in frames] == [
        ("a.(*T).run", "/src/a.go", None),
        ("main.main", "/src/main.go", None),
    ]


@pytest.mark.parametrize(
    "masked",
    [
        "gp=...",
        "gp=… m=nil",
        "gp=... m=nil mp=...",
        "gp=0x... m=3 mp=0x...",
        "gp=0xc00012… m=4 mp=0xc000080008",
        "gp=XXX",
        "gp=0xREDACTED m=nil",
        "gp=<redacted> m=<redacted>",
        "gp=0xc000006380",
    ],
)
@pytest.mark.parametrize("above", ["", "panic: gone\n\n", "Here it is:\n\n"], ids=["", "below a panic", "below words"])
def test_the_addresses_of_a_goroutine_may_be_masked_or_cut(masked, above):
    frames = (
        "example.com/q.(*Sink).put(0xc1)\n\t/src/q.go:3 +0x1\ncreated by main.main in goroutine 1\n\t/src/m.go:4 +0x1\n"
    )
    text = f"{above}goroutine 3 {masked} [chan send, 9 minutes]:\n{frames}\ngoroutine 4 [select]:\n{frames}"
    (capture,) = read(text).captures
    assert [(one.id, one.state.status, one.stack.functions[0]) for one in capture.dump.goroutines] == [
        (3, "chan send", "example.com/q.(*Sink).put"),
        (4, "select", "example.com/q.(*Sink).put"),
    ]
    assert capture.problems == ()


def test_whole_addresses_of_a_goroutine_are_kept():
    frames = "main.main()\n\t/src/m.go:4 +0x1\n"
    text = (
        f"goroutine 1 gp=0xc000006380 m=4 mp=0xc000080008 [running]:\n{frames}\ngoroutine 3 gp=... [select]:\n{frames}"
    )
    (capture,) = read(text).captures
    assert [(one.header.gp, one.header.m, one.header.mp) for one in capture.body.goroutines] == [
        (0xC000006380, 4, 0xC000080008),
        (None, None, None),
    ]
