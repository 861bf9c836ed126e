"""Report → str: the outputs by name, one file each, imported when asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debugtext.records.reports import Report
    from debugtext.renderers._renderer import Renderer, RenderOptions

RENDERERS: dict[str, str] = {
    "table": "debugtext.renderers.table:TableRenderer",
    "json": "debugtext.renderers.json_report:JsonRenderer",
    "jsonl": "debugtext.renderers.json_lines:JsonLinesRenderer",
    "csv": "debugtext.renderers.csv_report:CsvRenderer",
    "markdown": "debugtext.renderers.markdown:MarkdownRenderer",
    "github": "debugtext.renderers.github:GithubRenderer",
    "gitlab": "debugtext.renderers.gitlab:GitlabRenderer",
    "junit": "debugtext.renderers.junit:JunitRenderer",
    "sarif": "debugtext.renderers.sarif:SarifRenderer",
    "html": "debugtext.renderers.html_report:HtmlRenderer",
    "prometheus": "debugtext.renderers.prometheus:PrometheusRenderer",
}


def renderer(name: str, options: "RenderOptions") -> "Renderer":
    """The renderer of this name; raises SettingsError if there is none."""
    from importlib import import_module  # noqa: PLC0415 - `--help` asks for the names only

    if name not in RENDERERS:
        from debugtext.errors import SettingsError  # noqa: PLC0415

        raise SettingsError(f"no output format {name!r}: there are {', '.join(RENDERERS)}")
    module, _, attribute = RENDERERS[name].partition(":")
    made: Renderer = getattr(import_module(module), attribute)(options)
    return made


def render(report: "Report", format: str = "table", options: "RenderOptions | None" = None) -> str:  # noqa: A002 - the option's name
    """The report in an output format of RENDERERS; raises SettingsError if there is none of this name."""
    from debugtext.renderers._renderer import RenderOptions  # noqa: PLC0415

    return renderer(format, options or RenderOptions()).render(report)
