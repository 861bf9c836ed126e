"""Who still waits for a lock in the second text, and who got it in between."""

import pytest

from ...texts import goroutine
from .test_locks import waiting_for

SELLS = waiting_for(0xC000010000, "till.(*Till).Sell(0xc000010000)", state="sync.Mutex.Lock")
OPENS = ("sleep", "time.Sleep(0x1)", "till.open()", "main.main()")


def text(numbers: range) -> str:
    return "\n".join([goroutine(1, *OPENS), *(goroutine(number, *SELLS) for number in numbers)])


def profile(count: int) -> str:
    frames = "".join(
        f"#\t0x{at}\t{name}+0x1\tx.go:7\n"
        for at, name in ((70, "sync.runtime_SemacquireMutex"), (71, "sync.(*Mutex).Lock"), (72, "till.(*Till).Sell"))
    )
    waiters = f"{count} @ 0x60 0x70 0x71 0x72\n{frames}\n" if count else ""
    return (
        f"goroutine profile: total {count + 1}\n{waiters}"
        "1 @ 0x80 0x81\n#\t0x80\tsyscall.Syscall+0x1\tx.go:9\n#\t0x81\ttill.open+0x1\tx.go:9\n"
    )


def test_a_queue_that_only_grows_is_a_lock_that_is_not_given_back(findings):
    found = findings(text(range(5, 12)), text(range(5, 30)))
    assert found[0].rule == "DT304"
    assert found[0].evidence["waiters_at_first"] == 7
    assert found[0].count == 25


@pytest.mark.parametrize(
    ("counts", "at_first"), [((0, 40, 90), 40), ((4, 40, 90), 4)], ids=["nobody in the first text", "few"]
)
def test_a_queue_grows_from_the_first_text_that_shows_many(findings, counts, at_first):
    found = findings(*map(profile, counts), rule="DT30")
    assert [(one.rule, one.evidence["waiters_at_first"]) for one in found] == [("DT304", at_first)]


@pytest.mark.parametrize("later", [range(7, 30), range(20, 29)], ids=["two have got it", "others each time"])
def test_a_queue_that_moves_is_load(findings, later):
    assert findings(text(range(5, 12)), text(later), rule="DT304") == []


def test_one_text_alone_says_no_more_than_that_many_wait(findings):
    assert [str(one.severity) for one in findings(text(range(5, 30)), rule="DT30")] == ["note"]


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [(40, 90, ["DT304"]), (40, 50, ["DT306"]), (6, 12, ["DT306"])],
    ids=["many more", "some more", "few"],
)
def test_profiles_name_nobody_so_that_the_queue_must_have_grown_much(findings, before, after, rules):
    assert [one.rule for one in findings(profile(before), profile(after), rule="DT30")] == rules


@pytest.mark.parametrize(("line", "rules"), [(9, []), (5, ["DT304"])], ids=["past the Lock", "before it"])
def test_a_few_as_many_as_before_are_others_where_one_was_past_the_lock(findings, line, rules):
    sold = f"1 @ 0x90 0x91\n#\t0x90\tsyscall.Syscall+0x1\tx.go:9\n#\t0x91\ttill.(*Till).Sell+0x1\tx.go:{line}\n\n"
    first = profile(3).replace("1 @ 0x80", f"{sold}1 @ 0x80").replace("total 4", "total 5")
    assert [one.rule for one in findings(first, profile(3), rule="DT30")] == rules


def test_who_was_past_the_lock_and_is_not_any_more_has_kept_it(findings):
    """The one at work in the first of three texts has returned without Unlock before the second."""
    sold = "1 @ 0x90 0x91\n#\t0x90\tsyscall.Syscall+0x1\tx.go:9\n#\t0x91\ttill.(*Till).Sell+0x1\tx.go:9\n\n"
    first = profile(3).replace("1 @ 0x80", f"{sold}1 @ 0x80").replace("total 4", "total 5")
    assert [one.rule for one in findings(first, profile(3), profile(3), rule="DT30")] == ["DT304"]


def test_the_lock_comes_before_those_that_pile_up_behind_it(findings):
    """An excerpt's lock is as loud as the growth of its waiters, and of fewer goroutines."""
    rest = ("chan send", "till.(*Till).note(0xc000010000)")
    before = [*(goroutine(number, *SELLS) for number in range(5, 8)), *(goroutine(at, *rest) for at in range(40, 50))]
    after = [*(goroutine(number, *SELLS) for number in range(5, 8)), *(goroutine(at, *rest) for at in range(40, 120))]
    found = findings("\n".join(before), "\n".join(after))
    assert found[0].rule in {"DT303", "DT304"}
    assert len(found) > 1


def test_without_any_age_an_excerpt_cannot_tell_a_deadlock_from_load(findings):
    (found,) = findings("\n".join(goroutine(number, *SELLS) for number in range(5, 38)), rule="DT304")
    assert found.title == (
        "33 goroutines wait for a lock in till.(*Till).Sell; this excerpt does not show who holds it: "
        "a deadlock, or heavy contention"
    )
    assert found.advice.startswith("Take another text a minute later")


@pytest.mark.parametrize("state", ["sync.Mutex.Lock, 3 minutes", "sync.Mutex.Lock"], ids=["old", "nobody is active"])
def test_who_waits_for_minutes_or_for_nobody_is_no_load(findings, state):
    sells = waiting_for(0xC000010000, "till.(*Till).Sell(0xc000010000)", state=state)
    main = ("chan receive", "main.main()")
    whole = "\n".join([goroutine(1, *main), *(goroutine(number, *sells) for number in range(5, 38))])
    (found,) = findings(whole, rule="DT304")
    assert found.title.endswith("nobody in this text seems to hold it")


@pytest.mark.parametrize(
    ("counts", "rules"), [((30, 90), ["DT303"]), ((90, 70), ["DT306"])], ids=["it only grows", "it moves"]
)
def test_a_holder_in_a_select_is_stuck_where_the_queue_stands(findings, counts, rules):
    names = {90: "runtime.selectgo", 91: "till.fetch", 92: "till.(*Till).Sell"}
    holder = "".join(f"#\t0x{at}\t{name}+0x1\tx.go:8\n" for at, name in names.items())
    texts = [f"{profile(count)}\n1 @ 0x90 0x91 0x92\n{holder}" for count in counts]
    found = findings(*texts, rule="DT30")
    assert [one.rule for one in found] == rules


def test_a_holder_that_reads_in_each_text_keeps_the_lock_of_a_queue_that_stands(findings):
    names = {90: "internal/poll.runtime_pollWait", 91: "net.(*conn).Read", 92: "till.fetch", 93: "till.(*Till).Sell"}
    holder = "".join(f"#\t0x{at}\t{name}+0x1\tx.go:8\n" for at, name in names.items())
    before, after = (f"{profile(count)}\n1 @ 0x90 0x91 0x92 0x93\n{holder}" for count in (30, 90))
    assert [one.rule for one in findings(before, after, rule="DT30")] == ["DT303"]
    assert [one.rule for one in findings(after, rule="DT30")] == ["DT306"]
    assert [one.rule for one in findings(before.replace("fetch", "find"), after, rule="DT30")] == ["DT306"]


@pytest.mark.parametrize(("earlier", "rules"), [(40, ["DT303"]), (41, ["DT306"])], ids=["the same", "another one"])
def test_who_keeps_a_lock_is_known_by_its_id(findings, earlier, rules):
    reads = ("IO wait", "internal/poll.(*FD).Read(0x1)", "till.fetch()", "till.(*Till).Sell(0xc000010000)")
    before = "\n".join([text(range(5, 12)), goroutine(earlier, *reads)])
    after = "\n".join([text(range(5, 30)), goroutine(40, *reads)])
    assert [one.rule for one in findings(before, after, rule="DT30")] == rules


@pytest.mark.parametrize(
    ("state", "rule"),
    [
        pytest.param("select (no cases), locked to thread", "DT304", id="who waits for ever gives nothing back"),
        pytest.param("sleep", "DT306", id="who sleeps may"),
    ],
)
def test_who_is_in_that_code_may_have_the_lock_unless_it_can_never_go_on(dump, findings, state, rule):
    waiters = [waiting_for(0xC000010000, "bank.(*Ledger).Post(0x0?)", state="sync.Mutex.Lock")] * 12
    text = dump(("IO wait", "main.main()"), *waiters, (state, "bank.hold(0x1)"))
    assert {found.rule for found in findings(text, rule="DT30")} == {rule}
