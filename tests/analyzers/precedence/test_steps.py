"""Findings that say the same of the same place are one, with their number."""

from dataclasses import replace

import pytest

from debugtext.analyzers.precedence.answered import without_held_that_grows
from debugtext.analyzers.precedence.growth_with_reason import with_growth
from debugtext.analyzers.precedence.steps import apply_precedence, in_order_of_report
from debugtext.records.captures import Capture
from debugtext.records.counts import CountProfile
from debugtext.records.findings import Certainty, Finding, Location, Severity, Verdict, Wait
from debugtext.records.frames import Frame, Stack


def finding(**changes) -> Finding:
    facts = {
        "rule": "DT201",
        "name": "stuck-senders",
        "verdict": Verdict.LEAK,
        "certainty": Certainty.LIKELY,
        "severity": Severity.WARNING,
        "title": "12 goroutines blocked in shop.send",
        "functions": ("shop.send", "shop.serve"),
        "location": Location("/src/shop.go", 9),
        "count": 12,
    }
    return Finding(**(facts | changes))


def test_alike_are_one_with_all_they_count():
    (found,) = apply_precedence([finding(), finding(functions=("shop.send", "shop.other"), count=30)])
    assert (found.count, found.evidence, found.functions) == (42, {"times": 2}, ("shop.send", "shop.serve"))


@pytest.mark.parametrize(
    "other",
    [
        finding(rule="DT202"),
        finding(severity=Severity.NOTE),
        finding(title="13 goroutines blocked in shop.send"),
        finding(functions=("shop.sends",)),
        finding(location=Location("/src/shop.go", 10)),
    ],
    ids=["rule", "severity", "title", "function", "line"],
)
def test_what_differs_is_told_apart(other):
    assert apply_precedence([finding(), other]) == [finding(), other]


DUMPS = [Capture("goroutine-profile", line, line + 9, CountProfile("goroutine", None, ())) for line in (1, 101, 201)]


def test_a_place_that_dumps_show_over_and_over_is_told_once():
    """The loudest finding, and what each of the dumps counts, in the order of the text."""
    largest = finding(title="30 goroutines blocked in shop.send", count=30, first_line=203)
    (found,) = apply_precedence([largest, finding(first_line=3), finding(first_line=105, count=20)], DUMPS)
    assert (found.title, found.count, found.first_line) == (largest.title, 30, 203)
    assert found.evidence == {"dumps": 3, "counts": [12, 20, 30]}


def test_an_error_is_told_before_a_larger_warning():
    error = finding(severity=Severity.ERROR, first_line=3)
    (found,) = apply_precedence([error, finding(count=30, first_line=105)], DUMPS)
    assert (found.severity, found.count) == (Severity.ERROR, 12)


def test_of_equal_dumps_the_last_is_told():
    (found,) = apply_precedence([finding(first_line=3), finding(first_line=205)], DUMPS)
    assert (found.first_line, found.count, found.evidence) == (205, 12, {"dumps": 2})


@pytest.mark.parametrize("certainty", Certainty)
def test_two_crowds_of_one_dump_are_two(certainty):
    two = [finding(first_line=3, certainty=certainty), finding(title="other", first_line=5, certainty=certainty)]
    assert apply_precedence(two, DUMPS) == two


def test_events_are_told_each():
    """Two crashes at one place are two, whatever each says."""
    crashes = [Capture("crash", dump.first_line, dump.last_line, dump.body) for dump in DUMPS]
    two = [finding(first_line=3), finding(title="other", first_line=105)]
    assert apply_precedence(two, crashes) == two


@pytest.mark.parametrize(
    ("certainty", "chain", "verdict", "told_twice"),
    [
        pytest.param(Certainty.CERTAIN, ["1 waits", "held by 7"], Verdict.DEADLOCK, False, id="the same"),
        pytest.param(Certainty.CERTAIN, ["2 wait", "held by 8"], Verdict.DEADLOCK, True, id="another lock"),
        pytest.param(Certainty.LIKELY, ["1 waits", "held by 7"], Verdict.DEADLOCK, True, id="both are likely"),
        pytest.param(Certainty.CERTAIN, ["1 waits", "held by 7"], Verdict.CRASH, True, id="a crash is no deadlock"),
    ],
)
def test_who_waits_for_whom_is_drawn_once(certainty, chain, verdict, told_twice):
    lock = finding(rule="DT303", verdict=Verdict.DEADLOCK, evidence={"chain": ["1 waits", "held by 7"]})
    other = finding(rule="DT104", verdict=verdict, certainty=certainty, evidence={"chain": chain})
    assert apply_precedence([lock, other]) == ([lock, other] if told_twice else [other])


STACK = Stack((Frame("shop.send"),))


def of_waits(rule, **changes):
    return finding(rule=rule, **({"verdict": Verdict.DEADLOCK, "stack": STACK, "advice": f"{rule}'s"} | changes))


def test_several_rules_about_a_test_that_hangs_are_one_finding():
    """The deadlock stays, with what the other knows of it and advises."""
    leak = of_waits("DT201", verdict=Verdict.LEAK, evidence={"goroutines": 2, "oldest_minutes": 5})
    (found,) = apply_precedence([leak, of_waits("DT212", evidence={"oldest_minutes": 9}), of_waits("DT305")])
    assert (found.rule, found.advice) == ("DT212", "DT201's")
    assert found.evidence == {"goroutines": 2, "oldest_minutes": 9, "also": ["DT305", "DT201"]}


def test_the_loudest_rule_about_it_keeps_its_advice():
    (found,) = apply_precedence([of_waits("DT212"), of_waits("DT303", severity=Severity.ERROR)])
    assert (found.rule, found.advice, found.evidence) == ("DT303", "DT303's", {"also": ["DT212"]})


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([of_waits("DT201", stack=Stack((Frame("shop.other"),)))], id="another stack"),
        pytest.param([of_waits("DT201", first_line=201)], id="another dump"),
        pytest.param([of_waits("DT602", verdict=Verdict.CRASH)], id="a crash"),
        pytest.param([of_waits("DT608", verdict=Verdict.CRASH, first_line=201)], id="another dump's timeout"),
        pytest.param([of_waits("DT201", title="one"), of_waits("DT201", title="two")], id="two of one rule"),
    ],
)
def test_others_are_told_apart(others):
    found = [of_waits("DT212"), *others]
    assert apply_precedence(found, DUMPS[::2]) == found


@pytest.mark.parametrize(
    ("evidence", "advice"),
    [({"goroutine": 7}, "DT201's"), ({"goroutine": 7, "rule_of_chain": "DT303"}, "DT608's")],
    ids=["a channel", "a lock"],
)
def test_a_test_out_of_time_that_hangs_is_shown_as_one_finding(evidence, advice):
    """The certain one stays, with what the likely one knows of it and advises; of a lock it knows more itself."""
    timeout = of_waits("DT608", verdict=Verdict.CRASH, certainty=Certainty.CERTAIN, evidence=evidence)
    leak = of_waits("DT201", verdict=Verdict.LEAK, title="7 goroutines", evidence={"oldest_minutes": 9})
    found, hang = apply_precedence([timeout, of_waits("DT212"), leak])
    assert (hang.rule, hang.verdict, hang.evidence["told_by"]) == ("DT212", Verdict.DEADLOCK, "DT608")
    assert (found.rule, found.certainty, found.verdict) == ("DT608", Certainty.CERTAIN, Verdict.CRASH)
    assert found.advice == f"{advice} More time (-timeout) would likely not help."
    assert found.evidence == evidence | {"oldest_minutes": 9, "also": ["DT212", "DT201"]}


def test_points_are_told_of_the_rule_that_gave_them():
    leak = of_waits(
        "DT201", verdict=Verdict.LEAK, evidence={"points": 2, "threshold": 3, "reasons": [], "oldest_minutes": 9}
    )
    (found,) = apply_precedence([of_waits("DT212"), leak])
    assert found.evidence == {"oldest_minutes": 9, "also": ["DT201"]}


def test_what_hangs_outside_of_a_test_is_told_by_each_rule():
    found = [of_waits("DT201"), of_waits("DT305")]
    assert apply_precedence(found) == found


LOCK = {"rule": "DT303", "verdict": Verdict.DEADLOCK, "evidence": {"chain": ["1 waits", "held by shop.send"]}}


@pytest.mark.parametrize(
    ("sender", "is_ring"),
    [
        pytest.param({}, True, id="one that holds what its receiver waits for"),
        pytest.param({"evidence": {"receiver": "shop.recv", "goroutines": 2}}, False, id="several senders"),
        pytest.param({"functions": ("shop.other", "shop.send")}, False, id="another receiver"),
        pytest.param({"input": "other.txt"}, False, id="another text"),
    ],
)
def test_a_sender_that_holds_its_receivers_lock_is_told_of_with_the_lock(sender, is_ring):
    lock = finding(functions=("shop.send", "shop.recv"), **LOCK)
    facts = {"functions": ("shop.recv", "shop.send"), "evidence": {"receiver": "shop.recv", "goroutines": 1}}
    told = apply_precedence([lock, finding(**(facts | sender))])
    assert len(told) == 1 + (not is_ring)
    ring = "shop.recv is likely the one to receive, and waits for the lock itself: none of them can go on"
    assert told[0].evidence["chain"] == [*LOCK["evidence"]["chain"], *[ring] * is_ring]


HOLDS = Stack((Frame("shop.send"),))


@pytest.mark.parametrize(
    ("wait", "is_told"),
    [
        pytest.param({}, False, id="what the holder waits for"),
        pytest.param({"stack": Stack((Frame("shop.other"),))}, True, id="another stack"),
        pytest.param({"evidence": {"goroutines": 2}}, True, id="several at its place"),
        pytest.param({"verdict": Verdict.DEADLOCK}, True, id="a deadlock"),
        pytest.param({"certainty": Certainty.CERTAIN}, True, id="what is certain"),
        pytest.param({"first_line": 201}, True, id="another dump"),
    ],
)
def test_what_a_lock_s_holder_waits_for_is_told_with_the_lock(wait, is_told):
    lock = finding(stack=HOLDS, **LOCK)
    other = finding(**({"rule": "DT201", "stack": HOLDS, "evidence": {"goroutines": 1}} | wait))
    first, *rest = apply_precedence([lock, other], DUMPS[::2])
    assert rest == [other] * is_told
    assert first.evidence.get("also", []) == ([] if is_told else ["DT201"])


@pytest.mark.parametrize(
    ("functions", "count", "is_told"),
    [(("TestA", "shop.send"), 1, False), (("TestB", "shop.send"), 1, True), (("TestA", "shop.send"), 2, True)],
    ids=["its own", "another test's", "several"],
)
def test_a_test_s_own_wait_is_told_by_whom_it_waits_for(functions, count, is_told):
    test = of_waits("DT212", functions=("shop.send", "TestA"))
    own = of_waits("DT204", verdict=Verdict.LEAK, functions=functions, count=count, stack=Stack((Frame("TestA"),)))
    found, *rest = apply_precedence([test, own])
    assert rest == [own] * is_told
    assert found.evidence.get("also", []) == ([] if is_told else ["DT204"])


def test_what_a_joined_finding_was_told_with_is_kept():
    """The test's own wait, told with the finding about the test, is not lost where that joins one of another rule."""
    test = of_waits("DT212", functions=("shop.send", "TestA"))
    own = of_waits("DT204", verdict=Verdict.LEAK, functions=("TestA", "shop.send"), count=1, stack=Stack())
    leak = of_waits("DT201", verdict=Verdict.LEAK)
    lock = of_waits("DT303", severity=Severity.ERROR)
    assert [one.evidence["also"] for one in apply_precedence([test, own, leak])] == [["DT204", "DT201"]]
    assert [one.evidence["also"] for one in apply_precedence([test, own, lock])] == [["DT212", "DT204"]]


def test_each_rule_that_has_found_the_same_is_named_once():
    lock = finding(functions=("shop.send", "shop.recv", "shop.push", "shop.pull"), **LOCK)
    evidence = {"receiver": "shop.recv", "goroutines": 1}
    names = (("shop.recv", "shop.send"), ("shop.pull", "shop.push"))
    (found,) = apply_precedence([lock, *(finding(functions=one, evidence=evidence) for one in names)])
    assert found.evidence["also"] == ["DT201"]


def test_each_sender_that_is_told_of_with_a_lock_has_its_ring():
    lock = finding(functions=("shop.send", "shop.recv", "shop.push", "shop.pull"), **LOCK)
    evidence = {"receiver": "shop.recv", "goroutines": 1}
    senders = [
        finding(functions=names, evidence=evidence)
        for names in (("shop.recv", "shop.send"), ("shop.pull", "shop.push"))
    ]
    (found,) = apply_precedence([lock, *senders])
    assert [step.partition(" is likely the one")[0] for step in found.evidence["chain"][2:]] == [
        "shop.recv",
        "shop.pull",
    ]


def test_two_notes_about_one_place_are_one():
    more = finding(rule="DT210", verdict=Verdict.GROWTH, severity=Severity.NOTE)
    assert apply_precedence([finding(rule="DT209", severity=Severity.NOTE), more]) == [more]


@pytest.mark.parametrize(
    ("note", "told"),
    [
        pytest.param({}, False, id="the same place"),
        pytest.param({"functions": ("shop.other",)}, True, id="another function"),
        pytest.param({"severity": Severity.WARNING}, True, id="a warning"),
        pytest.param({"verdict": Verdict.DEADLOCK}, True, id="a deadlock"),
    ],
)
def test_no_note_asks_whether_goroutines_become_more_that_do(note, told):
    more = finding(rule="DT210", verdict=Verdict.GROWTH)
    other = finding(**({"severity": Severity.NOTE} | note))
    assert apply_precedence([other, more]) == ([other, more] if told else [more])


@pytest.mark.parametrize(("function", "told"), [("shop.send", False), ("shop.other", True)])
def test_where_all_are_asleep_no_test_hangs_besides(function, told):
    waits = [Wait(function=name, count=1, doing="sending on a channel") for name in ("shop.recv", function)]
    asleep = finding(
        rule="DT104", verdict=Verdict.DEADLOCK, certainty=Certainty.CERTAIN, title="asleep", evidence={"waits": waits}
    )
    found = [asleep, of_waits("DT212")]
    assert apply_precedence(found) == (found if told else [asleep])


def behind(name: str, **changes) -> Finding:
    """Two senders in a function, who stand behind the loop that should receive."""
    functions = ("hub.loop", f"hub.{name}")
    evidence = {"receiver": "hub.loop: sending", "goroutines": 2}
    return finding(**({"functions": functions, "evidence": evidence, "count": 3, "stack": STACK} | changes))


def test_all_who_stand_behind_one_receiver_are_one_finding():
    (found,) = apply_precedence([behind(name, title=name) for name in ("join", "leave", "send")])
    assert (found.title, found.count, found.functions) == ("join", 7, ("hub.loop", "hub.join", "hub.leave", "hub.send"))
    assert found.evidence["behind_it"] == ["hub.leave", "hub.send"]


def test_a_sender_that_several_findings_name_is_named_once():
    (found,) = apply_precedence(
        [behind("join"), behind("join", title="join, elsewhere"), behind("leave", title="leave")]
    )
    assert (found.functions, found.evidence["behind_it"]) == (("hub.loop", "hub.join", "hub.leave"), ["hub.leave"])


def test_what_was_found_with_any_of_them_is_found_with_all_of_them():
    evidence = {"receiver": "hub.loop: sending", "goroutines": 2, "also": ["DT210"]}
    (found,) = apply_precedence([behind("join"), behind("leave", title="leave", evidence=evidence)])
    assert found.evidence["also"] == ["DT210"]


def test_those_of_another_dump_are_not_added():
    found = apply_precedence([behind("join"), behind("leave", first_line=201)], DUMPS[::2])
    assert [one.count for one in found] == [3]


def test_of_very_many_who_stand_behind_one_a_few_are_named():
    (found,) = apply_precedence([behind(f"send{number}", title=str(number)) for number in range(40)])
    assert (found.count, len(found.functions), len(found.evidence["behind_it"])) == (81, 6, 4)


@pytest.mark.parametrize(
    ("changes", "told_by"),
    [
        pytest.param({}, "DT305", id="one of them"),
        pytest.param({"functions": ("shop.other",)}, None, id="another one"),
        pytest.param({"rule": "DT202", "severity": Severity.NOTE}, None, id="a note"),
        pytest.param({"certainty": Certainty.CERTAIN}, None, id="what is certain"),
        pytest.param({"verdict": Verdict.GROWTH}, None, id="growth"),
        pytest.param({"first_line": 201}, None, id="of another dump"),
    ],
)
def test_where_all_wait_for_one_another_each_is_told_of_with_all(changes, told_by):
    waits = [Wait(function=name, count=1, doing="sending on a channel") for name in ("shop.send", "shop.stop")]
    whole = finding(rule="DT305", verdict=Verdict.DEADLOCK, title="all wait", advice="Ask.", evidence={"waits": waits})
    others = [
        whole,
        finding(advice="Buffer.", **changes),
        finding(rule="DT201", functions=("shop.stop",), title="stop"),
    ]
    first, second, third = apply_precedence(others, DUMPS[:1] + DUMPS[2:])
    assert (first.rule, first.advice) == ("DT305", "Buffer." if told_by else "Ask.")
    assert (second.evidence.get("told_by"), third.evidence["told_by"]) == (told_by, "DT305")


@pytest.mark.parametrize(
    ("rule", "function", "is_told"),
    [
        ("DT305", "shop.send", False),
        ("DT213", "shop.send", False),
        ("DT305", "shop.stop", True),
        ("DT204", "shop.send", True),
    ],
    ids=["all wait", "one has started them", "elsewhere", "another rule"],
)
def test_no_note_asks_for_whom_senders_wait_where_that_is_seen(rule, function, is_told):
    seen = finding(rule=rule, verdict=Verdict.DEADLOCK, functions=("shop.main", function), title="seen")
    note = finding(severity=Severity.NOTE)
    assert apply_precedence([seen, note]) == [seen, *[note] * is_told]


@pytest.mark.parametrize(
    ("growth", "is_told"),
    [({}, False), ({"severity": Severity.NOTE}, True), ({"functions": ("shop.other",)}, True)],
    ids=["it grows", "perhaps", "another function"],
)
def test_who_holds_the_heap_and_grows_is_told_once(growth, is_told):
    grows = finding(**({"rule": "DT401", "verdict": Verdict.GROWTH, "location": None} | growth))
    holds = finding(rule="DT403", verdict=Verdict.PRESSURE, severity=Severity.NOTE)
    assert without_held_that_grows([grows, holds]) == [grows, *[holds] * is_told]


@pytest.mark.parametrize(
    ("grown", "rules"),
    [
        pytest.param({}, ["DT211"], id="below the place"),
        pytest.param({"is_own": True}, ["DT211", "DT210"], id="own code"),
        pytest.param({"functions": ("grpc.other",)}, ["DT211", "DT210"], id="another function"),
        pytest.param({"input": "other.txt"}, ["DT211", "DT210"], id="another text"),
    ],
)
def test_more_of_a_library_s_goroutines_are_told_by_what_says_why(grown, rules):
    leak = finding(rule="DT211", functions=("grpc.(*ClientConn).wait", "grpc.run"))
    facts = {"rule": "DT210", "verdict": Verdict.GROWTH, "functions": ("grpc.run",), "evidence": {"counts": [3, 30]}}
    found = with_growth([leak, finding(**({"is_own": False} | facts | grown))])
    assert [one.rule for one in found] == rules
    assert found[0].evidence.get("counts") == ([3, 30] if rules == ["DT211"] else None)


def test_growth_is_not_lost_in_a_finding_that_is_not_shown():
    covered = finding(evidence={"told_by": "DT305"})
    grown = finding(rule="DT210", verdict=Verdict.GROWTH, evidence={"counts": [3, 30]})
    assert with_growth([covered, grown]) == [covered, grown]
    (shown,) = with_growth([finding(), grown])
    assert (shown.rule, shown.evidence["also"]) == ("DT201", ["DT210"])


def test_of_several_that_grow_at_a_place_the_largest_gives_the_numbers():
    small, large = ({"rule": "DT210", "verdict": Verdict.GROWTH, "count": last} for last in (30, 300))
    grown = [finding(evidence={"counts": [3, one["count"]]}, **one) for one in (small, large)]
    (found,) = with_growth([finding(), *grown])
    assert found.evidence == {"counts": [3, 300], "also": ["DT210"]}


@pytest.mark.parametrize(
    "frame", ["sync.(*WaitGroup).Wait", "net/http.(*conn).serve", "google.golang.org/grpc.(*Server).handleStream"]
)
def test_of_equally_many_those_that_wait_for_the_others_come_last(frame):
    """Without this, the name of the package would decide."""
    waits = finding(rule="DT212", functions=("app.run",), stack=Stack((Frame("app.run"), Frame(frame))))
    sends = finding(stack=Stack((Frame("shop.send"),)))
    assert in_order_of_report([waits, sends]) == (sends, waits)
    assert in_order_of_report([sends, replace(waits, stack=None)])[0].rule == "DT212"


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (["DT403", "DT412", "DT415"], ["DT415"]),
        (["DT412", "DT403"], ["DT412"]),
        (["DT413", "DT415"], ["DT415"]),
        (["DT404", "DT403"], ["DT404", "DT403"]),
    ],
    ids=["nobody ends it", "it has grown", "in a table", "what makes garbage is another matter"],
)
def test_of_what_holds_a_heap_one_rule_tells(rules, told):
    found = [finding(rule=rule, verdict=Verdict.PRESSURE, title=rule) for rule in rules]
    assert [one.rule for one in apply_precedence(found)] == told


def test_each_of_two_heaps_in_a_text_is_told_of():
    in_first = finding(rule="DT412", verdict=Verdict.GROWTH, location=None, title="grown")
    in_second = finding(
        rule="DT403", verdict=Verdict.PRESSURE, location=None, title="held", first_line=DUMPS[1].first_line
    )
    assert apply_precedence([in_first, in_second], DUMPS[:2]) == [in_first, in_second]
