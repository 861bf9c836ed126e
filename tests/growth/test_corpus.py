"""Growth on real captures with a ground truth: every growth found with its function, no healthy series flagged."""

import json
import re
from math import log
from statistics import median

import pytest

from debugtext.comparing import follow
from debugtext.growth.differences import compare
from debugtext.growth.trends import trends
from debugtext.reading import read
from debugtext.records.findings import Severity
from debugtext.settings import Settings

pytestmark = pytest.mark.shared
UNITS = {"": 1, "B": 1, "kB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}
TOTAL = re.compile(r"Showing nodes accounting for (-?[\d.]+)([kMG]?B)?,")
# what the programs of _programs/leaky do, in bytes or goroutines a second; heaps by MemStats, since samples are few
RATES = {
    "grow-send": ("goroutine", 3),
    "grow-ticker": ("goroutine", 4),
    "slow-grow": ("goroutine", 1 / 3),
    "map-grow": ("inuse_space", 64 * 8192 * 4 * 1.013),  # with the map, the keys and the sessions
    "subslice": ("inuse_space", 10 * 65536 * 4),
    "closure-held": ("inuse_space", 45 * 12288 * 4),
    "global-cache": ("inuse_space", 11 * 49152 * 4),
    "queue-backlog": ("inuse_space", 300 * 2267 * 4),  # size classes 2048 and 2304
    # 184 bytes an event, in a slice that grows by a quarter: on average its room is 0.25 / ln 1.25 of what it holds
    "slice-append": ("inuse_space", 3000 * 184 * 4 * 0.25 / log(1.25)),
}
# 0.5 MiB a second beside what comes and goes: from 23 sampled objects nobody knows it better than by a fifth
LESS_SURE = {"slow-noise": ("inuse_space", 128 * 1024 * 4)}


@pytest.fixture(scope="module")
def cases(corpus):
    manifest = json.loads((corpus / "manifest.json").read_text("utf-8"))
    return [case for case in manifest["cases"] if len(case["files"]) > 1 and case["endpoint"].startswith("/debug")]


@pytest.fixture(scope="module")
def series(corpus, cases):
    """(case, readings) of the series with three or more snapshots of a heap or of goroutines at debug=1."""
    chosen = [
        c for c in cases if c["debug"] == 1 and len(c["files"]) > 2 and c["endpoint"].endswith(("heap", "goroutine"))
    ]
    assert len(chosen) > 80
    return [
        (case, [timed(corpus / file, at) for file, at in zip(case["files"], case["times_s"], strict=True)])
        for case in chosen
    ]


def timed(path, seconds):
    from dataclasses import replace

    return replace(read(path), taken_at=seconds)


def test_each_growing_series_names_its_function_first(series):
    missed = []
    for case, readings in series:
        truth = case["truth"]
        visible = truth["culprit_function"] and (
            truth.get("observed_counts") or any(truth.get("culprit_inuse_bytes_unscaled") or ())
        )
        if truth.get("grows") and visible:
            culprit = truth["culprit_function"].replace("%2e", ".")
            findings = [f for f in follow(readings, Settings()).findings if f.severity is not Severity.NOTE]
            if not findings or culprit not in findings[0].functions[:3]:
                missed.append(case["id"])
    assert missed == []


def test_no_healthy_series_grows(series):
    healthy = [(case, readings) for case, readings in series if case["truth"]["leak"] is False]
    assert len(healthy) > 30
    assert [case["id"] for case, readings in healthy if any(t.grew and not t.name for t in trends(readings))] == []


def test_stuck_but_not_growing_is_no_growth(series):
    stuck = [(case, readings) for case, readings in series if case["truth"]["leak"] and not case["truth"].get("grows")]
    assert len(stuck) > 30
    assert [case["id"] for case, readings in stuck if any(t.grew and not t.name for t in trends(readings))] == []


def test_slopes_are_the_programs_rates(series):
    wrong, checked = [], 0
    for case, readings in series:
        kind, rate = RATES.get(case["scenario"], ("", 0))
        if rate and len(readings) > 5:
            first = next(trend for trend in trends(readings) if trend.kind == kind and not trend.name)
            checked += 1
            if first.slope != pytest.approx(rate, rel=0.1):
                wrong.append((case["id"], round(first.slope / rate, 3)))
    assert checked >= 20
    assert wrong == []


def test_a_slope_that_sampling_cannot_tell_is_within_its_error(series):
    found = []
    for case, readings in series:
        kind, rate = LESS_SURE.get(case["scenario"], ("", 0))
        if rate:
            first = next(trend for trend in trends(readings) if trend.kind == kind and not trend.name)
            found.append((abs(first.growth - first.growth / first.slope * rate) / first.noise, first.slope / rate))
    assert len(found) >= 4
    assert max(errors for errors, _ in found) < 2
    assert median(ratio for _, ratio in found) == pytest.approx(1, rel=0.05)


def test_totals_of_diff_are_those_of_pprof_base(corpus, cases):
    """`go tool pprof -base first last` accounts for the sum of all differences, at its printed precision."""
    wrong, checked = [], 0
    for case in cases:
        first, last = (corpus / case["files"][end] for end in (0, -1))
        oracle = corpus / f"{case['files'][0].rsplit('.', 2)[0]}.base-first-last.pprof-top.txt"
        if not oracle.is_file():
            continue
        found = {difference.kind: difference.delta for difference in compare(read(first), read(last))}
        for kind, number, unit in totals(oracle.read_text("utf-8")):
            checked += 1
            expected = float(number) * UNITS[unit or ""]
            precision = 0.5 * UNITS[unit or ""] * 10.0 ** -len(number.partition(".")[2])
            if abs(found[kind] - expected) > precision + 1:
                wrong.append((case["id"], kind, found[kind], expected))
    assert checked > 100
    assert wrong == []


def totals(text):
    """(kind, number, unit) of each report in an oracle; those of goroutines have no line with the kind."""
    for part in text.split("# sample_index=")[1:] or [text]:
        kind = part.split(maxsplit=1)[0]
        match = TOTAL.search(part)
        if match:
            yield kind, match[1], match[2]
