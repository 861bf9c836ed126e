"""The records of a capture as rows of plain values, which jsonl and csv write."""

from collections.abc import Iterator, Sequence
from typing import Any

from debugtext.errors import UnreadableInputError
from debugtext.records.captures import Capture
from debugtext.records.contention import ContentionProfile
from debugtext.records.counts import CountProfile
from debugtext.records.crashes import Crash
from debugtext.records.frames import Stack
from debugtext.records.goroutines import Goroutine, GoroutineDump
from debugtext.records.heap import HeapProfile
from debugtext.records.values import ValueProfile
from debugtext.renderers.json_captures import frame_fields

Row = dict[str, Any]
"""Values by column. `labels` is a mapping; `stack` a sequence of frames, leaf first; `created_by` a frame or None."""


def rows(capture: Capture) -> tuple[tuple[str, ...], Iterator[Row]]:
    """(the columns, the rows) of a capture; raises UnreadableInputError if it has no stacks."""
    match capture.body:
        case HeapProfile():
            return _HEAP, _heap(capture.body)
        case CountProfile():
            return _COUNT, _counts(capture.body)
        case ContentionProfile():
            return _CONTENTION, _contention(capture.body)
        case ValueProfile():
            return (*(kind.name for kind in capture.body.sample_kinds), *_VALUES), _values(capture.body)
        case GoroutineDump() | Crash():
            return _GOROUTINE, _goroutines(capture.body.goroutines)
    raise UnreadableInputError(f"a text of the kind {capture.format} holds no stacks to convert")


_ESTIMATES = ("inuse_objects", "inuse_bytes", "alloc_objects", "alloc_bytes")
_HEAP = (*_ESTIMATES, *(f"raw_{name}" for name in _ESTIMATES), "text_line", "stack")
_COUNT = ("count", "labels", "text_line", "stack")
_CONTENTION = ("contentions", "delay_ns", "cycles", "text_line", "stack")
_VALUES = ("labels", "stack")
_STATE = ("state", "wait_minutes", "leaked", "locked_to_thread", "labels")
_GOROUTINE = ("id", *_STATE, "created_by", "parent_id", "text_line", "stack")


def _heap(profile: HeapProfile) -> Iterator[Row]:
    for sample in profile.samples:
        inuse, alloc = sample.inuse.estimated(profile.rate), sample.alloc.estimated(profile.rate)
        numbers = (inuse, alloc, sample.inuse, sample.alloc)
        values = [number for one in numbers for number in (one.objects, one.bytes)]
        yield dict(zip(_HEAP, (*values, sample.line, _stack(sample.stack)), strict=True))


def _counts(profile: CountProfile) -> Iterator[Row]:
    for sample in profile.samples:
        row = (sample.count, dict(sample.labels), sample.line, _stack(sample.stack))
        yield dict(zip(_COUNT, row, strict=True))


def _contention(profile: ContentionProfile) -> Iterator[Row]:
    for sample in profile.samples:
        row = (sample.count, profile.delay_ns(sample.cycles), sample.cycles, sample.line, _stack(sample.stack))
        yield dict(zip(_CONTENTION, row, strict=True))


def _values(profile: ValueProfile) -> Iterator[Row]:
    for sample in profile.samples:
        named = zip((kind.name for kind in profile.sample_kinds), sample.values, strict=True)
        yield {**dict(named), "labels": dict(sample.labels), "stack": _stack(sample.stack)}


def _goroutines(goroutines: Sequence[Goroutine]) -> Iterator[Row]:
    for goroutine in goroutines:
        state, stack = goroutine.state, goroutine.stack
        flags = (state.status, state.waiting_minutes, state.leaked, state.locked_to_thread, dict(goroutine.labels))
        creator = None if stack.created_by is None else frame_fields(stack.created_by)
        row = (goroutine.id, *flags, creator, goroutine.parent_id, goroutine.line, _stack(stack))
        yield dict(zip(_GOROUTINE, row, strict=True))


def _stack(stack: Stack) -> tuple[Row, ...]:
    return tuple(map(frame_fields, stack.frames))
