"""The entries of the knowledge files, and how the functions that they name are found on stacks."""

from dataclasses import dataclass, field

from debugtext.records.findings import normalised_function
from debugtext.records.frames import Stack, split_package

_MOST_KNOWN = 50_000
"""The entries of this many functions are remembered; the dumps of one program have fewer functions."""
_MANNERS = frozenset({"on", "do", "all", "force", "graceful", "gracefully"})
"""Words in the names of functions that end something, which say only how it is ended: `forceClose`."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Goroutines that wait by design."""

    functions: tuple[str, ...]
    """Names as Go prints them, closures without their numbers; a `*` at the end stands for anything."""
    where: str
    """Where the function is on the stack: `any`, `top`, as the `creator`, or at its outermost `end`."""
    why: str
    """What the goroutines wait for, in words."""
    source: str
    """Where the library says so: a file or a page."""
    limit: int = 0
    """The largest number of such goroutines on one stack; 0 is any number."""


@dataclass(frozen=True, slots=True)
class Library:
    """The signature of a leak through a public library: goroutines with one of the functions in their stacks.

    The fields are in the order in which the rule looks at them.
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
    """Where people met the leak: an issue or a page."""
    where: str = "any"
    """Where the function is on the stack: `any` above own code, also `below` it, as `leaf`, or as `creator`."""
    never_in: tuple[str, ...] = ()
    """Goroutines in one of these operations (`a system call`) wait for something else, and are left out."""
    replaces: tuple[str, ...] = ()
    """Ids of patterns that match the same goroutines: they are not reported if this pattern is found."""
    each: int = 1
    """The number of goroutines that one leaked object has: two for a connection with two loops."""
    busy: tuple[str, ...] = ()
    """A goroutine with one of these functions on its stack uses an object, which is then not leaked."""
    readers: tuple[str, ...] = ()
    """As `busy`, except while the goroutine reads: then it keeps the others waiting."""
    at_least: int = 20
    """This many objects in one text are a leak, if their goroutines are also `share` of all."""
    share: float = 0.0
    noted: bool = False
    """Healthy programs may have as many, so the number alone is only a note."""
    few: int = 0
    """This many are a leak if each has waited for `minutes`, or stayed through inputs so far apart; 0 is never."""
    minutes: int = 2
    lasts: bool = False
    """The goroutines may live as long as the process: no leak if they are as old as the main goroutine's own wait."""
    picked_minutes: int = 60
    """A goroutine that waited this long is enough if the text shows no other goroutine; 0 is any age."""
    slots: bool = False
    """The goroutines take turns at something limited: it is only a note while others have got past the wait."""
    held_by: tuple[str, ...] = ()
    """A goroutine with one of these functions on its stack stands for a slot that its creator has taken."""
    used_in: tuple[str, ...] = ()
    """Beginnings of functions in which a goroutine uses its slot: no timer or channel gives the slot back."""
    companions: tuple[str, ...] = ()
    """Functions of goroutines that pile up together with these, to be named in the finding."""
    verdict: str = "leak"
    """`leak`, or `deadlock` if the goroutines wait for one another."""

    def is_busy(self, stack: Stack, *, reads: bool) -> bool:
        """True if a goroutine on this stack uses an object of this pattern; `reads`: the goroutine is reading."""
        known = [canonical(name) for name in (*self.busy, *(() if reads else self.readers))]
        return any(is_same(canonical(function), name) for function in stack.functions for name in known)


Entry = Idle | Library


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All entries; `entries_of` finds those that name a function. The other fields are words in names of functions.

    `resident`: the function is meant to run for as long as the process. `resident_alone`: the same, but only if the
    word is the whole name or follows one of `starts` (`runWorker`, not `runBatch`). `ends`: the function is called to
    end something, if the rest of the name says only how. `gives`: it is called to hand something on.
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
        """The entries that name this function, whose import path may be shortened, as people do in pastes."""
        found = self._found.get(function)
        if found is None:
            name = canonical(function)
            tail = name.rpartition("/")[2]
            found = tuple(
                [entry for known, entry in self._exact.get(tail, ()) if is_same(name, known)]
                + [entry for prefix, entry in self._prefixes if name.startswith(prefix)]
            )
            if len(self._found) >= _MOST_KNOWN:  # texts of many programs were read in one process
                self._found.clear()
            self._found[function] = found
        return found

    def is_resident(self, words: tuple[str, ...]) -> bool:
        """True if the words of a function's name say that it is meant to run for as long as the process."""
        if not self.resident.isdisjoint(words):
            return True
        alone = len(words) == 1 or (len(words) == 2 and words[0] in self.starts)  # noqa: PLR2004 - runWorker
        return alone and (words[-1] in self.resident_alone or words[-1].removesuffix("s") in self.resident_alone)

    def is_end(self, words: tuple[str, ...]) -> bool:
        """True if the words of a function's name say that it is called to end something: `Close`, `OnStop`."""
        return len(meant := set(words) - _MANNERS) == 1 and meant <= self.ends

    def is_giving(self, words: tuple[str, ...]) -> bool:
        """True if a function's name says that it is called to hand something on: `offer`, `Publish`."""
        return len(words) == 1 and self.gives.issuperset(words)

    def idle_entry(self, stack: Stack, front: str, leaf: tuple[str, ...] = (), above: int | None = None) -> Idle | None:
        """The entry that says why goroutines on this stack wait by design; None if there is none.

        `front` is the frame that a reader sees first, `leaf` the first function outside of the runtime, if there is
        one. `above` is the number of frames above the first of own code if that does no I/O: its callers (the server
        that called the handler) do not say why the goroutine waits.
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
        """The patterns that match this stack, each once; `above` is as in `idle_entry`."""
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
    """True if two canonical names are one function; `name` may lack the beginning of the import path (the host)."""
    if name == known:
        return True
    shortened = "." not in name.partition("/")[0].partition("(")[0].rpartition(".")[0]
    return shortened and known.endswith("/" + name)
