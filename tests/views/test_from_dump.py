"""Goroutines of a traceback as samples."""

from debugtext import read
from debugtext.views.from_records import capture_table
from debugtext.views.options import ViewOptions
from debugtext.views.selection import select
from debugtext.views.standing import standing

DUMP = """\
goroutine 7 [chan send, 3 minutes]:
main.worker(0x1)
	/src/m.go:12 +0x25
created by main.start in goroutine 1
	/src/m.go:5 +0x17

goroutine 8 [chan send, 9 minutes]:
main.worker(0x2)
	/src/m.go:12 +0x25
created by main.start in goroutine 1
	/src/m.go:5 +0x17

goroutine 9 [select]:
main.worker(0x3)
	/src/m.go:12 +0x25
created by main.start in goroutine 1
	/src/m.go:5 +0x17
"""


def dump():
    [capture] = read(DUMP).captures
    return capture_table(capture)


def test_one_sample_for_each_stack_and_state():
    table = dump()
    assert [kind.name for kind in table.kinds] == ["goroutine", "wait"]
    assert table.default_kind.name == "goroutine"
    assert [(sample.values, dict(sample.labels)) for sample in table.samples] == [
        (
            (2, 12 * 60 * 10**9),
            {"state": "chan send", "wait": "3..9 minutes", "created by": "main.start /src/m.go:5"},
        ),
        ((1, 0), {"state": "select", "created by": "main.start /src/m.go:5"}),
    ]


def test_what_they_wait_for_is_said_of_the_place():
    options = ViewOptions()
    [words] = standing(select(dump(), options), options).values()
    assert words == "2 chan send, 3..9 minutes; 1 select; created by main.start"


def test_wait_is_a_kind_of_number():
    assert select(dump(), ViewOptions(sample_index="wait")).total == 12 * 60 * 10**9


def test_a_creator_whose_line_is_not_known_is_named_with_its_file():
    [capture] = read(DUMP.replace("/src/m.go:5 ", "/src/m.go:0 ")).captures
    assert {dict(sample.labels)["created by"] for sample in capture_table(capture).samples} == {"main.start /src/m.go"}
