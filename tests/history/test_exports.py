"""Texts out of the store, and lists of what it holds."""

import pytest

from debugtext.errors import DebugtextError
from debugtext.growth.snapshots import Snapshot
from debugtext.history.exports import export
from debugtext.history.listing import entries_table, targets_table
from debugtext.reading import read
from debugtext.series.timing import timed

URL = "http://localhost:6060/debug/pprof/goroutine?debug=1"


def test_exported_texts_tell_their_time(store, tmp_path, goroutine_text):
    for at in (1_800_000_000.0, 1_800_000_030.0):
        store.add(URL, Snapshot(URL, at), goroutine_text({"main.f": 1}))
    assert export(store, URL, tmp_path / "out") == 2
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [
        "localhost-6060-debug-pprof-goroutine-debug-1.2027-01-15T080000.1.txt",
        "localhost-6060-debug-pprof-goroutine-debug-1.2027-01-15T080030.2.txt",
    ]
    series = timed([read(tmp_path / "out" / name) for name in names])
    assert [reading.taken_at for reading in series] == [1_800_000_000.0, 1_800_000_030.0]


def test_exported_texts_that_are_less_than_a_second_apart_keep_their_times(store, tmp_path, goroutine_text):
    for at in (1_800_000_000.125, 1_800_000_000.75):
        store.add(URL, Snapshot(URL, at), goroutine_text({"main.f": 1}))
    export(store, URL, tmp_path / "out")
    series = timed([read(path) for path in (tmp_path / "out").iterdir()])
    assert [reading.taken_at for reading in series] == [1_800_000_000.125, 1_800_000_000.75]


def test_a_name_cannot_leave_the_folder(store, tmp_path):
    url = "http://../../etc/passwd"
    store.add(url, Snapshot(url, 1.0), b"x")
    export(store, url, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["..-..-etc-passwd.1970-01-01T000001.1.txt"]


def test_an_unknown_target_is_said(store, tmp_path):
    with pytest.raises(DebugtextError, match="knows no target 'http://x'"):
        export(store, "http://x", tmp_path)


def test_lists(store):
    store.add(URL, Snapshot(URL, 0.0), b"x" * 2048)
    store.add(URL, Snapshot(URL, 90.0), b"x" * 1024)
    store.note(URL, 60.0, "no snapshot: \x1b[31mred")
    assert targets_table(store.targets()).split()[2:] == ["2", "snapshots", "over", "1.5", "min", "3", "KiB", URL]
    lines = entries_table(store.entries(URL), store.events(URL)).splitlines()
    assert [line[21:] for line in lines] == [
        "#1           2 KiB",
        r"no snapshot: \x1b[31mred",
        "#2           1 KiB",
    ]
    assert targets_table([]) == "The store is empty.\n"
