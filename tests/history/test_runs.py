"""Runs of a process, told apart for all texts of a server by the one that shows its restart."""

import pytest

from debugtext.growth.snapshots import Snapshot
from debugtext.history.reports import numbered_by_runs, server_of
from debugtext.records.memstats import MemStats

HEAP, GOROUTINE, OTHER = (f"http://{path}?debug=1" for path in ("a:6060/heap", "a:6060/goroutine", "b:6060/goroutine"))


@pytest.mark.parametrize(
    ("target", "server"),
    [
        ("http://localhost:6060/debug/pprof/heap?debug=1", "http://localhost:6060"),
        ("https://example.com", "https://example.com"),
        ("unix:/run/app.sock:/debug/pprof/heap?debug=1", "unix:/run/app.sock"),
    ],
)
def test_servers(target, server):
    assert server_of(target) == server


def test_a_restart_counts_for_its_server_only():
    counted = [Snapshot(HEAP, at, memstats=MemStats(num_gc=gc)) for at, gc in ((10.0, 5), (20.0, 6), (30.1, 1))]
    found = numbered_by_runs(
        {
            HEAP: counted,
            GOROUTINE: [Snapshot(GOROUTINE, at) for at in (10.1, 20.1, 30.0)],
            OTHER: [Snapshot(OTHER, at) for at in (10.1, 20.1, 30.0)],
        }
    )
    assert {target: [one.run for one in snapshots] for target, snapshots in found.items()} == {
        HEAP: [0, 0, 1],
        GOROUTINE: [0, 0, 1],
        OTHER: [0, 0, 0],
    }
