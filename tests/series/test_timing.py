"""When the inputs of a series were taken."""

import os

import pytest

from debugtext.cli.commands.trend import command
from debugtext.comparing import follow
from debugtext.records.captures import Reading
from debugtext.series.timing import surely_timed, timed


def readings(*names, taken_at=None):
    return [Reading(str(name), (), taken_at=taken_at) for name in names]


NAMES = [
    pytest.param("heap-2026-11-21T03:33:41.txt", 1795232021.0, id="ISO 8601"),
    pytest.param("heap.20261121-033341.txt", 1795232021.0, id="compact"),
    pytest.param("heap_2026-11-21_03.33.txt", 1795231980.0, id="to the minute"),
    pytest.param("heap.1795232021.txt", 1795232021.0, id="Unix seconds"),
    pytest.param("heap-1795232021500.txt", 1795232021.5, id="Unix milliseconds"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_dates_in_names(name, expected):
    other = "heap-2020-01-01T000000.txt"
    series = timed(readings("/var/1.2.3/" + name, other))
    assert [reading.taken_at for reading in series] == [1577836800.0, expected]
    assert series[0].name == other


@pytest.mark.parametrize(
    "name", ["heap.01.txt", "heap-2026-13-45T99:99.txt", "20261121033341999999.txt", "heap.12345678901234.txt"]
)
def test_what_is_no_date(name):
    assert [reading.taken_at for reading in timed(readings(name, "heap.02.txt"))] == [None, None]


def test_every_is_stronger_than_names():
    series = timed(readings("a-2026-11-21T03:33:41", "b-2020-01-01T00:00:00"), every_seconds=30)
    assert [(reading.name[0], reading.taken_at) for reading in series] == [("a", 0.0), ("b", 30.0)]


@pytest.mark.parametrize("text", [timed.__doc__, follow.__doc__, command.help], ids=["timed", "follow", "--help"])
def test_the_order_of_the_sources_is_told_alike(text):
    sources = "when they were fetched, the Date of saved HTTP headers (`curl -i`), dates in their names, the files' own"
    assert sources in " ".join(text.split())


def test_what_was_fetched_knows_its_time():
    series = timed([Reading("http://x", (), taken_at=60.0), Reading("http://x", (), taken_at=30.0)])
    assert [reading.taken_at for reading in series] == [30.0, 60.0]


def test_file_times_of_a_series_that_was_saved_as_it_came(tmp_path):
    paths = [tmp_path / name for name in ("heap.10.txt", "heap.9.txt")]
    for path, at in zip(paths, (2000, 1000), strict=True):
        path.write_text("x")
        os.utime(path, (at, at))
    series = timed(readings(*paths))
    assert [reading.taken_at for reading in series] == [1000.0, 2000.0]


def test_file_times_of_a_checkout_say_nothing(tmp_path):
    paths = [tmp_path / name for name in ("heap.1.txt", "heap.2.txt")]
    for number, path in enumerate(paths):
        path.write_text("x")
        os.utime(path, (1000 + number / 100, 1000 + number / 100))
    series = timed(readings(*paths))
    assert [reading.taken_at for reading in series] == [None, None]
    assert [reading.name for reading in series] == [str(path) for path in paths]


def test_one_input_without_a_time_spoils_all():
    series = timed([Reading("http://x", (), taken_at=60.0), Reading("-", ())])
    assert [reading.taken_at for reading in series] == [None, None]


def test_headers_that_were_saved_with_the_text_tell_its_time(tmp_path):
    """`curl -i`: the Date is stronger than the file's own time, which a copy may have."""
    for number, second in enumerate((41, 11)):
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: Sat, 21 Nov 2026 03:33:{second} GMT\r\n\r\n"
        (tmp_path / f"heap.{number}.txt").write_bytes(head.encode() + b"heap profile: 0: 0 [0: 0] @ heap/524288\n")
    series = timed(readings(*(tmp_path / f"heap.{number}.txt" for number in range(2))))
    assert [reading.taken_at for reading in series] == [1795231991.0, 1795232021.0]


@pytest.mark.parametrize(
    "text", ["Date: Sat, 21 Nov 2026 03:33:41 GMT\n", "HTTP/1.1 200 OK\nDate: soon, I promise\n\n"], ids=["none", "odd"]
)
def test_what_is_no_header_of_http(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    [reading] = surely_timed(readings(tmp_path / "a.txt"))
    assert reading.taken_at is None


def test_two_texts_to_compare_keep_their_order_and_know_their_times():
    found = surely_timed(readings("dump-2026-11-21T03:33:41.txt", "dump.txt", "dump-2026-11-21T03:33:11.txt"))
    assert [reading.taken_at for reading in found] == [1795232021.0, None, 1795231991.0]
