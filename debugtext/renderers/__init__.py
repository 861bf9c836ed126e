"""Report → str: the outputs by name, one file each, imported when asked for."""

from importlib import import_module
from typing import cast

from debugtext.errors import SettingsError
from debugtext.records.reports import Report
from debugtext.renderers._renderer import Renderer, RenderOptions

RENDERERS: dict[str, str] = {
    "table": "debugtext.renderers.table:TableRenderer",
    "json": "debugtext.renderers.json_report:JsonRenderer",
}


def renderer(name: str, options: RenderOptions) -> Renderer:
    """The renderer of this name; raises SettingsError if there is none."""
    if name not in RENDERERS:
        raise SettingsError(f"no output format {name!r}: there are {', '.join(RENDERERS)}")
    module, _, attribute = RENDERERS[name].partition(":")
    return cast("type[Renderer]", getattr(import_module(module), attribute))(options)


def render(report: Report, format: str = "table", options: RenderOptions | None = None) -> str:  # noqa: A002 - the option's name
    """The report in an output format of RENDERERS; raises SettingsError if there is none of this name."""
    return renderer(format, options or RenderOptions()).render(report)
