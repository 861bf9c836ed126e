"""A report of the race detector on one line is that of Go's, whatever was put between its parts."""

import pytest

from debugtext.reading import read


def told(capture):
    """What a report tells, without its lines."""
    body = capture.body
    return [
        *((access.operation, access.address, access.goroutine, access.frames) for access in body.accesses),
        *((creation.goroutine, creation.status, creation.frames) for creation in body.creations),
    ]


@pytest.mark.parametrize("gap", [" ", "  ", " \t"])
@pytest.mark.parametrize("remark", ["", " //look here", " //看这里"])
def test_a_report_on_one_line(samples, gap, remark):
    text = (samples / "race" / "test-race-go1.19.txt").read_text()
    text = text[: text.rindex("=" * 18) + 18]
    printed = [capture for capture in read(text.encode()).captures if capture.format == "race"]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    joined = gap.join(f"{line}{remark}" if line.endswith(":") else line for line in lines)
    assert [told(capture) for capture in read(f"$ go run -race main.go{joined}。\n".encode()).captures] == [
        told(capture) for capture in printed
    ]
    assert [told(capture) for capture in read(f"{joined}\n".encode()).captures] == [*map(told, printed)]


def test_names_may_have_lost_their_brackets_and_parts_the_blank_between():
    text = (
        "==================WARNING: DATA RACEWrite at 0x00c0 by goroutine 7: shop.(*Cart).Put /src/shop/cart.go:9 +0x62"
        "Previous read at 0x00c0 by main goroutine: shop.Run /src/shop/run.go:12 +0x84==================\n"
    )
    [capture] = read(text.encode()).captures
    assert [(access.operation, access.frames[0].function) for access in capture.body.accesses] == [
        ("Write", "shop.(*Cart).Put"),
        ("Previous read", "shop.Run"),
    ]
    assert capture.problems == ()


def test_who_speaks_of_a_race_reports_none():
    assert read("a Write at 0x00c0 by goroutine 7: it was main.go:9\n").captures == ()
