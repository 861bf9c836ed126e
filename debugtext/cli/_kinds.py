"""What each command of one kind takes of an input, and how it refuses the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from debugtext.errors import UnreadableInputError
from debugtext.records.captures import Capture, Reading
from debugtext.records.contention import ContentionProfile
from debugtext.records.heap import HeapProfile
from debugtext.records.memstats import MemStats
from debugtext.renderers.untrusted import one_line

FORMATS = {
    "heap": ("heap",),
    "allocs": ("heap",),
    "memstats": ("heap", "memstats"),
    "goroutine": ("goroutine-profile", "goroutine-dump"),
    "block": ("contention",),
    "mutex": ("contention",),
    "threadcreate": ("threadcreate",),
}
_FAMILIES = {
    "goroutine-profile": "goroutines",
    "goroutine-dump": "goroutines",
    "crash": "goroutines",
    "memstats": "memstats",
}
PATHS = {kind: f"/debug/pprof/{'heap' if kind == 'memstats' else kind}?debug=1" for kind in FORMATS}


@dataclass(frozen=True, slots=True)
class _Named:
    """A kind of text in words, and the command that reads it."""

    words: str
    command: str


def only(kind: str, reading: Reading) -> Reading:
    """The captures of this kind; raises UnreadableInputError if there are none, and says what is there instead."""
    wanted = tuple(found for capture in reading.captures if (found := _as_kind(kind, capture)))
    if wanted:
        return replace(reading, captures=wanted)
    if not reading.captures:
        levels = "debug=1 or 2" if kind == "goroutine" else "debug=1"
        raise UnreadableInputError(f"no Go debug text found in it (a {kind} text at {levels} was expected)")
    others = _kinds_in(reading)
    words = _listed(others)
    commands = {other.command for other in others}
    command = commands.pop() if len(commands) == 1 else "check"
    raise UnreadableInputError(f"this is {words}: use `debugtext {command}`")


def refuse_incomparable(readings: Sequence[Reading]) -> None:
    """Raises UnreadableInputError where one of two readings holds nothing, or nothing that the other one holds too."""
    empty = next((reading for reading in readings if not reading.captures), None)
    if empty:
        raise UnreadableInputError(f"{empty.name}: no Go debug text found in it, so there is nothing to compare")
    base, current = readings[0], readings[-1]
    if not _families(base) & _families(current):
        kinds = f"{base.name} is {_listed(_kinds_in(base))}, {current.name} is {_listed(_kinds_in(current))}"
        raise UnreadableInputError(f"{kinds}: these cannot be compared")


def are_comparable(readings: Sequence[Reading]) -> bool:
    """Whether all readings hold one kind of text: they may be snapshots of one program."""
    return bool(set.intersection(*map(_families, readings)))


def _families(reading: Reading) -> set[str]:
    """What a reading has numbers of: two goroutine texts compare whatever their syntax, and MemStats with MemStats."""
    found = {_FAMILIES.get(capture.format, _named(capture).words) for capture in reading.captures}
    memstats = any(getattr(capture.body, "memstats", None) for capture in reading.captures)
    return found | {"memstats"} if memstats else found


def _kinds_in(reading: Reading) -> tuple[_Named, ...]:
    return tuple(dict.fromkeys(_named(capture) for capture in reading.captures))


def _listed(kinds: tuple[_Named, ...]) -> str:
    return " and ".join(kind.words for kind in kinds)


def _as_kind(kind: str, capture: Capture) -> Capture | None:
    """The capture if it is of this kind; MemStats are taken out of a heap text.

    A dump that SIGQUIT asked for is one of goroutines, whatever the runtime says around it.
    """
    body = capture.body
    if kind == "goroutine" and getattr(body, "was_requested", False):
        return capture
    if capture.format not in FORMATS[kind]:
        return None
    if isinstance(body, ContentionProfile) and body.kind != kind:
        return None
    if kind == "memstats" and isinstance(body, HeapProfile):
        return replace(capture, format="memstats", body=body.memstats) if body.memstats else None
    return capture


def _named(capture: Capture) -> _Named:
    body = capture.body
    if isinstance(body, ContentionProfile):
        return _Named(f"a {one_line(body.kind)} profile", body.kind)
    if isinstance(body, MemStats):
        return _Named("a text with MemStats only", "memstats")
    if getattr(body, "was_requested", False):
        return _Named("a dump of goroutines that a signal has asked for", "goroutine")
    return {
        "heap": _Named("a heap profile", "heap"),
        "goroutine-profile": _Named("a goroutine profile", "goroutine"),
        "goroutine-dump": _Named("a goroutine dump", "goroutine"),
        "threadcreate": _Named("a threadcreate profile", "threadcreate"),
        "count": _Named("a custom profile", "check"),
        "crash": _Named("a crash report", "check"),
        "race": _Named("a race report", "check"),
        "pprof-top": _Named("what `go tool pprof -top` prints", "check"),
    }.get(capture.format, _Named(f"a text of the kind {capture.format}", "check"))
