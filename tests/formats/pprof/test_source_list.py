"""What `go tool pprof -list` prints: functions with the line that takes most."""

import pytest

from debugtext.analysis import analyze
from debugtext.formats.pprof import source_list as pprof_list
from debugtext.reading import read
from debugtext.records.pprof_tops import TopRow

from ..parsing import captures_by

LIST = """\
Total: 270.15MB
ROUTINE ======================== shop.(*Cart).Put in /src/shop/cart.go
     265MB   267.15MB (flat, cum) 98.89% of Total
         .          .     18:func (c *Cart) Put(item Item) {
         .     2.15MB     19:	c.lock()
  263.50MB   263.50MB     22:	c.items = append(c.items, item)
    1.50MB     1.50MB     23:}
         .          .     24:
ROUTINE ======================== shop.(*Cart).lock in /src/shop/lock.go
         0     2.15MB (flat, cum)   0.8% of Total
         .          .      7:func (c *Cart) lock() { // 5 6
"""
ROWS = (
    TopRow("shop.(*Cart).Put", 277872640, 280127078, 2, file="/src/shop/cart.go", file_line=22),
    TopRow("shop.(*Cart).lock", 0, 2254438, 9, file="/src/shop/lock.go"),
)


def captures(text):
    return captures_by(pprof_list, text=text)


@pytest.mark.parametrize("prompt", ["", "(pprof) list Cart\n", "Here:\n\n"])
@pytest.mark.parametrize("below", ["", "(pprof) top\n", "\nSo it is the cart.\n"])
def test_a_row_is_a_function_with_its_line(prompt, below):
    [capture] = captures(prompt + LIST + below)
    lines = prompt.count("\n")
    assert [(row.function, row.flat, row.cum, row.file, row.file_line) for row in capture.body.rows] == [
        (row.function, row.flat, row.cum, row.file, row.file_line) for row in ROWS
    ]
    assert (capture.first_line, capture.last_line) == (1 + lines, 11 + lines)
    assert (capture.body.unit, capture.body.total) == ("bytes", 283272806)


def test_without_its_total_it_is_of_the_largest_function():
    [capture] = captures(LIST.partition("\n")[2].replace("MB", "s"))
    assert (capture.body.unit, capture.body.total) == ("nanoseconds", 267150000000)


@pytest.mark.parametrize(
    "text",
    [
        "ROUTINE ======================== shop.(*Cart).Put in /src/shop/cart.go\n",
        "ROUTINE ======================== shop.(*Cart).Put in /src/shop/cart.go\nand nothing else\n",
        "ROUTINE ===\n1 2 (flat, cum) 3% of Total\n",
    ],
)
def test_a_heading_alone_is_none(text):
    assert captures(text) == []


def test_memory_is_told_with_the_line():
    [finding] = analyze([read(LIST)]).findings
    assert (finding.location.file, finding.location.line) == ("/src/shop/cart.go", 22)


def test_no_numbers_but_dots_and_broken_ones():
    [capture] = captures(LIST.replace(" 263.50MB     22", " 2.6.5MB     22"))
    assert capture.body.rows[0].file_line == 19
