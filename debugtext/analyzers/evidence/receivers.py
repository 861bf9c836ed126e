"""Whether busy goroutines of the same code could still receive what a crowd sends, or wake a crowd that waits."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import inf

from debugtext.analyzers.amounts import MANY, MOST
from debugtext.analyzers.evidence.let_through import places_further_down, places_inside
from debugtext.analyzers.evidence.pipelines import has_closer
from debugtext.analyzers.evidence.same_type import STARTERS, alone_beside, receiver_or_function, waits_in_method
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.findings import normalised_function
from debugtext.stacks.company import SERVES
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import AT_WORK, IO, READS, RECEIVES, SURE_MINUTES, Operation
from debugtext.stacks.places import MAIN, Place, started_by
from debugtext.stacks.waiting import writes_to_pipe

_WAITS_FOR_CHANNEL = RECEIVES | {Operation.SELECT}
_Beside = dict[str, list[tuple[str, tuple[str, ...]]]]
_COPIES = frozenset({"io.copyBuffer", "io.Copy", "io.CopyN", "io.CopyBuffer", "bufio.(*Reader).WriteTo"})


def possible_receiver(subject: Subject, crowd: Crowd) -> str:
    """The function of a busy goroutine that may receive from a crowd of senders; empty if there is none.

    It is in a closure or method beside the senders', or was started in the same package. If it is further down in the
    senders' own function, their channel is a semaphore, of which that goroutine has a slot.
    """
    if crowd.operation is not Operation.SEND:
        return ""
    return subject.once(_find_receiver, crowd.first)


def _find_receiver(subject: Subject, sender: Place) -> str:
    """The same for one sender, to be looked for once: several signs need it."""
    capture = sender.capture
    if writes_to_pipe(sender.stack) and (copier := _copier(subject.company(capture).places, sender)):
        return copier
    beside = subject.per_places(capture, _busy_beside)
    for relation in (receiver_or_function(sender.function), _package_of_start(sender)):
        for function, functions in beside.get(relation, ()) if relation else ():
            if sender.function not in functions:
                return function
    starter = _starter_of_closure(sender)
    if starter != MAIN and any(map(_is_busy, places_inside(subject, capture, starter))):
        return starter
    further = next((place.function for place in places_further_down(subject, sender) if _is_busy(place)), "")
    return further or (_busy_in_other_stage(subject, sender) if has_closer(subject, sender) else "")


def _copier(places: Sequence[Place], writer: Place) -> str:
    """The function of a goroutine that is busy with what it copies, if as many copy as write to pipes.

    Copiers that wait for a connection do not count: they do not read from the pipes.
    """
    copiers = [
        place
        for place in places
        if not _COPIES.isdisjoint(place.stack.functions) and _is_busy(place) and place.operation not in READS
    ]
    writers = sum(place.count for place in places if place.function == writer.function)
    return copiers[0].function if sum(place.count for place in copiers) >= writers else ""


def _busy_in_other_stage(subject: Subject, sender: Place) -> str:
    """The function of a busy goroutine of another stage: a step of main, or one inside the senders' own function.

    If nobody receives from the last stage, all its goroutines send, and then those of the stages before it.
    """
    steps = [*places_inside(subject, sender.capture, MAIN), *places_inside(subject, sender.capture, sender.function)]
    functions = (place.function for place in steps if _is_busy(place) and place.function != MAIN)
    package = sender.front.package if sender.front else ""
    return next((function for function in functions if function.startswith(f"{package}.")), "")


def _starter_of_closure(sender: Place) -> str:
    """The function that started a closure which sends, and so receives from it; empty if the sender is no closure."""
    creator = sender.stack.created_by
    outer, closure, _ = sender.function.partition(".func")
    return (creator.function if creator else outer) if closure else ""


def _is_busy(place: Place) -> bool:
    """True if own code at `place` gets on by itself; not if it has waited for minutes for a silent connection."""
    waits = place.group.waits
    is_silent = place.operation in IO and len(waits) == place.count and waits[0] >= SURE_MINUTES
    return place.operation in AT_WORK and place.own and not place.idle and not is_silent


def may_be_fed(subject: Subject, crowd: Crowd) -> bool:
    """True if a single goroutine in another method of their type waits for what it may hand on to them: ticks, say."""
    beside = alone_beside(subject, crowd.first) if waits_in_method(crowd.first) else ()
    return any(place.operation in _WAITS_FOR_CHANNEL for place in beside)


def could_be_woken(subject: Subject, crowd: Crowd, *, soon: bool = False) -> bool:
    """True if another goroutine is busy in the packages in which a crowd waits, or the crowd's starter is still there.

    With `soon`, goroutines that have been at it for minutes do not count. A text does not show who holds the other end
    of a channel (Go's own leak detector looks at the memory for that). But code that has gone does nothing any more:
    while a goroutine of the same package sleeps for a moment, computes or waits for a connection, the crowd may be its
    workers, and only their number can tell that it forgets some.
    """
    capture, ignored = crowd.first.capture, functions_not_waited_for(subject, crowd)
    awake = subject.once(_awake_by_package, capture, SURE_MINUTES if soon else inf)
    packages = {frame.package for place in crowd.places for frame in place.stack.frames}
    return any(not awake.get(package, ignored) <= ignored for package in packages) or _starter_is_there(subject, crowd)


def functions_not_waited_for(subject: Subject, crowd: Crowd) -> set[str]:
    """The functions that call Done for none of several waiters at a WaitGroup, however busy they are.

    One is the function that starts the waiters. (A single waiter is different: it closes the channel to which workers
    send, and the function that started it reads that.) Others are loops of main that sleep between two rounds: they do
    nothing for each of many waiters.
    """
    if crowd.operation is not Operation.WAIT_GROUP or crowd.count == 1:
        return set()
    loops = places_inside(subject, crowd.first.capture, MAIN) if crowd.count >= MANY else ()
    asleep = (place for place in loops if place.operation is Operation.SLEEP and not _package_of_start(place))
    return {started_by(crowd.first), *(normalised_function(place.function) for place in asleep)}


def _awake_by_package(subject: Subject, capture: Capture, below_minutes: float) -> dict[str, set[str]]:
    """The functions of goroutines that have been busy for less than this, by the packages of own code on their stacks.

    The main function is left out: while it sleeps, say, it only keeps the program alive.
    """
    awake: dict[str, set[str]] = {}
    for place in subject.company(capture).places:
        is_busy = place.operation in AT_WORK and not place.idle and not _writes_the_text(place)
        if is_busy and place.function != MAIN and place.oldest_minutes < below_minutes:
            for frame in filter(subject.ownership.is_own, place.stack.frames):
                awake.setdefault(frame.package, set()).add(normalised_function(place.function))
    return awake


def _writes_the_text(place: Place) -> bool:
    """True if it may be the goroutine that prints the traceback: all others that could run are `runnable` by then."""
    return place.group.state is not None and place.group.state.status == "running"


def _starter_is_there(subject: Subject, crowd: Crowd) -> bool:
    """True if their starter still waits in its function: one goroutine that looks after all, or a request for each."""
    capture, starter = crowd.first.capture, started_by(crowd.first)
    if starter in {"", MAIN}:
        return False
    there = subject.per_places(capture, _waiting_by_function)
    return there[starter, False] == 1 or there[starter, True] >= MOST * crowd.count


def _waiting_by_function(places: Iterable[Place]) -> Counter[tuple[str, bool]]:
    """How many goroutines wait for a channel, by function and by whether they handle requests."""
    found: Counter[tuple[str, bool]] = Counter()
    for place in places:
        if place.operation in _WAITS_FOR_CHANNEL and place.function:
            found[normalised_function(place.function), SERVES in place.stack.functions] += place.count
    return found


def _busy_beside(places: Iterable[Place]) -> _Beside:
    """The busy goroutines of own code, by the types or functions on their stacks and by the package of their start.

    Each is (function, all functions of the stack). Request handlers are left out: they come and go with their requests.
    """
    beside: _Beside = {}
    for place in places:
        functions = place.stack.functions
        if not _is_busy(place) or SERVES in functions:
            continue
        for function in functions:
            beside.setdefault(receiver_or_function(function), []).append((function, functions))
        beside.setdefault(_package_of_start(place), []).append((place.function, functions))
    return beside


def _package_of_start(place: Place) -> str:
    """The package of the function that was started as a goroutine; of the main goroutine, that of the step it is in.

    Empty for what main has called itself, or through closures only: mostly the program's loop, asleep between rounds.
    """
    functions = place.stack.functions
    if place.front is not None and MAIN in functions:
        between = functions[functions.index(place.function) + 1 : functions.index(MAIN)]
        return "" if all(".func" in function for function in between) else place.front.package
    frames = [frame for frame in place.stack.frames if not frame.function.startswith("runtime.")]
    return next((frame.package for frame in reversed(frames) if frame.function not in STARTERS), "")
