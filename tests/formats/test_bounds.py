"""What a reader remembers of a text, or takes of it at once, is bounded, however long and odd the text is."""

import pytest

from debugtext.formats.dumps import _dump_columns, _shapes, repair
from debugtext.formats.dumps.dump import DumpReader
from debugtext.formats.profiles import _samples, counts
from debugtext.pieces.text import Cursor, Piece

MANY = 20


def read(block: str) -> DumpReader:
    """A dump of MANY such goroutines, each with its number in place of `@`."""
    return DumpReader(Cursor([Piece("\n".join(block.replace("@", str(i)) for i in range(MANY)), 1)])).read()


def test_so_many_shapes_are_known_at_once(monkeypatch):
    monkeypatch.setattr(_shapes, "MOST_SHAPES", 3)
    reader = read("goroutine 1@ [select]:\nmain.of@()\n\t/src/main.go:50 +0x25\n")
    assert len(reader._shapes._known) <= 3
    functions = [one.stack.frames[0].function for one in reader.columns.goroutines]
    assert functions == [f"main.of{i}" for i in range(MANY)]


def test_so_many_headers_are_known_at_once(monkeypatch):
    monkeypatch.setattr(_dump_columns, "MOST_HEADERS_REMEMBERED", 3)
    reader = read("goroutine 1@ [select, @ minutes]:\nmain.f()\n\t/src/main.go:50 +0x25\n")
    assert len(reader.columns.header_numbers) <= 4
    assert [one.state.waiting_minutes or 0 for one in reader.columns.goroutines] == list(range(MANY))


@pytest.mark.parametrize(("longest", "are_remembered"), [(40, False), (4_000, True)])
def test_damaged_blocks_are_remembered_up_to_a_length(monkeypatch, longest, are_remembered):
    monkeypatch.setattr(repair, "LONGEST_REMEMBERED", longest)
    repair._picked.cache_clear()
    reader = read("goroutine 1@ [select]:\nmain.f()\n\t/src/main.go:50 +0x25\nwhat is this?\n")
    assert (repair._picked.cache_info().currsize > 0) == are_remembered
    assert [len(one.stack.frames) for one in reader.columns.goroutines] == [1] * MANY


def test_so_much_of_a_profile_is_split_into_lines_at_once(monkeypatch):
    windows = []
    end_of_window = _samples._end_of_window
    monkeypatch.setattr(_samples, "SMALL_WINDOW", 100)
    monkeypatch.setattr(_samples, "WINDOW", 500)
    monkeypatch.setattr(
        _samples, "_end_of_window", lambda text, start, size: windows.append(size) or end_of_window(text, start, size)
    )
    block = "1 @ 0x1\n#\t0x1\tmain.f+0x18\t/src/main.go:109\n\n"
    capture = counts.parse(Cursor([Piece(f"goroutine profile: total {MANY * 9}\n{block * MANY * 9}", 1)]))
    assert capture.goroutines == MANY * 9
    assert max(windows) == 500
