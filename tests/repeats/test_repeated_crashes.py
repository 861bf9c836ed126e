"""Of a crash that an input tells of again and again the first reports are kept, and the others counted."""

import json

import pytest

from debugtext import Certainty, Rule, Settings, Verdict, analyze, read, render
from debugtext.records.captures import Repeats
from debugtext.repeats.repeated_crashes import KEPT, MOST_OF_A_KIND

CRASH = (
    "02:03:04 starting\n"
    "panic: {what}\n"
    "\n"
    "goroutine {id} [running]:\n"
    "main.{function}(0xc0000{id:x})\n"
    "\t/src/shop/cart.go:{line} +0x1d\n"
    "exit status 2\n"
)
LINES = CRASH.count("\n")
SIGQUIT = "SIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\ngoroutine {id} [select]:\nmain.wait()\n\t/src/w.go:3 +0x1\n\n"


def crash(number, what="no cart", function="total", line=14):
    return CRASH.format(id=number % 90 + 1, what=what, function=function, line=line)


def test_equal_crashes_are_counted_beyond_the_first_hundred():
    captures = read("".join(map(crash, range(250)))).captures
    assert len(captures) == KEPT == 100
    assert captures[0].repeats == Repeats(150, 100 * LINES + 2, 250 * LINES)
    assert [capture.first_line for capture in captures] == [2 + LINES * number for number in range(100)]
    assert not any(capture.repeats for capture in captures[1:])


def test_up_to_a_hundred_all_are_kept():
    captures = read("".join(map(crash, range(100)))).captures
    assert [capture.repeats for capture in captures] == [None] * 100


@pytest.mark.parametrize(
    "other", [{"what": "no customer"}, {"function": "pay"}, {"line": 15}], ids=["message", "function", "line"]
)
def test_crashes_that_differ_are_counted_apart(other):
    text = "".join(crash(number) + crash(number, **other) for number in range(103))
    captures = read(text).captures
    assert len(captures) == 200
    assert [(number, one.repeats.times) for number, one in enumerate(captures) if one.repeats] == [(0, 3), (1, 3)]


def test_a_finding_counts_them_all():
    report = analyze([read("".join(crash(number) + crash(0, function="pay") * (number < 3) for number in range(250)))])
    told = [(finding.functions[0], finding.count, finding.evidence.get("times")) for finding in report.findings]
    assert told == [("main.total", 250, 250), ("main.pay", 3, 3)]


@pytest.mark.parametrize("reports", [2, 100, 101, 250])
def test_goroutines_of_all_reports_are_counted_apart_from_the_reports(reports):
    asleep = "fatal error: all goroutines are asleep - deadlock!\n\n"
    waiting = "goroutine {id} [chan send, 9 minutes]:\nmain.send()\n\t/src/send.go:14 +0x1d\n\n"
    report = analyze([read((asleep + "".join(waiting.format(id=number) for number in range(1, 32))) * reports)])
    told = [(finding.rule, finding.count, finding.evidence["times"]) for finding in report.findings]
    assert told == [("DT104", 31 * reports, reports)]


class EachStack(Rule):
    """Says the same of each stack."""

    id, name, verdict, certainty = "OWN1", "each-stack", Verdict.INFO, Certainty.LIKELY

    def examine(self, subject):
        for place in subject.places:
            yield self.finding(
                "waits", severity="warning", count=place.count, source=(place.input, place.capture.first_line)
            )


@pytest.mark.parametrize("reports", [100, 101, 250])
def test_findings_that_say_the_same_of_one_report_are_all_counted(reports):
    text = crash(1).replace(
        "exit status 2\n", "\ngoroutine 9 [select]:\nmain.wait()\n\t/src/w.go:3 +0x1\nexit status 2\n"
    )
    report = analyze([read(text * reports)], Settings(rules=(EachStack(),)))
    told = [(one.count, one.evidence["times"]) for one in report.findings if one.rule == "OWN1"]
    assert told == [(2 * reports, 2 * reports)]


def test_a_stack_that_is_printed_again_and_again_is_counted():
    stack = (
        "goroutine {id} [{state}]:\nruntime/debug.Stack()\n\t/go/stack.go:24 +0x1\nmain.f()\n\t/f.go:3 +0x1\n\nx\n\n"
    )
    running = [stack.format(id=number % 50 + 1, state="running") for number in range(130)]
    captures = read("".join(running)).captures
    assert (len(captures), captures[0].repeats) == (100, Repeats(30, 801, 1037))
    waiting = [stack.format(id=5, state="chan send")] * 130
    assert len(read("".join(waiting)).captures) == 130


def test_what_is_shown_says_how_many_and_where():
    report = analyze([read("".join(map(crash, range(1300))))])
    assert "lines 2 to 7 (and 1,200 times more, lines 702 to 9,100)\n" in render(report, "table")
    (captures,) = (given["captures"] for given in json.loads(render(report, "json"))["inputs"])
    assert captures[0]["repeats"] == {"times": 1200, "first_line": 702, "last_line": 9100}
    assert "repeats" not in captures[1]


def test_of_crashes_that_all_differ_the_first_are_kept_and_the_others_told():
    text = "".join(crash(number, what=f"no cart {number}") for number in range(MOST_OF_A_KIND + 700))
    end = f"fatal error: all goroutines are asleep - deadlock!\n\n{SIGQUIT.partition(chr(10) * 2)[2].format(id=1)}"
    reading = read(text + crash(1, what="no cart 8") + end)
    *panics, last = reading.captures
    assert (len(panics), last.body.kind, reading.left_out) == (MOST_OF_A_KIND, "deadlock", 700)
    assert [(number, one.repeats.times) for number, one in enumerate(panics) if one.repeats] == [(8, 1)]
    assert [(problem.line, problem.message) for problem in reading.problems] == [
        (LINES * 5_000 + 2, "700 texts up to line 39,900 are left out: each is unlike those kept")
    ]
    assert reading.texts() == 5_702


def test_of_what_panics_say_so_much_is_kept(monkeypatch):
    monkeypatch.setattr("debugtext.repeats.repeated_crashes.MOST_CHARACTERS", 100_000)
    captures = read("".join(crash(number, what=f"{number:3} {'x' * 996}") for number in range(150))).captures
    assert len(captures) == 100


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SIGQUIT, id="dumps that were asked for show moments"),
        pytest.param("panic: at night\n\n\nserved\n\n", id="a message alone"),
        pytest.param(
            crash(7).replace("\texit", "what is this?\n\texit").replace("\t/src", "?? what\n\t/src"), id="broken"
        ),
    ],
)
def test_all_others_are_kept(text):
    whole = "".join(text.replace("{id}", str(number % 50 + 1)) for number in range(150))
    captures = read(whole).captures
    assert len(captures) == 150
    assert not any(capture.repeats for capture in captures)
