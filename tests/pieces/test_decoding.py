"""Bytes to text: packing, encodings, line ends, and what is refused with a clear word."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debugtext.errors import BinaryInputError, InputUnavailableError, UnreadableInputError
from debugtext.pieces import decoding, streams
from debugtext.pieces.decoding import decode_bytes, decode_path, decode_stream, decode_text
from debugtext.reading import read

TEXT = "goroutine 1 [running]:\nmain.f()\n\t/ü.go:1 +0x1\n\nend\n"


def text_of(pieces) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(b"\xef\xbb\xbf" + TEXT.encode(), id="UTF-8 with a byte order mark"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16 with a byte order mark"),
        pytest.param(TEXT.encode("utf-16-le"), id="UTF-16 little endian without a mark"),
        pytest.param(TEXT.encode("utf-16-be"), id="UTF-16 big endian without a mark"),
        pytest.param(TEXT.encode("utf-32"), id="UTF-32 with a byte order mark"),
        pytest.param(TEXT.encode("utf-32-le"), id="UTF-32 little endian without a mark"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(("\ufeff" + TEXT.replace("\n", "\r\n")).encode("utf-16-le"), id="PowerShell's >"),
        pytest.param(gzip.compress(TEXT.encode()), id="gzip"),
        pytest.param(gzip.compress(TEXT[:20].encode()) + gzip.compress(TEXT[20:].encode()), id="gzip of two members"),
    ],
)
def test_text_is_found_in_bytes(content, tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    assert text_of(decode_bytes(content, [])) == TEXT
    assert text_of(decode_stream(io.BytesIO(content), [])) == TEXT
    assert text_of(decode_path(path, [])) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_may_begin_with_other_letters_than_ascii(encoding):
    assert text_of(decode_bytes(f"журнал\n{TEXT}".encode(encoding), [])) == f"журнал\n{TEXT}"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(bytes(5000) + TEXT.encode(), id="a file with a hole"),
        pytest.param(TEXT.encode() + bytes(5000), id="NULs at its end"),
        pytest.param(TEXT.replace("\n", "\n\0").encode(), id="NULs between lines"),
    ],
)
def test_nuls_are_left_out_and_told(content):
    troubles = []
    assert text_of(decode_bytes(content, troubles)) == TEXT
    assert troubles == ["the text holds NUL bytes: they were left out"]


def test_bytes_that_are_not_utf_8_are_kept():
    assert text_of(decode_bytes(b"a\xff\n", [])).encode("utf-8", "surrogateescape") == b"a\xff\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \n\t\n", "empty", id="white space"),
        pytest.param(gzip.compress(b""), "empty", id="nothing, packed"),
        pytest.param(gzip.compress(TEXT.encode())[:-20] + b"x" * 20, "gzip data is broken", id="damaged gzip"),
        pytest.param(b"\x1f\x8b\x08\x00garbage", "gzip data is broken", id="the beginning of gzip, and nothing behind"),
        pytest.param(gzip.compress(TEXT.encode())[:10], "gzip data is broken", id="gzip cut before its text"),
        pytest.param(b"go 1.27 trace\x00\x00\x00" + bytes(range(9)) * 30, "execution trace", id="an execution trace"),
        pytest.param(b"PK\x03\x04" + bytes(40), "ZIP archive: unpack it", id="a ZIP archive"),
        pytest.param(b"\x28\xb5\x2f\xfd" + bytes(40), "zstd -dc", id="zstd"),
        pytest.param(b"\xfd7zXZ\x00" + bytes(40), "xz -dc", id="xz"),
        pytest.param(b"BZh91AY&SY" + bytes(40), "bzip2 -dc", id="bzip2"),
        pytest.param(bytes(5000), "empty", id="NULs alone"),
        pytest.param(b"/bin/srv\x00-addr\x00:80", "/debug/pprof/cmdline", id="the words of a command"),
    ],
)
def test_what_is_no_text_is_said_in_one_line(content, words):
    with pytest.raises(UnreadableInputError, match=words):
        text_of(decode_bytes(content, []))


def test_text_that_is_empty():
    with pytest.raises(UnreadableInputError, match="empty"):
        text_of(decode_text("\n"))


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        pytest.param(gzip.compress(TEXT.encode() * 50)[:-30], "ends early", id="cut off"),
        pytest.param(gzip.compress(TEXT.encode() * 50) + b"stray", "no gzip: left out", id="followed by other bytes"),
    ],
)
def test_gzip_data_that_is_not_whole_is_read_and_said(content, trouble):
    reading = read(content)
    assert reading.captures
    assert [problem.message for problem in reading.problems if trouble in problem.message]


@pytest.mark.parametrize("bound", ["MOST_UNPACKED_BYTES", "SURE_UNPACKED_BYTES"])
def test_a_gzip_bomb_is_bounded(monkeypatch, bound):
    monkeypatch.setattr(streams, bound, 3 << 20)
    bomb = gzip.compress(b"goroutine\n" * 1_000_000)
    with pytest.raises(UnreadableInputError, match="unpacks to"):
        for _ in decode_bytes(bomb, []):
            pass


@pytest.mark.parametrize(
    ("name", "words"),
    [("missing.txt", "no such file"), ("", "is a directory")],
)
def test_paths_that_cannot_be_read(tmp_path, name, words):
    with pytest.raises(InputUnavailableError, match=words):
        list(decode_path(tmp_path / name, []))


def test_pieces_end_behind_blank_lines_and_know_their_lines(monkeypatch):
    monkeypatch.setattr(decoding, "PIECE_BYTES", 64)
    text = "".join(f"record {i}\nline\n\n" for i in range(100))
    pieces = list(decode_bytes(text.encode(), []))
    assert len(pieces) > 10
    assert text_of(pieces) == text
    assert all(piece.text.endswith("\n\n") for piece in pieces)
    assert [piece.first_line for piece in pieces[:2]] == [1, 1 + pieces[0].text.count("\n")]
    assert all(piece.text.startswith(f"record {(piece.first_line - 1) // 3}\n") for piece in pieces)


@given(st.binary(max_size=300), st.sampled_from([1, 7, 64, 1 << 20]))
def test_pieces_can_be_had_again_and_hold_the_text(content, size):
    """A piece's text is what reload gives; the pieces together are the whole text, once."""
    saved, decoding.PIECE_BYTES = decoding.PIECE_BYTES, size
    try:
        pieces = list(decode_bytes(content, []))
        assert [piece.reload() for piece in pieces if piece.reload] == [piece.text for piece in pieces if piece.reload]
    except UnreadableInputError:
        return
    finally:
        decoding.PIECE_BYTES = saved


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda path: path.write_text(""), id="truncated"),
        pytest.param(lambda path: path.write_text(TEXT.replace("main.f", "main.g")), id="overwritten"),
        pytest.param(lambda path: path.unlink(), id="deleted"),
    ],
)
def test_of_a_file_that_has_changed_nothing_else_is_given(change, tmp_path):
    path = tmp_path / "service.log"
    path.write_text(TEXT, encoding="utf-8")
    (piece,) = decode_path(path, [])
    change(path)
    with pytest.raises(InputUnavailableError, match=r"service\.log has changed or is gone since it was read"):
        piece.reload()


def test_a_file_may_grow_and_the_working_directory_change(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = Path("service.log")
    path.write_text(TEXT, encoding="utf-8")
    (piece,) = decode_path(path, [])
    with path.open("a") as file:
        file.write("one line more\n")
    monkeypatch.chdir("/")
    assert piece.reload() == TEXT


def test_one_endless_line_is_cut(monkeypatch):
    monkeypatch.setattr(decoding, "PIECE_BYTES", 1 << 10)
    monkeypatch.setattr(decoding, "LONGEST_RECORD_BYTES", 1 << 14)
    pieces = list(decode_bytes(b"x" * (1 << 17), []))
    assert max(len(piece.text) for piece in pieces) < 1 << 15
    assert sum(len(piece.text) for piece in pieces) == 1 << 17


def test_no_place_to_cut_is_looked_for_within_a_line(monkeypatch):
    """Whoever looks for one joins all chunks that were read, again and again."""
    looks = []
    cut_place = decoding._cut_place
    monkeypatch.setattr(decoding, "PIECE_BYTES", 16)
    monkeypatch.setattr(decoding, "_cut_place", lambda content, **more: looks.append(1) or cut_place(content, **more))
    assert text_of(decode_bytes(b"a\n" + b"x" * 1600 + b"\nend\n", [])) == "a\n" + "x" * 1600 + "\nend\n"
    assert len(looks) < 5


def test_a_few_control_characters_are_left_in_a_text():
    content = (b"x" * 30 + b"\x01") * 20
    assert text_of(decode_bytes(content, [])) == content.decode()


def test_with_one_in_ten_it_is_a_binary_profile():
    with pytest.raises(BinaryInputError):
        text_of(decode_bytes((b"x" * 9 + b"\x01") * 60, []))


def test_where_no_blank_line_is_no_stack_is_cut_in_two(monkeypatch):
    """As in the log of a server that recovers from each panic and goes on."""
    monkeypatch.setattr(decoding, "PIECE_BYTES", 1000)
    stack = "goroutine 7 [running]:\nmain.total(0x1)\n\t/src/cart.go:14 +0x1d\nmain.put()\n\t/src/main.go:40 +0x1d\n"
    log = "".join(f"2026/11/21 02:03:04 http: panic serving 10.0.0.7:{port}: no cart\n{stack}" for port in range(90))
    pieces = list(decode_bytes(log.encode(), []))
    assert len(pieces) > 5
    assert text_of(pieces) == log
    assert all(piece.text.startswith("2026/11/21") for piece in pieces)
    reading = read(log.encode())
    assert (len(reading.captures), list(reading.all_problems())) == (90, [])


def test_no_piece_ends_below_the_headline_of_a_crash(monkeypatch):
    monkeypatch.setattr(decoding, "PIECE_BYTES", 1000)
    crash = "panic: no cart\n\ngoroutine 7 [running]:\nmain.total(0x1)\n\t/src/cart.go:14 +0x1d\nexit status 2\n"
    pieces = list(decode_bytes(("served\n\n" + crash * 90 + "\nserved\n\n" + crash).encode(), []))
    assert len(pieces) > 5
    assert not any(piece.text.endswith("panic: no cart\n\n") for piece in pieces)


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(decode_text, id="decoded text"),
        pytest.param(lambda text: decode_bytes(text.encode("utf-16-le"), []), id="UTF-16"),
    ],
)
def test_every_encoding_is_cut_as_utf_8_is(monkeypatch, cut):
    monkeypatch.setattr(decoding, "PIECE_BYTES", 1000)
    monkeypatch.setattr(decoding, "LONGEST_RECORD_BYTES", 1 << 14)
    crash = "panic: no cart\n\ngoroutine 7 [running]:\nmain.total(0x1)\n\t/src/cart.go:14 +0x1d\nexit status 2\n"
    text = "served\n\n" + crash * 90 + "x" * (1 << 16) + "\n" + crash * 9
    pieces = [(piece.text, piece.first_line) for piece in cut(text)]
    assert len(pieces) > 5
    assert pieces == [(piece.text, piece.first_line) for piece in decode_bytes(text.encode(), [])]


@pytest.mark.parametrize("half", [pytest.param("\ud83d", id="of a pair"), pytest.param("\udcff", id="a byte, escaped")])
def test_half_a_letter_in_a_decoded_text_hides_nothing(half):
    [capture] = read(f"x{half}\n\n{TEXT}").captures
    assert (capture.first_line, capture.goroutines) == (3, 1)
