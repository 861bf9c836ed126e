"""The grammars themselves: no ambiguity, nothing unused, and one spelling of each terminal for Lark and for us."""

import logging
import re
from collections.abc import Iterator
from re import _constants, _parser

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from lark import Lark, logger

from debugtext.formats import FORMATS
from debugtext.formats.grammar import _import_grammar, _terminals, grammar_folder, terminal
from debugtext.pieces.text import Cursor, Piece

SOURCES = {
    file.name.removesuffix(".lark"): file.read_text("utf-8")
    for file in sorted(grammar_folder().iterdir(), key=lambda file: file.name)
    if file.name.endswith(".lark")
}
DIGITS = frozenset("123456789")
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
    parse = next(known.parse for known in FORMATS if known.module.rpartition(".")[2] == grammar)
    capture = parse(Cursor([Piece(text, 1)]))
    assert capture is not None
    assert all("without the sample line above" in problem.message for problem in capture.problems if problem.found)


_FOR_TEXTS: dict[str, Lark] = {}


def built_for_texts(grammar: str) -> Lark:
    if grammar not in _FOR_TEXTS:
        _FOR_TEXTS[grammar] = Lark(SOURCES[grammar], start="start", import_paths=[_import_grammar])
    return _FOR_TEXTS[grammar]


def told_apart(pattern: str) -> set[str]:
    """The digits that an expression tells from others but 0 and 1, which `ALIKE` leaves as they are."""
    return set().union(*_told_apart(_parser.parse(pattern)))


def _told_apart(node) -> Iterator[set[str]]:
    kind, value = node if isinstance(node, tuple) and len(node) == 2 else (None, None)
    if kind in (_constants.LITERAL, _constants.NOT_LITERAL):
        yield {chr(value)} & DIGITS
    elif kind is _constants.IN:
        named = {digit for digit in DIGITS for member in value if _holds(*member, digit)}
        yield named if len(named) < len(DIGITS) else set()
    elif isinstance(node, (tuple, list, _parser.SubPattern)):
        for part in node:
            yield from _told_apart(part)


def _holds(kind, value, digit) -> bool:
    """Whether a member of a class names a digit."""
    if kind is _constants.RANGE:
        return value[0] <= ord(digit) <= value[1]
    return (kind is _constants.LITERAL and value == ord(digit)) or "DIGIT" in str(value) or "WORD" in str(value)


def test_digits_are_told_apart():
    assert told_apart("a[0-9]{2}") == set()
    assert told_apart("http2?") == {"2"}
    assert told_apart("[1-4]") == {"1", "2", "3", "4"}
    assert told_apart(r"a[^\n5]\w") == {"5"}


@pytest.mark.parametrize(
    ("grammar", "name"),
    [
        pytest.param(grammar, name, id=f"{grammar} {name}")
        for grammar in SOURCES
        if grammar != "crash"
        for name in _terminals(grammar)
    ],
)
def test_lines_that_differ_in_digits_alone_are_alike(grammar, name):
    """What is remembered of a line (`ALIKE`) is true of all that differ from it in these digits."""
    assert told_apart(terminal(grammar, name).pattern) == set()
