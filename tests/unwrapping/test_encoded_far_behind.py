"""Dumps in another notation are found far behind an input's beginning, too."""

import base64
import gzip
from urllib.parse import quote

import pytest

from debugtext.pieces import decoding
from debugtext.reading import read
from debugtext.unwrapping.notations import encoded
from debugtext.unwrapping.unwrap import unwrap

DUMP = b"goroutine 7 [chan send]:\nmain.w()\n\t/src/m/main.go:9 +0x1d\n" * 2
LINE = "2026-11-21T10:00:00Z info a request was served by the handler\n"
WRITTEN = {
    "base64": base64.b64encode(DUMP).decode(),
    "gzip in base64": base64.b64encode(gzip.compress(DUMP)).decode(),
    "hexadecimal": DUMP.hex(),
    "of a URL": f"/report?stack={quote(DUMP)}&n=1",
}


@pytest.fixture
def _small_pieces(monkeypatch):
    """All bounds are so small that a text of some KiB passes them, as one of some MiB does otherwise."""
    monkeypatch.setattr(decoding, "PIECE_BYTES", 1 << 11)
    monkeypatch.setattr(encoded, "SEARCHED", 1 << 12)
    monkeypatch.setitem(unwrap.__globals__, "MOST_LOOKED_AT", 1 << 12)
    monkeypatch.setitem(unwrap.__globals__, "HELD", 1 << 7)


def _is_found(notation: str, lines: int) -> bool:
    (capture,) = read(f"{LINE * lines}dump: {WRITTEN[notation]}\n{LINE * lines}".encode()).captures
    return (capture.format, capture.first_line, capture.goroutines) == ("goroutine-dump", lines + 1, 2)


@pytest.mark.usefixtures("_small_pieces")
@pytest.mark.parametrize("notation", WRITTEN)
def test_a_dump_in_another_notation_is_found_far_behind_an_inputs_beginning(notation):
    assert _is_found(notation, 200)


@pytest.mark.usefixtures("_small_pieces")
@pytest.mark.parametrize("notation", WRITTEN)
def test_it_is_found_behind_many_others(notation):
    captures = read(f"{LINE * 9}dump: {WRITTEN[notation]}\n" * 40).captures
    assert sum(capture.goroutines for capture in captures) == 80


def test_it_is_found_behind_some_mib():
    assert _is_found("gzip in base64", 60_000)


def _written(notation: str, goroutines: int) -> str:
    dump = b"".join(DUMP[: len(DUMP) // 2].replace(b" 7 ", b" %d " % number) for number in range(1, goroutines + 1))
    return {"hexadecimal": dump.hex(), "of a URL": quote(dump)}[notation]


@pytest.mark.usefixtures("_small_pieces")
@pytest.mark.parametrize("notation", ["hexadecimal", "of a URL"])
def test_a_dump_of_many_pieces_on_one_line_is_decoded_as_a_whole(notation):
    (capture,) = read(f"{_written(notation, 400)}\n".encode()).captures
    assert capture.goroutines == 400


def test_a_dump_of_some_mib_on_one_line_is_decoded_as_a_whole():
    (capture,) = read(f"{_written('of a URL', 45_000)}\n".encode()).captures
    assert capture.goroutines == 45_000
