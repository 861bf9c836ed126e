"""Programs that end themselves by a Fatal that prints the stacks: what its line says, and who gave up."""

import pytest

LINE = "F0321 11:23:16.101010       1 server.go:152] failed to run: no address\n"
WRITES = "k8s.io/klog/v2.stacks(0x1)"
FATAL = "k8s.io/klog/v2.Fatalf(0x1)"
OPEN = "shop/depot.(*Depot).open(0x1)"
WATCHES = [("chan send, 5 minutes", "shop/depot.(*Depot).fetch(0x1)")] * 40
TITLE = 'the program ended itself: "failed to run: no address", in shop/depot.(*Depot).open'


@pytest.mark.parametrize(
    ("line", "title"),
    [
        pytest.param(LINE, TITLE, id="klog"),
        pytest.param(f"E0321 11:23:15.101010 1 a.go:1] oh\n{LINE}and a line more\n", TITLE, id="of several lines"),
        pytest.param(
            "F230321 11:23:16.101010 12 server/node.go:15  [n1,client=1] 5  failed to run: no address\n",
            TITLE,
            id="cockroach",
        ),
        pytest.param("", "the program ended itself, in shop/depot.(*Depot).open", id="no line"),
        pytest.param(
            LINE.replace("F0321", "E0321"), "the program ended itself, in shop/depot.(*Depot).open", id="no F"
        ),
    ],
)
def test_what_the_fatal_line_says(dump, findings, line, title):
    text = dump(("running", WRITES, FATAL, OPEN, "main.main()"), *WATCHES)
    (found,) = findings(line + text)
    assert (found.rule, found.title, found.functions[0], found.severity) == (
        "DT222",
        title,
        "shop/depot.(*Depot).open",
        "warning",
    )


@pytest.mark.parametrize(
    ("first", "rules"),
    [
        pytest.param(("running", "runtime/debug.Stack(0x1)", "shop/base.FatalfAt(0x1)", OPEN), ["DT222"], id="its own"),
        pytest.param(("running", "github.com/golang/glog.Fatalf(0x1)", OPEN), ["DT222"], id="without who writes"),
        pytest.param(("running", WRITES, OPEN), ["DT201"], id="stacks that somebody asked for"),
        pytest.param(("running", "testing.(*common).Fatal(0x1)", OPEN), ["DT201"], id="a test's own"),
        pytest.param(("running", "shop/base.work(0x1)", FATAL, OPEN), ["DT201"], id="nobody writes stacks"),
        pytest.param(("select", WRITES, FATAL, OPEN), ["DT201"], id="it waits"),
    ],
)
def test_who_prints_the_stacks_in_a_fatal(dump, findings, first, rules):
    found = findings(dump((*first, "main.main()"), *WATCHES))
    assert [one.rule for one in found if one.severity != "note"] == rules


HANDLER = ("shop/ops.(*Server).FatalStats(0x1)", "net/http.HandlerFunc.ServeHTTP(0x1)", "net/http.(*conn).serve(0x1)")


@pytest.mark.parametrize(
    ("first", "rules"),
    [
        pytest.param(("running", "runtime/pprof.writeGoroutine(0x1)", *HANDLER), ["DT201"], id="only a name like it"),
        pytest.param(("running", WRITES, FATAL, *HANDLER[1:]), ["DT201"], id="in a handler"),
        pytest.param(("running", WRITES, FATAL, "shop.(*Watchdog).run(0x1)"), ["DT201", "DT222"], id="a watchdog"),
    ],
)
def test_what_a_watchdog_has_seen_is_told_too(dump, findings, first, rules):
    found = findings(dump(first, ("select", "main.main()"), *WATCHES))
    assert sorted(one.rule for one in found if one.severity != "note") == rules


def test_a_signal_that_it_sends_itself_is_told_once(dump, findings):
    stack = dump(("running", "github.com/golang/glog.Fatalf(0x1)", OPEN, "main.main()"))
    abort = dump(("running", "syscall.Tgkill(0x1)", "github.com/golang/glog.Fatalf(0x1)", OPEN, "main.main()"))
    assert [
        one.rule
        for one in findings(f"{LINE}{stack}\nSIGABRT: abort\nPC=0x40984e m=0 sigcode=18446744073709551610\n\n{abort}")
    ] == ["DT610"]
