"""Why a report without findings does not prove health: little was recorded, given, or understood."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from debugtext.records.captures import Capture, Reading
from debugtext.records.reports import Report
from debugtext.renderers.words import counted

if TYPE_CHECKING:  # a text of one kind is shown without loading the records of all others
    from debugtext.records.contention import ContentionProfile
    from debugtext.records.counts import CountProfile
    from debugtext.records.goroutines import Goroutine, GoroutineDump
    from debugtext.records.heap import HeapProfile
    from debugtext.records.memstats import MemStats

_MOST_OF_AN_EXCERPT = 10
"""A text with more goroutines than this was hardly copied together by hand."""
_WRITING = ("running", "syscall", "")
"""The states in which the goroutine that writes the dump may be."""
_SIGNALS = "os/signal.signal_recv"
"""It is in a system call in every program that asks for signals, so its state says nothing about the dump's writer."""
_MAIN = ("main", "runtime")
"""The packages of the outermost frame of goroutine 1."""


def doubt(report: Report) -> str:
    """The reason not to call the report healthy, in words; empty if there is none."""
    captures = report.captures
    if captures and all(map(_is_blank, captures)):
        return "nothing was recorded: no verdict"
    reason = _missing_in_all(captures) or _left_out(report, captures)
    return f"{opening(report)}{reason}" if reason else ""


def opening(report: Report) -> str:
    """How the verdict on a report without alarms begins; it may still have notes."""
    if report.is_certain:
        return "only notes" if len(report.findings) > 1 else "only a note"
    return "nothing certain" if report.findings else "nothing wrong found"


def _missing_in_all(captures: Sequence[Capture]) -> str:
    """The reason if all texts lack the same thing (headers, stacks, function names, …); else empty."""
    if captures and all(map(_is_headless, captures)):
        return ", but the headers with the goroutines' states are missing: no verdict"
    if captures and all(map(_is_without_stacks, captures)):
        return ", but the goroutines' stacks are missing: no verdict"
    if captures and all(map(_is_without_functions, captures)):
        return ", but the text names no function, only addresses (`go tool addr2line BINARY` knows them): no verdict"
    if captures and all(capture.format == "pprof-top" for capture in captures):
        return ", but a table of pprof's top has no stacks: no verdict"
    if captures and all(capture.format == "profile" for capture in captures):
        return ", but no rule judges profiles of this kind: no verdict"
    return ""


def _left_out(report: Report, captures: Sequence[Capture]) -> str:
    """The reason if goroutines, lines or inputs are missing or were not read; else empty."""
    shown, counted_there = map(sum, zip(*map(_goroutines_of_header, captures), strict=True)) if captures else (0, 0)
    if 2 * shown < counted_there:
        return f" in {shown:,} of {counted(counted_there, 'goroutine')}: no verdict"
    unread = sum(bool(problem.line) for reading in report.readings for problem in reading.all_problems())
    if unread and unread > sum(map(_records, captures)):
        return f", but {counted(unread, 'line')} could not be read: no verdict"
    if any(map(_goes_back, report.series)):
        return ", but the last text is older than the first: give them in time order for a verdict"
    with_goroutines = [capture for capture in captures if capture.goroutines]
    if with_goroutines and not report.suppressed and all(map(_is_excerpt, with_goroutines)):
        number = counted(sum(capture.goroutines or 0 for capture in with_goroutines), "goroutine")
        return f" in an excerpt of {number}: give the whole dump for a verdict"
    if captures and (refused := sum(bool(reading.refusal) for reading in report.readings)):
        return f", but {refused:,} of {len(report.readings):,} inputs could not be read: no verdict"
    if any(capture.truncated for capture in captures):
        return ", but the text is cut off: no verdict"
    if any(map(_lacks_beginning, captures)):
        return ", but the text lacks its beginning: no verdict"
    return ""


def _lacks_beginning(capture: Capture) -> bool:
    """Whether a heap text lacks its header, which says how it was sampled, or a MemStats text the sizes of the heap."""
    if capture.format == "heap":
        return not cast("HeapProfile", capture.body).header_kind
    if capture.format != "memstats":
        return False
    memstats = cast("MemStats", capture.body)
    return memstats.alloc_bytes is None and memstats.heap_alloc_bytes is None


def _goes_back(series: Sequence[Reading]) -> bool:
    """Whether the last text is older than the first: its last garbage collection ended earlier."""
    first, last = (_last_collection(reading) for reading in (series[0], series[-1]))
    return 0 < last < first


def _last_collection(reading: Reading) -> int:
    """When the last garbage collection before a text ended, in Unix nanoseconds; 0 if the text does not tell."""
    memstats = (getattr(capture.body, "memstats", capture.body) for capture in reading.captures)
    return max((getattr(found, "last_gc_ns", None) or 0 for found in memstats), default=0)


def _records(capture: Capture) -> int:
    """The number of goroutines or samples that were read, to compare with the number of unreadable lines."""
    samples: tuple[object, ...] | None = getattr(capture.body, "samples", None)
    return max(capture.goroutines or 0, 1) if samples is None else len(samples)


def _goroutines_of_header(capture: Capture) -> tuple[int, int]:
    """(goroutines that a profile shows, goroutines that its header counts); (0, 0) for other texts."""
    if capture.format != "goroutine-profile":
        return 0, 0
    profile = cast("CountProfile", capture.body)
    return profile.count, profile.total or 0


def _is_headless(capture: Capture) -> bool:
    """Whether a dump has no goroutine headers, which tell the states and waiting times, but only stacks."""
    if capture.format != "goroutine-dump":
        return False
    return not any(goroutine.state.status for goroutine in cast("GoroutineDump", capture.body).goroutines)


def _is_without_stacks(capture: Capture) -> bool:
    """Whether the text has goroutines, but no stack with frames."""
    return (
        bool(capture.goroutines)
        and not lists_no_leak(capture)
        and not any(group.stack.frames for group in capture.groups())
    )


def lists_no_leak(capture: Capture) -> bool:
    """Whether the text is a goroutineleak profile that lists nobody, but perhaps main in `select {}`.

    The runtime counts such a main and then leaves it out, which makes one record without a stack (findGoroutineLeaks
    and goroutineLeakProfileWithLabelsConcurrent in runtime, Go 1.27).
    """
    if capture.format != "goroutine-profile":
        return False
    profile = cast("CountProfile", capture.body)
    return profile.name == "goroutineleak" and profile.count == profile.blanks <= 1


def _is_without_functions(capture: Capture) -> bool:
    """Whether a heap or contention text names no function, only addresses."""
    samples = getattr(capture.body, "samples", ()) if capture.format in {"heap", "contention"} else ()
    return bool(samples) and not any(sample.stack.frames for sample in samples)


def _is_excerpt(capture: Capture) -> bool:
    """Whether the text is a part of a dump or profile, copied out of it.

    A whole profile has its header. A leak checker lists only what is left over. A whole dump has goroutine 1 with its
    whole stack, and the goroutine that wrote the dump, which is running or in a system call.
    """
    if capture.format == "goroutine-profile":
        return cast("CountProfile", capture.body).total is None
    if _is_headless(capture):
        return True
    if getattr(capture.body, "lists_leaks", False):
        return False
    goroutines = cast("GoroutineDump", capture.dump).goroutines
    ids = getattr(goroutines, "ids", ())
    if not capture.truncated and _ends_without_creator(goroutines):
        return True
    if 1 not in ids or len(ids) > _MOST_OF_AN_EXCERPT:
        return 1 not in ids and any(ids)
    active = (group for group in capture.groups() if _SIGNALS not in group.stack.functions)
    states = {group.state.status for group in active if group.state}
    if capture.format == "goroutine-dump" and states.isdisjoint(_WRITING):
        return True
    main = goroutines[ids.index(1)].stack
    return bool(main.frames) and not main.elisions and main.frames[-1].package not in _MAIN


def _ends_without_creator(goroutines: "Sequence[Goroutine]") -> bool:
    """Whether the last goroutine lost its `created by` line, which all goroutines but the first have."""
    last = goroutines[-1] if len(goroutines) > 1 else None
    if last is None or last.id == 1 or last.stack.created_by or not last.stack.frames:
        return False
    if last.stack.frames[-1].package == "runtime":
        return False  # some of the runtime's own goroutines have no `created by` line
    return goroutines[-2].stack.created_by is not None


def _is_blank(capture: Capture) -> bool:
    """Whether nothing was recorded: block and mutex profiles are off by default, a heap profile can be turned off."""
    if capture.format == "heap":
        heap = cast("HeapProfile", capture.body)
        return not heap.rate and not heap.samples
    return capture.format == "contention" and not cast("ContentionProfile", capture.body).samples
