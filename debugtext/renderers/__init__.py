"""The output formats: each is a module with a `render(report, options)`, imported when it is needed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debugtext.records.reports import Report
    from debugtext.renderers.options import RenderOptions

RENDERERS: dict[str, str] = {
    "table": "debugtext.renderers.tables.report",
    "json": "debugtext.renderers.json_report",
    "jsonl": "debugtext.renderers.json_lines",
    "csv": "debugtext.renderers.csv_report",
    "markdown": "debugtext.renderers.markdown.report",
    "github": "debugtext.renderers.ci.github",
    "gitlab": "debugtext.renderers.ci.gitlab",
    "junit": "debugtext.renderers.ci.junit",
    "sarif": "debugtext.renderers.ci.sarif",
    "html": "debugtext.renderers.html.report",
    "prometheus": "debugtext.renderers.prometheus",
}


def render(report: "Report", format: str = "table", options: "RenderOptions | None" = None) -> str:  # noqa: A002 - the option's name
    """The report in an output format of RENDERERS; raises SettingsError for any other name."""
    from importlib import import_module  # noqa: PLC0415 - `--help` needs only the names

    from debugtext.renderers.options import RenderOptions  # noqa: PLC0415

    if format not in RENDERERS:
        from debugtext.errors import SettingsError  # noqa: PLC0415

        raise SettingsError(f"no output format {format!r}: there are {', '.join(RENDERERS)}")
    text: str = import_module(RENDERERS[format]).render(report, options or RenderOptions())
    return text
