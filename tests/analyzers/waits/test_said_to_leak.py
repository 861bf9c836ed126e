"""Goroutines of which the words right above them say that they leak: the only evidence, where there is no other."""

import pytest

from ..conftest import profile

SAID = "After Stop we see these leaked goroutines:\n\n"
LOOP = ("chan receive", "shop.(*Hub).loop(0x1)")


def test_each_function_is_told_with_the_words(dump, findings):
    text = dump(("running", "main.dump()"), LOOP, LOOP, ("select", "shop.follow(0x1)")).partition("\n\n")[2]
    first, second = findings(SAID + text)
    assert (first.rule, first.title, str(first.severity)) == (
        "DT220",
        "2 goroutines in shop.(*Hub).loop, receiving from a channel: the text calls them a leak",
        "warning",
    )
    assert second.title == "1 goroutine in shop.follow, waiting in a select: the text calls it a leak"
    assert first.evidence == {"goroutines": 2, "said_above": "After Stop we see these leaked goroutines:"}


@pytest.mark.parametrize(
    ("above", "goroutines"),
    [
        ("After Stop we see these goroutines:\n", [("select", "main.main()"), LOOP]),
        (SAID, [("chan receive", "main.main()"), LOOP]),
        (SAID.replace("these", "no"), [("select", "shop.follow(0x1)")]),
    ],
    ids=["no word of it", "a whole dump", "no leak"],
)
def test_other_words_and_whole_dumps_say_nothing(dump, findings, above, goroutines):
    assert findings(above + dump(*goroutines), rule="DT220") == []


def test_the_main_goroutine_is_accused_where_it_is_shown_alone(dump, findings):
    said = "to avoid this deadlock when the worker ends:\n"
    shown = [("chan send", "shop.run(0x1)", "main.main()"), ("running", "main.dump()")]
    assert [found.functions[0] for found in findings(said + dump(*shown), rule="DT220")] == ["shop.run"]
    assert findings(said + dump(*shown, LOOP), rule="DT220") == []


def test_many_are_looked_at_as_always(dump, findings):
    text = dump(("running", "main.dump()"), *[LOOP] * 6).partition("\n\n")[2]
    assert findings(SAID + text, rule="DT220") == []


@pytest.mark.parametrize("state", ["chan send, 90 minutes", "sync.Mutex.Lock, 3 minutes"])
def test_what_another_rule_tells_is_not_told_again(dump, findings, state):
    text = dump(("running", "main.dump()"), (state, "shop.ask(0x1)")).partition("\n\n")[2]
    assert findings(SAID + text) != []
    assert "DT220" not in [found.rule for found in findings(SAID + text)]


@pytest.mark.parametrize(
    ("above", "said"),
    [
        ("It is stuck in this goroutine:", "calls it stuck"),
        ("There are 4,000 goroutines like this:", "has many like it"),
    ],
)
def test_the_words_are_told_as_what_they_say(dump, findings, above, said):
    text = dump(("running", "main.dump()"), ("select", "shop.follow(0x1)")).partition("\n\n")[2]
    (found,) = findings(f"{above}\n\n{text}")
    assert (found.rule, found.title) == ("DT220", f"1 goroutine in shop.follow, waiting in a select: the text {said}")


def test_who_waits_for_work_beside_the_one_that_is_stuck_is_not_accused(dump, findings):
    idle = ("select", "net/http.(*persistConn).writeLoop(0x1)")
    text = dump(("running", "main.dump()"), ("select", "shop.follow(0x1)"), idle).partition("\n\n")[2]
    (found,) = findings("It is stuck here:\n\n" + text)
    assert found.functions[0] == "shop.follow"


READS = ("IO wait, 30 minutes", "net/http.(*persistConn).readLoop(0x1)")


@pytest.mark.parametrize(
    ("outermost", "named"),
    [
        ((), "net/http.(*persistConn).readLoop"),
        (("net/http.(*Transport).dialConn.gowrap2(0x1)",), "net/http.(*persistConn).readLoop"),
        (("net/http.(*Transport).dialConn.func5(0x1)",), "net/http.(*Transport).dialConn.func5"),
    ],
    ids=["plain", "wrapped", "suspicious but for what is known of the library"],
)
def test_who_idles_by_design_is_told_where_the_words_say_it_leaks(dump, findings, outermost, named):
    text = dump(("running", "main.dump()"), *[(*READS, *outermost)] * 3).partition("\n\n")[2]
    (found,) = findings("The leaked goroutines look like this:\n\n" + text, rule="DT220")
    assert found.title == f"3 goroutines in {named}, waiting for input or output for 30 min: the text calls them a leak"


def test_what_a_librarys_pattern_warns_of_is_not_told_again(dump, findings):
    text = dump(("running", "main.dump()"), ("select, 90 minutes", "database/sql.(*DB).conn(0x1)", "shop.ask(0x1)"))
    found = findings(SAID + text.partition("\n\n")[2])
    assert [one.rule for one in found] == ["DT211"]


RECORD = ("runtime.gopark", "runtime.selectgo", "shop.(*Conn).watchCancel.func1")
MAIN_RECORD = (1, ("runtime.gopark", "main.main", "runtime.main"))


@pytest.mark.parametrize("count", [3, 74])
@pytest.mark.parametrize("header", [True, False], ids=["a profile", "a record"])
def test_of_a_profile_few_records_are_a_few_however_many_stand_there(findings, count, header):
    text = profile((count, RECORD))
    (found,) = findings(SAID + (text if header else text.partition("\n")[2]), rule="DT220")
    assert str(found.severity) == "warning"
    assert found.title == (
        f"{count} goroutines in shop.(*Conn).watchCancel.func1, waiting in a select: the text calls them a leak"
    )


def test_a_profile_with_the_main_goroutine_or_of_many_records_is_a_whole_one(findings):
    many = [(3, (f"runtime.selectgo{number}", f"shop.watch{number}")) for number in range(6)]
    assert findings(SAID + profile((3, RECORD), MAIN_RECORD), rule="DT220") == []
    assert findings(SAID + profile(*many), rule="DT220") == []
