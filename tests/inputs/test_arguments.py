"""INPUT arguments to named inputs."""

import io

import pytest

from debugtext.errors import InputUnavailableError, SettingsError
from debugtext.inputs.arguments import inputs, read_url


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.txt", "notes.md", "odd[1].txt", "deep/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        pytest.param(["b.txt", "a.txt"], ["b.txt", "a.txt"], id="files in their order"),
        pytest.param(["?.txt"], ["a.txt", "b.txt"], id="a glob, sorted"),
        pytest.param(["**/*.txt"], ["a.txt", "b.txt", "deep/c.txt", "odd[1].txt"], id="folders too"),
        pytest.param(["odd[1].txt"], ["odd[1].txt"], id="a file that looks like a glob"),
        pytest.param(["*"], ["a.txt", "b.txt", "notes.md", "odd[1].txt"], id="no folders"),
        pytest.param(["missing.txt"], ["missing.txt"], id="a missing file is said when it is read"),
        pytest.param(["a.txt", "*.log"], ["a.txt", "*.log"], id="and so is a glob that matches nothing"),
        pytest.param(["http://host/a?b[]=*"], ["http://host/a?b[]=*"], id="a URL is no glob"),
    ],
)
def test_names(folder, arguments, names):
    assert [source.name for source in inputs(arguments)] == names


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("", "an INPUT is empty: is a variable of the script not set?", id="nothing"),
        pytest.param("no-*.log", "no file matches this pattern", id="a glob that matches nothing"),
        pytest.param("ftp://x/y", "ftp:// is not supported: URLs begin with http://, https://, unix:", id="a scheme"),
        pytest.param(
            "http://host:1",
            "this URL names no profile: write http://host:1/debug/pprof/goroutine?debug=1, or heap?debug=1",
            id="no path",
        ),
    ],
)
def test_names_that_can_name_nothing(name, message):
    with pytest.raises(InputUnavailableError) as error:
        inputs([name])[0].read()
    assert str(error.value) == message


@pytest.mark.parametrize("name", ["dump.txt", "localhost:6060", "http//localhost:6060/debug/pprof/heap"])
def test_what_is_no_url_is_not_fetched(name):
    with pytest.raises(InputUnavailableError, match="is no URL that can be fetched: URLs begin with http://, https://"):
        read_url(name)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://me:secret@host:1", "http://host:1: this URL names no profile: write http://host:1/debug/pprof/"),
        ("http://host:x/heap", "http://host:x/heap: the port of this URL is no number from 0 to 65535"),
        (
            "http://127.0.0.1:1/größe",
            "http://127.0.0.1:1/größe: a URL is written in ASCII: write other characters as %XX",
        ),
    ],
)
def test_what_read_url_cannot_fetch_is_named(url, message):
    with pytest.raises(InputUnavailableError) as error:
        read_url(url)
    assert str(error.value).startswith(message)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_read_url_refuses_to_wait_no_time_or_for_ever(seconds):
    with pytest.raises(SettingsError, match="timeout_seconds must be a number of seconds above 0, not "):
        read_url("http://127.0.0.1:1/debug/pprof/heap", timeout_seconds=seconds)


@pytest.mark.parametrize("arguments", [[], ["-"]], ids=["nothing", "a dash"])
def test_standard_input(monkeypatch, arguments):
    monkeypatch.setattr(
        "sys.stdin", io.TextIOWrapper(io.BytesIO(b"goroutine 1 [running]:\nmain.main()\n\t/m.go:1 +0x1\n"))
    )
    (source,) = inputs(arguments)
    assert source.name == "-"
    assert source.read().captures[0].goroutines == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "-"], "standard input can be read only once: give - once"),
    ],
)
def test_what_makes_no_sense(folder, monkeypatch, arguments, message):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(InputUnavailableError) as raised:
        inputs(arguments)
    assert str(raised.value) == message


def test_a_closed_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputUnavailableError, match="standard input is closed"):
        inputs([])
