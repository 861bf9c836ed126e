"""Severities compare by loudness, not by their letters."""

from dataclasses import replace

import pytest

from debugtext import Severity
from debugtext.analysis import analyze
from debugtext.analyzers import RULES
from debugtext.reading import read
from debugtext.records.findings import Certainty
from debugtext.renderers import render
from debugtext.renderers.options import RenderOptions


def test_louder_is_more():
    assert sorted(Severity) == [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    assert Severity.ERROR > Severity.WARNING > Severity.NOTE
    assert not Severity.NOTE >= Severity.WARNING
    assert Severity.NOTE < "warning" <= Severity.WARNING


def test_what_is_no_severity_cannot_be_compared():
    with pytest.raises(ValueError, match="loud"):
        _ = Severity.ERROR > "loud"


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.is_series], ids=lambda rule: rule.id)
def test_what_readme_says_of_exit_codes_is_so_and_what_is_unusual_is_marked(samples, rule):
    """Certain: an error. Likely: a warning, but for deadlocks at locks."""
    for name in rule.fires_on:
        report = analyze([read(samples / name)])
        page = " ".join(render(report, "table", RenderOptions(full=True)).split())
        assert report.findings
        for found in report.findings:
            if found.certainty is Certainty.CERTAIN:
                assert found.severity is Severity.ERROR or found.rule in {"DT102", "DT103", "DT105"}
            elif found.severity is Severity.ERROR:
                assert found.rule.startswith("DT30")
                assert f"[{found.rule}, error]" in page
            else:
                assert f"[{found.rule}, error]" not in page


def test_growth_that_a_series_proves_is_an_error_and_marked():
    counts = range(100, 900, 100)
    record = "goroutine profile: total {0}\n{0} @ 0x1 0x2\n#\t0x1\tmain.serve+0x1\t/src/main.go:7\n\n"
    readings = [replace(read(record.format(count)), taken_at=60.0 * count) for count in counts]
    report = analyze(readings)
    [found] = report.findings
    assert (found.certainty, found.severity, found.evidence["also"]) == (Certainty.LIKELY, Severity.ERROR, ["DT210"])
    assert f"[{found.rule}, error]" in " ".join(render(report).split())
