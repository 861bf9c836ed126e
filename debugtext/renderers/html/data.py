"""The data of the page: verdict, findings, changes, each text. Every list has a limit, so that browsers can cope."""

from collections.abc import Sequence
from itertools import takewhile

from debugtext.records.captures import Capture, Reading
from debugtext.records.crashes import Crash
from debugtext.records.findings import CHAIN, Certainty, Finding, Severity
from debugtext.records.goroutines import GoroutineDump
from debugtext.records.growth import Shape
from debugtext.records.reports import Report
from debugtext.renderers.evidence import (
    AGAINST,
    WHY,
    facts_in_words,
    in_brief,
    info_in_words,
    items_of,
    weighed_reasons,
)
from debugtext.renderers.forecasts import forecast_in_words
from debugtext.renderers.html.changes import change_tables, trend_tables
from debugtext.renderers.html.flame import flame_data
from debugtext.renderers.html.goroutines import creator_data, group_table
from debugtext.renderers.html.locks import MOST_LOCKS, lock_data
from debugtext.renderers.html.tables import frame_words, stack_words, top_table
from debugtext.renderers.input_names import input_name
from debugtext.renderers.problem_lines import problem_lines
from debugtext.renderers.untrusted import lines, one_line
from debugtext.renderers.verdicts import (
    NO_VERDICT,
    certainty_in_words,
    extent,
    marked_severity,
    quiet_verdict,
    verdict_in_words,
)
from debugtext.renderers.words import counted, sentence

MOST_FINDINGS = 60
MOST_TEXTS = 8
MOST_ITEMS = 20
MOST_LINES = 40
SERIES = " They were read as snapshots of one program."
"""Where there are several programs, the words before it say so."""
_KINDS = {
    "goroutine-profile": "goroutine profile",
    "goroutine-dump": "goroutine dump",
    "crash": "crash report",
    "memstats": "MemStats",
    "race": "race report",
    "pprof-top": "table of pprof -top",
}
"""The words for texts of these formats; others are called profiles."""
Data = dict[str, object]


def page_data(report: Report) -> Data:
    """All data, in the order of the page."""
    shown = report.shown
    loud = [finding for finding in shown if finding.severity is not Severity.NOTE]
    chosen, rest = drawn_texts(report)
    known = any(trend.shape is not Shape.UNKNOWN for trend in report.trends)
    has_trend = bool(report.trends) and (known or not report.differences)
    return {
        "title": _title(report),
        "verdict": _verdict(report, loud),
        "findings": [_finding(finding, report) for finding in shown[:MOST_FINDINGS]],
        "moreFindings": max(0, len(shown) - MOST_FINDINGS),
        "ignored": len(report.suppressed),
        "gone": [one_line(f"{one.rule} {one.title}") for one in report.absent or ()][:MOST_FINDINGS],
        "locks": lock_data(report.locks),
        "moreLocks": max(0, len(report.locks) - MOST_LOCKS),
        "trends": trend_tables(report) if has_trend else [],
        "changes": [] if has_trend else change_tables(report),
        "forecasts": [sentence(forecast_in_words(forecast)) for forecast in report.forecasts],
        "texts": [_text(reading, capture, report) for reading, capture in chosen],
        "moreTexts": rest,
        "problems": [one_line(line) for line in problem_lines(report)],
    }


def _title(report: Report) -> str:
    names = [input_name(reading.name) for reading in report.readings]
    if len(names) > 2:  # noqa: PLR2004
        return f"{names[0]} … {names[-1]} ({len(names):,} inputs)"
    return " → ".join(names) if len(report.series) == 1 else ", ".join(names)


def _verdict(report: Report, loud: list[Finding]) -> Data:
    if not report.captures:
        return {"word": "nothing to see", "mood": "empty", "text": "No Go debug text was found in the input."}
    if not loud:
        verdict = quiet_verdict(report)
        told = verdict.sentence.replace(": no verdict", "")
        mood = "empty" if verdict.word == NO_VERDICT else "good"
        return {
            "word": verdict.word,
            "mood": mood,
            "text": sentence(told) + SERIES * (len(report.series) == 1),
        }
    words = list(dict.fromkeys(map(verdict_in_words, loud)))
    certain = sum(finding.certainty is Certainty.CERTAIN for finding in loud)
    how = " and ".join(
        f"{number:,} {name}" for number, name in ((certain, "certain"), (len(loud) - certain, "likely")) if number
    )
    return {
        "word": ", ".join(words),
        "mood": "bad" if loud[0].severity is Severity.ERROR else "warn",
        "text": f"{counted(len(loud), 'finding')} ({how}) in {extent(report)}.{SERIES * (len(report.series) == 1)}",
    }


def _kind(capture: Capture) -> str:
    if isinstance(capture.body, Crash) and capture.body.was_requested:
        return "goroutine dump"
    name = getattr(capture.body, "kind", "") if capture.format == "contention" else ""
    profile = one_line(f"{name or getattr(capture.body, 'name', '') or capture.format} profile")
    return _KINDS.get(capture.format, profile)


def _finding(finding: Finding, report: Report) -> Data:
    location = finding.source or finding.location
    said = {name: value for name, value in finding.evidence.items() if name in WHY and name != CHAIN}
    speaks_for, against = weighed_reasons(finding.evidence)
    several = len(report.readings) > 1
    return {
        "rule": one_line(finding.rule),
        "name": one_line(finding.name) + marked_severity(finding),
        "verdict": finding.verdict.value,
        "certainty": finding.certainty.value,
        "badge": certainty_in_words(finding).replace(", ", " · "),
        "severity": finding.severity.value,
        "title": one_line(finding.title),
        "function": one_line(finding.functions[0]) if finding.functions else "",
        "where": one_line(location.place) if location else "",
        "why": facts_in_words(in_brief(said, finding.title), finding.title, MOST_ITEMS),
        "info": info_in_words(finding.evidence, finding.title, brief=True, most_items=MOST_ITEMS),
        "reasons": [*speaks_for, *(f"{AGAINST}{reason}" for reason in against)],
        "known": finding.known,
        "advice": one_line(finding.advice),
        "input": one_line(finding.input) if several else "",
        "line": finding.first_line,
        "chain": items_of(finding.evidence, CHAIN),
        "stack": stack_words(finding.stack, report) if finding.stack else [],
    }


def drawn_texts(report: Report) -> tuple[list[tuple[Reading, Capture]], int]:
    """The texts to show in full, and how many others there are; of a series only the newest text of each kind."""
    readings = [one for series in report.series for one in _newest(series)] or report.readings
    every = [(reading, capture) for reading in readings for capture in reading.captures]
    return every[:MOST_TEXTS], max(0, len(every) - MOST_TEXTS)


def _newest(readings: Sequence[Reading]) -> list[Reading]:
    """The last reading of each kind of text."""
    full = (reading for reading in readings if reading.captures)
    kinds = {frozenset(capture.format for capture in reading.captures): reading for reading in full}
    return [reading for reading in readings if any(reading is one for one in kinds.values())]


def _text(reading: Reading, capture: Capture, report: Report) -> Data:
    body = capture.body
    base = base_of(report, reading, capture)
    memstats = _memstats(capture)
    data: Data = {
        "kind": _kind(capture),
        "input": input_name(reading.name),
        "lines": f"lines {capture.first_line:,} to {capture.last_line:,}",
        "truncated": capture.truncated,
        "facts": _facts(capture),
        "message": _message(body) if isinstance(body, Crash) else [],
        "note": one_line(getattr(body, "note", "")),
        "memstats": memstats,
        "flame": flame_data(capture, base, report),
        "groups": group_table(capture, report),
        "creators": creator_data(body) if isinstance(body, GoroutineDump | Crash) else [],
        "tops": top_table(capture, report),
    }
    return {name: value for name, value in data.items() if value}


def base_of(report: Report, reading: Reading, capture: Capture) -> Capture | None:
    """The text to compare with: the first of the same kind in its series; None if there is none."""
    own = next((series for series in report.series if any(one is reading for one in series)), ())
    earlier = takewhile(lambda one: one is not reading, own)
    captures = (one for other in earlier for one in other.captures)
    return next(
        (one for one in captures if one.format == capture.format and type(one.body) is type(capture.body)), None
    )


def _facts(capture: Capture) -> list[str]:
    body = capture.body
    facts = []
    if capture.goroutines is not None:
        groups = capture.groups()
        facts.append(counted(capture.goroutines, "goroutine"))
        facts.append(counted(len({id(group.stack) for group in groups}), "stack"))
    if isinstance(body, Crash):
        facts += [one_line(body.reason), *(frame_words(frame)["function"] for frame in body.fault_frames[:1])]
    return facts


def _message(crash: Crash) -> list[str]:
    """The lines of the crash's message; none if it is a single line, which is among the facts already."""
    message = lines(crash.message)
    if len(message) == 1:
        return []
    left = len(message) - MOST_LINES
    return [*message[:MOST_LINES], *([f"… {counted(left, 'more line')}"] if left > 0 else [])]


def _memstats(capture: Capture) -> list[tuple[str, list[str]]]:
    from debugtext.records.memstats import MemStats  # noqa: PLC0415
    from debugtext.renderers.tables.memstats import memstats_in_words  # noqa: PLC0415

    found = capture.body if isinstance(capture.body, MemStats) else getattr(capture.body, "memstats", None)
    return [(label, list(words)) for label, words in memstats_in_words(found)] if found else []
