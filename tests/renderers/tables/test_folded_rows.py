"""Rows that would print the same are one: their stacks differ in frames that are not shown."""

from textwrap import dedent

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read
from debugtext.renderers import render
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.tables.folded_rows import with_stacks

DOWN = "main.down(0x1)\n\t/src/m.go:9 +0x1\n"


def dump(*groups):
    """`dump((2, "select, 3 minutes", DOWN))`: goroutines from one `go` statement."""
    each = [(state, calls) for count, state, calls in groups for _ in range(count)]
    return "\n".join(
        f"goroutine {number} [{state}]:\n{calls}created by main.main in goroutine 1\n\t/src/m.go:3 +0x1\n"
        for number, (state, calls) in enumerate(each, 1)
    )


def table(*texts, **options):
    report = analyze([read(text) for text in texts])
    return render(report, "table", RenderOptions(**options)).rpartition("\n\n")[2]


DEEP = dump((2, "select, 3 minutes", DOWN), (3, "select", DOWN * 2), (4, "select, 7 minutes", DOWN * 3))
OTHERS = dump((9, "select", DOWN), (3, "running", DOWN), (3, "select", DOWN.replace("m.go:9", "m.go:8")))


def test_stacks_that_print_the_same_are_one_row():
    assert table(DEEP) == dedent("""\
        goroutine dump: 9 goroutines, 3 stacks
        count  share  state      wait  where
            9   100%  select  3-7 min  main.down m.go:9 (3 stacks)
                                       by main.main m.go:3
        """)


def test_full_keeps_them_apart():
    assert [line.split()[0] for line in table(DEEP, full=True).splitlines() if "main.down" in line] == ["4", "3", "2"]


def test_another_state_or_line_is_another_row():
    rows = [line.split() for line in table(OTHERS).splitlines() if "main.down" in line]
    assert [(row[0], row[2], row[-1]) for row in rows] == [
        ("9", "select", "m.go:9"),
        ("3", "running", "m.go:9"),
        ("3", "select", "m.go:8"),
    ]


def test_the_largest_row_is_first_also_if_it_was_many():
    apart = dump((4, "select", DOWN.replace("down", "up")), *((2, "select", DOWN * depth) for depth in (1, 2, 3)))
    rows = [line for line in table(apart).splitlines() if " m.go:9" in line]
    assert [row.split()[0] for row in rows] == ["6", "4"]


def heap(*megabytes):
    records = "".join(
        f"1: {size << 20} [1: {size << 20}] @ 0x{at}00 0x9000\n"
        f"#\t0x{at}00\tmain.keep+0x1\t/m.go:7\n#\t0x9000\tmain.way{at}+0x1\t/m.go:{at}\n\n"
        for at, size in enumerate(megabytes, 11)
    )
    return f"heap profile: 1: 1 [1: 1] @ heap/1\n{records}"


def test_what_grew_at_one_line_is_one_row():
    rows = [line.split() for line in table(heap(1, 1, 1), heap(3, 4, 1)).splitlines() if "main.keep" in line]
    assert rows == [["+5", "MiB", "2", "MiB", "7", "MiB", "main.keep", "m.go:7"]]


def test_also_many_rows_are_one():
    walkers = dump(
        *(
            (1, "select", f"main.leaf(0x1)\n\t/src/m.go:9 +0x1\nmain.way{way}(0x1)\n\t/src/w.go:{way} +0x1\n")
            for way in range(1200)
        )
    )
    rows = [line.split() for line in table(walkers).splitlines() if "main.leaf" in line]
    assert [(row[0], row[-2:]) for row in rows] == [("1,200", ["(1,200", "stacks)"])]


def test_threads_at_one_place_are_one_row():
    threads = "threadcreate profile: total 9\n5 @ 0x10 0x20\n3 @ 0x10 0x30\n1 @ 0x40\n"
    assert table(threads) == dedent("""\
        threadcreate profile: 9 threads
        count  share  where
            8    89%  0x10 (no name for it) (2 stacks)
            1    11%  0x40 (no name for it)
        """)
    assert [line.split()[0] for line in table(threads, full=True).splitlines()[2:]] == ["5", "3", "1"]


@pytest.mark.parametrize(
    ("stacks", "width", "said"),
    [(11, 40, "main.f m.go:7 (11 stacks)"), (11, 20, "main.f m.go:7"), (1, 40, "main.f m.go:7")],
    ids=["room", "no room", "one"],
)
def test_how_many_stacks_is_said_where_there_is_room(stacks, width, said):
    assert with_stacks("main.f m.go:7", stacks, width) == said
