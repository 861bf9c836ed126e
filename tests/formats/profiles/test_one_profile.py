"""A second profile that has no header of its own, below a first: it is not added to that one."""

from unittest.mock import patch

import pytest

from debugtext.formats import grammar
from debugtext.formats.profiles import counts, heap
from debugtext.pieces.text import Cursor, Piece
from debugtext.reading import read

PUSH = "@ 0x43 0x44 0x4a12 0x45\n#\t0x4a11\texample.com/db.(*Conn).push+0x1c\t/src/q/q.go:65\n"
RUN = "@ 0x43 0x44 0x5b12 0x45\n#\t0x5b11\texample.com/q.(*W).run+0x1c\t/src/q/w.go:65\n"
ADD = "@ 0x4a12 0x45\n#\t0x4a11\texample.com/c.(*Cache).Add+0x1c\t/src/c.go:65\n"
HEAP = "heap profile: 10: 10485760 [10: 10485760] @ heap/1048576\n"


def counted(text: str) -> list[tuple[int, list[int]]]:
    """The first line and the counts of each profile of a text."""
    return [
        (capture.first_line, [sample.count for sample in capture.body.samples])
        for capture in read(text.encode()).captures
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"goroutine profile: total 105\n74 {PUSH}\n108 {PUSH}", [(1, [74]), (5, [108])], id="more than the header's"
        ),
        pytest.param(
            f"goroutine profile: total 105\n74 {PUSH}108 {PUSH}", [(1, [74]), (4, [108])], id="and no blank line"
        ),
        pytest.param(
            f"goroutine profile: total 80\n74 {PUSH}\n6 {RUN}\nLater:\n\n1080 {PUSH}\n6 {RUN}",
            [(1, [74, 6]), (10, [1080, 6])],
            id="several records",
        ),
        pytest.param(
            f"goroutine profile: total 105\n74 {PUSH}\nThen another:\n\n108 {RUN}",
            [(1, [74]), (7, [108])],
            id="another stack, behind words",
        ),
        pytest.param(f"74 {PUSH}\nAn hour later:\n\n74 {PUSH}", [(1, [74]), (6, [74])], id="no header, behind words"),
        pytest.param(f"74 {PUSH}\n1080 {PUSH}", [(1, [74]), (4, [1080])], id="no header, the larger one below"),
        pytest.param(
            f"goroutine profile: total 900\n74 {PUSH}\nAn hour later:\n\n80 {PUSH}",
            [(1, [74]), (7, [80])],
            id="an excerpt of what the header counts",
        ),
    ],
)
def test_what_repeats_is_another_profiles(text, expected):
    assert counted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "goroutine profile: total 182\n108 "
            + PUSH.replace("\n#", '\n# labels: {"a":"1"}\n#', 1)
            + "\n74 "
            + PUSH.replace("\n#", '\n# labels: {"a":"2"}\n#', 1),
            [(1, [108, 74])],
            id="labels tell them apart",
        ),
        pytest.param(
            f"goroutine profile: total 182\n108 {PUSH}\n74 {PUSH}", [(1, [108, 74])], id="labels were left out"
        ),
        pytest.param(f"108 {PUSH}\n74 {PUSH}", [(1, [108, 74])], id="labels were left out, and the header"),
        pytest.param(
            f"goroutine profile: total 105\n74 {PUSH}\n108 {RUN}", [(1, [74, 108])], id="too much, but nothing twice"
        ),
        pytest.param(
            f"goroutine profile: total 105\n74 {PUSH}\nkeepalive\n\n20 {RUN}", [(1, [74, 20])], id="words within one"
        ),
        pytest.param(
            f"74 {PUSH}\n108 " + PUSH.replace(":65", ":66"), [(1, [74, 108])], id="addresses of somebody's own"
        ),
        pytest.param("7 @ ...\n\n9 @ ...\n\n3 @ 0x0\n\n4 @ 0x0\n", [(5, [3, 4])], id="no addresses"),
        pytest.param(
            f"goroutineleak profile: total 10\n7 {PUSH}\n9 {PUSH}",
            [(1, [7, 9])],
            id="what would be called goroutines only",
        ),
    ],
)
def test_what_may_be_one_profiles_stays_so(text, expected):
    assert counted(text) == expected


def test_the_words_between_are_no_problem_of_the_first():
    first, second = read(f"74 {PUSH}\nAn hour later:\n\n1080 {PUSH}".encode()).captures
    assert (first.first_line, first.last_line, first.problems) == (1, 2, ())
    assert (second.first_line, second.last_line, second.problems) == (6, 7, ())


def test_a_broken_line_behind_the_words_between_is_a_problem():
    first, second = read(f"74 {PUSH}\nAn hour later:\n\n#\t0x1\tx\n\n1080 {PUSH}".encode()).captures
    assert {(problem.line, problem.found) for problem in first.problems} == {(6, "#\t0x1\t"), (6, "#\t0x1\tx")}
    assert (second.first_line, second.problems) == (8, ())


def test_what_is_broken_in_the_second_is_reported_once():
    text = f"goroutine profile: total 74\n74 {PUSH}#\t0x1\tbroken\n108 {PUSH}#\t0x2\tbroken too\n"
    first, second = read(text.encode()).captures
    assert [(problem.line, problem.found) for problem in first.problems] == [(4, "#\t0x1\tbroken")]
    assert [(problem.line, problem.found) for problem in second.problems] == [(7, "#\t0x2\tbroken too")]


@pytest.mark.parametrize("plain", [pytest.param(False, id="fast"), pytest.param(True, id="Lark alone")])
def test_both_ways_of_reading_end_at_the_same_line(plain):
    cursor = Cursor([Piece(f"74 {PUSH}\n6 {RUN}\n108 {PUSH}", 1)], counts.recognizes)
    with patch.object(grammar, "LARK_ALONE", plain):
        capture = counts.parse(cursor)
    assert [sample.count for sample in capture.body.samples] == [74, 6]
    assert (capture.last_line, cursor.line_number()) == (5, 7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"{HEAP}10: 10485760 [10: 10485760] {ADD}\nLater:\n\n90: 94371840 [90: 94371840] {ADD}",
            [(1, [10485760]), (7, [94371840])],
            id="more than the header's",
        ),
        pytest.param(
            f"{HEAP}5: 5242880 [5: 5242880] {ADD}\n5: 160 [5: 160] {ADD}",
            [(1, [5242880, 160])],
            id="another size of objects",
        ),
        pytest.param(
            f"{HEAP.replace('1048576', '2')}10: 10485760 [10: 10485760] {ADD}\n90: 94371840 [90: 94371840] {ADD}",
            [(1, [10485760, 94371840])],
            id="a rate that one without a header would lose",
        ),
    ],
)
def test_heaps(text, expected):
    captures = read(text.encode()).captures
    assert [(c.first_line, [sample.inuse.bytes for sample in c.body.samples]) for c in captures] == expected


def test_a_heap_ends_where_it_repeats():
    text = f"10: 10485760 [10: 10485760] {ADD}\n90: 94371840 [90: 94371840] {ADD}"
    cursor = Cursor([Piece(text, 1)], heap.recognizes)
    assert heap.parse(cursor).last_line == 2
    assert cursor.line_number() == 4
