"""What comparisons and series add to the JSON output: functions, states, MemStats, the pace, forecasts."""

from typing import TYPE_CHECKING

from debugtext.records.reports import Report
from debugtext.renderers.json_captures import Fields

if TYPE_CHECKING:
    from debugtext.records.growth import Difference, Forecast, GroupChange


def growth_fields(report: Report) -> Fields:
    """The fields of a report that only several inputs give."""
    fields: Fields = {}
    if report.differences:
        fields["differences"] = [_difference(difference) for difference in report.differences]
    if report.pace:
        fields["pace"] = {"per": report.pace.per, "number": report.pace.number}
    if report.forecasts:
        fields["forecasts"] = [_forecast(forecast) for forecast in report.forecasts]
    return fields


def _difference(difference: "Difference") -> Fields:
    return {
        "kind": difference.kind,
        "unit": difference.unit,
        "before": difference.before,
        "after": difference.after,
        "delta": difference.delta,
        "functions": [
            {
                "function": function.function,
                "flat_before": function.flat_before,
                "flat_after": function.flat_after,
                "cum_before": function.cum_before,
                "cum_after": function.cum_after,
            }
            for function in difference.functions
        ],
        "states": [_group(group) for group in difference.states],
        "creators": [_group(group) for group in difference.creators],
    }


def _group(group: "GroupChange") -> Fields:
    return {"name": group.name, "before": group.before, "after": group.after}


def _forecast(forecast: "Forecast") -> Fields:
    return {
        "name": forecast.name,
        "unit": forecast.unit,
        "limit": forecast.limit,
        "now": forecast.now,
        "seconds": forecast.seconds,
    }
