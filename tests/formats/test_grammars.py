"""The grammars themselves: no ambiguity, nothing unused, and one spelling of each terminal for Lark and for us."""

import logging
import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from lark import Lark, logger

from debugtext.formats import FORMATS
from debugtext.formats._grammar import _import_grammar, _terminals, grammar_folder, terminal
from debugtext.text import Cursor, Piece

SOURCES = {
    file.name.removesuffix(".lark"): file.read_text("utf-8")
    for file in sorted(grammar_folder().iterdir(), key=lambda file: file.name)
    if file.name.endswith(".lark")
}
PARSED = [name for name, source in SOURCES.items() if "\nstart:" in source]


def starts(grammar: str) -> list[str]:
    return ["start", "body"] if "\nbody:" in SOURCES[grammar] else ["start"]


def built(grammar: str, **options) -> Lark:
    return Lark(SOURCES[grammar], parser="lalr", start=starts(grammar), import_paths=[_import_grammar], **options)


def test_there_are_grammars():
    assert {"heap", "counts", "contention", "memstats", "dump", "race"} <= set(PARSED)


@pytest.mark.parametrize("grammar", PARSED)
def test_no_two_terminals_or_rules_compete(grammar):
    """`strict` is Lark's own check, with interegular: no line fits two terminals, no conflict in the table."""
    built(grammar, strict=True)


@pytest.mark.parametrize("grammar", PARSED)
def test_nothing_is_unused(grammar, caplog, monkeypatch):
    monkeypatch.setattr(logger, "handlers", [caplog.handler])
    monkeypatch.setattr(logger, "level", logging.DEBUG)
    built(grammar, debug=True)
    assert "Unused" not in caplog.text


def test_what_is_shared_is_imported():
    imports = re.findall(r"(?m)^%import \.go_tokens \((.*)\)", "\n".join(SOURCES.values()))
    assert set(_terminals("go_tokens")) <= {name for names in imports for name in names.split(", ")}


@pytest.mark.parametrize(
    ("grammar", "name"),
    [pytest.param(grammar, name, id=f"{grammar} {name}") for grammar in PARSED for name in _terminals(grammar)],
)
def test_a_terminal_is_the_same_to_lark_and_to_the_fast_path(grammar, name):
    assert spelled_out(terminal(grammar, name).pattern) == built_once(grammar)[name]


@pytest.mark.parametrize("name", _terminals("go_tokens"))
def test_a_shared_terminal_is_the_same_where_it_is_imported(name):
    assert spelled_out(terminal("go_tokens", name).pattern) == built_once("counts")[name]


def spelled_out(pattern: str) -> str:
    """Lark keeps tabs and line ends as themselves."""
    return re.sub(r"\\(.)", lambda match: {"t": "\t", "n": "\n"}.get(match[1], match[0]), pattern)


_BUILT: dict[str, dict[str, str]] = {}


def built_once(grammar: str) -> dict[str, str]:
    if grammar not in _BUILT:
        _BUILT[grammar] = {
            known.name: known.pattern.to_regexp().replace(r"\/", "/") for known in built(grammar).terminals
        }
    return _BUILT[grammar]


@pytest.mark.parametrize("grammar", ["heap", "counts", "contention", "memstats"])
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_whatever_the_grammar_allows_is_read_without_a_problem(grammar, data):
    """Each text that Hypothesis makes from a grammar is read (its header's sums are not the records')."""
    text = data.draw(from_lark(built_for_texts(grammar), start="start"))
    parse = next(known.parse for known in FORMATS if known.module == grammar)
    capture = parse(Cursor([Piece(text, 1)]))
    assert capture is not None
    assert all("without the sample line above" in problem.message for problem in capture.problems if problem.found)


_FOR_TEXTS: dict[str, Lark] = {}


def built_for_texts(grammar: str) -> Lark:
    if grammar not in _FOR_TEXTS:
        _FOR_TEXTS[grammar] = Lark(SOURCES[grammar], start="start", import_paths=[_import_grammar])
    return _FOR_TEXTS[grammar]
