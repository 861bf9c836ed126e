"""Reads the debug texts that Go programs print about themselves, and says what is wrong.

    >>> import pathlib, debugtext
    >>> reading = debugtext.read(pathlib.Path("goroutines.txt"))    # bytes and str are texts, a Path is a file
    >>> report = debugtext.analyze([reading])
    >>> for finding in report.shown:
    ...     print(finding.certainty, finding.title, finding.location)
    >>> print(debugtext.render(report))

Every name is imported when it is first used.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debugtext.analysis import analyze, analyze_each
    from debugtext.analyzers.rule import Rule
    from debugtext.analyzers.subject import Subject
    from debugtext.comparing import Limit, compare_two, follow
    from debugtext.errors import (
        BinaryInputError,
        DebugtextError,
        InputUnavailableError,
        SettingsError,
        UnreadableInputError,
    )
    from debugtext.inputs.arguments import read_url
    from debugtext.reading import read
    from debugtext.records.captures import Capture, Problem, Reading, Repeats
    from debugtext.records.contention import ContentionProfile, ContentionSample
    from debugtext.records.counts import CountProfile, CountSample
    from debugtext.records.crashes import Crash, Panic, Signal, TestRun, Thread
    from debugtext.records.findings import Certainty, Finding, KnownFinding, Location, Severity, Verdict
    from debugtext.records.frames import Ancestor, Elision, Frame, Stack
    from debugtext.records.goroutines import Goroutine, GoroutineDump, GoroutineGroup, Header, State
    from debugtext.records.growth import Change, Difference, Forecast, FunctionChange, GroupChange, Pace, Shape, Trend
    from debugtext.records.heap import Allocation, HeapProfile, HeapSample
    from debugtext.records.lock_reports import LockPlace
    from debugtext.records.locks import AwaitedLock, LockHolder, LockWaiters
    from debugtext.records.memstats import MemStats
    from debugtext.records.pprof_tops import TopCall, TopRow, TopTable
    from debugtext.records.races import RaceAccess, RaceCreation, RaceLocation, RaceReport
    from debugtext.records.reasons import Reason
    from debugtext.records.reports import Report
    from debugtext.records.samples import SampleKind
    from debugtext.records.values import ValueProfile, ValueSample
    from debugtext.renderers import render
    from debugtext.renderers.evidence import info, why
    from debugtext.renderers.options import RenderOptions
    from debugtext.settings import Ignore, Settings
    from debugtext.stacks.operations import Operation
    from debugtext.stacks.places import Place

__version__ = "0.1.0"

_MODULES = {
    "analysis": ("analyze", "analyze_each"),
    "analyzers.rule": ("Rule",),
    "stacks.operations": ("Operation",),
    "stacks.places": ("Place",),
    "analyzers.subject": ("Subject",),
    "comparing": ("Limit", "compare_two", "follow"),
    "errors": ("BinaryInputError", "DebugtextError", "InputUnavailableError", "SettingsError", "UnreadableInputError"),
    "inputs.arguments": ("read_url",),
    "reading": ("read",),
    "records.captures": ("Capture", "Problem", "Reading", "Repeats"),
    "records.contention": ("ContentionProfile", "ContentionSample"),
    "records.counts": ("CountProfile", "CountSample"),
    "records.crashes": ("Crash", "Panic", "Signal", "TestRun", "Thread"),
    "records.findings": ("Certainty", "Finding", "KnownFinding", "Location", "Severity", "Verdict"),
    "records.frames": ("Ancestor", "Elision", "Frame", "Stack"),
    "records.goroutines": ("Goroutine", "GoroutineDump", "GoroutineGroup", "Header", "State"),
    "records.growth": ("Change", "Difference", "Forecast", "FunctionChange", "GroupChange", "Pace", "Shape", "Trend"),
    "records.heap": ("Allocation", "HeapProfile", "HeapSample"),
    "records.lock_reports": ("LockPlace",),
    "records.locks": ("AwaitedLock", "LockHolder", "LockWaiters"),
    "records.memstats": ("MemStats",),
    "records.pprof_tops": ("TopCall", "TopRow", "TopTable"),
    "records.races": ("RaceAccess", "RaceCreation", "RaceLocation", "RaceReport"),
    "records.reasons": ("Reason",),
    "records.reports": ("Report",),
    "records.samples": ("SampleKind",),
    "records.values": ("ValueProfile", "ValueSample"),
    "renderers": ("render",),
    "renderers.evidence": ("info", "why"),
    "renderers.options": ("RenderOptions",),
    "settings": ("Ignore", "Settings"),
}

__all__ = [
    "Allocation",
    "Ancestor",
    "AwaitedLock",
    "BinaryInputError",
    "Capture",
    "Certainty",
    "Change",
    "ContentionProfile",
    "ContentionSample",
    "CountProfile",
    "CountSample",
    "Crash",
    "DebugtextError",
    "Difference",
    "Elision",
    "Finding",
    "Forecast",
    "Frame",
    "FunctionChange",
    "Goroutine",
    "GoroutineDump",
    "GoroutineGroup",
    "GroupChange",
    "Header",
    "HeapProfile",
    "HeapSample",
    "Ignore",
    "InputUnavailableError",
    "KnownFinding",
    "Limit",
    "Location",
    "LockHolder",
    "LockPlace",
    "LockWaiters",
    "MemStats",
    "Operation",
    "Pace",
    "Panic",
    "Place",
    "Problem",
    "RaceAccess",
    "RaceCreation",
    "RaceLocation",
    "RaceReport",
    "Reading",
    "Reason",
    "RenderOptions",
    "Repeats",
    "Report",
    "Rule",
    "SampleKind",
    "Settings",
    "SettingsError",
    "Severity",
    "Shape",
    "Signal",
    "Stack",
    "State",
    "Subject",
    "TestRun",
    "Thread",
    "TopCall",
    "TopRow",
    "TopTable",
    "Trend",
    "UnreadableInputError",
    "ValueProfile",
    "ValueSample",
    "Verdict",
    "analyze",
    "analyze_each",
    "compare_two",
    "follow",
    "info",
    "read",
    "read_url",
    "render",
    "why",
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
