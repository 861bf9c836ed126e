"""The section on a crash report: the reason, the crashed goroutine with its stack, the others grouped."""

from collections.abc import Iterable

from debugtext.analyzers.crash_facts.panic_frames import logged_by
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.frames import Frame
from debugtext.renderers.frames_shown import without_root
from debugtext.renderers.layout import display_width, function_and_place, shortened, wrapped
from debugtext.renderers.tables.goroutines import group_lines
from debugtext.renderers.tables.page import INDENT, Page, first_or_all
from debugtext.renderers.untrusted import lines, one_line
from debugtext.renderers.words import counted, seconds_in_words

FRAMES_SHOWN = 6
TESTS_SHOWN = 3
MESSAGE_LINES_SHOWN = 3
KINDS = {
    "panic": "panic",
    "http-panic": "panic in an HTTP handler",
    "test-timeout": "test timeout",
    "deadlock": "deadlock",
    "fatal": "fatal error",
    "signal": "signal",
    "lock-report": "potential deadlock",
}
"""How each `Crash.kind` is called in the first line."""
ROLES = {
    "previous": "taken",
    "waiting": "waited for",
    "again": "taken again",
    "before": "taken first",
    "after": "taken second",
    "holding": "another lock is held",
}
"""How each role of a place in a lock report is called."""


def crash_section(capture: Capture, page: Page, room: int) -> list[str]:
    """The reason, the tests that ran, the locks, the crashed goroutine, then the other goroutines by group."""
    crash = capture.body
    assert isinstance(crash, Crash)
    total = capture.goroutines or 0
    groups = capture.groups()
    number = f"{counted(total, 'goroutine')}, {counted(len({group.stack for group in groups}), 'stack')}"
    is_leak = crash.lists_leaks
    reason = _left_over(crash, number, page) if is_leak else _reason(crash, page)
    shown = [*reason, *_tests(crash, page), *_locks(crash, page), *_crashed(crash, page)]
    if capture.truncated:
        shown.append(page.style.paint(f"{INDENT}cut off, the rest is missing", "yellow"))
    if not total or (total == 1 and crash.crashed_id is not None):
        return shown
    shown_above = crash.crashed.stack if crash.crashed else None
    table = group_lines(groups, total, page, room - len(shown) - (not is_leak), shown_above) if groups else []
    return [*shown, *([] if is_leak else [f"{INDENT}{number}{':' * bool(table)}"]), *table]


def _left_over(crash: Crash, number: str, page: Page) -> list[str]:
    """The heading for a leak checker's report; its message is not used, as it names at most one goroutine."""
    return page.heading(f"goroutines left over after a test ({one_line(crash.kind)}): {number}")


def _reason(crash: Crash, page: Page) -> list[str]:
    said = [line for line in lines(crash.message) if line.strip()] or [crash.kind]
    kept = said if page.full else first_or_all(said, MESSAGE_LINES_SHOWN)
    if not page.full and display_width(kept[-1]) > page.width:  # the one line more would take several
        kept = kept[:MESSAGE_LINES_SHOWN]
    kind = KINDS.get(crash.kind, one_line(crash.kind))
    first = f"{kind}: {kept[0].removeprefix(f'{kind}: ')}"
    shown = [page.style.bold(line) for line in wrapped(first, page.width, INDENT, first="", whole=page.full)]
    shown += [line for text in kept[1:] for line in wrapped(text.strip(), page.width, INDENT * 2, whole=page.full)]
    if left := len(said) - len(kept):
        shown.append(INDENT + page.rest(counted(left, "more line")))
    if crash.signal is not None and crash.signal.name not in crash.reason:
        address = "" if crash.signal.address is None else f" at address {crash.signal.address:#x}"
        shown.append(f"{INDENT}signal {one_line(crash.signal.name)}{address}")
    return shown


def _tests(crash: Crash, page: Page) -> list[str]:
    tests = crash.tests if page.full else first_or_all(crash.tests, TESTS_SHOWN)
    shown = []
    for test in tests:
        age = f" after {seconds_in_words(test.seconds)}" if test.seconds else ""  # Go rounds to hundredths
        how = f" {'failed' if test.failed else 'passed' if test.passed else 'was running'}{age}"
        name = one_line(test.name)
        room = page.width - len(f"{INDENT}test {how}")
        shown.append(f"{INDENT}test {name if page.full else shortened(name, room)}{how}")
    if left := len(crash.tests) - len(tests):
        shown.append(page.rest(counted(left, "more test")))
    return shown


def _locks(crash: Crash, page: Page) -> list[str]:
    """Each place where a lock was taken or waited for, with the goroutine that did."""
    shown = []
    again = [place for place in crash.locks if place.role == "again" and place.stack.frames]
    for place in crash.locks:
        if place.role == "again" and not place.stack.frames:
            continue  # only names the goroutine; its places follow
        who = "" if place.goroutine is None else f" by goroutine {place.goroutine}"
        role = "taken first" if place in again[:1] else ROLES.get(place.role, one_line(place.role))
        stack = "" if place.stack.frames else " its stack is not in the text"
        shown.append(f"{INDENT}{role}{who}:{stack}")
        shown += frame_lines(place.stack.frames, page)
    return shown


def _crashed(crash: Crash, page: Page) -> list[str]:
    """The crashed goroutine with its frames from the fault on, without the runtime's panic functions."""
    goroutine = crash.crashed
    if goroutine is None:
        return frame_lines(crash.runtime_stack, page) if crash.runtime_stack and not crash.goroutines else []
    frames = goroutine.stack.frames if page.full else without_root(crash.fault_frames)
    status = one_line(goroutine.state.status)
    state = f"[{status if page.full else shortened(status, page.width // 2)}]"
    who = f"goroutine {goroutine.id} {state}" if goroutine.id else "the goroutine that"  # some texts have no id
    if not frames:
        creator = goroutine.stack.created_by
        started = f", started by {function_and_place(creator, page.width, full=page.full)}" if creator else ""
        return wrapped(f"{who} crashed: its stack is not in the text{started}", page.width, INDENT, first=INDENT)
    went_on = crash.kind == "http-panic" or bool(crash.panics and logged_by(goroutine.stack))
    return [f"{INDENT}{who} {'panicked' if went_on else 'crashed'}:", *frame_lines(frames, page)]


def frame_lines(frames: Iterable[Frame], page: Page) -> list[str]:
    """The first frames, each on a line; all of them if everything is shown."""
    stack = tuple(frames)
    kept = stack if page.full else first_or_all(stack, FRAMES_SHOWN)
    indent = INDENT * 2
    shown = [indent + function_and_place(frame, page.width - len(indent), full=page.full) for frame in kept]
    if left := len(stack) - len(kept):
        shown.append(indent + page.rest(counted(left, "more frame")))
    return shown
