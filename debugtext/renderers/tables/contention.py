"""The table of block and mutex profiles: where goroutines waited for each other, how long and how often."""

from debugtext.records.captures import Capture
from debugtext.records.contention import ContentionProfile
from debugtext.records.frames import Frame
from debugtext.renderers.frames_shown import NO_STACK
from debugtext.renderers.layout import columns, function_and_place
from debugtext.renderers.tables.page import CUT, Page, rows_that_fit
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import count_in_words, counted, nanoseconds_in_words, share_in_words

NUMBERS_WIDTH = 36
"""The columns of a line that the numbers take."""


def contention_section(capture: Capture, page: Page, room: int) -> list[str]:
    """The totals, the places with the longest delays, and notes on how to read the numbers."""
    profile = capture.body
    assert isinstance(profile, ContentionProfile)
    delay = sum(profile.delay_ns(sample.cycles) for sample in profile.samples)
    count = sum(sample.count for sample in profile.samples)
    cut = CUT if capture.truncated else ""
    kind = one_line(profile.kind)
    total = f"{nanoseconds_in_words(delay)} of waiting in {counted(count, 'wait')}" if profile.samples else "empty"
    lines = page.heading(f"{kind} profile: {total}{cut}", room)
    notes = _notes(profile, page)
    return lines + _places(profile, page, delay, room - len(lines) - len(notes)) + notes


def _notes(profile: ContentionProfile, page: Page) -> list[str]:
    """Why an empty text may be empty; or that numbers of a mutex text from Go 1.19 or older are not scaled.

    Such a text does not tell its Go version.
    """
    if not profile.samples and profile.kind == "mutex" and profile.sampling_period:
        return [page.style.dim("Nobody has waited for a lock and got it yet: goroutine?debug=2 shows who waits.")]
    if not profile.samples:
        setting = {"mutex": "runtime.SetMutexProfileFraction"}.get(profile.kind, "runtime.SetBlockProfileRate")
        return [page.style.dim(f"Nothing is recorded until the program calls {setting}.")]
    if profile.kind != "mutex" or (profile.sampling_period or 0) <= 1:
        return []
    return [
        page.style.dim(
            f"As printed; if Go 1.19 or older wrote it, multiply by {profile.sampling_period:,} (sampling period)."
        )
    ]


def _places(profile: ContentionProfile, page: Page, total: int, room: int) -> list[str]:
    """The delays by the frame to show, not by the leaf, which is always a lock or a channel operation."""
    sums: dict[Frame | None, list[int]] = {}
    for sample in profile.samples:
        frame = page.frame_to_show(sample.stack)
        cell = sums.setdefault(frame and frame.spot, [0, 0])
        cell[0] += profile.delay_ns(sample.cycles)
        cell[1] += sample.count
    ranked = sorted(sums.items(), key=lambda item: -item[1][0])
    shown = ranked if page.full else ranked[: rows_that_fit(len(ranked), room)]
    rows = [
        [
            nanoseconds_in_words(delay),
            share_in_words(delay, total),
            count_in_words(count),
            nanoseconds_in_words(delay / count) if count else "",
            function_and_place(frame, page.width - NUMBERS_WIDTH, full=page.full) if frame else NO_STACK,
        ]
        for frame, (delay, count) in shown
    ]
    table = columns(["delay", "share", "count", "mean", "where"], rows, ["right"] * 4 + ["left"])
    return page.table(table, len(ranked) - len(shown), "place")
