"""The section on a data race: both accesses with their stacks, and where their goroutines were created."""

from debugtext.records.captures import Capture
from debugtext.records.frames import Stack
from debugtext.records.races import RaceAccess, RaceReport
from debugtext.renderers.frames_shown import without_root
from debugtext.renderers.layout import function_and_place, wrapped
from debugtext.renderers.tables.crash import frame_lines
from debugtext.renderers.tables.page import INDENT, Page
from debugtext.renderers.untrusted import one_line


def race_section(capture: Capture, page: Page, room: int) -> list[str]:
    """The accesses, the creations of their goroutines, and the memory; only the accesses if there is no room."""
    race = capture.body
    assert isinstance(race, RaceReport)
    shown = [page.style.bold("data race: two goroutines use the same memory, and at least one of them writes")]
    for access in race.accesses:
        where = "" if access.address is None else f" at {access.address:#x}"
        shown.append(f"{INDENT}{one_line(access.operation)}{where} by {_who(access)}")
        shown += frame_lines(access.frames, page) or [f"{INDENT * 2}(the detector lost the stack)"]
    for creation in race.creations:
        shown.append(f"{INDENT}goroutine {creation.goroutine} ({one_line(creation.status)}) was created at")
        shown += frame_lines(creation.frames, page)
    if race.location:
        shown += wrapped(one_line(race.location), page.width, INDENT * 2, first=INDENT)
        shown += frame_lines(race.location_frames, page)
    return shown if page.full or len(shown) <= room else _accesses_alone(race, shown[0], page, room)


def _accesses_alone(race: RaceReport, heading: str, page: Page, room: int) -> list[str]:
    """The place of each access without its stack: two lines of a program make a race."""
    lines = [_access_line(access, page) for access in race.accesses]
    if len(lines) + 2 <= room:
        lines = [heading, *lines]
    return [*lines, page.rest("their stacks")] if len(lines) < room else lines[: max(room, 1)]


def _access_line(access: RaceAccess, page: Page) -> str:
    """`Read by goroutine 7: testpkg.TestRace p_test.go:58`."""
    words = f"{INDENT}{one_line(access.operation)} by {_who(access)}: "
    frames = without_root(access.frames)
    if not frames:
        return f"{words}(the detector lost the stack)"
    own = page.own_frame(Stack(frames=frames)) or next((one for one in frames if one.package != "runtime"), frames[0])
    return words + function_and_place(own, page.width - len(words))


def _who(access: RaceAccess) -> str:
    return "the main goroutine" if access.goroutine is None else f"goroutine {access.goroutine}"
