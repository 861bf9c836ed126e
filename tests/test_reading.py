"""The front door: every debug text of an input becomes a capture, and what is none is explained."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from debugtext.errors import DebugtextError, UnreadableInputError
from debugtext.formats import FORMATS, HEADLESS
from debugtext.pieces.text import Cursor, Piece
from debugtext.reading import FIRST_WINDOW, STEMS, WIDER, _Search, read

DUMP = "goroutine 7 [select, 9 minutes]:\nmain.f(0x1)\n\t/m.go:1 +0x1\n"
PROFILE = "goroutine profile: total 2\n2 @ 0x1 0x2\n#\t0x0\tmain.f+0x1\t/m.go:1\n\n"


def formats(text):
    return [capture.format for capture in read(text).captures]


def test_all_sources_give_the_same(tmp_path):
    path = tmp_path / "dump.txt"
    path.write_text(DUMP)
    captures = read(DUMP).captures
    assert captures == read(DUMP.encode()).captures == read(path).captures == read(io.BytesIO(DUMP.encode())).captures
    assert read(path).name == str(path)
    assert read(DUMP, name="paste").name == "paste"


def test_several_texts_in_one_stream():
    text = f"starting\n{PROFILE}noise\n\n{DUMP}\nmore noise\npanic: boom\n\n{DUMP}exit status 2\n{PROFILE}"
    reading = read(text)
    assert [capture.format for capture in reading.captures] == [
        "goroutine-profile",
        "goroutine-dump",
        "crash",
        "goroutine-profile",
    ]
    assert [capture.first_line for capture in reading.captures] == [2, 8, 13, 19]
    assert list(reading.all_problems()) == []


def test_a_log_without_any_dump_is_no_error():
    assert read("2026/01/02 all is well\nmany goroutines were here\n").captures == ()


def test_lines_that_only_look_like_a_beginning_are_passed_over():
    log = "the goroutine slept, cycles/second and a panic: of mine\n" * 60_000
    assert formats(log) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Unknown profile\n", "knows no such profile", id="unknown profile"),
        pytest.param("404 page not found\n", "no such page", id="404"),
        pytest.param("seconds and debug params are incompatible\n", "without seconds=", id="seconds with debug"),
        pytest.param(
            "Could not enable CPU profiling: cpu profiling already in use\n", "heap.debug=1", id="CPU profile"
        ),
        pytest.param("<!DOCTYPE html>\n<html><title>Log in</title></html>\n", "HTML page", id="a login page"),
        pytest.param(
            "<html>\n<head>\n<title>/debug/pprof/</title>\n</head>\n<body>\nProfile Descriptions:\n</body></html>\n",
            "index page",
            id="the index page",
        ),
        pytest.param("401 Unauthorized\n", "credentials", id="401"),
        pytest.param("Forbidden\n", "credentials", id="403"),
        pytest.param("num_symbols: 1\n0x1 main.main\n", "symbol", id="symbol"),
        pytest.param("404 page not found\n", "DefaultServeMux", id="404 of Go"),
        pytest.param("404 Not Found\n", "no such page", id="404 of another server"),
        pytest.param("HTTP/1.1 404 Not Found\r\nDate: x\r\n\r\nUnknown profile\n", "for the names", id="curl -i"),
        pytest.param("HTTP/1.1 403 Forbidden\r\nDate: x\r\n\r\n", "credentials", id="403 with its head"),
        pytest.param("<html><head><title>404 Not Found</title></head></html>\n", "no such page", id="a page of 404"),
        pytest.param("<html><head><title>502 Bad Gateway</title></head></html>\n", "ask again", id="a page of 502"),
        pytest.param('<a href="/login">Found</a>.\n', "logged in", id="a redirect of Go"),
        pytest.param("HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n", "curl -L", id="a redirect"),
        pytest.param(
            "File: tea\nType: inuse_space\n-----------+-------------------\n   30kB   main.pour\n",
            "the profile itself",
            id="pprof -traces",
        ),
        pytest.param("#1  0x0000000000436cf0 in runtime.futexsleep (ns=4) at /go/os_linux.go:69\n", "gdb's", id="gdb"),
        pytest.param("* Thread 33 at 0x4797e3 /go/sys_linux_amd64.s:555 runtime.futex\n", "delve's", id="delve"),
        pytest.param("==1==ERROR: AddressSanitizer: heap-use-after-free on\n", "C code", id="a sanitizer"),
    ],
)
def test_strangers_are_explained(text, words):
    with pytest.raises(UnreadableInputError, match=words):
        read(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gc 1 @0.012s 2%: 0.018+1.1+0.1 ms clock, 4->4->1 MB, 4 MB goal, 4 P\n", "gctrace=1"),
        ("SCHED 0ms: gomaxprocs=2 idleprocs=1 threads=4\n", "goroutine?debug=2"),
        ("Many:\n   1 created by x.com/a.Run\n  31 x.com/a.(*T).wait(\n  31 x.com/a.f(...)\n", "sort | uniq -c"),
        ("\t/src/tea.go:17 +0x2d\nmain.pour(0xc1)\n\t/src/pour.go:9 +0x31\n", "lower frames of a goroutine's stack"),
    ],
)
def test_traces_of_the_runtime_and_parts_of_dumps_are_logs_with_a_remark(text, words):
    reading = read(text)
    assert reading.captures == ()
    assert [words in problem.message for problem in reading.problems] == [True]


def test_the_report_of_a_fuzz_test_has_its_message():
    stack = "goroutine 9 [running]:\npanic({0x61a440?, 0x7f71e0?})\n\t/panic.go:860 +0x13a\nm.f(...)\n\t/m.go:5\n"
    indented = "".join(f"            {line}\n" for line in stack.splitlines())
    text = (
        f"--- FAIL: FuzzTea (0.01s)\n    --- FAIL: FuzzTea (0.00s)\n        testing.go:1927: panic: no tea\n{indented}"
    )
    (capture,) = read(f"{text}            \n    \nFAIL\nexit status 1\nFAIL\tm\t0.014s\n").captures
    assert capture.body.reason == "no tea"
    assert [goroutine.id for goroutine in capture.body.goroutines] == [9]


@pytest.mark.parametrize(
    "name",
    [
        "http://localhost:6060",
        "http//localhost/debug/pprof/heap",
        "unix:/run/app.sock:/debug/pprof/heap",
        "localhost:6060",
        "samples/no-such.txt",
        "no-such.log",
        "/tmp/dump\n",
        r"C:\dumps\heap",
        "localhost:6060/debug/pprof/goroutine?debug=2",
        "10.0.0.1:6060/debug/pprof/heap?debug=1",
        "myserver:6060/debug/pprof/goroutine?debug=2",
        "app.example.com:6060",
        "http://localhost:6060/x ",
        "/var/log/app log.txt",
        r"C:\logs\my dump.txt",
        "./dump(1).txt",
        "dump.1",
        "app.log.2",
        b"http://localhost:6060/debug/vars",
    ],
)
def test_the_name_of_a_file_or_a_server_is_no_text(name):
    with pytest.raises(UnreadableInputError, match=r"looks like a name, .* read\(Path\(\.\.\.\)\), a URL by read_url"):
        read(name)


@pytest.mark.parametrize(
    "text",
    [
        "all is well",
        "ok",
        "N/A",
        '{"level":"info","path":"/healthz"}',
        "wrote heap.txt",
        "http://localhost:6060 is up",
        "http://localhost:6060/\nlistening\n",
        "/bin/sh: 1: teapot: not found",
        "c2V/" * 1000,
        "ok  \texample.com/tea\t0.1s\n",
        "PASS/ok",
        "and/or",
        "2026/11/23",
        "example.com/shop/cart",
        "status:200",
        "main.go:42",
        "GET /debug/pprof/heap",
        "./server -config /etc/app.json",
        "/bin/cat: cannot read my.log",
        "coverage: wrote c.out",
        "1.5",
    ],
)
def test_an_ordinary_text_of_one_line_has_no_captures(text):
    assert read(text).captures == ()


def test_a_dump_in_one_word_is_a_text():
    from base64 import b64encode
    from gzip import compress

    assert formats(b64encode(compress(DUMP.encode())).decode()) == ["goroutine-dump"]


def test_a_dump_inside_an_html_page_is_read():
    assert formats(f"<html><body><pre>\n{DUMP}</pre></body></html>\n") == ["goroutine-dump"]


@given(st.binary(max_size=400))
@example(b"goroutine 1 [running]:")
@example(b"# runtime.MemStats\n# PauseNs = [" + b"9" * 5000 + b"]\n")
@example(b"goroutine profile: total " + b"9" * 5000 + b"\n1 @ 0x1\n")
@example(b"heap profile: 1: 2 [3: 4] @ heap/" + b"9" * 5000 + b"\n")
@example(b"goroutine " + b"9" * 5000 + b" [select, " + b"9" * 5000 + b" minutes]:\nmain.f()\n\t/m.go:" + b"9" * 5000)
def test_no_bytes_raise_anything_but_our_own_errors(content):
    """Whatever the bytes, the answer is a reading or one of our errors."""
    try:
        reading = read(content)
    except DebugtextError:
        return
    for capture in reading.captures:
        assert capture.groups() is not None


LINES = r"""
goroutine 1 [running]:
goroutine profile: total 3
1 @ 0x1 0x2
#\t0x1\tmain.f+0x1\t/m.go:1
heap profile: 1: 2 [3: 4] @ heap/1048576
1: 2 [3: 4] @ 0x1
# runtime.MemStats
# Alloc = 12
--- contention:
cycles/second=5
--- mutex:
sampling period=5
7 1 @ 0x1
panic: boom
\tpanic: again [recovered]
fatal error: all goroutines are asleep - deadlock!
SIGQUIT: quit
PC=0x1 m=0 sigcode=0
rax    0x0
main.f(0x1)
\t/m.go:1 +0x1
created by main.g in goroutine 9
exit status 2
==================
WARNING: DATA RACE
Write at 0x1 by goroutine 5:
  main.f()
      /m.go:1 +0x1
found unexpected goroutines:
[Goroutine 5 in state select, with main.f on top of the stack:
]
--- FAIL: TestX (1.00s)
"""
WHOLE = [f"{line}\n" for line in LINES.replace("\\t", "\t").split("\n")]
PARTS = ["2026-01-01T00:00:00Z ", "> ", '{"msg":"', "\\n", '"}\n', "<pre>", "\x1b[31m", "\x00", "é", "\t", "    "]
pieces_of_text = st.sampled_from(WHOLE + PARTS)


@given(st.lists(pieces_of_text, max_size=25).map("".join))
def test_no_mixture_of_lines_raises(text):
    """Whatever lines of Go's texts stand beside each other, reading comes to an end."""
    try:
        reading = read(text)
    except DebugtextError:
        return
    lines = text.count("\n") + 1
    for capture in reading.captures:
        assert 1 <= capture.first_line <= capture.last_line <= lines


@pytest.mark.shared
def test_each_capture_is_recognised_by_one_format(corpus):
    """A first line is one format's alone: no other one claims it."""
    folders = [corpus / "go1.19", corpus / "go1.27"]
    lines = {
        path.read_text("utf-8", "replace").partition("\n")[0]
        for folder in folders
        for path in folder.rglob("*.debug[12]*.txt")
    }
    assert len(lines) > 50
    for line in lines:
        claims = [known.module for known in FORMATS if known.recognizes(line)]
        assert len(claims) <= 1, (line, claims)


@pytest.mark.parametrize("lines", [0, 1, 511, 512, 513, 8_192, 20_000], ids="{} lines before".format)
def test_a_dump_is_found_however_far_from_the_beginning(lines):
    reading = read("a line\n" * lines + DUMP + "a line\n" * lines + "panic: boom\n")
    assert [capture.first_line for capture in reading.captures] == [
        lines + 1,
        2 * lines + DUMP.count("\n") + 1,
    ]


NEEDLES = sorted({needle for known in (*FORMATS, HEADLESS) for needle in known.needles})


@pytest.mark.parametrize("needle", NEEDLES)
def test_each_needle_is_found_wherever_it_stands(needle):
    """Also where a window ends in it, or before the stem that is looked for in its place."""
    for size in (FIRST_WINDOW, FIRST_WINDOW * WIDER):
        for before in range(size - len(needle) - 1, size + 2):
            text = "." * before + needle + ".\n" + "-" * 40
            search, cursor = _Search(), Cursor([Piece(text, 1)])
            assert cursor.more()
            search._text = text
            search._places = [(0, False, stem) for stem in sorted(search._of_stem)]
            assert search._nearest(0) == before


def test_no_needle_is_a_stem():
    assert not {*STEMS} & {*NEEDLES}
    assert all(any(stem in needle for needle in NEEDLES) for stem in STEMS)


def test_the_name_of_a_file_is_no_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dump.txt").write_text(DUMP)
    with pytest.raises(UnreadableInputError, match=r"read\(Path\('dump.txt'\)\)"):
        read("dump.txt")
    assert read("no such.txt").captures == ()
    assert read("a\0b").captures == ()


@pytest.mark.parametrize("source", [None, 3, ["x"]])
def test_what_is_no_source_is_a_type_error(source):
    with pytest.raises(TypeError, match="bytes, text, a path or a binary file, not"):
        read(source)


@pytest.mark.parametrize("end", ["", "\n", "\n\nThanks!\n", "\n```\n", "\n...\n"])
@pytest.mark.parametrize("fence", ["", "```\n"])
def test_a_dump_with_prose_in_it_is_one_however_the_text_ends(end, fence):
    """The last goroutine of an excerpt holds what the first one waits for as often as not."""
    other = DUMP.replace("goroutine 7", "goroutine 8").replace("main.f", "main.g")
    text = f"The first:\n\n{fence}{DUMP}{fence}\nThe second:\n\n{fence}{other.rstrip()}{end}"
    captures = read(text.encode()).captures
    assert [len(capture.body.goroutines) for capture in captures] == [2]
