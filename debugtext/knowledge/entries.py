"""The entries of the knowledge files, and how the functions they name are recognised in any dump."""

from dataclasses import dataclass, field

from debugtext.records.findings import normalised_function
from debugtext.records.frames import Stack, split_package

_MOST_KNOWN = 50_000
"""Of so many functions it is kept which entries name them: more than one program has in its dumps."""
_MANNERS = frozenset({"on", "do", "all", "force", "graceful", "gracefully"})
"""How something is ended, by the names of functions."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Goroutines that wait by design."""

    functions: tuple[str, ...]
    """Names as Go prints them, closures without their numbers; a `*` at the end stands for anything."""
    where: str
    """Where on the stack: `any`, `top`, as the `creator`, or at its outermost `end`."""
    why: str
    """What they wait for, in words."""
    source: str
    """Where that is said."""
    limit: int = 0
    """On one stack so many at most; 0 is any number."""


@dataclass(frozen=True, slots=True)
class Library:
    """The signature of a leak through a public library: goroutines with one of the functions in their stacks.

    The fields come in the order in which they are asked.
    """

    id: str
    """A name for the pattern that never changes."""
    functions: tuple[str, ...]
    """Names as Go prints them, closures without their numbers; a `*` at the end stands for anything."""
    title: str
    """What leaks, as a person would say it."""
    advice: str
    """What to do about it."""
    source: str
    """Where people met it."""
    where: str = "any"
    """Where on the stack: `any` above own code, also `below` it, as the `leaf`, or as the `creator`."""
    never_in: tuple[str, ...] = ()
    """Goroutines that do one of these (`a system call`) wait for something else, and are left out."""
    replaces: tuple[str, ...] = ()
    """Other patterns that tell of the same goroutines: where this one is found they are not reported."""
    each: int = 1
    """Goroutines that one leaked object has: two for a connection with two loops."""
    busy: tuple[str, ...] = ()
    """A goroutine with one of these on its stack uses such an object: as many are in use, and none is leaked."""
    readers: tuple[str, ...] = ()
    """As `busy`, but only while the goroutine does not read: then it keeps the others waiting."""
    at_least: int = 20
    """So many objects in one text are a leak, if their goroutines are also `share` of all."""
    share: float = 0.0
    noted: bool = False
    """Healthy programs have as many, too: the number alone is only a note."""
    few: int = 0
    """So many are a leak if each has waited for `minutes`, or stayed through inputs so far apart; 0 is never."""
    minutes: int = 2
    lasts: bool = False
    """What they wait for may live as long as the process: as old as the main goroutine's own wait is no fault."""
    picked_minutes: int = 60
    """One that has waited so long is enough where a text shows it alone; 0 is any age."""
    slots: bool = False
    """They take turns at something limited: while others have got past the wait, it is only a note."""
    held_by: tuple[str, ...] = ()
    """A goroutine with one of these on its stack stands for a slot that whoever started it has."""
    used_in: tuple[str, ...] = ()
    """Beginnings of the functions in which a goroutine uses its slot: no timer or channel gives one back."""
    companions: tuple[str, ...] = ()
    """Functions of goroutines that pile up with them: named in the finding."""
    verdict: str = "leak"
    """`leak`, or `deadlock` where they wait for one another."""

    def is_busy(self, stack: Stack, *, reads: bool) -> bool:
        """Whether a goroutine on this stack uses what the entry's functions stand for."""
        known = [canonical(name) for name in (*self.busy, *(() if reads else self.readers))]
        return any(is_same(canonical(function), name) for function in stack.functions for name in known)


Entry = Idle | Library


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All entries; `entries_of` finds those that name a function.

    `resident`: words in the names of functions that are meant to run for as long as the process; those of
    `resident_alone` say so only where they are the whole name or follow one of `starts` (`runWorker`, not `runBatch`).
    One of `ends` as the whole name, or but for how it is ended, says the contrary; so does one of `gives` in a select.
    """

    idle: tuple[Idle, ...] = ()
    libraries: tuple[Library, ...] = ()
    resident: frozenset[str] = frozenset()
    resident_alone: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()
    _exact: dict[str, list[tuple[str, Entry]]] = field(default_factory=dict, repr=False, compare=False)
    _prefixes: list[tuple[str, Entry]] = field(default_factory=list, repr=False, compare=False)
    _found: dict[str, tuple[Entry, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        entries: tuple[Entry, ...] = (*self.idle, *self.libraries)
        for entry in entries:
            for function in entry.functions:
                name = canonical(function.removesuffix("*"))
                if function.endswith("*"):
                    self._prefixes.append((name, entry))
                else:
                    self._exact.setdefault(name.rpartition("/")[2], []).append((name, entry))

    def entries_of(self, function: str) -> tuple[Entry, ...]:
        """The entries that name this function, whole or with its path shortened as people do."""
        found = self._found.get(function)
        if found is None:
            name = canonical(function)
            tail = name.rpartition("/")[2]
            found = tuple(
                [entry for known, entry in self._exact.get(tail, ()) if is_same(name, known)]
                + [entry for prefix, entry in self._prefixes if name.startswith(prefix)]
            )
            if len(self._found) >= _MOST_KNOWN:  # as after many programs' texts in one process
                self._found.clear()
            self._found[function] = found
        return found

    def is_resident(self, words: tuple[str, ...]) -> bool:
        """Whether the words of a function's name say that it is meant to run for as long as the process."""
        if not self.resident.isdisjoint(words):
            return True
        alone = len(words) == 1 or (len(words) == 2 and words[0] in self.starts)  # noqa: PLR2004 - runWorker
        return alone and (words[-1] in self.resident_alone or words[-1].removesuffix("s") in self.resident_alone)

    def is_end(self, words: tuple[str, ...]) -> bool:
        """Whether the words of a function's name say that it is called to end something: `Close`, `OnStop`."""
        return len(meant := set(words) - _MANNERS) == 1 and meant <= self.ends

    def is_giving(self, words: tuple[str, ...]) -> bool:
        """Whether a function's name says that it is called to hand something on: `offer`, `Publish`."""
        return len(words) == 1 and self.gives.issuperset(words)

    def idle_entry(self, stack: Stack, front: str, leaf: tuple[str, ...] = (), above: int | None = None) -> Idle | None:
        """Why goroutines on this stack wait by design, if they do; `front` is the frame that a reader sees first.

        `leaf` is the first function that is not the runtime's, where there is one; `above` the number of frames down
        to the first of own code, where that does no I/O: what called it (a server its handler) is not who waits.
        """
        outermost = next((function for function in reversed(stack.functions) if not function.startswith("bufio.")), "")
        for where, functions in (
            ("any", stack.functions[:above]),
            ("top", (front, *leaf, *stack.functions[:1])),
            ("end", (outermost,)),
        ):
            for function in functions:
                for entry in self.entries_of(function):
                    if isinstance(entry, Idle) and entry.where == where:
                        return entry
        if stack.created_by is not None:
            for entry in self.entries_of(stack.created_by.function):
                if isinstance(entry, Idle) and entry.where == "creator":
                    return entry
        return None

    def libraries_of(self, stack: Stack, above: int | None = None, waits_for: str = "") -> tuple[Library, ...]:
        """The signatures that this stack fits, each once; `above` counts the frames down to the first of own code."""
        leaf = next((function for function in stack.functions if not function.startswith("runtime.")), "")
        creator = stack.created_by.function if stack.created_by else ""
        found: dict[str, Library] = {}
        for where, functions in (
            ("any", stack.functions[:above]),
            ("below", stack.functions),
            ("leaf", (leaf,)),
            ("creator", (creator,)),
        ):
            for function in functions:
                for entry in self.entries_of(function) if function else ():
                    if isinstance(entry, Library) and entry.where == where and waits_for not in entry.never_in:
                        found.setdefault(entry.id, entry)
        return tuple(found.values())


def canonical(function: str) -> str:
    """A function's name without vendor folders, major versions in the path and closures' numbers."""
    function = function.rpartition("/vendor/")[2].removeprefix("vendor/")
    package, name = split_package(normalised_function(function))
    elements = package.split("/")
    kept = [part for i, part in enumerate(elements) if not (i and part[:1] == "v" and part[1:].isdigit())]
    return f"{'/'.join(kept)}.{name}" if package else name


def is_same(name: str, known: str) -> bool:
    """Whether two canonical names are one function; a path without a host may be the end of the known one."""
    if name == known:
        return True
    shortened = "." not in name.partition("/")[0].partition("(")[0].rpartition(".")[0]
    return shortened and known.endswith("/" + name)
