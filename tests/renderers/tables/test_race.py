"""A race report on few lines."""

from debugtext.renderers.tables.page import Page
from debugtext.renderers.tables.race import race_section
from debugtext.renderers.tables.style import Style


def nothing(stack):
    """No frame is anybody's own."""


def test_a_race_without_room_for_its_stacks_shows_the_place_of_each_access(race):
    page = Page(80, full=False, view="", style=Style(color=False), own_frame=nothing, front_frame=nothing)
    heading = "data race: two goroutines use the same memory, and at least one of them writes"
    places = [
        "  Write by goroutine 11: main.main.func5 race.go:25",
        "  Previous read by the main goroutine: (the detector lost the stack)",
    ]
    rest = "… and their stacks (--full shows all)"
    assert race_section(race, page, 5) == [heading, *places, rest]
    assert race_section(race, page, 3) == [*places, rest]
    assert race_section(race, page, 2) == places
    assert race_section(race, page, 1) == places[:1]
