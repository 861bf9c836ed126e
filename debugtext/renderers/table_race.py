"""A race report: both accesses with their stacks, and where their goroutines were created."""

from debugtext.records.captures import Capture
from debugtext.records.races import RaceReport
from debugtext.renderers._layout import wrapped
from debugtext.renderers._page import INDENT, Page
from debugtext.renderers.table_crash import frame_lines
from debugtext.renderers.untrusted import one_line


def race_section(capture: Capture, page: Page, room: int) -> list[str]:
    """The accesses in the order of the text, then the creations."""
    race = capture.body
    assert isinstance(race, RaceReport)
    shown = [page.style.bold("data race: two goroutines use the same memory, and at least one of them writes")]
    for access in race.accesses:
        who = "the main goroutine" if access.goroutine is None else f"goroutine {access.goroutine}"
        where = "" if access.address is None else f" at {access.address:#x}"
        shown.append(f"{INDENT}{one_line(access.operation)}{where} by {who}")
        shown += frame_lines(access.frames, page) or [f"{INDENT * 2}(the detector lost the stack)"]
    for creation in race.creations:
        shown.append(f"{INDENT}goroutine {creation.goroutine} ({one_line(creation.status)}) was created at")
        shown += frame_lines(creation.frames, page)
    if race.location:
        shown += wrapped(one_line(race.location), page.width, INDENT * 2, first=INDENT)
        shown += frame_lines(race.location_frames, page)
    if page.full or len(shown) <= room:
        return shown
    return [*shown[: max(room - 1, 1)], page.rest("the rest of the report")]
