"""A pytest fixture for Python tests of Go services: `debugtext_check(log)` fails the test with what is wrong."""

from collections.abc import Callable
from os import PathLike
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from debugtext.records.reports import Report
    from debugtext.settings import Settings

Check = Callable[..., "Report"]


@pytest.fixture
def debugtext_check() -> Check:
    """Checks text, bytes, a path, or what a URL (`http://…`) answers; gives the report if nothing is so loud.

    `debugtext_check(process.stderr)`, `debugtext_check("http://localhost:6060/debug/pprof/goroutine?debug=2")`,
    `debugtext_check(log, fail_on="warning", settings=debugtext.Settings(own_prefixes=("example.com/app",)))`.
    """
    return _check


def _check(
    source: bytes | str | PathLike[str], *, fail_on: str = "error", settings: "Settings | None" = None
) -> "Report":
    __tracebackhide__ = True
    from debugtext.analysis import analyze  # noqa: PLC0415 - pytest imports this file in every run
    from debugtext.inputs.arguments import URL_BEGINNINGS, read_url  # noqa: PLC0415
    from debugtext.reading import read  # noqa: PLC0415
    from debugtext.records.findings import Severity  # noqa: PLC0415
    from debugtext.renderers import render  # noqa: PLC0415

    if fail_on not in {*Severity, "never"}:
        raise ValueError(f"fail_on must be {', '.join(Severity)} or never, not {fail_on!r}")
    is_silent = isinstance(source, (str, bytes)) and not source.strip()
    is_url = isinstance(source, str) and source.startswith(URL_BEGINNINGS) and "\n" not in source
    report = analyze([] if is_silent else [read_url(str(source)) if is_url else read(source)], settings)
    worst = report.worst()
    if fail_on != "never" and worst is not None and worst >= fail_on:
        pytest.fail(render(report), pytrace=False)
    return report
