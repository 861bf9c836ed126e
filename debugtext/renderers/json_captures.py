"""JSON of what was read: each capture with its counts and totals; its stacks are made separately, for `--full`."""

from collections.abc import Sequence
from typing import Any

from debugtext.records.captures import Capture
from debugtext.records.contention import ContentionProfile
from debugtext.records.counts import CountProfile
from debugtext.records.crashes import Crash
from debugtext.records.findings import Location
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import Goroutine, GoroutineGroup
from debugtext.records.heap import HeapProfile
from debugtext.records.memstats import MemStats
from debugtext.records.pprof_tops import TopCall, TopTable
from debugtext.records.races import RaceReport
from debugtext.records.values import ValueProfile

Fields = dict[str, Any]
_WHERE_GOROUTINES_STAND = ("sync", "syscall", "internal/poll", "internal/runtime/syscall", "time")
_PARKED = ("runtime.gopark", "runtime.goparkunlock")


def capture_fields(capture: Capture) -> Fields:
    """A capture as docs/json.md describes it, without its stacks."""
    fields: Fields = {
        "format": capture.format,
        "first_line": capture.first_line,
        "last_line": capture.last_line,
        "records": 1,
    }
    if capture.goroutines is not None:
        fields["goroutines"] = capture.goroutines
    stacks: set[object] = set()
    match capture.body:
        case HeapProfile() | ContentionProfile() | CountProfile() | ValueProfile() as profile:
            fields["records"] = len(profile.samples)
            stacks = {_symbols(sample.stack) for sample in profile.samples}
        case Crash() as crash:
            fields["records"] = len(crash.goroutines)
            stacks = {group.stack for group in capture.groups()}
        case TopTable() as table:
            fields["records"] = len(table.rows)
            if table.counts_goroutines:
                fields["goroutines"] = table.total
        case MemStats() | RaceReport():
            pass
        case dump:
            groups = capture.groups()
            fields["records"] = len(dump.goroutines)
            fields["goroutines"] = sum(group.count for group in groups if _is_whole(group, dump.goroutines))
            stacks = {group.stack for group in groups}
    fields["groups"] = len(stacks)
    fields["truncated"] = capture.truncated
    fields["totals"] = _totals(capture)
    if more := capture.repeats:
        fields["repeats"] = {"times": more.times, "first_line": more.first_line, "last_line": more.last_line}
    return fields


def _is_whole(group: GoroutineGroup, goroutines: Sequence[Goroutine]) -> bool:
    """Whether each stack of the group is a goroutine's whole stack: one without a header may be the tail of a stack.

    It is whole if it has a state or a number (debuggers print the number alone), or if its leaf is a function in which
    goroutines are parked.
    """
    if (group.state is not None and group.state.status) or any(goroutines[member].id for member in group.members):
        return True
    leaf = next(iter(group.stack.frames), None)
    return leaf is not None and (leaf.package in _WHERE_GOROUTINES_STAND or leaf.function in _PARKED)


def _symbols(stack: Stack) -> object:
    """What makes two stacks the same to a reader; Go prints stacks with the same lines but other addresses apart."""
    return tuple((frame.function, frame.file, frame.line) for frame in stack.frames) or stack.addresses


def _totals(capture: Capture) -> Fields:
    fields: Fields = {}
    match capture.body:
        case HeapProfile() as heap:
            fields = {**heap.totals(), "rate": heap.rate}
            if heap.memstats:
                fields["memstats"] = _memstats(heap.memstats)
        case ContentionProfile() as contention:
            fields = {
                "kind": contention.kind,
                "contentions": sum(sample.count for sample in contention.samples),
                "delay_ns": sum(contention.delay_ns(sample.cycles) for sample in contention.samples),
                "sampling_period": contention.sampling_period,
            }
        case CountProfile() as counts:
            fields = {"profile": counts.name, "count": counts.count, "header_total": counts.total}
        case MemStats() as memstats:
            fields = _memstats(memstats)
        case Crash() as crash:
            fields = {
                "kind": crash.kind,
                "reason": crash.reason,
                **({"message": crash.message} if crash.message != crash.reason else {}),
                "crashed_goroutine": crash.crashed_id,
                "exit_status": crash.exit_status,
            }
        case TopTable() as table:
            fields = {"kind": table.kind, "unit": table.unit, "total": table.total}
        case RaceReport() as race:
            fields = {"accesses": [access.operation for access in race.accesses], "location": race.location}
    return fields


def _memstats(memstats: MemStats) -> Fields:
    """The numbers that the text has; the pauses in time order, not as the runtime's ring buffer."""
    rings = {"pause_ns", "pause_end_ns", "line"}
    names = (name for name in MemStats.__dataclass_fields__ if name not in rings)
    fields = {name: value for name in names if (value := getattr(memstats, name)) is not None}
    return {**fields, "pauses_ns": list(memstats.pauses_ns)}


def function_fields(table: TopTable) -> list[Fields]:
    """Each function of pprof's table, with its callers and callees if the text has them."""
    return [
        {
            "function": row.function,
            "flat": row.flat,
            "cum": row.cum,
            "first_line": row.line,
            "callers": [_call_fields(call) for call in row.callers],
            "callees": [_call_fields(call) for call in row.callees],
        }
        for row in table.rows
    ]


def _call_fields(call: TopCall) -> Fields:
    return {"function": call.function, "value": call.value, "first_line": call.line}


def stack_fields(capture: Capture) -> list[Fields]:
    """Each sample, or each group of goroutines, with its numbers and frames."""
    match capture.body:
        case HeapProfile() as heap:
            return [
                {
                    "inuse_objects": (inuse := sample.inuse.estimated(heap.rate)).objects,
                    "inuse_bytes": inuse.bytes,
                    "alloc_objects": (alloc := sample.alloc.estimated(heap.rate)).objects,
                    "alloc_bytes": alloc.bytes,
                    **_place(sample.line, sample.stack),
                }
                for sample in heap.samples
            ]
        case ContentionProfile() as contention:
            return [
                {
                    "contentions": sample.count,
                    "delay_ns": contention.delay_ns(sample.cycles),
                    **_place(sample.line, sample.stack),
                }
                for sample in contention.samples
            ]
        case CountProfile() as counts if not capture.groups():
            return [{"count": sample.count, **_place(sample.line, sample.stack)} for sample in counts.samples]
    return [
        {
            "count": group.count,
            "state": group.state.status if group.state else None,
            "waits_minutes": [group.waits[0], group.waits[-1]] if group.waits else None,
            "labels": dict(group.labels),
            **_place(group.line, group.stack),
        }
        for group in capture.groups()
    ]


def _place(line: int, stack: Stack) -> Fields:
    created = {"created_by": frame_fields(stack.created_by)} if stack.created_by else {}
    return {"first_line": line, "frames": [frame_fields(frame) for frame in stack.frames], **created}


def frame_fields(frame: Frame) -> Fields:
    """A frame without its addresses, which differ from build to build."""
    return {"function": frame.function, "file": frame.file, "line": frame.line}


def location_fields(location: Location | None) -> Fields | None:
    """A place in the source, or None."""
    return {"file": location.file, "line": location.line} if location else None
