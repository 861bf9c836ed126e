"""`debugtext history` with a store of two servers: what it says of targets that the store knows, and of others."""

from dataclasses import replace

import pytest

from debugtext.growth.snapshots import snapshot
from debugtext.history.store import Store
from debugtext.reading import read

PROFILE = "goroutine profile: total {0}\n{0} @ 0x1\n#\t0x0\tmain.leak+0x24\t/src/main.go:9\n\n"


@pytest.fixture
def two_servers(tmp_path):
    """A store with six texts of each of two servers, whose goroutines grow alike."""
    with Store(tmp_path / "s") as store:
        for target in ("http://a:6060/debug/pprof/goroutine?debug=1", "http://b:6060/debug/pprof/goroutine?debug=1"):
            for number in range(6):
                text = PROFILE.format(5 + 20 * number)
                store.add(target, snapshot(replace(read(text), taken_at=1e9 + 60 * number)), text.encode())
    return tmp_path / "s"


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "http://a:6060"],
        ["show", "http://a:6060"],
        ["show", "http://b:6060/debug/pprof/goroutine?debug=1", "http://a:6060/debug/pprof/gorutine?debug=1"],
        ["export", "http://a:6060", "out"],
        ["prune", "--older-than", "1h", "--target", "http://a:6060"],
    ],
    ids=" ".join,
)
def test_a_target_that_the_store_does_not_know_is_trouble(run, two_servers, arguments):
    result = run("history", *arguments, "--store", two_servers)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("Did you mean 'http://a:6060/debug/pprof/goroutine?debug=1'?\n")
    with Store(two_servers) as store:
        assert len(store.entries()) == 12


def test_what_a_store_holds_not_is_named(run, two_servers, tmp_path):
    Store(tmp_path / "empty").close()
    nothing = run("history", "show", "--store", tmp_path / "empty")
    assert (nothing.exit_code, nothing.stderr) == (3, "debugtext: the store is empty: `debugtext watch` fills it\n")
    unknown = run("history", "show", "http://nobody", "--store", two_servers)
    assert unknown.stderr == (
        "debugtext: the store knows no target 'http://nobody'. `debugtext history list` shows those that it knows.\n"
    )
    target = "http://a:6060/debug/pprof/goroutine?debug=1"
    old = run("history", "show", target, "--last", "1s", "--store", two_servers)
    assert (old.exit_code, old.stderr) == (
        3,
        f"debugtext: the store holds no snapshot of {target} from this time\n",
    )


def test_findings_of_several_targets_name_theirs(run, two_servers):
    shown = run("history", "show", "--store", two_servers).stdout
    assert "a:6060/debug/pprof/goroutine?debug=1 and 1 other input: 105 goroutines" in " ".join(shown.split())
    full = " ".join(run("history", "show", "--full", "--store", two_servers).stdout.split())
    for host in "ab":
        assert f"http://{host}:6060/debug/pprof/goroutine?debug=1: 105 goroutines" in full
    one = run("history", "show", "http://a:6060/debug/pprof/goroutine?debug=1", "--store", two_servers).stdout
    assert one.startswith("leak likely: 105 goroutines")
