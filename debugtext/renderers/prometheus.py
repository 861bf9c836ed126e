"""Prometheus text exposition: the findings and what was read as gauges, for a textfile collector or a push gateway."""

from collections.abc import Iterator

from debugtext.records.captures import Reading
from debugtext.records.findings import Finding
from debugtext.records.reports import Report
from debugtext.renderers.finding_text import input_path
from debugtext.renderers.json_report import kind_fields
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.untrusted import one_line
from debugtext.series.same_goroutines import shown_by_another

Sample = tuple[dict[str, str], float]
_HELP = {
    "debugtext_findings": "Findings by rule; status is new, known or ignored.",
    "debugtext_finding_size": "How many goroutines, objects or events a finding concerns.",
    "debugtext_captures": "Debug texts read, by input and format.",
    "debugtext_goroutines": "Goroutines read, by input.",
    "debugtext_problems": "Lines that could not be read, by input.",
    "debugtext_change": "How much a stack changed between two inputs, in its unit.",
    "debugtext_trend_slope": "How fast something grows, in its unit per second or snapshot.",
}


def render(report: Report, _options: RenderOptions) -> str:
    """Each metric with its HELP and TYPE.

    Values with the same labels are added up, because Prometheus rejects a sample that stands twice.
    """
    lines: list[str] = []
    for name, samples in _metrics(report).items():
        if samples:
            lines += [f"# HELP {name} {_HELP[name]}", f"# TYPE {name} gauge"]
            lines += [f"{name}{labels} {_number(value)}" for labels, value in _summed(samples).items()]
    return "".join(f"{line}\n" for line in lines)


def _metrics(report: Report) -> dict[str, list[Sample]]:
    readings = [({"input": input_path(reading.name)}, reading) for reading in report.readings]
    found = [(_labels(finding, standing), finding) for finding, standing in report.standings()]
    return {
        "debugtext_findings": [(labels, 1) for labels, _ in found],
        "debugtext_finding_size": [
            ({**labels, "function": next(iter(finding.functions), "")}, finding.count) for labels, finding in found
        ],
        "debugtext_captures": [
            ({**labels, "format": capture.format}, 1 + (capture.repeats.times if capture.repeats else 0))
            for labels, reading in readings
            for capture in reading.captures
        ],
        "debugtext_goroutines": [(labels, count) for labels, reading in readings for count in _goroutines(reading)],
        "debugtext_problems": [(labels, len(list(reading.all_problems()))) for labels, reading in readings],
        "debugtext_change": [
            ({"kind": change.kind, "unit": change.unit, "function": next(iter(change.functions), "")}, change.delta)
            for change in report.changes
        ],
        "debugtext_trend_slope": [
            (
                {"kind": trend.kind, "unit": trend.unit, "per": trend.per, "source": trend.source}
                | {"what": next(iter(trend.functions), trend.name)},
                trend.slope,
            )
            for trend in report.trends
        ],
    }


def _labels(finding: Finding, standing: str) -> dict[str, str]:
    return {**kind_fields(finding), "status": standing, "input": input_path(finding.input)}


def _goroutines(reading: Reading) -> Iterator[int]:
    """The number of goroutines of each text, without texts that show the goroutines of another one again."""
    again = shown_by_another(reading.captures)
    for number, capture in enumerate(reading.captures):
        if capture.goroutines is not None and number not in again:
            yield capture.goroutines


def _summed(samples: list[Sample]) -> dict[str, float]:
    summed: dict[str, float] = {}
    for labels, value in samples:
        written = ",".join(f'{name}="{_label(text)}"' for name, text in labels.items())
        summed[f"{{{written}}}"] = summed.get(f"{{{written}}}", 0) + value
    return summed


def _label(text: str) -> str:
    return one_line(text).replace("\\", "\\\\").replace('"', '\\"')


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else repr(float(value))
