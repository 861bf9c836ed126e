"""The knowledge files: their entries, how functions are recognised, and the user's own."""

import pytest

from debugtext.errors import SettingsError
from debugtext.knowledge import knowledge
from debugtext.knowledge.entries import Idle, Library, canonical


@pytest.fixture(scope="module")
def known():
    return knowledge()


def test_every_entry_has_a_source(known):
    entries = [*known.idle, *known.libraries]
    assert [entry for entry in entries if not entry.source.startswith("https://")] == []
    assert len({entry.id for entry in known.libraries}) == len(known.libraries)


def test_every_library_says_what_to_do(known):
    assert [
        entry.id for entry in known.libraries if not entry.advice.endswith((".", ")")) or len(entry.title) > 100
    ] == []


@pytest.mark.parametrize(
    "function",
    [
        "google.golang.org/grpc.(*ccBalancerWrapper).watcher",
        "k8s.io/kubernetes/vendor/google.golang.org/grpc.(*ccBalancerWrapper).watcher",
        "grpc.(*ccBalancerWrapper).watcher",
    ],
)
def test_a_function_is_recognised_however_its_path_is_written(known, function):
    assert "grpc-connection-not-closed" in {e.id for e in known.entries_of(function) if isinstance(e, Library)}


@pytest.mark.parametrize(
    "function", ["example.com/grpc.(*ccBalancerWrapper).watcher", "main.watcher", "mygrpc.watcher"]
)
def test_a_namesake_is_not_recognised(known, function):
    assert known.entries_of(function) == ()


def test_closures_are_recognised_without_their_numbers(known):
    assert known.entries_of("context.(*cancelCtx).propagateCancel.func2")
    assert canonical("a/vendor/b.org/c/v2.(*T).F.func1.2") == "b.org/c.(*T).F.func"


def test_a_star_stands_for_anything(known):
    assert isinstance(known.entries_of("github.com/hashicorp/yamux.(*Session).recvLoop")[0], Idle)


@pytest.mark.parametrize(
    ("words", "resident"),
    [(("worker",), True), (("run", "worker"), True), (("run", "batch"), False), (("read", "loop"), True), ((), False)],
)
def test_words_of_names_that_stay(known, words, resident):
    assert known.is_resident(words) is resident


def test_a_file_of_the_user_adds_idle_goroutines(tmp_path, dump, alarms):
    file = tmp_path / "ours.toml"
    file.write_text(
        '[[idle]]\nfunctions = ["main.await"]\nwhere = "top"\nwhy = "ours"\nsource = "https://example.com"\n'
    )
    text = dump(*[("chan receive, 3 minutes", "main.await(0x1)")] * 30, ("running", "main.dump()"))
    assert alarms(text) == [("DT202", "main.await")]
    assert alarms(text, knowledge_files=(str(file),)) == []


@pytest.mark.parametrize("content", ["[[idle]]\nfunctoins = []\n", "not toml ["], ids=["wrong key", "no toml"])
def test_a_wrong_file_of_the_user_is_told(tmp_path, content):
    file = tmp_path / "ours.toml"
    file.write_text(content)
    with pytest.raises(SettingsError, match=r"ours\.toml"):
        knowledge((str(file),))


def test_a_library_leaks_by_number_by_age_or_by_staying(dump, findings):
    request = ("select", "net/http.(*persistConn).roundTrip(0x1)", "main.call(0x1)")
    old = ("select, 4 minutes", *request[1:])
    rest = ("running", "main.dump()")
    assert findings(dump(*[request] * 30, rest), rule="DT211") == []
    assert len(findings(dump(*[request] * 120, rest), rule="DT211")) == 1
    assert len(findings(dump(*[old] * 6, rest), rule="DT211")) == 1
    staying = dump(*[request] * 6, rest)
    (found,) = findings(staying, staying, rule="DT211")
    assert found.functions[:2] == ("main.call", "net/http.(*persistConn).roundTrip")
    assert found.evidence["reason"] == "6 (≥ 5) stayed through 2 inputs"
