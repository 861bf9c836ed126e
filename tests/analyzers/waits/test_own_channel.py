"""The one that should receive goes through its own channel, and waits for itself as all others do."""

import pytest

from ..conftest import goroutine, profile

ASK = "till.(*Counter).ask(0x1)"
CALLERS = [goroutine(number, "chan send, 4 minutes", ASK, "main.sell(0x1)") for number in range(40, 52)]
ITSELF = goroutine(7, "chan send, 4 minutes", ASK, "till.(*Counter).take(0x1)", "till.(*Counter).serve(0x1)")


def test_the_method_that_receives_and_sends_to_itself_is_what_to_open(findings):
    (found,) = findings("\n".join([ITSELF, *CALLERS]), rule="DT201")
    assert found.title.endswith(", as till.(*Counter).serve should receive and sends there itself")
    assert (found.functions[0], found.count, found.location.file) == ("till.(*Counter).serve", 13, "/src/app/till.go")
    assert "directly" in found.advice


def test_so_it_is_of_those_whom_the_runtime_calls_leaked(findings):
    marked = "\n".join([ITSELF, *CALLERS]).replace("4 minutes]", "4 minutes] (leaked)").replace("] (", " (")
    leaked = marked.replace("chan send, 4 minutes (leaked)", "chan send (leaked), 4 minutes]").replace("]]", "]")
    (found,) = findings(leaked, rule="DT101")
    assert found.functions[0] == "till.(*Counter).serve"


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([ITSELF, ITSELF.replace("goroutine 7 ", "goroutine 8 ")], id="two of them"),
        pytest.param([goroutine(7, "chan send, 4 minutes", ASK)], id="started in the function that sends"),
        pytest.param([goroutine(7, "chan send, 4 minutes", ASK, "till.(*Drawer).run(0x1)")], id="of another type"),
    ],
)
def test_where_it_may_be_another_one_nobody_is_named(findings, others):
    (found,) = findings("\n".join([*others, *CALLERS]), rule="DT201")
    assert "itself" not in found.title
    assert found.functions[0] == "till.(*Counter).ask"


def test_in_a_profile_nobody_was_let_through(alarms):
    way = ("runtime.chansend", "till.(*Counter).ask")
    text = profile((13, (*way, "main.sell")), (1, (*way, "till.(*Counter).take", "till.(*Counter).serve")))
    assert [rule for rule, _ in alarms(text)] == ["DT201"]


TELL, LOOP = "ring.(*Actor).Tell(0x1)", "ring.(*Actor).loop(0x1)"


def actors(state, *calls):
    """Two actors of which each tells the other, and what else the program does."""
    two = [goroutine(number, state, *calls) for number in (17, 18)]
    rest = [goroutine(number, "chan receive", LOOP) for number in range(3, 13)]
    accepts = goroutine(2, "IO wait", "internal/poll.(*FD).Accept(0x1)", "web.serve(0x1)")
    return "\n".join([goroutine(1, "chan receive", "main.main()"), accepts, *two, *rest])


def test_actors_that_send_to_one_another_are_opened_where_they_call_the_sending_method(findings):
    (found,) = findings(actors("chan send, 4 minutes", TELL, "ring.(*Actor).handle(0x1)", LOOP), rule="DT201")
    assert found.title.endswith("; ring.(*Actor).loop should receive, and sends itself in all of them")
    assert found.functions == ("ring.(*Actor).handle", "ring.(*Actor).Tell", "ring.(*Actor).loop")
    assert "to one another" in found.advice


def test_two_actors_are_stuck_if_two_texts_show_the_same_ones(alarms):
    text = actors("chan send", TELL, "ring.(*Actor).handle(0x1)", LOOP)
    assert alarms(text) == []
    assert alarms(text, text) == [("DT201", "ring.(*Actor).handle")]


def test_two_senders_that_receive_nothing_may_make_numbers(alarms):
    text = actors("chan send", "ids.(*Source).next(0x1)", "ids.run(0x1)")
    assert alarms(text, text) == []
