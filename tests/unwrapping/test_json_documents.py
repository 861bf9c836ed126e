"""Dumps are taken out of JSON documents in which each line is a string: the answers of log services, what jq prints."""

import json
import time
from itertools import chain

import pytest

from debugtext import read
from debugtext.pieces.text import Piece
from debugtext.unwrapping import unwrap

DUMP = (
    "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d\n\n"
    "goroutine 7 [select]:\nmain.serve(0xc0)\n\t/src/m.go:9 +0x2"
)
LINES = DUMP.split("\n")


def events(lines):
    """A list of objects in an object."""
    return {"events": [{"timestamp": 17 + at, "message": line, "id": f"a{at}"} for at, line in enumerate(lines)]}


def entries(lines):
    """A list of objects alone."""
    return [{"insertId": f"x{at}", "textPayload": line, "severity": "ERROR"} for at, line in enumerate(lines)]


def hits(lines):
    """A field in an object in each item."""
    return {"hits": {"hits": [{"_source": {"message": line, "@timestamp": "2026"}} for line in lines]}}


def rows(lines):
    """Lists in a list: each column means something else."""
    values = [[f"170000000{at}", line] for at, line in enumerate(lines)]
    return {"data": {"result": [{"stream": {"pod": "a"}, "values": values}]}}


def named_values(lines):
    """Rows of names and values."""
    return {"results": [[{"field": "@timestamp", "value": "2026"}, {"field": "m", "value": line}] for line in lines]}


SHAPES = [pytest.param(shape, id=shape.__name__) for shape in (events, entries, hits, rows, named_values, list)]


@pytest.mark.parametrize("indent", [pytest.param(None, id="on one line"), pytest.param(2, id="pretty")])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_string_a_line(shape, indent, unwrapped):
    assert unwrapped(json.dumps(shape(LINES), indent=indent)).strip() == DUMP


@pytest.mark.parametrize("shape", SHAPES)
def test_the_numbers_are_those_of_the_strings(shape, numbered):
    text = json.dumps(shape(LINES), indent=4)
    shown = text.split("\n")
    told = [(number, line) for number, line in numbered(text) if line in LINES]
    assert [line for _, line in told] == [line for line in LINES if line]
    assert all(json.dumps(line) in shown[number - 1] for number, line in told)


def test_documents_one_behind_the_other(numbered):
    text = "\n".join(json.dumps({"time": at, "msg": line}, indent=2) for at, line in enumerate(LINES)) + "\n"
    assert [number for number, _ in numbered(text)] == [3, 7, 11, 19, 23, 27]


def test_what_stands_around_a_document_is_kept(numbered):
    text = f"$ get-logs\n{json.dumps(events(LINES), indent=1)}\npanic: later\n\n{DUMP}\n"
    lines = numbered(text)
    count = text.count("\n")
    assert (1, "$ get-logs") in lines
    assert (count - 8, "panic: later") in lines
    assert lines.count((count, LINES[-1])) == 1


def test_what_only_begins_like_a_document_hides_none(unwrapped):
    text = unwrapped('{ "a": [ 1, or so\n[1] "x\n' + json.dumps(events(LINES), indent=2))
    assert DUMP in text


def test_the_newest_line_first(unwrapped):
    assert unwrapped(json.dumps(entries(LINES[::-1]), indent=2)).strip() == DUMP


def test_the_processes_of_a_list_are_told_apart(unwrapped):
    other = DUMP.replace("main.", "other.")
    mixed = [
        {"pod": pod, "line": line}
        for pair in zip(LINES, other.split("\n"), strict=True)
        for pod, line in zip("ab", pair, strict=True)
    ]
    text = unwrapped(json.dumps({"items": mixed}, indent=2))
    assert DUMP in text
    assert other in text


@pytest.mark.parametrize("shape", SHAPES[:4])
def test_a_document_that_goes_on_in_the_next_piece(shape):
    text = json.dumps(shape(["started", *LINES * 20, "stopped"]), indent=2)
    lines = text.splitlines(keepends=True)
    for cut in range(len(lines) // 2, len(lines) // 2 + 12):
        pieces = [Piece("".join(lines[:cut]), 1), Piece("".join(lines[cut:]), cut + 1)]
        told = list(chain.from_iterable(piece.text.split("\n") for piece in unwrap(pieces)))
        assert [line for line in told if line in LINES and line] == [line for line in LINES * 20 if line]


def test_a_document_that_began_in_a_piece_without_a_dump():
    text = json.dumps(events(["request"] * 60_000 + LINES), indent=2)
    assert len(text) > 4 << 20
    (capture,) = read(text.encode()).captures
    assert len(capture.body.goroutines) == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(json.dumps({"lines": ["panic: is a word", "of Go's"]}, indent=1), id="words about a panic"),
        pytest.param(json.dumps([{"message": "started", "level": "info"}] * 9, indent=1), id="a log without a dump"),
        pytest.param("[signal SIGSEGV: segmentation violation]\n[originating from goroutine 1]:\n", id="brackets"),
        pytest.param('{"name": "goroutine 1 [running]:"}\n{"name": "x"}\n', id="a line a record without a dump"),
    ],
)
def test_what_stays_as_it_is(text, unwrapped):
    assert unwrapped(text) == text


def test_a_dump_in_one_string_of_many_is_no_list_of_lines(unwrapped):
    text = unwrapped(json.dumps([{"msg": "started"}, {"msg": "panic: boom", "stack": DUMP + "\n"}], indent=2))
    assert "panic: boom" in text
    assert DUMP in text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"a":' * 100_000, id="objects in objects"),
        pytest.param("[" * 300_000, id="lists in lists"),
        pytest.param("[1, x\n" * 60_000, id="lines that begin like lists"),
        pytest.param('{"a": "' + "\\" * 300_000, id="a string without an end"),
        pytest.param('"a":\n' * 60_000, id="names"),
    ],
)
def test_the_time_grows_with_the_length(text):
    began = time.process_time()
    read(f"x goroutine 1 [running]:\n{text}")
    assert time.process_time() - began < 10  # what took the square of its length took minutes
