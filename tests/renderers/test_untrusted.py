"""Text from a dump cannot steer the terminal, nor break the JSON."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Location, Severity, Verdict
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import GoroutineDump, State
from debugtext.renderers import RENDERERS, render
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.untrusted import json_text, one_line

ANYTHING = st.text(st.characters(codec=None), max_size=40)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        pytest.param("main.main", "main.main", id="plain"),
        pytest.param("main.Größe·1", "main.Größe·1", id="letters of any language"),
        pytest.param("\x1b[2J", "\\x1b[2J", id="clear the screen"),
        pytest.param("\x9b2J", "\\x9b2J", id="the same with one C1 character"),
        pytest.param("a\r\nb\tc", "a\\r\\nb\\tc", id="lines and tabs"),
        pytest.param("\x7f\x00\x08", "\\x7f\\x00\\x08", id="DEL, NUL, backspace"),
        pytest.param("ma\u202enif", "ma\\u202enif", id="right to left"),
        pytest.param("\u2066a\u2069", "\\u2066a\\u2069", id="isolates"),
        pytest.param("a\u2028b\u2029c\x85d", "a\\u2028b\\u2029c\\x85d", id="line separators"),
        pytest.param("caf\udce9", "caf\\xe9", id="a byte that is no UTF-8"),
        pytest.param("\ud800", "\\ud800", id="half a character"),
    ],
)
def test_one_line(text, safe):
    assert one_line(text) == safe


@given(st.text(st.characters(codec=None)))
def test_no_text_reaches_a_terminal_with_a_control_character(text):
    """One line, no character of the categories Cc, Zl, Zp, Cs, and none that turns the writing."""
    safe = one_line(text)
    assert not {unicodedata.category(character) for character in safe} & {"Cc", "Zl", "Zp", "Cs"}
    assert not set(safe) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(st.characters(codec=None)))
def test_json_is_utf8_without_control_characters_and_says_the_same(text):
    """Whatever is no lone surrogate comes back as it was."""
    dumped = json_text(json.dumps(text, ensure_ascii=False))
    dumped.encode("utf-8")
    assert not any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} for character in dumped)
    if not any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        assert json.loads(dumped) == text


@pytest.mark.parametrize("name", ["table", "json"])
@pytest.mark.parametrize("full", [False, True])
@given(function=ANYTHING, file=ANYTHING, reason=ANYTHING, title=ANYTHING)
def test_no_record_can_put_a_control_character_into_an_output(
    make_report, make_goroutines, name, full, function, file, reason, title
):
    """Names, files, reasons and titles of a dump are shown, never obeyed."""
    assert name in RENDERERS
    frame = Frame(function, file, 1)
    dump = GoroutineDump(make_goroutines((2, State(reason), Stack((frame,), created_by=frame))))
    finding = Finding(
        "DT1", "n", Verdict.LEAK, Certainty.LIKELY, Severity.ERROR, title, (function,), Location(file, 1), advice=reason
    )
    captures = (
        Capture("goroutine-dump", 1, 2, dump),
        Capture("crash", 3, 4, Crash("panic", reason, dump, crashed_id=1)),
    )
    text = render(make_report(*captures, findings=[finding], name=file), name, RenderOptions(full=full))
    text.encode("utf-8")
    allowed = text.replace("\n", "")
    assert not {unicodedata.category(character) for character in allowed} & {"Cc", "Zl", "Zp", "Cs"}
