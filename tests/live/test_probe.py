"""`curl | debugtext` for every endpoint of a real server, whose troubles are known from its source."""

import re

import pytest

LEAKED = 40
WITH_LABELS_AND_SPAWNED = LEAKED + 1 + 3
HELD_BYTES = 32 << 20


def capture(document: dict, kind: str) -> dict:
    [found] = [one for one in document["inputs"][0]["captures"] if one["format"] == kind]
    assert document["schema_version"] == 1
    assert not document["inputs"][0]["problems"]
    assert not found["truncated"]
    return found


def about(document: dict, function: str) -> list[dict]:
    return [finding for finding in document["findings"] if function in finding["functions"]]


@pytest.mark.parametrize("kind", ["heap", "allocs"])
def test_the_heap_is_held_by_remember(probe, piped, piped_json, kind):
    _, document = piped_json(f"{probe}/debug/pprof/{kind}?debug=1&gc=1", kind)
    totals = capture(document, "heap")["totals"]
    assert HELD_BYTES / 2 < totals["inuse_bytes"] < HELD_BYTES * 2  # a sample: 64 of 2048 objects, more or less
    assert totals["alloc_bytes"] >= totals["inuse_bytes"] > totals["raw_inuse_bytes"] > 0
    table = piped(f"{probe}/debug/pprof/{kind}?debug=1", kind)
    assert (table.returncode, table.stderr) == (0, "")
    assert "main.(*cache).remember" in table.stdout


def test_memstats_tell_the_live_heap(probe, piped, piped_json):
    for address in (f"{probe}/debug/vars", f"{probe}/debug/pprof/heap?debug=1"):
        code, document = piped_json(address, "memstats")
        assert code == 0
        assert capture(document, "memstats")["records"] == 1
    table = piped(f"{probe}/debug/vars", "memstats")
    assert (table.returncode, table.stderr) == (0, "")
    assert "GC off" in table.stdout  # the probe collects when it is told to, and not else


@pytest.mark.parametrize("debug", [1, 2])
def test_forgotten_goroutines_are_named(probe, piped, piped_json, debug):
    url = f"{probe}/debug/pprof/goroutine?debug={debug}"
    _, document = piped_json(url, "goroutine")
    found = capture(document, {1: "goroutine-profile", 2: "goroutine-dump"}[debug])
    assert found["goroutines"] > WITH_LABELS_AND_SPAWNED
    assert found["groups"] < found["goroutines"] - LEAKED + 2
    table = piped(url, "goroutine")
    assert (table.returncode, table.stderr) == (0, "")
    # a profile prints no creator: what only labels or the go statement tell apart is one row
    count = {1: WITH_LABELS_AND_SPAWNED, 2: LEAKED}[debug]
    assert re.search(rf"^ *{count} +\d+% .*main\.forgotten main\.go:\d+( \(\d stacks\))?$", table.stdout, re.MULTILINE)


@pytest.mark.parametrize("debug", [1, 2])
def test_gos_own_detector_makes_it_certain(probe, go_environment, curl, piped_json, debug):
    if go_environment["DEBUGTEXT_GO"] in {"1.21", "1.22", "1.23", "1.24", "1.25"}:
        pytest.skip("the leak detector is in Go from 1.26 on")
    code, document = piped_json(f"{probe}/debug/pprof/goroutineleak?debug={debug}", "goroutine", "--fail-on", "error")
    assert code == 1
    found = about(document, "main.forgotten")
    assert {finding["certainty"] for finding in found} == {"certain"}
    assert {finding["verdict"] for finding in found} == {"leak"}
    assert all("receiving from a channel" in finding["title"] for finding in found)
    assert sum(finding["count"] for finding in found) >= LEAKED


@pytest.mark.parametrize(("endpoint", "function"), [("block", "main.(*counter).add"), ("mutex", "main.(*counter).add")])
def test_contention_names_the_lock_s_user(probe, piped, piped_json, endpoint, function):
    _, document = piped_json(f"{probe}/debug/pprof/{endpoint}?debug=1", endpoint)
    assert capture(document, "contention")["records"] >= 1
    table = piped(f"{probe}/debug/pprof/{endpoint}?debug=1", endpoint)
    assert (table.returncode, table.stderr) == (0, "")
    assert function in table.stdout


def test_threads_are_counted(probe, piped_json):
    code, document = piped_json(f"{probe}/debug/pprof/threadcreate?debug=1", "threadcreate")
    assert code == 0
    assert capture(document, "threadcreate")["records"] >= 1


def test_growth_between_two_moments_is_named(probe, curl, run_json, tmp_path):
    before, after = tmp_path / "before.txt", tmp_path / "after.txt"
    curl(f"{probe}/grow?kib={8 << 10}")  # what two texts show for the first time may be the first load
    before.write_bytes(curl(f"{probe}/debug/pprof/heap?debug=1&gc=1"))
    curl(f"{probe}/grow?kib={24 << 10}")
    after.write_bytes(curl(f"{probe}/debug/pprof/heap?debug=1&gc=1"))
    code, document = run_json("diff", str(before), str(after), "--fail-on", "warning")
    assert code == 1
    [growth, *_] = about(document, "main.(*cache).remember")
    assert growth["verdict"] == "growth"
    assert growth["certainty"] == "likely"


def test_a_url_is_fetched_without_curl(probe, run_json):
    code, document = run_json("goroutine", f"{probe}/debug/pprof/goroutine?debug=1")
    assert code == 0
    assert capture(document, "goroutine-profile")["goroutines"] > LEAKED


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/debug/pprof/nonsense?debug=1", "profile"),
        ("/debug/pprof/heap", "debug=1"),
        ("/debug/pprof/", "index"),
        ("/nonsense", "404"),
    ],
    ids=["an unknown profile", "a binary profile", "the index page", "a page that is not there"],
)
def test_a_wrong_address_gets_one_line_that_helps(probe, piped, path, hint):
    result = piped(f"{probe}{path}", "heap")
    assert result.returncode == 3
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert line.startswith("debugtext: ")
    assert hint in line
