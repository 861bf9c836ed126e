"""Whether the goroutines that fit a library's entry are a leak: by number, age, ids, or by comparing texts."""

from debugtext.analyzers.amounts import MANY, MOST, THOUSANDS
from debugtext.analyzers.evidence.across_inputs import count_stayed, count_stayed_by_id, minutes_surely_passed
from debugtext.analyzers.evidence.birth_order import Birth, births_of
from debugtext.analyzers.evidence.excerpts import is_drawn_by_hand, shows_few, shows_only
from debugtext.analyzers.evidence.let_through import (
    count_holders_that_wait,
    count_let_through,
    count_waiting_again,
    nobody_could_hold_slot,
    only_waiters_inside,
)
from debugtext.analyzers.evidence.residents import is_resident
from debugtext.analyzers.evidence.served_clients import clients_are_there, is_served
from debugtext.analyzers.evidence.stayed_in_order import stayed_in_start_order
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.signs.between_texts import went_on
from debugtext.durations import minutes_in_words
from debugtext.knowledge.entries import Library
from debugtext.records.findings import Severity
from debugtext.records.reasons import Passed
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import READS, SURE_MINUTES, Operation
from debugtext.stacks.places import Place

_MOST_TIMES_THE_CROWD = 50
"""If an entry asks for more than so many times the crowd, a picked-out crowd says nothing: every program has some."""
_HALF, _QUARTER = 0.5, 0.25
"""Goroutines that somebody picked out of a dump need only half of the entry's minutes; a quarter gives a note."""
_LEAST_HOLDERS_OR_INPUTS = 3
_MINUTES_OF_A_START = 2
"""Goroutines that began to wait so soon after main did were made when the program started."""
_INPUT = READS | {Operation.SYSCALL}
"""The operations of goroutines that wait for input; a file is read in a system call."""
_LEAST_MADE_ONE_BY_ONE, _TENFOLD = 20, 25
"""So many that were made one after the other are enough, unless the entry asks for far more (`_TENFOLD` times)."""


def judge(subject: Subject, library: Library, crowd: Crowd) -> tuple[Severity, Passed | None]:
    """How loud the finding is, and which of the entry's limits is passed; None if none is."""
    company, known = subject.company(crowd.first.capture), library.busy or library.readers
    busy = sum(place.count for place in company.places if _is_busy(library, place)) if known else 0
    takes_turns = library.slots and count_let_through(subject, crowd) > 0
    for limit in (_one_by_one, _few, _hold_and_wait, _picked_out):
        if few := limit(subject, library, crowd, busy):
            return Severity.NOTE if takes_turns else Severity.WARNING, few
    count = crowd.count // library.each - busy
    if count < library.at_least or crowd.count < library.share * company.count:
        return _picked_soon(subject, library, crowd)
    share = crowd.count / company.count
    passed = Passed(f"{count:,}", f"{library.at_least:,}")
    if library.share:
        passed = Passed(f"{passed.words}, {share:.0%} of the goroutines shown", f"{passed.limit}, {library.share:.0%}")
    is_pool = crowd.first.own and is_resident(subject, crowd)  # somebody has chosen the number of workers
    is_few = library.noted and (is_pool or not (share >= MOST or _are_thousands(subject, crowd)))
    quiet = takes_turns or is_few or _is_no_more(subject, library, crowd)
    return Severity.NOTE if quiet else Severity.WARNING, passed


def _are_thousands(subject: Subject, crowd: Crowd) -> bool:
    """Whether the crowd are thousands of goroutines of own code, nearly all of it, that serve no client.

    Only own code is compared, as a library may have more goroutines for each. A request has two of its connection.
    """
    if is_served(crowd):
        return False
    places = subject.company(crowd.first.capture).places
    return crowd.first.own and THOUSANDS <= crowd.count >= MOST * sum(one.count for one in places if one.own)


def _is_busy(library: Library, place: Place) -> bool:
    """Whether the goroutines of a place show that what the library made is in use."""
    return library.is_busy(place.stack, reads=place.operation in _INPUT)


def _is_no_more(subject: Subject, library: Library, crowd: Crowd) -> bool:
    """Whether the goroutines, a leak only by their number, do not become more: a pool that was filled at once, say.

    All inputs show as many, or in a single text nearly all have waited for equally many minutes.
    """
    if library.few or (library.slots and not library.noted):
        return False
    if len(subject.readings) == 1:
        as_old = sum(minutes >= max(SURE_MINUTES, crowd.waits[-1] - 1) for minutes in crowd.waits)
        return as_old >= MOST * crowd.count and not shows_few(subject, crowd.first.capture)
    return sum(count_stayed(subject, Crowd((place,))) for place in crowd.places) >= crowd.count


def _one_by_one(subject: Subject, library: Library, crowd: Crowd, busy: int) -> Passed | None:
    """Why fewer than the entry's number are enough: their ids show that they were made one by one until now."""
    few = crowd.count // library.each - busy < _LEAST_MADE_ONE_BY_ONE
    if few or library.share > MOST or library.at_least > _LEAST_MADE_ONE_BY_ONE * _TENFOLD:
        return None
    if library.noted and not stayed_in_start_order(subject, Crowd(crowd.places[:1])):
        return None
    births = births_of(subject, Crowd(crowd.places[:1]))
    if births.birth is not Birth.ONE_BY_ONE:
        return None
    return Passed(f"{crowd.count:,}, started one after the other: {births.ids}")


def _few(subject: Subject, library: Library, crowd: Crowd, busy: int) -> Passed | None:
    """Why few are enough: they have waited for long, or stayed through several inputs; None if they have not."""
    if not library.few or (library.lasts and _is_as_old_as_main(subject, crowd)):
        return None
    if library.noted and is_resident(subject, crowd):  # pollers and watchers wait for as long as nothing is new
        return None
    old = sum(minutes >= library.minutes for minutes in crowd.waits) - busy
    if old >= library.few:
        return Passed(f"{old:,} waiting for {library.minutes} min or more", f"{library.few}")
    return _staying(subject, library, crowd, busy)


def _is_as_old_as_main(subject: Subject, crowd: Crowd) -> bool:
    """Whether all began to wait when the main goroutine did, at the start: they may belong to the whole program.

    They do not if main waits for a WaitGroup, and so for their end.
    """
    main = subject.main_place(crowd.first.capture)
    if main is None or not main.oldest_minutes or main.operation is Operation.WAIT_GROUP:
        return False
    return len(crowd.waits) == crowd.count and crowd.waits[0] >= main.oldest_minutes - _MINUTES_OF_A_START


def _hold_and_wait(subject: Subject, library: Library, crowd: Crowd, busy: int) -> Passed | None:
    """Why few are enough: those with a slot wait for another one, or nobody has one, so that none is given back."""
    del busy
    if not library.slots or not library.few or crowd.count < library.few:
        return None
    if (
        library.held_by
        and (holders := count_holders_that_wait(subject, crowd, library.held_by)) >= _LEAST_HOLDERS_OR_INPUTS
    ):
        return Passed(f"{holders:,} of them have one already, and nobody else of the text has")
    if not only_waiters_inside(subject, crowd):
        return None
    if again := count_waiting_again(subject, crowd):
        return Passed(f"{again:,} of them wait again, further down in the same function, and nobody else is in it")
    lost = library.used_in and crowd.count >= MANY and nobody_could_hold_slot(subject, crowd, library.used_in)
    return Passed("the text shows nobody who could have one and give it back") if lost else None


def _picked_out(subject: Subject, library: Library, crowd: Crowd, busy: int) -> Passed | None:
    """Why one is enough: somebody copied only these out of a dump, and they are old; or drew their stack by hand."""
    capture = crowd.first.capture
    if busy or library.at_least > _MOST_TIMES_THE_CROWD * crowd.count or not _are_all(subject, library, crowd):
        return None
    is_named = library in subject.knowledge.entries_of(crowd.first.stack.functions[0])
    if is_named and not library.noted and is_drawn_by_hand(crowd):
        return Passed("somebody drew this stack by hand")
    if not library.picked_minutes:
        return Passed("the text shows no other: somebody picked out what should have ended within seconds")
    if crowd.waits and crowd.waits[-1] >= library.picked_minutes and shows_few(subject, capture):
        return _shown_alone(crowd)
    return None


def _are_all(subject: Subject, library: Library, crowd: Crowd) -> bool:
    """Whether the text shows only the crowd, and the library's companions that come with it."""
    places = subject.company(crowd.first.capture).places
    known = {id(place) for place in crowd.places}
    others = (place for place in places if id(place) not in known)
    return all(not set(library.companions).isdisjoint(place.stack.functions) for place in others)


def _picked_soon(subject: Subject, library: Library, crowd: Crowd) -> tuple[Severity, Passed | None]:
    """How loud a few are that somebody copied alone out of a dump, after a part of the entry's minutes; and why."""
    if not library.few or library.noted or not shows_only(subject, crowd):
        return Severity.NOTE, None
    for severity, part in ((Severity.WARNING, _HALF), (Severity.NOTE, _QUARTER)):
        least = max(SURE_MINUTES, library.minutes * part)
        if sum(minutes >= least for minutes in crowd.waits) >= library.few:
            if not shows_few(subject, crowd.first.capture):
                break
            return severity, _shown_alone(crowd)
    return Severity.NOTE, None


def _shown_alone(crowd: Crowd) -> Passed:
    """The reason that the text shows only this crowd, and it is old."""
    age = minutes_in_words(crowd.waits[-1])
    return Passed(f"the text shows no other, and waiting for {age}: somebody picked it out")


def _staying(subject: Subject, library: Library, crowd: Crowd, busy: int) -> Passed | None:
    """The reason that so many stayed through inputs that are far enough apart; None if they did not.

    Profiles do not show which goroutines stayed. There, several texts must show as many, and so many that it is no
    chance; or they wait for something that nobody seems to have, and that so was never given back.
    """
    inputs, least = len(subject.readings), max(library.few, crowd.count * MOST)
    passed = minutes_surely_passed(subject)
    most_are_young = len(crowd.waits) * 2 < crowd.count
    if inputs == 1 or (most_are_young and went_on(subject, crowd)):
        return None
    if passed >= library.minutes:
        same = sum(count_stayed_by_id(subject, Crowd((place,))) for place in crowd.places) - busy
        if same >= least:
            return Passed(f"{same:,} stayed through {inputs} inputs, {passed:,.0f} min apart", f"{library.few}")
    if crowd.first.group.state is not None or inputs < _LEAST_HOLDERS_OR_INPUTS or 0 < passed < library.minutes:
        return None
    if library.few < MANY and not (library.slots and only_waiters_inside(subject, crowd)):
        return None
    if clients_are_there(subject, crowd):  # as many clients as before, each with a request that goes on
        return None
    same = sum(count_stayed(subject, Crowd((place,))) for place in crowd.places) - busy
    return Passed(f"as many, {same:,}, in each of {inputs} inputs", f"{library.few}") if same >= least else None
