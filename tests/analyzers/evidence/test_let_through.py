"""Goroutines that wait for their turn, and those that have it, further down in the same function."""

import pytest

from ...texts import profile

DUMPER = ("running", "runtime/pprof.writeGoroutineStacks(0x1)", "main.dump(0x2)")


def goroutines(*groups: tuple[int, str, tuple[tuple[str, int], ...]]) -> str:
    """(how many, state, (function, line) leaf first) as a dump."""
    text, number = [], 50
    for count, state, calls in groups:
        for _ in range(count):
            number += 1
            frames = "".join(f"{function}(0x1)\n\t/src/till.go:{line} +0x1d\n" for function, line in calls)
            text.append(f"goroutine {number} [{state}]:\n{frames}")
    return "\n".join(text)


WAITS = ("till.(*Gate).do", 7)
HAS_IT = (("till.(*Print).write", 90), ("till.(*Gate).do", 9))


@pytest.mark.parametrize(
    ("state", "others", "told"),
    [
        pytest.param("chan send", ("select", HAS_IT), ["note"], id="a slot is taken further down"),
        pytest.param("chan send, 9 minutes", ("select, 2 minutes", HAS_IT), ["note"], id="and not for as long"),
        pytest.param(
            "chan send, 9 minutes", ("select, 9 minutes", HAS_IT), ["warning"], id="as long: who has it hangs"
        ),
        pytest.param("chan send", ("chan receive (leaked)", HAS_IT), ["warning"], id="and never gives it back"),
        pytest.param(
            "chan send", ("select", (HAS_IT[0], ("till.(*Gate).do", 5))), ["warning"], id="above: not yet there"
        ),
        pytest.param("chan send", ("select", (("till.crew", 24),)), ["note"], id="in the function that calls it"),
        pytest.param("chan send", ("select", (("till.crew", 22),)), ["warning"], id="above the call"),
    ],
)
def test_who_was_let_through_tells_of_turns(findings, dump, state, others, told):
    text = goroutines((300, state, (WAITS, ("till.crew", 23))), (4, *others)) + "\n" + dump(DUMPER)
    assert [found.severity for found in findings(text, rule="DT201")] == told


ACQUIRE = ("golang.org/x/sync/semaphore.(*Weighted).Acquire", 70)


@pytest.mark.parametrize(
    ("state", "call", "told"),
    [
        ("IO wait", "Query", ["note"]),
        ("select", "Query", ["warning"]),
        ("IO wait", "Ping", ["warning"]),
    ],
    ids=["its query runs", "it waits in the same way", "it does something else"],
)
def test_who_works_in_a_library_where_others_wait_in_the_same_call_has_its_turn(findings, dump, state, call, told):
    """A pool of connections: all are at one line of own code, and have called the same function."""
    waits = (("database/sql.(*DB).conn", 70), ("database/sql.(*DB).Query", 41), WAITS)
    works = (("net.(*conn).Read", 179), (f"database/sql.(*DB).{call}", 41), WAITS)
    text = goroutines((84, "select", waits), (6, state, works)) + "\n" + dump(DUMPER)
    assert [found.severity for found in findings(text, rule="DT211")] == told


@pytest.mark.parametrize(("line", "told"), [(1750, ["note"]), (1730, ["warning"])])
def test_who_is_further_down_in_a_librarys_function_has_its_turn_however_it_waits(findings, dump, line, told):
    """A driver waits for its server's answer in a select, as those do that wait for a connection."""
    query = (("database/sql.(*DB).QueryContext", 41), WAITS)
    waits = (("database/sql.(*DB).conn", 1300), ("database/sql.(*DB).query", 1739), *query)
    works = (("stone.(*conn).roundTrip", 88), ("database/sql.(*DB).query", line), *query)
    text = goroutines((84, "select", waits), (6, "select", works)) + "\n" + dump(DUMPER)
    assert [found.severity for found in findings(text, rule="DT211")] == told


@pytest.mark.parametrize(("line", "told"), [(9, ["note"]), (5, ["warning"])])
def test_a_semaphore_of_a_library_has_turns_too(findings, dump, line, told):
    text = goroutines((80, "select", (ACQUIRE, WAITS)), (4, "IO wait", (HAS_IT[0], ("till.(*Gate).do", line))))
    assert [found.severity for found in findings(text + "\n" + dump(DUMPER), rule="DT211")] == told


@pytest.mark.parametrize(
    ("state", "told"), [("chan send", ["warning"]), ("chan receive", ["note"])], ids=["it sends", "it receives"]
)
def test_nobody_takes_turns_where_the_one_who_should_receive_does_not(findings, dump, state, told):
    """The one further down waits for an answer of the same loop, which never comes."""
    answered = (2, "chan receive", (("till.(*Gate).do", 9),))
    text = goroutines((300, "chan send", (WAITS,)), answered, (1, state, (("till.(*Gate).run", 40),)))
    assert [found.severity for found in findings(text + "\n" + dump(DUMPER), rule="DT201")] == told


SELECTGO = "runtime.selectgo"


@pytest.mark.parametrize(
    ("beside", "rules"),
    [("till.(*Gate).do", []), ("till.(*Gate).open", ["DT211"])],
    ids=["somebody has got it", "nobody has"],
)
def test_a_few_that_wait_in_each_text_for_what_nobody_has(alarms, beside, rules):
    acquire = (SELECTGO, ACQUIRE[0], WAITS[0], "till.crew")
    text = profile((6, acquire), (1, ("time.Sleep", beside, "till.shift")), (9, (SELECTGO, "till.serve")))
    assert [rule for rule, _ in alarms(text, text, text)] == rules


@pytest.mark.parametrize(
    ("caller", "beside", "rules"),
    [
        ("till.(*Gate).do", "till.(*Gate).open", ["DT211"]),
        ("till.(*Gate).redo", "till.(*Gate).open", []),
        ("till.(*Gate).do", "till.(*Gate).do", []),
    ],
    ids=["all that have one want another", "of another function", "somebody works with his"],
)
def test_who_has_got_one_and_waits_for_another(findings, dump, caller, beside, rules):
    first = (5, "select", (ACQUIRE, WAITS))
    second = (3, "select", (ACQUIRE, ("till.(*Print).write", 90), (caller, 9)))
    text = goroutines(first, second, (1, "IO wait", ((beside, 12),)), (9, "select", (("till.serve", 3),)))
    found = findings(text + "\n" + dump(DUMPER), rule="DT211")
    assert [one.rule for one in found if one.severity == "warning"] == rules


POOL = "till.(*Pool).do"
WORKER = (("till.ring", 30), ("till.sale.func1", 12), (f"{POOL}.func1", 21), ("till.(*Pool).work", 40))


@pytest.mark.parametrize(
    ("served", "severity"), [(3, "warning"), (4, "note")], ids=["all that work want another", "one does its work"]
)
def test_workers_that_hand_work_to_their_own_pool(findings, dump, served, severity):
    callers = (("till.sale", 12), ("till.day", 5))
    text = goroutines(
        (300, "chan send", ((POOL, 20), *callers)),
        (3, "chan send", ((POOL, 20), *WORKER)),
        (served, "select", ((POOL, 23), *callers)),
    )
    (found,) = findings(text + "\n" + dump(DUMPER), rule="DT201")
    assert found.severity == severity
    assert found.functions == (POOL, "till.ring", "till.sale.func1", f"{POOL}.func1", "till.(*Pool).work")


def test_a_function_that_asks_at_two_lines_may_hold_what_it_waits_for(findings, dump):
    """Of many that wait for a pool, those are named that may have got one, and ask for another."""
    first, second = (("till.(*Book).list", line) for line in (5, 21))
    text = goroutines(
        (200, "select", (ACQUIRE, WAITS)),
        *((12, "select", (ACQUIRE, ("till.(*Book).sums", 7), first)),),
        *((13, "select", (ACQUIRE, ("till.(*Book).drop", 7), second)),),
    )
    (found,) = findings(text + "\n" + dump(DUMPER), rule="DT211")
    assert found.title.endswith(
        "225 goroutines in till.(*Gate).do (200) and 2 more functions; 25 of them in till.(*Book).list, which asks at "
        "two lines (5 and 21)"
    )
    assert found.functions[0] == "till.(*Book).list"
    assert (found.location.file, found.location.line) == ("/src/till.go", 21)
