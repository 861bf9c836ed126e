"""Escapes stand for what JSON and Go mean by them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debugtext.unwrapping.notations.escapes import unescaped


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"a\nb\tc", "a\nb\tc"),
        (r"\"x\"", '"x"'),
        (r"c:\\new", "c:\\new"),
        (r"\\\n", "\\\n"),
        (r"\u003cnil\u003e", "<nil>"),
        (r"\ud83d\ude00", "😀"),
        (r"\x1b[31m", "\x1b[31m"),
        (r"\U0001F600", "😀"),
        (r"\UFFFFFFFF", "\ufffd"),
        (r"\/", "/"),
        ("\\", "\\"),
    ],
)
def test_an_escape(written, meant):
    assert unescaped(written) == meant


@given(st.text())
def test_what_json_writes_is_read_again(text):
    assert unescaped(json.dumps(text)[1:-1]) == text
