"""Every wrong input gets one line that says what it is and what to do."""

import gzip
import socket
from random import Random

import pytest

INDEX = """<html>
<head>
<title>/debug/pprof/</title>
</head>
<body>
<p>Set debug=1 as a query parameter to export in legacy text format</p>
<p>
Profile Descriptions:
"""
PROTO = b"\x0a\x04\x08\x01\x10\x02\x12\x07\x0a\x02\x01\x02\x12\x01\x05\x32\x00\x32\x01\x01\x32\x01\x02"
PROFILE = gzip.compress(PROTO)
NO_TEXT = "this is not text (binary data), and no profile either: is it the right file?"
BROKEN = (
    "this is a binary profile that is broken or cut off: fetch it again, with ?debug=1 (or ?debug=2 for goroutines)"
)
BINARY = (
    "this is a binary profile: fetch it again with ?debug=1 (or ?debug=2 for goroutines) and without seconds=, "
    "or look at it with `debugtext top`"
)

WRONG = [
    pytest.param(b"", "the input is empty: was the server reached, and did it answer?", id="nothing"),
    pytest.param(b" \n\n", "the input is empty: was the server reached, and did it answer?", id="blank lines"),
    pytest.param(
        b"<!DOCTYPE html><html><head><title>Sign in</title>",
        "this is an HTML page, not a debug text: is the address right, and are you logged in?",
        id="login page",
    ),
    pytest.param(
        b"00000000: 676f 726f 7574 696e 6520 3120 5b72 756e  goroutine 1 [run\n"
        b"00000010: 6e69 6e67 5d3a 0a6d 6169 6e2e 6d61 696e  ning]:.main.main\n",
        "this is a hex dump of a file (xxd, hexdump, od): give the file itself (`xxd -r` turns xxd's text back)",
        id="hex dump",
    ),
    pytest.param(
        b"00000000: 676f 726f 7574 696e 6520 7072 6f66 696c  goroutine profil\n"
        b"00000010: 653a 2074 6f74 616c 2033 380a 3132 2040  e: total 38.12 @\n"
        b"00000020: 2030 7834 3839 6234 6520 3078 3436 3763   0x489b4e 0x467c\n",
        "this is a hex dump of a file (xxd, hexdump, od): give the file itself (`xxd -r` turns xxd's text back)",
        id="hex dump with words of Go's",
    ),
    pytest.param(
        INDEX.encode(),
        "this is the index page of /debug/pprof/: fetch one of its profiles, heap?debug=1 for example",
        id="index page",
    ),
    pytest.param(
        b"404 page not found\n",
        "this is an error message of the server (404 page not found): "
        "the server has no such page: does it import net/http/pprof, and serve http.DefaultServeMux or pprof.Index "
        "on this port?",
        id="404",
    ),
    pytest.param(
        b"Unknown profile\n",
        "this is an error message of the server (Unknown profile): "
        "the server knows no such profile: look at /debug/pprof/ for the names it has",
        id="unknown profile",
    ),
    pytest.param(
        b"seconds and debug params are incompatible\n",
        "this is an error message of the server (seconds and debug params are incompatible): "
        "ask without seconds=, or without debug=",
        id="seconds and debug",
    ),
    pytest.param(
        b"401 Unauthorized\n", "the server refused (401 Unauthorized): send the credentials that it wants", id="401"
    ),
    pytest.param(b"Forbidden", "the server refused (Forbidden): send the credentials that it wants", id="403"),
    pytest.param(
        PROFILE,
        BINARY,
        id="packed binary profile",
    ),
    pytest.param(
        PROTO,
        BINARY,
        id="binary profile",
    ),
    pytest.param(
        b"\x5a\x04\x08\x01\x10\x02\x60\x80\x80\x20" + PROTO, BINARY, id="binary profile with its period first"
    ),
    pytest.param(PROTO[:-1], BROKEN, id="binary profile without its end"),
    pytest.param(gzip.compress(PROTO[:12]), BROKEN, id="packed binary profile without its end"),
    pytest.param(Random(1).randbytes(3000), NO_TEXT, id="random bytes"),
    pytest.param(gzip.compress(Random(2).randbytes(3000)), NO_TEXT, id="random bytes, packed"),
    pytest.param(b"\x7fELF\x02\x01\x01" + bytes(range(32)) * 9, NO_TEXT, id="a program"),
    pytest.param(
        b"\x1f\x8b\x08\x00" + bytes(6) + b"\xff" * 40, "the gzip data is broken: fetch or copy it again", id="gzip"
    ),
]


@pytest.mark.parametrize(("content", "message"), WRONG)
@pytest.mark.parametrize("command", ["heap", "goroutine", "check"])
def test_what_is_no_debug_text(run, command, content, message):
    result = run(command, text=content)
    assert (result.exit_code, result.stdout, result.stderr) == (3, "", f"debugtext: standard input: {message}\n")


def test_no_view_is_made_of_any_binary_data(run):
    for seed in range(100):
        result = run("top", text=Random(seed).randbytes(3000))
        assert (result.exit_code, result.stdout) == (3, "")
        assert NO_TEXT in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["goroutine", "heap.txt"], "heap.txt: this is a heap profile: use `debugtext heap`"),
        (["heap", "leak.txt"], "leak.txt: this is a goroutine dump: use `debugtext goroutine`"),
        (["allocs", "goroutines.txt"], "goroutines.txt: this is a goroutine profile: use `debugtext goroutine`"),
        (["mutex", "panic.txt"], "panic.txt: this is a crash report: use `debugtext check`"),
        (["heap", "log.txt"], "log.txt: no Go debug text found in it (a heap text at debug=1 was expected)"),
    ],
)
def test_another_kind(run, texts, arguments, message):
    result = run(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (3, "", f"debugtext: {message}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["heap.txt", "log.txt"], "log.txt: no Go debug text found in it, so there is nothing to compare"),
        (
            ["heap.txt", "leak.txt"],
            "heap.txt is a heap profile, leak.txt is a goroutine dump: these cannot be compared",
        ),
    ],
)
def test_what_cannot_be_compared(run, texts, arguments, message):
    result = run("diff", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (3, "", f"debugtext: {message}\n")


def test_two_syntaxes_of_goroutines_can_be_compared(run, texts):
    assert run("diff", "goroutines.txt", "leak.txt").exit_code == 0


def test_what_a_signal_asked_for_is_a_dump_of_goroutines(run):
    asked = "SIGQUIT: quit\nPC=0x47 m=0 sigcode=0\n\ngoroutine 1 [select]:\nmain.main()\n\t/src/main.go:3 +0x1d\n"
    told = "this is a dump of goroutines that a signal has asked for: use `debugtext goroutine`"
    assert run("heap", text=asked).stderr == f"debugtext: standard input: {told}\n"
    result = run("goroutine", text=asked)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "signal: SIGQUIT: quit" in result.stdout.splitlines()


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("missing.txt", "missing.txt: no such file"),
        (".", ". is a directory: name the files in it, or quote a glob like './*.txt'"),
        ("./", ". is a directory: name the files in it, or quote a glob like './*.txt'"),
        ("none-*.txt", "none-*.txt: no file matches this pattern"),
        ("localhost:6060", "localhost:6060: no such file; for a server write http://localhost:6060"),
        (
            "http://127.0.0.1:1/",
            (
                "http://127.0.0.1:1/: nobody listens there (connection refused): "
                "is the program running, and is this its port?"
            ),
        ),
        (
            "http://me:secret@127.0.0.1:1/debug/pprof/heap",
            (
                "http://127.0.0.1:1/debug/pprof/heap: nobody listens there (connection refused): "
                "is the program running, and is this its port?"
            ),
        ),
        ("http://[::1", "http://[::1: this is no URL: Invalid IPv6 URL"),
        ("http://", "http://: this URL names no server: write http://HOST:PORT/PATH"),
        (
            "unix:/run/app.sock",
            "unix:/run/app.sock: write unix:SOCKET:PATH, like unix:/run/app.sock:/debug/pprof/heap?debug=1",
        ),
        ("unix:/no/such.sock:/debug/pprof/heap", "unix:/no/such.sock:/debug/pprof/heap: /no/such.sock is not a socket"),
    ],
)
def test_what_cannot_be_opened(run, texts, argument, message):
    result = run("heap", argument)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"debugtext: {message}\n")


def test_a_log_without_a_dump_is_a_good_log(run, texts):
    result = run("check", "log.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "debugtext: log.txt: no Go debug text found in it\n"


@pytest.mark.parametrize(
    "encoded",
    [
        pytest.param(lambda text: gzip.compress(text.encode()), id="gzip"),
        pytest.param(lambda text: b"\xef\xbb\xbf" + text.encode(), id="byte order mark"),
        pytest.param(lambda text: text.encode("utf-16"), id="UTF-16 from PowerShell"),
        pytest.param(lambda text: text.encode("utf-16-be"), id="UTF-16 without a mark"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(
            lambda text: text.replace("main.work", "main.w\udcffrk").encode(errors="surrogateescape"), id="no UTF-8"
        ),
    ],
)
def test_odd_encodings_are_read(run, texts, encoded):
    text = (texts / "goroutines.txt").read_text()
    result = run("goroutine", text=encoded(text))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "goroutine profile: 3 goroutines, " in result.stdout


def test_a_broken_record_is_a_problem_with_its_line(run, texts):
    text = (texts / "goroutines.txt").read_text().replace("1 @ 0x3", "one @ 0x3")
    result = run("goroutine", text=text)
    assert result.exit_code == 0
    assert result.stderr.startswith("debugtext: standard input:5: ")
    assert "main.work" in result.stdout


def test_many_problems_are_a_few_lines(run):
    records = "".join(f"x{i} @ 0x1\n#\t0x1\tmain.f\n\n" for i in range(50))
    result = run("goroutine", text=f"goroutine profile: total 2\n2 @ 0x1\n#\t0x1\tmain.f+0x1\t/m.go:1\n\n{records}")
    lines = result.stderr.splitlines()
    assert [line.startswith("debugtext: standard input:") for line in lines] == [True] * len(lines)
    assert len(lines) == 2
    assert lines[-1].endswith(" more like it)")


def test_a_name_from_a_dump_cannot_steer_the_terminal(run, texts):
    text = (texts / "goroutines.txt").read_text().replace("main.work", "main.w\x1bx\u2066(work)")
    result = run("goroutine", text=text)
    assert "main.w\\u2066(work)" in result.stdout
    assert "\x1b" not in result.output


def test_the_files_of_outputs_are_there_whatever_was_read(run, tmp_path, monkeypatch):
    """The next step of a job uploads them in any case, and must not find those of the run before."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pod.html").write_text("<html><title>502 Bad Gateway</title></html>")
    outputs = [part for name in ("junit", "sarif", "json", "csv") for part in ("-o", f"{name}:out.{name}")]
    assert run("check", "pod.html", *outputs).exit_code == 3
    assert 'errors="1"' in (tmp_path / "out.junit").read_text()
    assert all((tmp_path / f"out.{name}").stat().st_size for name in ("sarif", "json", "csv"))


def test_who_waits_for_a_server_says_for_how_long(run, texts):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        result = run("goroutine", url, "--timeout", "200ms")
    assert (result.exit_code, result.stderr) == (2, f"debugtext: {url}: no complete answer within 0.2 seconds\n")
