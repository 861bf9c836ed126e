"""Who holds a lock where no argument shows it: a method of the lock's type below the wait for another lock."""

import re

import pytest

from ...texts import goroutine, profile
from .test_locks import DUMPER, waiting_for

BOOK, TILL = 0xC000010000, 0xC000020000


def crossed(book: str, till: str) -> list[tuple[str, ...]]:
    """Two that take the locks of two objects in other order, through an interface that hides the outer one."""
    return [
        waiting_for(BOOK, f"shop.(*Book).Add({BOOK:#x})", f"shop.(*Till).Settle({till})", "shop.nightly(0x1)"),
        waiting_for(TILL, f"shop.(*Till).Add({TILL:#x})", f"shop.(*Book).Settle({book})", "shop.nightly(0x2)"),
    ]


@pytest.mark.parametrize(
    ("book", "till", "rules"),
    [
        ("0x1?", "0x1?", ["DT301"]),
        (f"{BOOK:#x}", f"{TILL:#x}", ["DT301"]),
        ("0xc000090000", "0xc0000a0000", ["DT304", "DT304"]),
    ],
    ids=["by type", "by address", "other objects"],
)
def test_a_circle_whose_outer_receivers_are_lost(dump, findings, book, till, rules):
    found = findings(dump(*crossed(book, till), DUMPER), rule="DT3")
    assert [one.rule for one in found] == rules


def test_a_goroutine_at_another_lock_holds_what_nobody_else_can(dump, findings):
    reports = waiting_for(TILL, f"shop.(*Till).Name({TILL:#x})", "fmt.Sprint(0x1)", "shop.(*Book).Report(0x2?)")
    victims = [waiting_for(BOOK, f"shop.(*Book).Total({BOOK:#x})")] * 4
    found = findings(dump(reports, *victims, DUMPER), rule="DT303")
    assert [one.functions[0] for one in found] == ["shop.(*Book).Report"]


def test_who_is_past_the_lock_and_not_at_another_one_comes_first(dump, findings):
    reports = waiting_for(TILL, f"shop.(*Till).Name({TILL:#x})", "shop.(*Book).Report(0x2?)")
    victims = [waiting_for(BOOK, f"shop.(*Book).Total({BOOK:#x})")] * 4
    holder = ("chan send, 5 minutes", f"shop.(*Book).Publish({BOOK:#x})")
    found = findings(dump(reports, *victims, holder, DUMPER), rule="DT303")
    assert found[0].functions[0] == "shop.(*Book).Publish"


PLAZA = 0xC000030000
ENTERS = f"toll.(*Plaza).Enter({PLAZA:#x})"
CLOSES = ("sync.WaitGroup.Wait, 5 minutes", "sync.(*WaitGroup).Wait(0x1)", f"toll.(*Plaza).Close({PLAZA:#x})")


def at_line(line: int, text: str) -> str:
    """The text with all frames of one file at one line."""
    return re.sub(r"toll\.go:\d+", f"toll.go:{line}", text)


@pytest.mark.parametrize(("payers", "holder"), [(1, "Enter"), (4, "Close")])
def test_of_several_that_stand_alike_beyond_a_mutex_none_need_have_it(dump, findings, payers, holder):
    victims = at_line(62, dump(*[waiting_for(PLAZA, ENTERS)] * 8, DUMPER))
    paying = at_line(74, dump(*[("chan receive, 5 minutes", ENTERS)] * payers))
    closing = at_line(90, dump(CLOSES))
    text = "\n".join([victims, renumbered(paying, 20), renumbered(closing, 40)])
    (found,) = findings(text, rule="DT303")
    assert found.functions[0] == f"toll.(*Plaza).{holder}"


def test_several_that_were_only_handed_the_object_do_not_hold_its_mutex(dump, findings):
    """The holder's own receiver is a stale word, which is no address of the object."""
    victims = at_line(62, dump(*[waiting_for(PLAZA, ENTERS)] * 8, DUMPER))
    watching = at_line(38, dump(*[("chan receive, 5 minutes", f"toll.Watch({PLAZA:#x}, 0x1)")] * 3))
    holder = at_line(74, dump(("chan send, 5 minutes", "toll.(*Plaza).Enter(0xc000099990?)")))
    text = "\n".join([victims, renumbered(watching, 20), renumbered(holder, 40)])
    (found,) = findings(text, rule="DT303")
    assert found.title.endswith("probably held by goroutine 41 in toll.(*Plaza).Enter: sending on a channel for 5 min")


@pytest.mark.parametrize(("payers", "holder"), [(1, "Enter"), (4, "Close")])
def test_so_it_is_in_a_profile(findings, payers, holder):
    lock = ("sync.runtime_SemacquireMutex", "sync.(*Mutex).lockSlow", "sync.(*Mutex).Lock")
    text = profile(
        (20, (*lock, "toll.(*Plaza).Enter")),
        (payers, ("runtime.chanrecv1", "toll.(*Plaza).Enter")),
        (1, ("sync.runtime_Semacquire", "sync.(*WaitGroup).Wait", "toll.(*Plaza).Close")),
    )
    (found,) = findings(text, rule="DT303")
    assert found.functions[0] == f"toll.(*Plaza).{holder}"


@pytest.mark.parametrize(
    ("calls", "rule"),
    [
        pytest.param(
            ("toll.(*Plaza).expire", "toll.(*Plaza).sweeps"), "DT304", id="the round of others has come to it"
        ),
        pytest.param(("toll.(*Plaza).expire",), "DT303", id="nobody has come to it from there"),
    ],
)
def test_who_waits_in_a_loop_for_its_next_round_holds_nothing(findings, calls, rule):
    lock = ("sync.runtime_SemacquireMutex", "sync.(*Mutex).lockSlow", "sync.(*Mutex).Lock")
    text = profile((6, (*lock, *calls)), (3, ("runtime.chanrecv1", "toll.(*Plaza).sweeps")))
    assert [found.rule for found in findings(text, rule="DT30")] == [rule]


def renumbered(text: str, first: int) -> str:
    """The goroutines with ids from another one on."""
    return re.sub(r"goroutine (\d+)", lambda match: f"goroutine {first + int(match[1])}", text)


def test_a_circle_shows_in_a_profile_that_prints_neither_ids_nor_arguments(findings):
    lock = ("sync.runtime_SemacquireMutex", "sync.(*Mutex).lockSlow", "sync.(*Mutex).Lock")

    def group(count: int, line: int, *names: str) -> str:
        at = [f"0x{line}{depth:04x}" for depth, _ in enumerate((*lock, *names))]
        calls = zip(at, (*lock, *names), strict=True)
        frames = "".join(f"#\t{where}\t{name}+0x1\tshop.go:{line}\n" for where, name in calls)
        return f"{count} @ 0x60 {' '.join(at)}\n{frames}\n"

    circle = group(1, 7, "shop.(*Book).Add", "shop.(*Till).Settle") + group(
        1, 8, "shop.(*Till).Add", "shop.(*Book).Pay"
    )
    text = f"goroutine profile: total 14\n{group(12, 9, 'shop.(*Till).Sum')}{circle}"
    (found,) = findings(text, rule="DT301")
    assert (found.severity, found.functions[:2]) == ("warning", ("shop.(*Till).Settle", "shop.(*Book).Pay"))


@pytest.mark.parametrize(
    ("maker", "state", "rule"),
    [
        pytest.param("toll.serve", "chan receive, 5 minutes", "DT303", id="the function around them waits"),
        pytest.param("toll.other", "chan receive, 5 minutes", "DT304", id="another one has started them"),
        pytest.param("toll.serve", "select (no cases), 5 minutes", "DT304", id="it only keeps the program alive"),
    ],
)
def test_who_made_the_closures_that_lock_may_have_the_lock(findings, maker, state, rule):
    around = goroutine(1, state, "toll.serve(0x1)", "main.main()")
    lock = waiting_for(PLAZA, "toll.serve.func1()")
    closures = [goroutine(number, *lock, created_by=maker) for number in range(20, 24)]
    (found,) = findings("\n".join([around, *closures, goroutine(90, *DUMPER)]), rule="DT30")
    assert found.rule == rule
    assert ("probably held by goroutine 1 in toll.serve" in found.title) is (rule == "DT303")
