"""Goroutines that iter.Pull has suspended: whoever pulls them in turn looks like who has forgotten them."""

from ...texts import goroutine

CALLS = ("iter.Pull[...].func1.1(0x1)", "sky.orbit.func1(0x2)", "iter.Pull[...].func1()")
RECORD = """50 @ 0x48ec87 0x78fdb4 0x78eac6 0x78fc2f 0x41e87b 0x498d41
#	0x78fdb3	iter.Pull[...].func1.1+0x53	/go/src/iter/iter.go:287
#	0x78eac5	sky.orbit.func1+0x45	/src/sky/orbits.go:12
#	0x78fc2e	iter.Pull[...].func1+0xee	/go/src/iter/iter.go:301
#	0x41e87a	runtime.corostart+0x7a	/go/src/runtime/coro.go:75
"""
SLEEPER = "1 @ 0x491caa 0x495c45 0x78d14f\n#\t0x495c44\ttime.Sleep+0x164\t/go/t.go:1\n"
PROFILE = f"goroutine profile: total 51\n{RECORD}\n{SLEEPER}"
ASKED = "suspended by iter.Pull"


def dump(minutes, amount=50):
    state = f"coroutine, {minutes} minutes" if minutes else "coroutine"
    text = "".join(goroutine(number, state, *CALLS) for number in range(20, 20 + amount))
    return goroutine(1, "sleep", "time.Sleep(0x1)", "sky.Orbits(0x2)", "main.main()") + text


def told(findings):
    return [(finding.rule, finding.severity.name, ASKED in finding.title) for finding in findings]


def test_one_text_of_fifty_is_worth_knowing(findings):
    assert told(findings(PROFILE)) == [("DT202", "NOTE", True)]
    assert told(findings(dump(0))) == [("DT202", "NOTE", True)]


def test_neither_minutes_nor_as_many_in_the_next_text_speak_against_them(findings):
    assert told(findings(dump(9))) == [("DT202", "NOTE", True)]
    assert told(findings(dump(3), dump(5), dump(7))) == [("DT202", "NOTE", True)]
    assert told(findings(PROFILE, PROFILE)) == [("DT202", "NOTE", True)]


def test_iterators_that_nobody_stops_grow(findings):
    found = findings(PROFILE, PROFILE.replace("50 @", "250 @").replace("total 51", "total 251"))
    assert "WARNING" in {finding.severity.name for finding in found}
    assert {finding.functions[0] for finding in found} == {"sky.orbit.func1"}
