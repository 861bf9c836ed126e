"""Reports on a store that a watch writes to meanwhile."""

import pytest

from debugtext.growth.snapshots import Snapshot
from debugtext.history.exports import export
from debugtext.history.reports import report_on_targets
from debugtext.history.store import Store
from debugtext.settings import Settings

URL = "http://localhost:6060/debug/pprof/goroutine?debug=1"


@pytest.fixture
def pruned_meanwhile(store, goroutine_text, monkeypatch):
    """A store with two texts, which another process prunes as soon as the first question has been answered."""
    for at in (1.0, 2.0):
        store.add(URL, Snapshot(URL, at), goroutine_text({"main.f": 3}))
    for name in ("snapshots", "entries"):
        ask = getattr(store, name)

        def asked(*arguments, ask=ask):
            answer = ask(*arguments)
            with Store(store.path) as other:
                other.prune(None, before=5.0)
            return answer

        monkeypatch.setattr(store, name, asked)
    return store


@pytest.mark.parametrize(("since", "read_at"), [(0.0, [1.0, 9.0]), (5.0, [8.0, 9.0]), (9.0, [9.0])])
def test_only_texts_since_the_time_are_read(store, goroutine_text, since, read_at):
    """`history show --last 2h` must not compare with a text of last week."""
    for at in (1.0, 8.0, 9.0):
        store.add(URL, Snapshot(URL, at), goroutine_text({"main.f": 3}))
    report = report_on_targets(store, [URL], Settings(), since)
    assert [reading.taken_at for reading in report.readings] == read_at


def test_a_report_is_of_one_moment(pruned_meanwhile):
    report = report_on_targets(pruned_meanwhile, [URL], Settings())
    assert [reading.taken_at for reading in report.readings] == [1.0, 2.0]


def test_an_export_is_of_one_moment(pruned_meanwhile, tmp_path, goroutine_text):
    assert export(pruned_meanwhile, URL, tmp_path / "out") == 2
    assert {path.read_bytes() for path in (tmp_path / "out").iterdir()} == {goroutine_text({"main.f": 3})}
