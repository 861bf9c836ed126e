"""Nothing is lost in silence: however a text is damaged, each line of it is in a record, or a problem tells of it.

Every name and number in these texts stands there once, so that the records show which lines they hold.
"""

import re
from collections import Counter
from itertools import count, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debugtext.formats.profiles._memstats_lines import values_of
from debugtext.formats.profiles.printed_memstats import fields_of
from debugtext.pieces.text import Piece
from debugtext.reading import read
from debugtext.unwrapping import unwrap

WORD = re.compile(r"(?<![A-Za-z])w[0-9]{4}w|(?<![0-9])7[0-9]{8}(?![0-9])")
SEVERAL = re.compile(r"(\d+) lines (?:from here on|are left out)")
STRAYS = ["2026/01/02 03:04:05 served", "}", "what is this?", "-- ", "0x1", "ok  \tm\t0.1s", "*" * 9, "\tx", "  y"]
RULER = " \t-=_*~"
"""A line of these alone tells nothing, as a blank one: grep and people part texts so."""
NOWHERE = "\t?:0"
"""What unwrapping writes below a call that was copied without its location."""
SPARED = 6
"""So many lines stay whole at the end, and half of them at the beginning: they tell where the text is."""


def words():
    return (f"w{number}w" for number in count(1000))


def numbers(start=700_000_001):
    return (str(number) for number in count(start))


def goroutines(amount, first="chan receive"):
    word, number = words(), numbers()
    for index in range(amount):
        yield f"goroutine {next(number)} [{'chan receive' if index else first}]:"
        for _ in range(index % 3 + 1):
            yield from (f"main.{next(word)}(0x1, {{0x2, 0x3}})", f"\t/src/{next(word)}.go:12 +0x1d")
        if index % 2:
            yield from (f"created by main.{next(word)} in goroutine 1", f"\t/src/{next(word)}.go:12 +0x1d")
        yield ""


def crash():
    yield from ("panic: it happened", "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x51e8e2]", "")
    yield from goroutines(5, "running")


def prefixed():
    for second, line in enumerate(goroutines(6)):
        yield f"2026-01-02T03:04:{second:02}Z app | {line}"


def profile(title, sample):
    word, number = words(), numbers()
    yield from title
    for index in range(6):
        yield re.sub("N", lambda _: next(number), sample)
        for _ in range(index % 3 + 1):
            yield f"#\t0x1\tmain.{next(word)}+0x1\t/src/{next(word)}.go:12"
        yield ""


def memstats():
    number = numbers(700_000_501)
    yield "# runtime.MemStats"
    yield from (f"# {name} = {next(number)}" for name in ("Alloc", "TotalAlloc", "Sys", "Lookups", "Mallocs", "Frees"))
    yield from (f"# {name} = {next(number)} / {next(number)}" for name in ("Stack", "MSpan", "MCache"))
    yield from ("# BuckHashSys = 5", "# GCSys = 6", "# OtherSys = 7", "# PauseNs = [1 2 0 0]")
    yield from ("# NextGC = 1", "# LastGC = 2", "# NumGC = 3", "# NumForcedGC = 4", "# EnableGC = true")
    yield "# DebugGC = false"


def race():
    word = words()
    yield from ("==================", "WARNING: DATA RACE")
    for heading in (
        "Write at 0x00c000094090 by goroutine 11:",
        "Previous write at 0x00c000094090 by main goroutine:",
        "Goroutine 11 (running) created at:",
    ):
        yield heading
        for _ in range(4):
            yield from (f"  main.{next(word)}()", f"      /src/{next(word)}.go:12 +0x48")
        yield ""
    yield "=================="


def goleak():
    word, number = words(), numbers()
    yield "    a_test.go:5: found unexpected goroutines:"
    for index in range(6):
        opening = " " if index else "["
        yield f"        {opening}Goroutine {next(number)} in state select, with main.f on top of the stack:"
        for _ in range(index % 3 + 1):
            yield from (f"        main.{next(word)}(...)", f"        \t/src/{next(word)}.go:12 +0x1")
        yield from (f"        created by main.{next(word)} in goroutine 1", f"        \t/src/{next(word)}.go:12 +0x1d")
    yield "        ]"


HEAP = ("heap profile: 1: 1 [1: 1] @ heap/1048576",)
TEXTS = {
    "dump": tuple(goroutines(8)),
    "prefixed": tuple(prefixed()),
    "crash": tuple(crash()),
    "goleak": tuple(goleak()),
    "race": tuple(race()),
    "counts": tuple(profile(("goroutine profile: total 4200000021",), "N @ 0x1 0x2")),
    "heap": (*profile(HEAP, "N: N [N: N] @ 0x1 0x2"), *memstats()),
    "contention": tuple(profile(("--- mutex:", "cycles/second=1", "sampling period=5"), "N N @ 0x1 0x2")),
    "memstats": tuple(memstats()),
}


def swap(lines, index):
    lines[index], lines[index - 1] = lines[index - 1], lines[index]


DAMAGES = {
    "drop": lambda lines, index, place: lines.__delitem__(slice(index, index + 1 + place % 3)),
    "cut": lambda lines, index, place: lines.__setitem__(index, lines[index][:place]),
    "behead": lambda lines, index, place: lines.__setitem__(index, lines[index][place:]),
    "double": lambda lines, index, _: lines.insert(index, lines[index]),
    "join": lambda lines, index, _: lines.__setitem__(index, lines[index] + lines.pop(index + 1)),
    "split": lambda lines, index, place: lines.__setitem__(
        slice(index, index + 1), [lines[index][:place], lines[index][place:]]
    ),
    "swap": lambda lines, index, _: swap(lines, index),
    "stray": lambda lines, index, place: lines.insert(index, STRAYS[place % len(STRAYS)]),
    "blank": lambda lines, index, _: lines.insert(index, ""),
}


@st.composite
def damaged(draw, name):
    """Lines of which some were dropped, cut, doubled, swapped, split, joined, or have strangers between them."""
    lines = list(TEXTS[name])
    for _ in range(draw(st.integers(1, 4))):
        damage = draw(st.sampled_from(list(DAMAGES)))
        index = draw(st.integers(SPARED // 2, len(lines) - SPARED))
        if (name, damage) != ("goleak", "join"):  # what stands behind a heading is taken for the function's name
            DAMAGES[damage](lines, index, draw(st.integers(0, len(lines[index]))))
    return lines


def told(problems, rows):
    """The rows that problems tell of."""
    lines = [number for number, _ in rows]
    found = set()
    for problem in problems:
        several = SEVERAL.match(problem.message)
        of_line = [row for row, number in enumerate(lines) if number == problem.line] or [0]
        below = (row for row in range(of_line[-1], len(rows)) if rows[row][1].strip())
        found.update(of_line, islice(below, int(several[1] if several else 1)))
        found.add(of_line[0] - ("ends in the middle" in problem.message))  # a call goes with its half location
    return found


def held(reading):
    """All that the records say."""
    parts = []
    for capture in reading.captures:
        parts += [f" {g.id} {g.header} {g.stack} " for g in getattr(capture.body, "goroutines", ())]
        parts.append(repr(capture.body))
    return "\n".join(parts)


def lost(lines, whole):
    """The lines from the first record on that neither a record holds nor a problem tells of; `whole`: undamaged.

    A prefix that has lost its beginning is that of another log, and what stands behind it, without any, is its own.
    """
    headings = {line.strip() for line in whole if not WORD.search(line)}
    text = "\n".join(lines) + "\n"
    reading = read(text)
    rows = [
        (piece.line_at(i), line) for piece in unwrap([Piece(text, 1)]) for i, line in enumerate(piece.text.split("\n"))
    ]
    records = held(reading)
    in_records = Counter(WORD.findall(records))
    known = told(reading.all_problems(), rows)
    inside = {line for capture in reading.captures for line in range(capture.first_line, capture.last_line + 1)}
    first = min(inside, default=len(lines))
    last = 0
    for row, (number, line) in enumerate(rows):
        is_behind = number < last and not WORD.search(line)  # what other logs say comes behind all of this one
        last = max(last, number)
        if is_behind or row in known or number < first or line == NOWHERE or not line.strip(RULER):
            continue
        if line.strip() in headings or (number not in inside and values_of(f"#{line}") is not None):
            continue  # the second stands between two texts, without the sign before it, as any other line does
        own = WORD.findall(line)
        missing = [word for word in own if in_records[word] <= 0]
        if values_of(line) is None:
            in_records.subtract(own)
        elif sum(other.startswith(line.partition("=")[0]) for _, other in rows) > 1:
            continue  # the last of two lines for one number counts
        if missing or not (own or number not in inside or _is_held(line, records)):
            yield number, line


def _is_held(line, records):
    """Whether the records hold a line in which no word is whole: a shorter name, a shorter number."""
    if printed := fields_of(line):
        return all(match["printed_number"] in records for _, match in printed)
    if values_of(line) is not None or re.fullmatch(r"#\s*0x[0-9a-f]+\s*", line):
        return True
    number = re.match(r"(?:goroutine )?([0-9]+) [@\[]", line)
    bare = (
        re.split(r"[(=:]|\.go:| \+0x| in goroutine|\+0x", line.strip().removeprefix("created by "))[0]
        .split("\t")[-1]
        .strip()
    )
    return str(int(number[1])) in records if number else not bare or repr(bare)[1:-1] in records


@pytest.mark.parametrize("name", TEXTS)
def test_of_a_whole_text_nothing_is_lost(name):
    assert not list(lost(TEXTS[name], TEXTS[name]))


@pytest.mark.parametrize("name", TEXTS)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_each_line_is_in_a_record_or_in_a_problem(name, data):
    """Every line that is not blank, inside a text, is in a record or in a problem."""
    assert not list(lost(data.draw(damaged(name)), TEXTS[name]))


def test_a_line_of_another_log_is_none_of_the_dump():
    lines = list(TEXTS["prefixed"])
    lines[11:12] = [lines[11][5:], lines[11][:5]]
    assert not list(lost(lines, TEXTS["prefixed"]))


@pytest.mark.parametrize("stray", ["ok  \tm\t0.1s", "PASS", "--- PASS: TestOther (0.00s)", "=== RUN   TestOther"])
@pytest.mark.parametrize("name", ["goleak", "dump", "crash"])
def test_what_go_test_says_of_others_in_the_middle_of_a_stack_loses_nothing(name, stray):
    lines = list(TEXTS[name])
    lines.insert(len(lines) // 2, stray)
    assert not list(lost(lines, (*TEXTS[name], stray)))
