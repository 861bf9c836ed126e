"""threadcreate and custom count profiles: how many things stand on which stack."""

from debugtext.records.captures import Capture
from debugtext.records.counts import CountProfile
from debugtext.renderers._layout import columns
from debugtext.renderers._page import CUT, Page, rows_that_fit
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import count_in_words, counted, share_in_words

NUMBERS_WIDTH = 15


def count_section(capture: Capture, page: Page, room: int) -> list[str]:
    """The total and the largest stacks."""
    profile = capture.body
    assert isinstance(profile, CountProfile)
    groups = profile.groups()
    heading = page.heading(count_headline(capture, profile))
    shown = groups if page.full else groups[: rows_that_fit(len(groups), room - len(heading))]
    width = page.width - NUMBERS_WIDTH
    rows = [
        [count_in_words(group.count), share_in_words(group.count, profile.count), page.place_of(group.stack, width)]
        for group in shown
    ]
    table = columns(["count", "share", "where"], rows, ["right", "right", "left"])
    return [*heading, *page.table(table, len(groups) - len(shown), "stack")]


def count_headline(capture: Capture, profile: CountProfile) -> str:
    """`threadcreate profile: read 12 of 12 threads (header says 12)`; of a header alone only what it counts."""
    what = {"threadcreate": "thread", "goroutine": "goroutine", "goroutineleak": "goroutine"}.get(profile.name, "entry")
    things = counted(
        profile.count if profile.total is None else profile.total, what, "entries" if what == "entry" else ""
    )
    if not profile.samples and not profile.count:
        return f"{one_line(profile.name)} profile: {things}{', the header alone' if profile.total else ''}"
    total = "no header" if profile.total is None else f"header says {count_in_words(profile.total)}"
    cut = CUT if capture.truncated else ""
    return f"{one_line(profile.name)} profile: read {count_in_words(profile.count)} of {things} ({total}){cut}"
