"""The page's frames, stacks and tables of functions; numbers stay numbers, so that the page can sort by them."""

from functools import lru_cache

from debugtext.records.captures import Capture
from debugtext.records.contention import ContentionProfile
from debugtext.records.counts import CountProfile
from debugtext.records.frames import Frame, Stack
from debugtext.records.heap import HeapProfile
from debugtext.records.reports import Report
from debugtext.renderers.frames_shown import frame_to_show, without_frames
from debugtext.renderers.tables.changes import HEADINGS
from debugtext.renderers.untrusted import one_line
from debugtext.stacks.stdlib import is_standard_package

MOST_ROWS = 300
MOST_FRAMES = 64
OWN, DEPENDENCY, STANDARD = "own", "dependency", "standard"


def frame_words(frame: Frame) -> dict[str, str]:
    """The function and place of a frame, safe to show."""
    return {"function": one_line(frame.function), "place": one_line(frame.place)}


def owner_of(frame: Frame, report: Report) -> str:
    """Whose code a frame is: the user's own, a dependency's or the standard library's."""
    if report.own_frame(Stack((frame,))) is not None:
        return OWN
    return STANDARD if _is_standard(frame.package) else DEPENDENCY


_is_standard = lru_cache(maxsize=4096)(is_standard_package)


def stack_words(stack: Stack, report: Report) -> list[list[str]]:
    """A row (function, place, owner) for each frame, leaf first, and the creator; deep stacks lose their middle."""
    frames = list(stack.frames)
    cut = len(frames) - MOST_FRAMES
    rows = [[*frame_words(frame).values(), owner_of(frame, report)] for frame in frames]
    if cut > 0:
        half = MOST_FRAMES // 2
        rows = [*rows[:half], [f"… {cut:,} more frames …", "", "gap"], *rows[-half:]]
    if stack.created_by:
        rows.append([*frame_words(stack.created_by).values(), "creator"])
    return rows


def front(stack: Stack, report: Report) -> list[str]:
    """Function and place of the frame that is shown for a whole stack."""
    frame = frame_to_show(stack, report.own_frame, report.front_frame)
    return list(frame_words(frame).values()) if frame else [without_frames(stack), ""]


def top_table(capture: Capture, report: Report) -> list[dict[str, object]]:
    """A table of functions with flat and cum for each kind of number; none for goroutines, which have their own."""
    from debugtext.views.flat_cum import top  # noqa: PLC0415

    body = capture.body
    if capture.goroutines is not None or not isinstance(body, HeapProfile | CountProfile | ContentionProfile):
        return []
    tables = []
    for kind in reversed(body.sample_kinds):
        table = top(body, kind)
        rows = [
            [row.flat, row.cum, one_line(row.function), owner_of(Frame(row.function), report)]
            for row in table.rows[:MOST_ROWS]
        ]
        if rows:
            name = HEADINGS.get(kind.name, one_line(kind.name))
            left = len(table.rows) - len(rows)
            tables.append({"name": name, "unit": kind.unit, "total": table.total, "rows": rows, "more": left})
    return tables
