"""Few senders are worth a note where nobody else of a whole text could receive, and an alarm if the same ones stay."""

import pytest

from ...texts import goroutine

MAIN = goroutine(1, "select (no cases)", "main.main()")
SERVES = goroutine(2, "IO wait", "internal/poll.(*FD).Accept(0x2)", "net/http.ListenAndServe(0x1)", "main.main.func1()")
SENDERS = [goroutine(n, "chan send", "mail.(*Mailer).Campaign(0x1)", created_by="main.main") for n in (5, 6, 7)]
WAITS = goroutine(
    8, "semacquire", "sync.(*WaitGroup).Wait(0x1)", "mail.(*Mailer).Campaign(0x1)", created_by="main.main"
)


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ([], ["note"]),
        ([goroutine(9, "IO wait", "internal/poll.(*FD).Read(0x1)", "net/http.(*conn).serve(0x1)")], ["note"]),
        ([goroutine(9, "chan receive", "mail.(*Mailer).sender(0x1)")], []),
        ([goroutine(9, "select", "main.collect(0x1)")], []),
        ([goroutine(9, "select", "github.com/IBM/sarama.(*asyncProducer).dispatcher(0x1)")], []),
    ],
    ids=["nobody", "a connection", "one that receives", "one that selects", "one of a dependency"],
)
def test_few_senders_are_told_of_where_nobody_could_receive(findings, others, told):
    text = "\n".join([MAIN, SERVES, *SENDERS, WAITS, *others])
    assert [str(one.severity) for one in findings(text, rule="DT201")] == told


@pytest.mark.parametrize(
    "goroutines", [[MAIN, SERVES, SENDERS[0], WAITS], [SERVES, *SENDERS, WAITS]], ids=["one", "an excerpt"]
)
def test_of_one_sender_or_a_part_of_a_text_nothing_is_told(findings, goroutines):
    assert findings("\n".join(goroutines), rule="DT201") == []


def test_the_same_ones_in_two_texts_do_not_go_on(alarms):
    text = "\n".join([MAIN, SERVES, *SENDERS, WAITS])
    assert alarms(text, text) == [("DT201", "mail.(*Mailer).Campaign")]
    assert alarms(text, text.replace("Campaign", "Report", 3)) == []
    beside = "\n".join([text, goroutine(9, "chan receive", "mail.(*Mailer).sender(0x1)")])
    assert alarms(beside, beside) == []


def test_of_those_whom_one_that_waits_has_started_it_is_told_once(findings):
    waits = goroutine(8, "semacquire", "sync.(*WaitGroup).Wait(0x1)", "mail.sendAll(0x1)", created_by="main.main")
    senders = [goroutine(n, "chan send", "mail.sendAll.func1(0x1)", created_by="mail.sendAll") for n in (5, 6)]
    found = findings("\n".join([MAIN, SERVES, waits, *senders]))
    assert [one.rule for one in found if "mail.sendAll.func1" in one.functions] == ["DT213"]
