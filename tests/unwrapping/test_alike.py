"""What is found out about a line once is true of all that differ from it in digits alone."""

import random
from pathlib import Path

import pytest

from debugtext.formats.grammar import ALIKE
from debugtext.reading import read
from debugtext.unwrapping.joined import straighten
from debugtext.unwrapping.lines import go_lines

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.txt"))
CHANGES = (
    lambda line: line,
    lambda line: line.strip(),
    lambda line: f"    {line}",
    lambda line: f"- {line} // why?",
    lambda line: line[: len(line) // 2],
    lambda line: line[len(line) // 2 :],
    lambda line: line.replace(" ", ""),
    lambda line: f"12) {line} {line}",
)


@pytest.fixture(scope="module")
def lines():
    found = {line for file in SAMPLES for line in file.read_text("utf-8", "surrogateescape").split("\n")}
    assert len(found) > 2000
    return [change(line) for line in sorted(found)[::23] if len(line) < 400 for change in CHANGES]


def test_lines_that_differ_in_digits_alone_are_of_one_kind(lines):
    exactly = [go_lines._token_of.__wrapped__(line) for line in lines]
    assert exactly == go_lines.tokens_of(lines) == [go_lines.token_of(line) for line in lines]
    assert len(set(exactly)) > 10


def test_what_cannot_be_straightened_cannot_with_other_digits(lines):
    for before in (go_lines.HEADER, go_lines.CALL, go_lines.PLACE, go_lines.SAMPLE, go_lines.FOREIGN):
        exactly = [straighten._read(line, before) for line in lines]
        assert [straighten._printed(line, before) for line in lines] == exactly
        assert any(exactly)


def test_words_alone_are_none_of_gos_lines():
    words = [
        *("goroutine", "created", "main", "panic", "fatal", "error", "exit", "status", "2", "running", "unavailable"),
        *(
            "0x1",
            "7",
            "-",
            "*",
            "Alloc",
            "flat%",
            "frames",
            "elided",
            "by",
            "total",
            "heap",
            "profile",
            "SIGQUIT",
            "|",
            ">",
        ),
        *('"', "'", ",", "!", "&", "goexit"),
    ]
    chosen = random.Random(4)
    prose = [" ".join(chosen.choices(words, k=chosen.randrange(1, 6))) for _ in range(4000)]
    prose = [
        line for line in prose if go_lines.token_of(line) == go_lines.FOREIGN and not straighten._SIGN.search(line)
    ]
    assert len(prose) > 3000
    for before in (go_lines.HEADER, go_lines.CALL, go_lines.PLACE, go_lines.SAMPLE, go_lines.FOREIGN):
        assert not any(straighten._read(line, before) for line in prose)


def test_goroutines_that_are_broken_alike_are_looked_at_once():
    straighten._remembered.cache_clear()
    text = "".join(f"goroutine {number} [chan send]:\n?? broken {number}\n\n" for number in range(1000, 2000))
    (capture,) = read(text).captures
    assert (capture.goroutines, len(capture.problems)) == (1000, 1000)
    assert straighten._remembered.cache_info().misses < 20


def test_the_digits_that_are_left_tell_numbers_apart():
    assert "0x1f, 0 and 20".translate(ALIKE) == "0x1f, 0 and 10"
