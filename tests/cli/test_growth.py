"""diff, trend, watch and history as commands, a watch against a server in this process."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import ClassVar

import pytest

from debugtext.cli.live.serving import PageServer
from debugtext.history.store import Store
from debugtext.history.store_errors import StoreUnavailableError


def profile(leak: int, closure: str = "func2", line: int = 9) -> str:
    return (
        f"goroutine profile: total {leak + 8}\n"
        f"{leak} @ 0x1\n#\t0x0\tmain.serve.{closure}+0x24\t/src/main.go:{line}\n\n"
        "8 @ 0x3\n#\t0x2\tmain.pool+0x11\t/src/main.go:30\n\n"
    )


@pytest.fixture
def series(tmp_path, monkeypatch):
    """Six profiles in the current folder, 30 s apart by their names; the program is rebuilt before the fourth."""
    monkeypatch.chdir(tmp_path)
    for i in range(6):
        closure = ("func2", 9) if i < 3 else ("func3", 14)
        (tmp_path / f"goroutine-2026-01-01T00{i // 2:02}{30 * (i % 2):02}.txt").write_text(
            profile(5 + 20 * i, *closure)
        )
    return sorted(path.name for path in tmp_path.iterdir())


@pytest.fixture
def server():
    """A program whose goroutines grow by ten with each request: its URL, and the headers of the requests."""

    class Handler(BaseHTTPRequestHandler):
        count = 0
        asked: ClassVar[list] = []

        def do_GET(self):
            type(self).count += 1
            type(self).asked.append((self.path, dict(self.headers)))
            body = profile(10 * self.count).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as served:
        thread = threading.Thread(target=served.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{served.server_port}/debug/pprof/goroutine?debug=1", Handler.asked
        served.shutdown()
        thread.join()


def test_trend_by_the_dates_in_the_names(run, series):
    result = run("trend", "--format", "json", *series)
    assert result.exit_code == 0
    first = json.loads(result.stdout)["trends"][0]
    assert (first["functions"], first["values"]) == (["main.serve.func3"], [5, 25, 45, 65, 85, 105])
    assert (first["per"], first["slope"]) == ("second", pytest.approx(20 / 30))


def test_trend_finds_the_function_and_fails_on_demand(run, series):
    result = run("trend", "--fail-on", "warning", "*.txt")
    assert result.exit_code == 1
    assert "main.serve.func3" in result.stdout.splitlines()[0]
    assert "goroutines: 13 → 113 in 6 snapshots (+40 a minute)" in result.stdout


def test_trend_with_a_fixed_interval_and_a_limit(run, series):
    result = run("trend", "--every", "1m", "--limit", "200", *series)
    assert "(+20 a minute)" in result.stdout
    assert "the limit of 200 is reached in 4.3 min: goroutines now 113" in " ".join(result.stdout.split())


def test_trend_of_one_text_is_refused(run, series):
    result = run("trend", series[0])
    assert result.exit_code == 2
    assert "is one: name at least two" in result.stderr


def test_one_log_may_hold_the_whole_series(run, series, tmp_path):
    log = tmp_path / "all.log"
    log.write_text("".join(f"{name} asked\n{(tmp_path / name).read_text()}" for name in series))
    by_dump = run("trend", "--every", "30s", "--format", "json", "all.log")
    one, many = (
        json.loads(found.stdout)["trends"][0] for found in (by_dump, run("trend", "--format", "json", *series))
    )
    assert one["values"] == many["values"] == [5, 25, 45, 65, 85, 105]
    assert one["slope"] == pytest.approx(many["slope"])
    assert run("diff", "all.log").stdout.splitlines()[0] == run("diff", series[0], series[-1]).stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["trend"], "Missing argument"),
        (["trend", "--every", "often", "x"], "write a time like 30s"),
        (["trend", "--every", "0s", "x"], "write a time like 30s"),
        (["trend", "--limit", "4 PB", "x"], "write bytes like 4GiB"),
        (["diff", "--seconds", "5", "--requests", "7", "x", "y"], "not both"),
        (["watch"], "Missing argument"),
        (["watch", "http://localhost:1", "--bearer-env", "NO_SUCH_VARIABLE"], "no token in the environment variable"),
        (["history", "prune"], "Missing option '--older-than'"),
    ],
    ids=" ".join,
)
def test_slips(run, tmp_path, arguments, message):
    result = run(*arguments, env={"DEBUGTEXT_STORE": str(tmp_path / "store")})
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_diff_over_a_rebuild_per_second(run, series):
    result = run("diff", "--seconds", "100", series[0], series[5])
    assert result.exit_code == 0
    assert "goroutines: 13 → 113 (+100)" in result.stdout
    assert [line.split() for line in result.stdout.splitlines() if "main.serve" in line][-1] == [
        "+1",
        "5",
        "105",
        "main.serve.func3",
        "main.go:14",
    ]


def test_watch_keeps_reports_and_lists(run, server, tmp_path):
    url, asked = server
    store = tmp_path / "history.sqlite"
    result = run(
        "watch",
        url,
        "--every",
        "100ms",
        "--for",
        "1s",
        "--store",
        store,
        "--header",
        "X-Tenant: blue",
        "--fail-on",
        "warning",
    )
    assert result.exit_code == 1
    assert "main.serve.func2" in result.stdout.splitlines()[0]
    assert "goroutines: 18 → " in result.stdout
    assert all(headers["X-Tenant"] == "blue" for _, headers in asked)
    progress = [line for line in result.stderr.splitlines() if "goroutines" in line]
    assert len(progress) == len(asked) >= 3
    assert progress[0].endswith(f"{url}: 18 goroutines")

    listed = run("history", "list", "--store", store)
    assert f"{len(asked)} snapshots" in listed.stdout
    assert run("history", "show", "--store", store).stdout == result.stdout
    assert run("history", "export", "1", "--store", store).stdout == profile(10)
    assert "the store holds no snapshot 999" in run("history", "export", "999", "--store", store).stderr
    exported = run("history", "export", url, tmp_path / "out", "--store", store)
    assert exported.exit_code == 0
    assert len(list((tmp_path / "out").iterdir())) == len(asked)
    pruned = run("history", "prune", "--older-than", "0.001s", "--store", store)
    assert f"{len(asked)} snapshots forgotten" in pruned.stderr
    assert run("history", "list", "--store", store).stdout == "The store is empty.\n"


def test_a_clock_that_is_set_back_costs_the_report_nothing(run, server, tmp_path, monkeypatch):
    times = iter([time.time()])
    clock = SimpleNamespace(time=lambda: next(times, time.time() - 3600), monotonic=time.monotonic, sleep=time.sleep)
    monkeypatch.setattr("debugtext.cli.live.watching.time", clock)
    result = run("watch", server[0], "--every", "20ms", "--for", "40ms", "--store", tmp_path / "s")
    assert (result.exit_code, "goroutines: 18 → " in result.stdout) == (0, True), result.output


def test_a_baseline_and_ignores_hold_for_watch_and_history_too(run, server, tmp_path):
    url, _ = server
    store, known, settings = tmp_path / "h.sqlite", tmp_path / "known.json", tmp_path / "settings.toml"
    arguments = ("--store", store, "--fail-on", "warning")
    first = run("watch", url, "--every", "20ms", "--for", "400ms", *arguments, "--format", "json")
    findings = json.loads(first.stdout)["findings"]
    assert (first.exit_code, bool(findings)) == (1, True)
    known.write_text(json.dumps({"debugtext_baseline": 1, "findings": findings}))
    assert run("history", "show", *arguments).exit_code == 1
    shown = run("history", "show", *arguments, "--baseline", known)
    assert (shown.exit_code, "known" in shown.stdout) == (0, True)
    watched = run("watch", url, "--every", "20ms", "--for", "400ms", *arguments, "--baseline", known)
    assert watched.exit_code == 0
    settings.write_text("[[ignore]]\nrule = 'DT9*'\nreason = 'over'\nexpires = 2020-01-01\n")
    expired = run("history", "show", *arguments, env={"DEBUGTEXT_CONFIG": str(settings)})
    assert (expired.exit_code, "expired on 2020-01-01" in expired.stderr) == (2, True)


def test_what_grows_can_be_known_too(run, series):
    assert run("trend", *series, "--fail-on", "warning").exit_code == 1
    assert run("baseline", "write", "--series", *series).exit_code == 0
    result = run("trend", *series, "--fail-on", "note", "--baseline", ".debugtext-baseline.json")
    assert (result.exit_code, "known" in result.stdout) == (0, True)


def test_one_program_of_several_that_never_answers_is_trouble(run, server, tmp_path):
    """Whoever lets a job watch two pods must not be told that all is well where one is dead."""
    dead = "http://127.0.0.1:9/debug/pprof/goroutine?debug=1"
    result = run("watch", server[0], dead, "--every", "10ms", "--for", "5ms", "--store", tmp_path / "s")
    assert result.exit_code == 2
    assert result.stdout
    assert result.stderr.splitlines()[-1].startswith(f"debugtext: {dead}: ")


def test_a_store_that_takes_nothing_any_more_ends_the_watch_but_not_its_report(run, server, tmp_path, monkeypatch):
    add = Store.add

    def refuse(*_):
        raise StoreUnavailableError("the disk is full")

    monkeypatch.setattr(Store, "add", lambda store, *taken: (refuse if store.entries() else add)(store, *taken))
    result = run("watch", server[0], "--every", "20ms", "--for", "200ms", "--store", tmp_path / "s")
    assert (result.exit_code, "goroutines: 18" in result.stdout) == (2, True), result.output
    assert result.stderr.endswith("the disk is full; the watch ends here: the report of what was stored\n")


def test_watch_of_a_program_that_is_not_there(run, tmp_path):
    result = run(
        "watch", "http://127.0.0.1:9/debug/pprof/heap", "--every", "10ms", "--for", "5ms", "--store", tmp_path / "s"
    )
    assert result.exit_code == 2
    assert "connection refused" in result.stderr


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("foo", "foo: this is no URL of a server: write http://HOST:PORT, https://… or unix:SOCKET:PATH"),
        (
            "localhost:6060",
            "localhost:6060: this is no URL of a server: write http://HOST:PORT, https://… or unix:SOCKET:PATH",
        ),
        ("ftp://me:secret@there", "ftp://there: this is no URL of a server: write http://HOST:PORT, https://… "),
        ("http://", "http://: this URL names no server: write http://HOST:PORT/PATH"),
        ("http:///debug/pprof/heap", "http:///debug/pprof/heap: this URL names no server: "),
        ("http://localhost:x", "http://localhost:x: the port of this URL is no number from 0 to 65535"),
        ("http://[::1", "http://[::1: this is no URL: Invalid IPv6 URL"),
        ("unix:/run/app.sock", "unix:/run/app.sock: write unix:SOCKET:PATH, like "),
    ],
)
def test_watch_refuses_what_can_never_answer_before_it_opens_the_store(run, tmp_path, url, message):
    store = tmp_path / "history.sqlite"
    result = run("watch", "http://127.0.0.1:9", url, "--every", "10ms", env={"DEBUGTEXT_STORE": str(store)})
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"debugtext: {message}")
    assert result.stderr.count("\n") == 1
    assert not store.exists()


def test_watch_warns_of_a_dump_that_stops_the_world(run, server, tmp_path):
    url, _ = server
    result = run("watch", url.replace("debug=1", "debug=2"), "--every", "1s", "--for", "1ms", "--store", tmp_path / "s")
    assert "debug=2 stops the program while it prints" in " ".join(result.stderr.split())


def test_history_without_a_store(run, tmp_path):
    result = run("history", "list", "--store", tmp_path / "none")
    assert result.exit_code == 2
    assert "`debugtext watch` makes one" in " ".join(result.stderr.split())


def test_serve_shows_the_store_that_is_named(run, server, tmp_path, monkeypatch):
    url, store = server[0], tmp_path / "s"
    run("watch", url, "--every", "10ms", "--for", "5ms", "--store", store)
    pages = []
    monkeypatch.setattr(PageServer, "serve_forever", lambda served, poll_interval: pages.append(served.answer()[2]))
    monkeypatch.setenv("DEBUGTEXT_STORE", str(store))
    for arguments in (["--store", store], ["--history"], ["--history", url]):
        assert run("serve", *arguments).exit_code == 0
    assert len(pages) == 3
    assert all(url in page for page in pages)
    missing = run("serve", "--store", tmp_path / "none")
    assert (missing.exit_code, "there is no store" in missing.stderr) == (2, True)
    assert "name a URL or files to serve, or --history" in run("serve").stderr
    assert "--base compares with one INPUT, and not with a store" in run("serve", "--history", "--base", "a.txt").stderr


@pytest.mark.parametrize(
    "form", ["json", "jsonl", "csv", "markdown", "github", "gitlab", "junit", "sarif", "prometheus"]
)
def test_diff_and_trend_have_every_output(run, series, form):
    for arguments in (("diff", series[0], series[-1]), ("trend", *series)):
        result = run(*arguments, "--format", form, "-o", f"{form}:out.txt")
        assert (result.exit_code, result.stderr) == (0, "")
        assert "main.serve.func" in result.stdout
        with open("out.txt", encoding="utf-8", newline="") as file:  # noqa: PTH123
            assert file.read() == result.stdout
