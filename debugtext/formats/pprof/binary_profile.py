"""Reads a binary profile (`.pb.gz`), saved by mistake or on purpose, into the records that its text would give.

A profile that has no text form (a CPU profile, one that another program made) becomes a `ValueProfile` for the views.
"""

from collections.abc import Callable, Iterable
from functools import cache
from math import exp

from debugtext.formats.pprof._profile_proto import (
    ProtoLocation,
    ProtoProfile,
    ProtoSample,
    begins_as_profile,
    is_whole,
    parse_profile,
)
from debugtext.formats.stack_lines import unescape
from debugtext.records.captures import Capture
from debugtext.records.contention import CONTENTION_KINDS, ContentionProfile, ContentionSample
from debugtext.records.counts import CountProfile, CountSample
from debugtext.records.frames import Frame, Stack
from debugtext.records.heap import HEAP_KINDS, Allocation, HeapProfile, HeapSample
from debugtext.records.values import ValueProfile, ValueSample

_HIDDEN = ("runtime.", "internal/runtime/")
_UNLOCKS = ("Unlock", "unlock", "LostContendedRuntimeLock")
_NS_PER_SECOND = 10**9
_ADDRESSES = 1 << 64
_FORMATS = {"goroutine": "goroutine-profile", "goroutineleak": "goroutine-profile", "threadcreate": "threadcreate"}


NO_TEXT = "this is not text (binary data), and no profile either: is it the right file?"
BROKEN = (
    "this is a binary profile that is broken or cut off: fetch it again, with ?debug=1 (or ?debug=2 for goroutines)"
)


def why_no_profile(data: bytes) -> str:
    """Why these bytes, which are no text, are no profile either; empty if they are a whole profile."""
    if not begins_as_profile(data):
        return NO_TEXT
    return "" if is_whole(data) else BROKEN


def read_binary_profile(data: bytes, *, hide_runtime: bool = True) -> Capture:
    """The capture of a binary profile; raises UnreadableInputError if it is something else, or too large.

    `hide_runtime` leaves out the leading runtime frames of count profiles, as their text does (runtime/pprof/pprof.go
    printStackRecord), and the zeros that pad the stacks of threads. Without it the numbers are `go tool pprof`'s.
    """
    return capture_of(parse_profile(data), hide_runtime=hide_runtime)


def capture_of(profile: ProtoProfile, *, hide_runtime: bool = True) -> Capture:
    """The capture of a profile, as its text would give it."""
    if profile.kinds == HEAP_KINDS:
        return Capture("heap", 1, 1, _heap(profile))
    if profile.kinds == CONTENTION_KINDS:
        return Capture("contention", 1, 1, _contention(profile))
    if len(profile.kinds) == 1 and profile.kinds[0].unit == "count":
        name = profile.kinds[0].name
        return Capture(_FORMATS.get(name, "count"), 1, 1, _count(name, profile, hide_runtime=hide_runtime))
    return Capture("profile", 1, 1, _values(profile))


def _values(profile: ProtoProfile) -> ValueProfile:
    stack = _stacks(hide_runtime=False)
    samples = (ValueSample(it.values, stack(it.locations), it.labels, it.numbers) for it in profile.samples)
    return ValueProfile(profile.kinds, tuple(samples), profile.default_kind)


def _count(name: str, profile: ProtoProfile, *, hide_runtime: bool) -> CountProfile:
    stack = _stacks(hide_runtime=hide_runtime)
    samples = tuple(
        CountSample(sample.values[0], stack(sample.locations), 1, sample.labels) for sample in profile.samples
    )
    return CountProfile(name, sum(sample.count for sample in samples), samples)


def _contention(profile: ProtoProfile) -> ContentionProfile:
    """A block or mutex profile; the leaves of a mutex profile are unlocks.

    The delays are nanoseconds already, as of a clock of 1 GHz.
    """
    stack = _stacks(hide_runtime=False)
    samples = tuple(ContentionSample(it.values[1], it.values[0], stack(it.locations), 1) for it in profile.samples)
    leaves = [sample.stack.frames[0].function for sample in samples if sample.stack.frames]
    unlocks = sum(leaf.endswith(_UNLOCKS) for leaf in leaves)
    kind = "mutex" if unlocks * 2 > len(leaves) else "block"
    return ContentionProfile(kind, _NS_PER_SECOND, samples)


def _heap(profile: ProtoProfile) -> HeapProfile:
    """A heap profile with the sampled numbers, computed back from the estimates that a binary profile holds.

    If any estimate does not allow it (the profile was merged, or not made by Go), all estimates are kept, at rate 1.
    """
    stack_of = _stacks(hide_runtime=False)
    stacks = [stack_of(sample.locations) for sample in profile.samples]
    pairs = [_raw_pair(sample, profile.period) for sample in profile.samples]
    rate = profile.period
    if any(pair is None for pair in pairs):
        rate = 1
        pairs = [(Allocation(*sample.values[:2]), Allocation(*sample.values[2:])) for sample in profile.samples]
    samples = (HeapSample(pair[1], pair[0], stack, 1) for pair, stack in zip(pairs, stacks, strict=True) if pair)
    return HeapProfile(tuple(samples), rate, header_kind="allocs" if profile.default_kind == "alloc_space" else "heap")


def _raw_pair(sample: ProtoSample, rate: int) -> tuple[Allocation, Allocation] | None:
    """The sampled numbers (allocated, in use); None if no whole number of objects gives these estimates."""
    size = dict(sample.numbers).get("bytes", 0)
    alloc = _raw(Allocation(*sample.values[:2]), size, rate)
    inuse = _raw(Allocation(*sample.values[2:]), size, rate)
    return None if alloc is None or inuse is None else (alloc, inuse)


def _raw(estimate: Allocation, size: int, rate: int) -> Allocation | None:
    """The sampled allocation of objects of this size that gives this estimate; None if none does.

    Neighbouring numbers are tried out, because estimating truncates.
    """
    if rate <= 1 or estimate == Allocation(0, 0):
        return estimate
    if size <= 0:
        return None
    nearest = int(estimate.objects * (1 - exp(-size / rate)))
    candidates = (Allocation(objects, objects * size) for objects in (nearest, nearest + 1, nearest - 1))
    return next((candidate for candidate in candidates if candidate.estimated(rate) == estimate), None)


def _stacks(*, hide_runtime: bool) -> Callable[[tuple[ProtoLocation, ...]], Stack]:
    """A function that makes a stack of locations; equal lists of locations share one stack."""

    @cache
    def stack(locations: tuple[ProtoLocation, ...]) -> Stack:
        frames = tuple(_frames(locations))
        shown = next((index for index, frame in enumerate(frames) if not frame.function.startswith(_HIDDEN)), 0)
        addresses = tuple((location.address + 1) % _ADDRESSES for location in locations if location.address)
        if hide_runtime:
            return Stack(frames[shown:], tuple(address for address in addresses if address))
        return Stack(frames, addresses)

    return stack


def _frames(locations: Iterable[ProtoLocation]) -> Iterable[Frame]:
    for location in locations:
        lines = [line for line in location.lines if line.function]
        last = len(lines) - 1
        for position, line in enumerate(lines):
            yield Frame(
                unescape(line.function),
                line.file or None,
                line.line or None,
                address=location.address or None,
                inlined=position < last,
            )
