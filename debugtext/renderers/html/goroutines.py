"""The page's goroutines: grouped by stack and state, and as a tree of who started whom."""

from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.goroutines import GoroutineDump, GoroutineGroup
from debugtext.records.reports import Report
from debugtext.renderers.group_order import in_order_shown, ranks_of_stacks
from debugtext.renderers.html.tables import frame_words, front, stack_words
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import counted, wait_range_in_words
from debugtext.stacks.channel_parks import Parks, parks_of
from debugtext.stacks.waiting import likely_status
from debugtext.views.creators import CreatorNode, creator_tree

MOST_GROUPS = 400
MOST_CREATORS = 400
MOST_LABELS = 8


def group_table(capture: Capture, report: Report) -> dict[str, object]:
    """The groups and their stacks, those with a finding first; `more` counts the groups and goroutines left out."""
    groups = in_order_shown(capture.groups(), ranks_of_stacks(report.findings))
    if not groups:
        return {}
    parks = parks_of(groups)
    stacks: dict[int, int] = {}
    shown: list[dict[str, object]] = []
    drawn: list[list[list[str]]] = []
    for group in groups[:MOST_GROUPS]:
        if id(group.stack) not in stacks:
            stacks[id(group.stack)] = len(drawn)
            drawn.append(stack_words(group.stack, report))
        created = group.stack.created_by
        state = group.state
        words = _likely(group, parks) if state is None else f"{state.status}{' (leaked)' if state.leaked else ''}"
        shown.append(
            {
                "count": group.count,
                "state": one_line(words),
                "wait": group.waits[-1] if group.waits else 0,
                "waits": wait_range_in_words(group.waits),
                "where": front(group.stack, report),
                "creator": frame_words(created)["function"] if created else "",
                "labels": [one_line(f"{key}={value}") for key, value in group.labels[:MOST_LABELS]],
                "stack": stacks[id(group.stack)],
                "line": group.line,
            }
        )
    rest = groups[MOST_GROUPS:]
    more = [len(rest), sum(group.count for group in rest)] if rest else []
    return {"total": capture.goroutines, "rows": shown, "stacks": drawn, "more": more}


def _likely(group: GoroutineGroup, parks: Parks) -> str:
    """`likely chan send`: the state as the frames suggest it, for profiles, which print none."""
    status = likely_status(group.stack, parks)
    return f"likely {status}" if status else ""


def creator_data(body: GoroutineDump | Crash) -> list[list[object]]:
    """The tree as rows: the parent's row (-1: none), own count, count with all below, function, `go` statement.

    If there are more than `MOST_CREATORS`, the smallest children of each node are one row without a function.
    """
    root = creator_tree(body.goroutines)
    if not any(node.children for node in root.children.values()):
        return []
    rows: list[list[object]] = []
    level = [(root, -1)]
    while level:
        following = []
        for node, at in level:
            children = sorted(node.children.values(), key=lambda child: (-child.total, child.function))
            room = max(0, MOST_CREATORS - len(rows))
            for child in children[:room]:
                rows.append([at, child.count, child.total, one_line(child.function), _started(child)])
                following.append((child, len(rows) - 1))
            if rest := children[room:]:
                total = sum(child.total for child in rest)
                rows.append([at, 0, total, "", counted(len(rest), "more function")])
        level = following
    return rows


def _started(node: CreatorNode) -> str:
    if node.started_at is None:
        return ""
    words = frame_words(node.started_at)
    return f"{words['function']} {words['place']}".strip()
