"""Nothing is lost in silence: what stands in a dump is in a record, or a problem tells of it."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debugtext.pieces.text import Piece
from debugtext.reading import read
from debugtext.unwrapping import unwrap
from debugtext.unwrapping.lines.go_lines import BLANK, CALL, CREATED, HEADER, PLACE, token_of

from .disguises import BY_NAME

DUMP = "".join(
    f"goroutine {number} [chan receive, {number} minutes]:\n"
    f"main.wait{number % 3}(0x{number})\n\t/src/main.go:{number} +0x2d\n"
    f"main.(*Server).run(...)\n\t/src/server.go:{number + 50}\n"
    f"created by main.main in goroutine 1\n\t/src/main.go:4 +0x15\n\n"
    for number in range(2, 9)
)
LINES = tuple(DUMP.removesuffix("\n").split("\n"))
STRAYS = st.sampled_from(["2026/01/02 03:04:05 served", "}", "what is this?", "-- ", "0x1", "ok  \tm\t0.1s", "*" * 9])
DISGUISES = st.sampled_from([None, "compose", "github_actions", "docker_json_file", "quoted_mail", "tabs_to_columns"])


@st.composite
def damaged(draw):
    """The lines of a dump with some of them dropped, cut, doubled, merged, or strangers put between them."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        index = draw(st.integers(0, len(lines) - 10))  # the last goroutine tells where the dump ends
        match draw(st.sampled_from(["drop", "cut", "double", "merge", "stray"])):
            case "drop":
                del lines[index]
            case "cut":
                lines[index] = lines[index][: draw(st.integers(0, len(lines[index])))]
            case "double":
                lines.insert(index, lines[index])
            case "merge":
                lines[index] += lines.pop(index + 1)
            case "stray":
                lines.insert(index, draw(STRAYS))
    return lines


def accounts(reading):
    """How many headers, calls, creators and locations the records of a reading hold."""
    found = Counter()
    for capture in reading.captures:
        for group in capture.groups():
            found[HEADER] += group.count
            found[CALL] += group.count * len(group.stack.frames)
            found[CREATED] += group.count * (group.stack.created_by is not None)
    return found


def lines_of_go(text):
    """What the plain lines of a text are, from its first header on."""
    plain = "".join(piece.text for piece in unwrap([Piece(text, 1)])).split("\n")
    kinds = [token_of(line) for line in plain]
    first = kinds.index(HEADER) if HEADER in kinds else len(kinds)
    return Counter(kinds[first:])


@given(damaged(), DISGUISES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_each_line_is_in_a_record_or_in_a_problem(lines, disguise):
    """Where nothing is reported, the records hold all of Go's lines that stand there."""
    made = BY_NAME[disguise](lines).text if disguise else "\n".join(lines) + "\n"
    reading = read(made)
    if list(reading.all_problems()) or not reading.captures:
        return
    there = lines_of_go(made)
    found = accounts(reading)
    for kind in (HEADER, CALL, CREATED):
        assert found[kind] >= there[kind]
    assert found[CALL] + found[CREATED] >= there[PLACE]


@given(st.integers(0, len(DUMP) - 1))
@settings(max_examples=150, deadline=None)
def test_a_dump_that_ends_early_says_so(end):
    """Wherever a dump is cut off within a goroutine, its reading is marked as cut, or holds all that stands there."""
    text = DUMP[:end]
    if not text.strip():
        return
    reading = read(text)
    there = lines_of_go(text)
    whole = accounts(reading) == Counter({kind: there[kind] for kind in (HEADER, CALL, CREATED) if there[kind]})
    cut = any(capture.truncated for capture in reading.captures)
    told = cut or list(reading.all_problems())
    assert told or whole or not reading.captures
    assert not cut or any("ends" in problem.message for problem in reading.all_problems())


@given(st.integers(0, len(LINES)), STRAYS)
@settings(max_examples=80, deadline=None)
def test_a_stranger_within_a_goroutine_is_told_with_its_line(index, stray):
    """A line that is not Go's stands in a problem with its number, wherever it stands within a goroutine."""
    inside = 0 < index < len(LINES) and token_of(LINES[index]) != BLANK and token_of(LINES[index - 1]) != BLANK
    if not inside:
        return
    text = "\n".join([*LINES[:index], stray, *LINES[index:]]) + "\n"
    problems = list(read(text).all_problems())
    assert any(abs(problem.line - (index + 1)) <= 1 for problem in problems)


@pytest.mark.parametrize("kept", range(1, 8))
def test_whole_goroutines_alone_are_no_trouble(kept):
    text = "\n\n".join(DUMP.split("\n\n")[:kept]) + "\n"
    reading = read(text)
    assert reading.captures[0].goroutines == kept
    assert not list(reading.all_problems())


def test_calls_with_their_locations_on_one_line_are_no_prefix():
    calls = [f"main.f{number}(0x{number}, {{0x1, 0x2}})\n\t/src/f{number}.go:1{number} +0x2d\n" for number in range(9)]
    glued = "".join(calls[6:8]).replace(")\n\t", ")\t")
    text = f"goroutine 1 [select]:\n{''.join(calls[:6])}\ngoroutine 2 [select]:\n{glued}{calls[8]}"
    first, _ = read(text).captures[0].body.goroutines
    assert first.stack.functions == tuple(f"main.f{number}" for number in range(6))
