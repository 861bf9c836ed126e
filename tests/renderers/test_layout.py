"""Lines that fit a screen, with names and places that can still be copied."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debugtext.records.findings import Location
from debugtext.records.frames import Frame
from debugtext.renderers import render
from debugtext.renderers.layout import (
    display_width,
    function_and_place,
    shortened,
    shortened_name,
    shortened_path,
    wrapped,
)
from debugtext.renderers.options import RenderOptions

LONG = "/root/rpmbuild/BUILD/src/engine/.gopath/src/example.com/team/engine/daemon/inspect.go:29"


def test_a_path_is_cut_in_front():
    assert shortened_path(LONG, 40) == "…/team/engine/daemon/inspect.go:29"
    assert shortened_path(LONG, 10) == "…ect.go:29"
    assert shortened_path("C:\\work\\shop\\server.go:8", 16) == "…\\server.go:8"


def test_a_function_is_cut_at_its_package_and_never_at_a_slash_of_an_argument():
    assert shortened_name("example.com/team/shop/server.(*Hub).run", 23) == "…/server.(*Hub).run"
    assert shortened_name("main.Of[go.shape.struct{example.com/x/y.Z}].run", 20) == "main.Of…/x/y.Z}].run"


def test_the_place_of_a_finding_is_whole_on_its_own_line(make_report, dump, leak):
    function = "example.com/team/engine/daemon.(*Daemon).ContainerInspect"
    found = replace(leak, functions=(function,), location=Location(LONG.rpartition(":")[0], 29))
    shown = render(make_report(dump, findings=[found]), "table", RenderOptions()).splitlines()
    assert shown[1:3] == [
        "  at   example.com/team/engine/daemon.(*Daemon).ContainerInspect",
        "       …/src/engine/.gopath/src/example.com/team/engine/daemon/inspect.go:29",
    ]
    whole = render(make_report(dump, findings=[found]), "table", RenderOptions(full=True)).splitlines()
    assert whole[2] == f"       {LONG}"


def test_a_word_longer_than_a_line_is_not_broken():
    name = "example.com/" + "a" * 90 + ".Run"
    assert wrapped(f"waits in {name} for it", 40) == ["waits in", shortened(name, 40), "for it"]
    assert wrapped(f"waits in {name} for it", 40, whole=True) == ["waits in", name, "for it"]


def test_wide_characters_take_two_columns():
    assert display_width("main.読む") == 9
    assert wrapped("読む 書く 消す", 9) == ["読む 書く", "消す"]
    assert shortened("読む書く消す", 8) == "読…消す"


def test_names_of_any_length_keep_to_the_screen(make_report, dump, leak):
    for name in ("x" * 5000, "例" * 3000, "example.com/" + "y" * 5000 + ".(*T).run", "a b" * 2000):
        found = replace(leak, title=f"blocked in {name}", functions=(name,), evidence={"chain": name})
        found = replace(found, location=Location(f"/{name}.go", 7), advice=name)
        shown = render(make_report(dump, findings=[found, found, found]), "table", RenderOptions())
        assert max(map(display_width, shown.splitlines())) <= 80
        assert ".go:7" in shown


@given(st.text(alphabet="ab/.([\\ 例", max_size=60), st.integers(1, 30))
def test_whatever_is_shortened_fits(text, width):
    for shorten in (shortened, shortened_path, shortened_name):
        assert display_width(shorten(text, width)) <= width


def test_a_number_and_its_unit_stay_on_one_line():
    assert wrapped("it holds 118.7 MiB, 100 % of the live heap", 24) == [
        "it holds 118.7 MiB,",
        "100 % of the live heap",
    ]
    assert wrapped("it waits for 42 min, B", 17) == ["it waits for", "42 min, B"]
    assert wrapped("4 h", 2) == ["4 h"]


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (60, "plates.(*Collector).take collector.go:38"),
        (40, "plates.(*Collector).take collector.go:38"),
        (36, "plates.(*Collector).take …ctor.go:38"),
        (30, "plates.(*Collector).take …:38"),
        (20, "plate…tor).take …:38"),
    ],
)
def test_the_file_gives_way_before_the_function_says_nothing(width, said):
    frame = Frame("go.venturi.systems/tintype/plates.(*Collector).take", "/src/plates/collector.go", 38)
    assert function_and_place(frame, width) == said
    assert function_and_place(Frame("main.f", "/src/collector_of_all.go"), 20) == "main.f …or_of_all.go"


@given(function=st.text(max_size=60), file=st.text(max_size=60), width=st.integers(1, 80))
def test_a_frame_of_any_length_fits(function, file, width):
    assert display_width(function_and_place(Frame(function, f"{file}.go", 38), width)) <= width
