"""The verdict on a report without alarms, and the words for a finding's certainty, for all outputs for people."""

from dataclasses import dataclass

from debugtext.records.captures import Capture
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.reports import Report
from debugtext.renderers.doubts import doubt, lists_no_leak, opening
from debugtext.renderers.largest_part import largest_part
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import counted

HEALTHY, NO_ALARM, NO_VERDICT, WORTH_KNOWING = "healthy", "no alarm", "no verdict", "worth knowing"
UNKNOWN = "unknown"
"""The shape of a trend with too few snapshots."""
_NO_LEAK = (
    "the runtime has found no leaked goroutine (it cannot tell those in input, output or system calls, nor those that "
    "wait for something the program can still reach)"
)
_MAIN_COUNTS = "; its record without a stack is main in `select {}`, which the runtime counts and then leaves out"
_NO_TIMES = (
    " (it prints no waiting times, perhaps as no collection has run: fetch heap?gc=1, and this text "
    "again 3 minutes later)"
)
_AWAKE = ("running", "runnable", "syscall", "")
"""The states in which nobody waits long by design."""
_RACE, _HTTP_PANIC = "data-race", "http-panic"


@dataclass(frozen=True, slots=True)
class QuietVerdict:
    """The verdict on a report without alarms: one of the words above, and a sentence.

    `remark` is the part of the sentence that says what this text alone cannot tell, and `place` the part of the remark
    that comes from the text, and so has to be escaped.
    """

    word: str
    sentence: str
    remark: str = ""
    place: str = ""


def quiet_verdict(report: Report, view: str = "") -> QuietVerdict:
    """The verdict if no finding is louder than a note; `view` is the kind of profile that the user asked for."""
    look = f"; {WORTH_KNOWING if report.is_certain else 'worth a look'}" if report.findings else ""
    if words := doubt(report):
        return QuietVerdict(NO_VERDICT, words + look)
    where = extent(report, view) + _unknowable(report)
    if report.findings:
        return QuietVerdict(WORTH_KNOWING if report.is_certain else NO_ALARM, f"{opening(report)} in {where}{look}")
    if report.suppressed:
        return QuietVerdict(NO_ALARM, f"nothing else wrong found in {where}")
    if len(report.captures) == 1 and lists_no_leak(report.captures[0]):
        return QuietVerdict(HEALTHY, f"{_NO_LEAK}{_MAIN_COUNTS if report.captures[0].goroutines else ''}")
    if any(_is_aborted(capture) for capture in report.captures):
        return QuietVerdict(NO_ALARM, f"{opening(report)} in {where}; somebody has ended the program by SIGABRT")
    if report.series:
        return _of_series(report)
    part, place = largest_part(report)
    return QuietVerdict(HEALTHY, f"{opening(report)} in {where}{f'; {part}' if part else ''}", part, place)


def _of_series(report: Report) -> QuietVerdict:
    """The verdict on a series: the last text is judged alone, all of them for growth if they are enough to tell."""
    from debugtext.renderers.unmoved_part import unmoved_part  # noqa: PLC0415 - one text alone has no use for it

    part, place = unmoved_part(report)
    calm = nothing_grows(report)
    last = "the last text" + "s" * (len(report.series) > 1)
    first_part = f"nothing wrong in {last}{_unknowable(report)}, and {calm}" if calm else ""
    first_part = first_part or f"{opening(report)} in {extent(report)}{_unknowable(report)}"
    return QuietVerdict(HEALTHY, f"{first_part}{f'; {part}' if part else ''}", part, place)


def nothing_grows(report: Report) -> str:
    """`nothing keeps growing over the 6`; empty if something grows, or the series is too short to tell."""
    texts, points = len(report.readings), max((trend.points for trend in report.trends), default=0)
    if any(trend.grew for trend in report.trends) or all(trend.shape.value == UNKNOWN for trend in report.trends):
        return ""
    if len(report.series) > 1:
        return f"nothing keeps growing in any of the {len(report.series):,} programs"
    return f"nothing keeps growing over {'the' if points >= texts else f'{points:,} of the'} {texts:,}"


def marked_severity(finding: Finding) -> str:
    """`, error` for a likely finding, `, warning` for a certain one; else empty: the certainty tells it."""
    usual = Severity.ERROR if finding.certainty is Certainty.CERTAIN else Severity.WARNING
    return "" if finding.severity in {usual, Severity.NOTE} else f", {finding.severity}"


def certainty_in_words(finding: Finding) -> str:
    """`leak, likely`, or for a note `possible leak`: it may be nothing, and should not sound like the others.

    A note that is certain is harmless: `note, certain`.
    """
    verdict = verdict_in_words(finding)
    if finding.severity is not Severity.NOTE:
        return f"{verdict}, {finding.certainty.value}"
    if finding.verdict is Verdict.INFO:
        return verdict
    return "note, certain" if finding.certainty is Certainty.CERTAIN else f"possible {verdict}"


def verdict_in_words(finding: Finding) -> str:
    """The verdict; instead of `crash` it is `race`, or `panic` for a recovered panic, if the program went on."""
    if finding.verdict is not Verdict.CRASH:
        return finding.verdict.value
    if finding.name == _RACE:
        return "race"
    from debugtext.analyzers.crash_facts.panic_frames import logged_by  # noqa: PLC0415 - few findings are of crashes

    is_logged = finding.stack is not None and bool(finding.stack.frames) and bool(logged_by(finding.stack))
    return "panic" if is_logged or finding.evidence.get("kind") == _HTTP_PANIC else finding.verdict.value


def extent(report: Report, view: str = "") -> str:
    """What was judged: `1,204 goroutines`, `this mutex profile`, `3 texts`, `the last of 3 texts`."""
    captures = report.captures
    if len(captures) == 1 and captures[0].goroutines is not None:
        return counted(captures[0].goroutines, "goroutine")
    if len(captures) == 1:
        return _this_text(captures[0], view)
    texts = counted(sum(reading.texts() for reading in report.readings), "text")
    if len(report.series) > 1:
        return f"the last texts of {len(report.series):,} programs"
    return f"the last of {texts}" if len(captures) > 1 and report.series else texts


def _this_text(capture: Capture, view: str) -> str:
    """`this heap profile`: a text without goroutines by its name; the user may ask for a heap's `allocs` side."""
    if capture.format == "memstats":
        return "these MemStats"
    if capture.format == "heap":
        return "this allocs profile" if view == "allocs" else "this heap profile"
    name = getattr(capture.body, "kind" if capture.format == "contention" else "name", "")
    return " ".join(filter(None, ("this", one_line(name), "profile")))


def _is_aborted(capture: Capture) -> bool:
    """Whether SIGABRT ended the program. SIGQUIT does not count, though it ends it: people use it to get a dump."""
    signal = getattr(capture.body, "signal", None)
    return signal is not None and signal.name.startswith("SIGABRT")


def _unknowable(report: Report) -> str:
    """A remark on what texts of this kind cannot tell; empty for most kinds."""
    kinds = {(capture.format, getattr(capture.body, "name", "")) for capture in report.captures}
    if kinds == {("goroutine-profile", "goroutine")} and not report.findings:
        return " (debug=1 tells no waiting times; ?debug=2 does)"
    if not report.findings and len(report.captures) == 1 and _prints_no_times(report.captures[0]):
        return _NO_TIMES
    if {kind for kind, _ in kinds} == {"contention"}:
        return ", which counts the waits that have ended (goroutine?debug=2 shows who waits now)"
    return ""


def _prints_no_times(capture: Capture) -> bool:
    """Whether a dump that can be fetched again has goroutines that wait, and says of none for how long."""
    if capture.format != "goroutine-dump":
        return False
    groups = capture.groups()
    waits = any(group.state and group.state.status not in _AWAKE for group in groups)
    return waits and not any(group.waits for group in groups)
