"""Callers of a singleflight.Group: whoever makes the call is shown before those that wait for its result."""

GROUP = "golang.org/x/sync/singleflight.(*Group)"
WAITS = ("sync.(*WaitGroup).Wait(0x1)", f"{GROUP}.Do(0x1)", "main.(*Rates).Get(0x1)")
FLIES = ("internal/poll.(*FD).Read(0x1)", "main.(*Rates).load(0x1)", f"{GROUP}.doCall(0x1)", *WAITS[1:])
MAIN = ("chan receive", "main.main()")


def test_the_one_that_hangs_comes_first(dump, findings):
    crowd = [("sync.WaitGroup.Wait, 8 minutes", *WAITS)] * 30
    (found,) = findings(dump(MAIN, *crowd, ("IO wait, 9 minutes", *FLIES)), rule="DT204", own_prefixes=("main",))
    assert found.functions[0] == "main.(*Rates).load"
    assert found.title.startswith("30 goroutines blocked in main.(*Rates).Get")
    assert found.title.endswith("for main.(*Rates).load: reading from a connection or file for 9 min")


def test_nobody_who_flies(dump, findings):
    (found,) = findings(
        dump(MAIN, *[("sync.WaitGroup.Wait, 8 minutes", *WAITS)] * 30), rule="DT204", own_prefixes=("main",)
    )
    assert found.functions[0] == "main.(*Rates).Get"


def test_where_those_that_wait_become_more_too(dump, findings):
    def text(count: int) -> str:
        return dump(MAIN, ("IO wait", *FLIES), *[("sync.WaitGroup.Wait", *WAITS)] * count)

    (found,) = findings(text(20), text(50), text(80), rule="DT210", own_prefixes=("main",))
    assert found.functions[:2] == ("main.(*Rates).load", "main.(*Rates).Get")
    assert found.title.startswith("80 goroutines in main.(*Rates).Get, up from 20")
    assert found.title.endswith(", for main.(*Rates).load: reading from a connection or file")


def test_hundreds_that_wait_for_one_busy_call_are_worth_a_note(dump, findings):
    def told(count: int) -> list[str]:
        text = dump(MAIN, ("IO wait", *FLIES), *[("sync.WaitGroup.Wait", *WAITS)] * count)
        return [str(one.severity) for one in findings(text, rule="DT204", own_prefixes=("main",))]

    assert (told(99), told(200)) == ([], ["note"])
