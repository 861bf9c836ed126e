"""What stands wherever a line has ended is its end, whatever sign it is."""

import re
from pathlib import Path

import pytest

from debugtext.reading import read

SIGNS = (" | ", "; ", " ↵ ", "⏎", "␊", " // ", "<br/>", "<br>", " · ", "¶", " > ", " LF ", "[NL]")
LINE = re.compile(r" line=[0-9]+")
SAMPLES = Path(__file__).parents[2] / "samples"
PANIC = (
    "panic: boom\n\ngoroutine 19 [running]:\nmain.(*T).f(0xc000012345, {0x2, 0x3})\n\t/src/m/main.go:14 +0x1d\n"
    "created by main.x in goroutine 1\n\t/src/m/main.go:9 +0x2\nexit status 2\n"
)


def on_one_line(text, sign):
    return text.rstrip("\n").replace("\n", sign) + "\n"


def what_is_told(text):
    return [
        (capture.format, [(one.id, one.header, one.stack, one.arguments) for one in capture.body.goroutines])
        for capture in read(text).captures
    ]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("lead", ["", "2026-01-02T03:04:05Z ERROR it failed: ", "web-1 | "])
def test_a_crash_on_one_line_is_the_crash(lead, sign):
    (plain,) = read(PANIC).captures
    (found,) = read(lead + on_one_line(PANIC, sign)).captures
    assert (found.body.reason, found.body.exit_status) == (plain.body.reason, plain.body.exit_status) == ("boom", 2)
    assert what_is_told(lead + on_one_line(PANIC, sign)) == what_is_told(PANIC)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", ["args-go1.22", "errgroup-go1.26", "locked-thread-go1.25"])
def test_a_dump_on_one_line_is_the_dump(name, sign):
    text = "\n\n".join((SAMPLES / "dump" / f"{name}.txt").read_text().rstrip("\n").split("\n\n")[:5]) + "\n"
    assert what_is_told(on_one_line(text, sign)) == what_is_told(text)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "name", ["goroutine/labels-go1.26.txt", "heap/map-grow-go1.24.txt", "race/test-race-go1.19.txt"]
)
def test_profiles_and_races_on_one_line_are_what_they_were(name, sign):
    text = "\n\n".join((SAMPLES / name).read_text().rstrip("\n").split("\n\n")[:4]) + "\n"
    found, plain = read(on_one_line(text, sign)).captures, read(text).captures
    assert [LINE.sub("", repr(capture.body)) for capture in found] == [LINE.sub("", repr(one.body)) for one in plain]
    assert plain


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("goroutine 7 [running]: | main waits | for others\n", "main waits | for others"),
        ("it says goroutine 7 [running]: -> f() -> g() and so on\n", "f() -> g() and so on"),
    ],
)
def test_signs_between_words_stay(line, kept, unwrapped):
    assert kept in unwrapped(line)
