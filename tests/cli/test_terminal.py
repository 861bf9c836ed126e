"""A real terminal: nobody waits for a dump to be typed, and one screen is one screen."""

import os
import sys

import pytest

pty = pytest.importorskip("pty", reason="needs a POSIX terminal")


def in_a_terminal(arguments, folder, rows=24, columns=80, **environment):
    """What a terminal of this size shows, and the exit status."""
    child, terminal = pty.fork()
    if not child:
        os.chdir(folder)
        environment = {**os.environ, "TERM": "xterm", **environment}
        os.execve(sys.executable, [sys.executable, "-m", "debugtext", *arguments], environment)
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says EIO when the other end is closed
            part = b""
        if not part:
            break
        shown += part
    os.close(terminal)
    return shown.decode().replace("\r\n", "\n"), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize(
    ("command", "example"),
    [
        ("heap", "curl -s 'localhost:6060/debug/pprof/heap?debug=1' | debugtext heap"),
        ("goroutine", "curl -s 'localhost:6060/debug/pprof/goroutine?debug=2' | debugtext goroutine"),
        ("check", "go test ./... 2>&1 | debugtext check"),
    ],
)
def test_no_input_and_a_terminal_is_an_error_with_an_example(texts, command, example):
    shown, code = in_a_terminal([command], texts)
    message = f"debugtext: no input: name a file or a URL, or pipe a text in, for example: {example}\n"
    assert (shown, code) == (message, 2)


def test_colours_on_a_terminal_unless_unwanted(texts):
    colored, code = in_a_terminal(["check", "leak.txt"], texts, NO_COLOR="")
    assert code == 1
    assert "\x1b[1;31mLEAK certain: " in colored
    assert "\x1b" not in in_a_terminal(["check", "leak.txt"], texts, NO_COLOR="1")[0]
    assert "\x1b" not in in_a_terminal(["check", "leak.txt"], texts, TERM="dumb")[0]


def test_a_terminal_gets_no_binary_profile(texts):
    shown, code = in_a_terminal(["convert", "--to", "pprof", "heap.txt"], texts, columns=200)
    assert code == 2
    told = " ".join(shown.split())
    assert told.endswith("a terminal: debugtext convert --to pprof -o profile.pb.gz heap.txt")
    assert "\x1f" not in shown
    assert in_a_terminal(["convert", "--to", "pprof", "-o", "profile.pb.gz", "heap.txt"], texts) == ("", 0)
    assert in_a_terminal(["convert", "--to", "folded", "heap.txt"], texts) == ("main.keep 64\n", 0)
    assert "main.keep" in in_a_terminal(["top", "profile.pb.gz"], texts)[0]
