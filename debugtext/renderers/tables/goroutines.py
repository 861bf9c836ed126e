"""The table of goroutines by stack and state: how many, in which state, how long, where, started by whom."""

from collections.abc import Hashable
from dataclasses import replace

from debugtext.records.captures import Capture
from debugtext.records.counts import CountProfile
from debugtext.records.frames import Stack
from debugtext.records.goroutines import GoroutineGroup
from debugtext.renderers.group_order import by_size, in_order_shown
from debugtext.renderers.layout import columns, function_and_place, shortened
from debugtext.renderers.tables.counts import count_headline
from debugtext.renderers.tables.folded_rows import alike, place_printed, with_stacks
from debugtext.renderers.tables.page import CUT, Page
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import count_in_words, counted, share_in_words, wait_range_in_words
from debugtext.stacks.channel_parks import Parks, parks_of
from debugtext.stacks.waiting import likely_status

STATE_WIDTH = 20
"""Longer states take two lines."""
CREATED = "by "


def goroutine_section(capture: Capture, page: Page, room: int) -> list[str]:
    """The heading, then as many groups as there is room for: those with a finding, and the largest."""
    groups = capture.groups()
    stacks = counted(len({group.stack for group in groups}), "stack")
    if isinstance(capture.body, CountProfile):
        headline = count_headline(capture, capture.body) + f", {stacks}" * bool(groups)
    else:
        cut = CUT if capture.truncated else ""
        headline = f"goroutine dump: {counted(capture.goroutines or 0, 'goroutine')}, {stacks}{cut}"
    lines = page.heading(headline, room)
    return lines + group_lines(groups, capture.goroutines or 0, page, room - len(lines))


def group_lines(
    groups: tuple[GoroutineGroup, ...], total: int, page: Page, room: int, shown_above: Stack | None = None
) -> list[str]:
    """A table of as many groups as fit into `room` lines, and a line about the others.

    The stack that is `shown_above` the table has no claim to the first rows.
    """
    parks = parks_of(groups)
    groups, stacks = (groups, {}) if page.full else _put_together(groups, page, parks)
    groups = in_order_shown(groups, page.ranks, shown_above)
    shown = by_size(groups if page.full else groups[: _groups_that_fit(groups, room)])
    if not shown:
        return []
    cells: dict[str, list[str]] = {
        "count": [count_in_words(group.count) for group in shown],
        "share": [share_in_words(group.count, total) for group in shown],
        "state": [_folded(_state(group)) for group in shown],
        "likely": [likely_status(group.stack, parks) if group.state is None else "" for group in shown],
        "wait": [wait_range_in_words(group.waits) for group in shown],
    }
    cells = {header: column for header, column in cells.items() if any(column)}
    width = page.width - sum(2 + max(len(header), *map(_widest_line, column)) for header, column in cells.items())
    cells["where"] = [_where(group, page, width, stacks.get(id(group), 1)) for group in shown]
    align = ["left" if header in ("state", "likely", "where") else "right" for header in cells]
    table = columns(list(cells), list(zip(*cells.values(), strict=True)), align)
    left = groups[len(shown) :]
    lines = page.table(table, 0, "")
    if left:
        goroutines = counted(sum(group.count for group in left), "goroutine")
        lines.append(page.rest(f"{counted(len(left), 'more group')} with {goroutines}"))
    return lines


def _put_together(
    groups: tuple[GoroutineGroup, ...], page: Page, parks: Parks
) -> tuple[tuple[GoroutineGroup, ...], dict[int, int]]:
    """The groups, those that would print the same as one; and for such a one, by `id`, the number of its stacks.

    It has the stack of a finding if one of its groups has.
    """

    def print_of(group: GoroutineGroup) -> Hashable:
        told = _state(group) if group.state else likely_status(group.stack, parks)
        return told, place_printed(group.stack, page.frame_to_show(group.stack))

    rows, stacks = [], {}
    for same in alike(groups, print_of):
        row = min(same, key=lambda group: page.ranks.get(id(group.stack), len(page.ranks)))
        if len(same) > 1:
            waits = tuple(sorted(wait for group in same for wait in group.waits))
            row = replace(row, count=sum(group.count for group in same), waits=waits)
            stacks[id(row)] = len(same)
        rows.append(row)
    return tuple(sorted(rows, key=lambda row: -row.count)), stacks


def _groups_that_fit(groups: tuple[GoroutineGroup, ...], room: int) -> int:
    """How many groups fit below the heading, and above the line about the others if there are any."""
    heights = [2 if group.stack.created_by or len(_state(group)) > STATE_WIDTH else 1 for group in groups[:room]]
    if len(groups) <= room and 1 + sum(heights) <= room:
        return len(groups)
    used, fitting = 2, 0
    for height in heights:
        used += height
        if used > room:
            break
        fitting += 1
    return fitting


def _state(group: GoroutineGroup) -> str:
    """The status with its marks: `chan send (leaked) locked to thread`."""
    state = group.state
    if state is None:
        return ""
    leaked = " (leaked)" if state.leaked else ""
    locked = " locked to thread" if state.locked_to_thread else ""
    bubble = "" if state.bubble is None else f" bubble {state.bubble}"
    return one_line(f"{state.status}{leaked}{locked}{bubble}")


def _folded(state: str) -> str:
    """The state; on two lines, broken at a space, if it is long."""
    if len(state) <= STATE_WIDTH:
        return state
    cut = state.rfind(" ", 0, STATE_WIDTH + 1)
    first, second = (state[:cut], state[cut + 1 :]) if cut > 0 else (state[:STATE_WIDTH], state[STATE_WIDTH:])
    return f"{first}\n{shortened(second, STATE_WIDTH)}"


def _widest_line(cell: str) -> int:
    return max(map(len, cell.split("\n")))


def _where(group: GoroutineGroup, page: Page, width: int, stacks: int) -> str:
    """The frame to show with the number of stacks, and on a second line who started the goroutines."""
    first = with_stacks(page.place_of(group.stack, width), stacks, width)
    creator = group.stack.created_by
    if creator is None:
        return first
    second = CREATED + function_and_place(creator, width - len(CREATED), full=page.full)
    return f"{first}\n{page.style.dim(second)}"
