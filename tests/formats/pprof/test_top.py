"""The tables that `go tool pprof -top` prints, and its prompt: functions with numbers, and no stacks."""

import pytest

from debugtext.formats.pprof import top as pprof_top
from debugtext.pieces.text import Cursor, Piece
from debugtext.reading import read
from debugtext.records.pprof_tops import TopRow, TopTable

from ..parsing import captures_by

COLUMNS = "      flat  flat%   sum%        cum   cum%\n"
ROWS = (
    "  859.40MB 82.17% 82.17%   996.25MB 95.26%  compress/flate.NewWriter\n"
    "       1kB 0.001% 82.17%      1.5GB 97.03%  gopkg.in/yaml%2ev2.(*decoder).mapping (inline)\n"
    "         0     0% 82.17%   996.25MB 95.26%  maps.Clone[map[string]string, string] (partial-inline)\n"
)
READ = (
    TopRow("compress/flate.NewWriter", 901146214, 1044643840, 2),
    TopRow("gopkg.in/yaml.v2.(*decoder).mapping", 1024, 1610612736, 3, inlined=True),
    TopRow("maps.Clone[map[string]string, string]", 0, 1044643840, 4, inlined=True),
)


def captures(text):
    return captures_by(pprof_top, text=text)


def test_rows_are_functions_with_bytes():
    (capture,) = captures(COLUMNS + ROWS)
    assert capture.body.rows == READ
    assert (capture.format, capture.first_line, capture.last_line, capture.body.unit) == ("pprof-top", 1, 4, "bytes")


@pytest.mark.parametrize(
    ("above", "kind", "total"),
    [
        ("Showing nodes accounting for 1011.30MB, 96.70% of 2GB total\n", "", 2 << 30),
        ("1.25GB of 2GB total (99.84%)\n", "", 2 << 30),
        ("0 of 2GB total (    0%)\nDropped 248 nodes (cum <= 9662)\n", "", 2 << 30),
        (
            "Type: inuse_space\nTime: today\n(pprof) top\nShowing nodes accounting for 1B, 1% of 2GB total\n",
            "inuse_space",
            2 << 30,
        ),
        ("Type: alloc_space\n", "alloc_space", 1659912126),
        ("", "", 1659912126),
    ],
    ids=["now", "before Go 1.9", "nothing shown", "with the prompt", "without a total", "rows alone"],
)
def test_what_stands_above_tells_the_kind_and_the_total(above, kind, total):
    (capture,) = captures("$ go tool pprof heap.pb.gz\n" + above + COLUMNS + ROWS)
    assert (capture.body.kind, capture.body.total) == (kind, total)
    assert capture.first_line == 2


@pytest.mark.parametrize(
    ("row", "unit", "flat", "cum"),
    [
        ("5040 99.94% 99.94% 5040 99.94% runtime.gopark", "count", 5040, 5040),
        ("1.50s 99.94% 99.94% 90ms 99.94% main.spin", "nanoseconds", 1_500_000_000, 90_000_000),
        ("-3MB 1% 1% -4MB 1% main.shrunk", "bytes", -3 << 20, -4 << 20),
        ("0 0% 0% 0 0% main.nothing", "count", 0, 0),
        ("1.2.3MB 1% 1% 4MB 1% main.mistyped", "bytes", 0, 4 << 20),
    ],
)
def test_the_unit_is_that_of_the_numbers(row, unit, flat, cum):
    (capture,) = captures(f"{COLUMNS}{row}\n")
    assert (capture.body.unit, capture.body.rows[0].flat, capture.body.rows[0].cum) == (unit, flat, cum)


def test_a_place_behind_the_name_is_left_out():
    (capture,) = captures(f"{COLUMNS}  4MB 1% 1% 4MB 1%  m/proto.(*Buffer).Encode /go/src/m/proto/encode.go:12\n")
    assert [row.function for row in capture.body.rows] == ["m/proto.(*Buffer).Encode"]


def test_each_table_has_what_stands_above_it_alone():
    first = f"Type: inuse_space\nShowing nodes accounting for 3MB, 1% of 8MB total\n{COLUMNS}{ROWS}"
    (one, two) = captures(f"{first}(pprof) list main\n\n{COLUMNS}{ROWS}")
    assert (one.body.kind, one.body.total, two.body.kind, two.body.total) == ("inuse_space", 8 << 20, "", 1659912126)


@pytest.mark.parametrize("row", ["3.10mins 1% 1% 4mins 1% main.spin", "1.5GiB 1% 1% 2GiB 1% main.keep"])
def test_units_that_pprof_does_not_print_are_not_guessed(row):
    assert captures(f"{COLUMNS}{row}\n") == []


@pytest.mark.parametrize("text", [COLUMNS, f"{COLUMNS}and so on\n", "flat flat% cum\n", "the flat% column\n"])
def test_a_heading_alone_is_no_table(text):
    assert captures(text) == []


def test_what_follows_is_left_to_others():
    cursor = Cursor([Piece(f"{COLUMNS}{ROWS}(pprof) \n", 1)], pprof_top.recognizes)
    cursor.more()
    assert isinstance(pprof_top.parse(cursor).body, TopTable)
    assert cursor.line() == "(pprof) "


RULER = "----------------------------------------------------------+-------------\n"
TREE = (
    f"Type: delay\nShowing nodes accounting for 30.63s, 100% of 30.63s total\n{RULER}"
    f"      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t \n{RULER}"
    "                                            20.39s   100% |   shop.(*Cart).Put (inline)\n"
    "    20.39s 66.58% 66.58%     20.39s 66.58%                | sync.(*Mutex).Unlock\n"
    f"{RULER}"
    "         0     0% 66.58%     20.39s 66.58%                | shop.(*Cart).Put (inline)\n"
    "                                            20.39s   100% |   sync.(*Mutex).Unlock\n"
    f"{RULER}"
)


@pytest.mark.parametrize("prefix", ["", "> ", "2026-11-21T02:03:04Z "])
def test_a_row_of_a_tree_is_one_of_a_table(prefix):
    text = "".join(f"{prefix}{line}\n" for line in TREE.splitlines())
    [capture] = read(text.encode()).captures
    assert [(row.function, row.flat, row.cum, row.inlined) for row in capture.body.rows] == [
        ("sync.(*Mutex).Unlock", 20390000000, 20390000000, False),
        ("shop.(*Cart).Put", 0, 20390000000, True),
    ]
    assert (capture.body.total, capture.last_line) == (30630000000, 10)


def calls(capture):
    """Of each row its function, who calls that, and what it calls."""
    return [
        (
            row.function,
            [(call.function, call.value, call.line, call.inlined) for call in row.callers],
            [(call.function, call.value, call.line, call.inlined) for call in row.callees],
        )
        for row in capture.body.rows
    ]


PUT, UNLOCK = "shop.(*Cart).Put", "sync.(*Mutex).Unlock"


@pytest.mark.parametrize("prefix", ["", "> ", "    ", "2026-11-21T02:03:04Z ", "web-1  | "])
def test_who_calls_stands_above_a_row_and_what_it_calls_below(prefix):
    text = "".join(f"{prefix}{line}\n" for line in TREE.splitlines())
    [capture] = read(text.encode()).captures
    assert calls(capture) == [
        (UNLOCK, [(PUT, 20390000000, 6, True)], []),
        (PUT, [], [(UNLOCK, 20390000000, 10, False)]),
    ]
    assert capture.problems == ()


MIDDLE = (
    "                                            20.39s   100% |   shop.main\n"
    "         0     0% 66.58%     20.39s 66.58%                | shop.(*Cart).Put\n"
    "                                            20.39s   100% |   sync.(*Mutex).Unlock\n"
)


@pytest.mark.parametrize("end", ["", RULER, RULER[:61] + "\n", "and so on\n"])
def test_one_block_of_a_tree_is_an_excerpt(end):
    [capture] = read(f"I have seen this:\n{MIDDLE}{end}").captures
    assert calls(capture) == [(PUT, [("shop.main", 20390000000, 2, False)], [(UNLOCK, 20390000000, 4, False)])]
    assert (capture.first_line, capture.last_line, capture.problems) == (2, 4, ())


def test_where_no_ruler_stands_nobody_is_said_to_call():
    [capture] = read(MIDDLE + MIDDLE).captures
    assert calls(capture) == [
        (PUT, [("shop.main", 20390000000, 1, False)], []),
        (PUT, [], [(UNLOCK, 20390000000, 6, False)]),
    ]
    assert [(problem.line, problem.message) for problem in capture.problems] == [(3, pprof_top.NO_RULER)]


def test_callers_whose_function_is_cut_off_are_a_problem():
    [capture] = read(MIDDLE + RULER + MIDDLE.partition("\n")[0] + "\n").captures
    assert (capture.last_line, len(capture.body.rows)) == (5, 1)
    assert [(problem.line, problem.message) for problem in capture.problems] == [(5, pprof_top.NO_ROW)]


EXCERPT = (
    "         0     0% 18.26%     0.50MB   0.7%  example.com/tea.(*Pot).pour\n"
    "    1.51MB  2.11% 20.37%     7.02MB  9.82%  example.com/tea.(*Pot).fill\n"
)


@pytest.mark.parametrize(("row", "first_line"), [(EXCERPT, 2), (f"Showing top 2 nodes out of 9\n{EXCERPT}", 3)])
def test_rows_without_the_columns_tell_the_total_by_their_shares(row, first_line):
    (capture,) = read(f"That is the end of it:\n{row}The end\n").captures
    assert (capture.first_line, capture.last_line, capture.problems) == (first_line, first_line + 1, ())
    assert [(row.function, row.flat, row.cum) for row in capture.body.rows] == [
        ("example.com/tea.(*Pot).pour", 0, 524288),
        ("example.com/tea.(*Pot).fill", 1583350, 7361004),
    ]
    assert capture.body.total == 74959308


def test_the_total_above_rows_without_the_columns_is_theirs():
    (capture,) = captures(f"Showing nodes accounting for 3MB, 1% of 8MB total\n{EXCERPT}")
    assert (capture.first_line, capture.body.total) == (1, 8 << 20)


def test_rows_behind_other_lines_are_a_table_of_their_own():
    above = "Showing nodes accounting for 3MB, 1% of 8MB total\n"
    tables = captures(f"{above}{EXCERPT}and so on\n{EXCERPT}")
    assert [(table.first_line, table.last_line, table.body.total) for table in tables] == [
        (1, 3, 8 << 20),
        (5, 6, 74959308),
    ]


def test_numbers_below_zero_are_those_of_a_difference():
    (capture,) = captures(COLUMNS + EXCERPT.replace(" 7.02MB", "-7.02MB"))
    assert [(problem.line, problem.message) for problem in capture.problems] == [
        (3, "a number below zero: the table compares two profiles (-base or -diff_base)")
    ]
    assert (capture.body.rows[1].cum, capture.body.total) == (-7361004, 74959308)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(EXCERPT.partition("\n")[0] + "\n", id="one row"),
        pytest.param(EXCERPT.replace("\n", "\n\n"), id="a line between"),
        pytest.param("12 40% 40% 30  100%  Oslo\n18 60% 100% 30  100%  Rome\n", id="no functions"),
        pytest.param("user 0%  1.50MB  main.go\nsys  0%  2.50MB  main.go\n", id="other columns"),
    ],
)
def test_what_has_percents_and_is_no_table_of_functions(text):
    assert read(text).captures == ()


def test_a_very_small_share_does_not_end_a_table():
    small = "    3.74us 1.1e-05%   100%     3.74us 1.1e-05%  sync.(*Cond).Wait\n"
    (capture,) = captures(f"{COLUMNS}{small}    6.10s 2.99%   100%  6.10s 2.99%  main.spin\n")
    assert [(row.function, row.flat) for row in capture.body.rows] == [
        ("sync.(*Cond).Wait", 3740),
        ("main.spin", 6100000000),
    ]


def test_a_total_above_another_text_is_not_that_of_a_table():
    above = "Showing nodes accounting for 3MB, 1% of 8MB total\n"
    (_, capture) = read(
        f"{above}panic: no tea\n\ngoroutine 1 [running]:\nmain.f()\n\t/m.go:5 +0x1\n\n{EXCERPT}"
    ).captures
    assert (capture.format, capture.first_line, capture.body.total) == ("pprof-top", 8, 74959308)


@pytest.mark.parametrize("share", ["1e-300", "1e-320", "1.1e-05", "0"])
def test_a_share_of_next_to_nothing_tells_no_total(share):
    row = f"  859MB 82.17% 82.17%   996MB {share}%  compress/flate.NewWriter\n"
    (capture,) = read(row + row.replace("859MB", "1MB")).captures
    assert capture.body.total == 860 << 20
