"""The commands for one kind of text each: their table, which texts they take, and how they refuse others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from debugtext.errors import UnreadableInputError
from debugtext.records.captures import Capture, Reading
from debugtext.records.contention import ContentionProfile
from debugtext.records.heap import HeapProfile
from debugtext.renderers.untrusted import one_line


@dataclass(frozen=True, slots=True)
class Kind:
    """A command for one kind of text: the formats that it reads, its help, and three examples."""

    formats: tuple[str, ...]
    help: str
    examples: tuple[str, str, str]
    page: str = ""
    """The page below /debug/pprof/ that serves such a text, if its name is not that of the command."""


KINDS = {
    "heap": Kind(
        ("heap",),
        "Says what holds the memory that is in use, and what MemStats shows.",
        (
            "curl -s 'localhost:6060/debug/pprof/heap?debug=1' | debugtext heap",
            "debugtext heap http://localhost:6060",
            "debugtext heap --format json heap.txt",
        ),
    ),
    "allocs": Kind(
        ("heap",),
        "Says what has allocated memory since the program's start, freed or not.",
        (
            "curl -s 'localhost:6060/debug/pprof/allocs?debug=1' | debugtext allocs",
            "debugtext allocs http://localhost:6060",
            "debugtext allocs --full allocs.txt",
        ),
    ),
    "memstats": Kind(
        ("heap", "memstats"),
        "Says the runtime's own numbers in words: heap, stacks, collector, pauses.",
        (
            "curl -s 'localhost:6060/debug/pprof/heap?debug=1' | debugtext memstats",
            "curl -s localhost:6060/debug/vars | debugtext memstats",
            "debugtext memstats --format json heap.txt",
        ),
        page="heap",
    ),
    "goroutine": Kind(
        ("goroutine-profile", "goroutine-dump"),
        "Groups goroutines by stack and state, and says which are stuck or leaked.",
        (
            "curl -s 'localhost:6060/debug/pprof/goroutine?debug=2' | debugtext goroutine",
            "debugtext goroutine http://localhost:6060",
            "debugtext goroutine --full --own example.com/team goroutines.txt",
        ),
    ),
    "block": Kind(
        ("contention",),
        "Says where goroutines waited for channels and locks, and how long.",
        (
            "curl -s 'localhost:6060/debug/pprof/block?debug=1' | debugtext block",
            "debugtext block http://localhost:6060",
            "debugtext block --format json block.txt",
        ),
    ),
    "mutex": Kind(
        ("contention",),
        "Says where locks were held while other goroutines waited, and how long.",
        (
            "curl -s 'localhost:6060/debug/pprof/mutex?debug=1' | debugtext mutex",
            "debugtext mutex http://localhost:6060",
            "debugtext mutex --format json mutex.txt",
        ),
    ),
    "threadcreate": Kind(
        ("threadcreate",),
        "Says what started OS threads.",
        (
            "curl -s 'localhost:6060/debug/pprof/threadcreate?debug=1' | debugtext threadcreate",
            "debugtext threadcreate http://localhost:6060",
            "debugtext threadcreate --format json threads.txt",
        ),
    ),
}
"""The commands of one kind of text by their names."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A text in words, the command that reads it, and the texts that it can be compared with.

    Texts of one `family` can be compared; without a family, only texts that are named by the same words.
    """

    words: str
    command: str
    family: str = ""


_GOROUTINES = "goroutines"
_NAMED = {
    "heap": _Named("a heap profile", "heap"),
    "goroutine-profile": _Named("a goroutine profile", "goroutine", _GOROUTINES),
    "goroutine-dump": _Named("a goroutine dump", "goroutine", _GOROUTINES),
    "threadcreate": _Named("a threadcreate profile", "threadcreate"),
    "count": _Named("a custom profile", "check"),
    "crash": _Named("a crash report", "check", _GOROUTINES),
    "race": _Named("a race report", "check"),
    "pprof-top": _Named("what `go tool pprof -top` prints", "check"),
    "memstats": _Named("a text with MemStats only", "memstats", "memstats"),
}


def path_of(kind: str) -> str:
    """Where a Go server serves texts of this kind; empty for no kind."""
    return f"/debug/pprof/{KINDS[kind].page or kind}?debug=1" if kind else ""


def only(kind: str, reading: Reading) -> Reading:
    """The reading with its captures of this kind alone.

    Raises UnreadableInputError if there are none; its message says what the input holds instead.
    """
    wanted = tuple(found for capture in reading.captures if (found := _as_kind(kind, capture)))
    if wanted:
        return replace(reading, captures=wanted)
    if not reading.captures:
        levels = "debug=1 or 2" if kind == "goroutine" else "debug=1"
        raise UnreadableInputError(f"no Go debug text found in it (a {kind} text at {levels} was expected)")
    raise UnreadableInputError(what_it_is(reading))


def what_it_is(reading: Reading) -> str:
    """`this is a race report: use `debugtext check``: what the input holds, and the command that reads it."""
    others = _kinds_in(reading)
    commands = {other.command for other in others}
    command = commands.pop() if len(commands) == 1 else "check"
    return f"this is {_listed(others)}: use `debugtext {command}`"


def refuse_incomparable(readings: Sequence[Reading]) -> None:
    """Raises UnreadableInputError if a reading is empty, or if first and last have no family of texts in common."""
    empty = next((reading for reading in readings if not reading.captures), None)
    if empty:
        raise UnreadableInputError(f"{empty.name}: no Go debug text found in it, so there is nothing to compare")
    base, current = readings[0], readings[-1]
    if not _families(base) & _families(current):
        kinds = f"{base.name} is {_listed(_kinds_in(base))}, {current.name} is {_listed(_kinds_in(current))}"
        raise UnreadableInputError(f"{kinds}: these cannot be compared")


def are_comparable(readings: Sequence[Reading]) -> bool:
    """True if all readings have a family of texts in common: they may be snapshots of one program."""
    return bool(set.intersection(*map(_families, readings)))


def _families(reading: Reading) -> set[str]:
    """The families of a reading's texts. A heap text with MemStats can also be compared with MemStats alone."""
    named = _kinds_in(reading)
    memstats = any(getattr(capture.body, "memstats", None) for capture in reading.captures)
    return {one.family or one.words for one in named} | ({"memstats"} if memstats else set())


def _kinds_in(reading: Reading) -> tuple[_Named, ...]:
    return tuple(dict.fromkeys(_named(capture) for capture in reading.captures))


def _listed(kinds: tuple[_Named, ...]) -> str:
    return " and ".join(kind.words for kind in kinds)


def _as_kind(kind: str, capture: Capture) -> Capture | None:
    """The capture if it is of this kind, else None; of a heap text, `memstats` takes the MemStats alone.

    A dump that SIGQUIT asked for counts as a goroutine dump, although the runtime prints it as a crash.
    """
    body = capture.body
    if kind == "goroutine" and getattr(body, "was_requested", False):
        return capture
    if capture.format not in KINDS[kind].formats:
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
    if getattr(body, "was_requested", False):
        return _Named("a dump of goroutines that a signal has asked for", "goroutine", _GOROUTINES)
    return _NAMED.get(capture.format, _Named(f"a text of the kind {capture.format}", "check"))
