"""Reads the debug texts that Go programs print about themselves, and says what is wrong.

    >>> import pathlib, debugtext
    >>> reading = debugtext.read(pathlib.Path("goroutines.txt"))    # bytes and str are texts, a Path is a file
    >>> report = debugtext.analyze([reading])
    >>> for finding in report.findings:
    ...     print(finding.certainty, finding.title, finding.location)
    >>> print(debugtext.render(report))

Every name is imported when it is first used.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debugtext.analysis import analyze, analyze_each
    from debugtext.analyzers.rule import Rule
    from debugtext.analyzers.subject import Subject
    from debugtext.errors import DebugtextError, InputUnavailableError, SettingsError, UnreadableInputError
    from debugtext.inputs import read_url
    from debugtext.reading import read
    from debugtext.records.captures import Capture, Problem, Reading
    from debugtext.records.contention import ContentionProfile, ContentionSample
    from debugtext.records.counts import CountProfile, CountSample
    from debugtext.records.crashes import Crash, Panic, Signal, TestRun
    from debugtext.records.findings import Certainty, Finding, Location, Severity, Verdict
    from debugtext.records.frames import Ancestor, Elision, Frame, Stack
    from debugtext.records.goroutines import Goroutine, GoroutineDump, GoroutineGroup, Header, State
    from debugtext.records.growth import Change, Trend
    from debugtext.records.heap import Allocation, HeapProfile, HeapSample
    from debugtext.records.memstats import MemStats
    from debugtext.records.races import RaceAccess, RaceCreation, RaceReport
    from debugtext.records.reasons import Reason
    from debugtext.records.reports import Report
    from debugtext.records.samples import SampleKind
    from debugtext.renderers import render
    from debugtext.renderers.options import RenderOptions
    from debugtext.settings import Ignore, Settings

__version__ = "0.1.0"

_MODULES = {
    "analysis": ("analyze", "analyze_each"),
    "analyzers.rule": ("Rule",),
    "analyzers.subject": ("Subject",),
    "errors": ("DebugtextError", "InputUnavailableError", "SettingsError", "UnreadableInputError"),
    "inputs": ("read_url",),
    "reading": ("read",),
    "records.captures": ("Capture", "Problem", "Reading"),
    "records.contention": ("ContentionProfile", "ContentionSample"),
    "records.counts": ("CountProfile", "CountSample"),
    "records.crashes": ("Crash", "Panic", "Signal", "TestRun"),
    "records.findings": ("Certainty", "Finding", "Location", "Severity", "Verdict"),
    "records.frames": ("Ancestor", "Elision", "Frame", "Stack"),
    "records.goroutines": ("Goroutine", "GoroutineDump", "GoroutineGroup", "Header", "State"),
    "records.growth": ("Change", "Trend"),
    "records.heap": ("Allocation", "HeapProfile", "HeapSample"),
    "records.memstats": ("MemStats",),
    "records.races": ("RaceAccess", "RaceCreation", "RaceReport"),
    "records.reasons": ("Reason",),
    "records.reports": ("Report",),
    "records.samples": ("SampleKind",),
    "renderers": ("render",),
    "renderers.options": ("RenderOptions",),
    "settings": ("Ignore", "Settings"),
}

__all__ = [
    "Allocation",
    "Ancestor",
    "Capture",
    "Certainty",
    "Change",
    "ContentionProfile",
    "ContentionSample",
    "CountProfile",
    "CountSample",
    "Crash",
    "DebugtextError",
    "Elision",
    "Finding",
    "Frame",
    "Goroutine",
    "GoroutineDump",
    "GoroutineGroup",
    "Header",
    "HeapProfile",
    "HeapSample",
    "Ignore",
    "InputUnavailableError",
    "Location",
    "MemStats",
    "Panic",
    "Problem",
    "RaceAccess",
    "RaceCreation",
    "RaceReport",
    "Reading",
    "Reason",
    "RenderOptions",
    "Report",
    "Rule",
    "SampleKind",
    "Settings",
    "SettingsError",
    "Severity",
    "Signal",
    "Stack",
    "State",
    "Subject",
    "TestRun",
    "Trend",
    "UnreadableInputError",
    "Verdict",
    "analyze",
    "analyze_each",
    "read",
    "read_url",
    "render",
]


def __getattr__(name: str) -> object:
    """Imports the module of a public name: `debugtext --version` need not wait for all of them."""
    for module, names in _MODULES.items():
        if name in names:
            from importlib import import_module  # noqa: PLC0415 - not every use of the package asks for a name

            value: object = getattr(import_module(f"debugtext.{module}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'debugtext' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
