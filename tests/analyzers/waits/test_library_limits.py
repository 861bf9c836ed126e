"""From when on the goroutines of a library's signature are a leak."""

import re

import pytest

SERVED = "net/http.(*conn).serve(0x1)"
OPENER = "database/sql.(*DB).connectionOpener"


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        pytest.param([], True, id="nobody"),
        pytest.param([("sleep", "time.Sleep(0x1)", "main.main()")], True, id="main, between two rounds"),
        pytest.param([("IO wait", "net.(*conn).Read(0x1)", "shop.(*Store).find(0x1)")], False, id="one at work"),
        pytest.param([("chan receive", "shop.(*Store).report(0x1)")], False, id="one that may have it and waits"),
        pytest.param([("select", "main.main()")], False, id="main, that waits"),
        pytest.param([("IO wait", "net.(*conn).Read(0x1)", "shop.find(0x1)", SERVED)], False, id="a handler at work"),
        pytest.param([("select", f"{OPENER}(0x1)")], True, id="the loop that opens connections"),
        pytest.param([("IO wait", "net.dial(0x1)", "pq.dial(0x1)", f"{OPENER}(0x1)")], False, id="one is being opened"),
        pytest.param([("select", "github.com/x/river.(*Notifier).run(0x1)")], False, id="a library that may have one"),
    ],
)
def test_a_pool_of_which_nobody_is_there_who_has_a_connection(dump, findings, beside, told):
    waits = (
        "select",
        "database/sql.(*DB).conn(0x1)",
        "database/sql.(*DB).QueryContext(0x1)",
        "shop.(*Store).count(0x1)",
    )
    text = dump(("running", "runtime/pprof.writeGoroutineStacks(0x1)"), *beside, *[waits] * 12)
    found = findings(re.sub(r"\.go:\d+", ".go:9", text), rule="DT211")
    assert [str(one.evidence["reason"]).startswith("the text shows nobody") for one in found] == [True] * told


@pytest.mark.parametrize(
    ("count", "below", "severity"),
    [
        pytest.param(950, (), "note", id="hundreds"),
        pytest.param(1250, (), "warning", id="thousands"),
        pytest.param(1250, (SERVED,), "note", id="handlers of a gateway"),
    ],
)
def test_thousands_of_requests_are_no_load_though_each_has_a_connection_of_two(dump, findings, count, below, severity):
    request = ("select", "net/http.(*persistConn).roundTrip(0x1)", "shop.fetch(0x1)", *below)
    loops = [("IO wait", "net/http.(*persistConn).readLoop(0x1)"), ("select", "net/http.(*persistConn).writeLoop(0x1)")]
    found = findings(dump(*[request, *loops] * count), rule="DT211")
    told = [str(one.severity) for one in found if one.evidence["pattern"] == "http-request-without-timeout"]
    assert told == [severity]
