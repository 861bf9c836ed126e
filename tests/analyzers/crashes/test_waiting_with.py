"""Who waits with a test that hangs."""

import pytest

from ...texts import goroutine

TEST = goroutine(7, "chan receive, 9 minutes", "till.TestPump(0x1)", "testing.tRunner(0x1)")
LOG = goroutine(8, "chan receive, 9 minutes", "log.(*logger).flush(0x1)", created_by="example.com/log.init.0")
PUMP = goroutine(9, "chan send, 9 minutes", "till.(*Pump).run(0x1)", created_by="till.TestPump")


@pytest.mark.parametrize(
    ("others", "named"),
    [
        ([LOG, PUMP], ["till.(*Pump).run (till.go:19): sending on a channel"]),
        ([LOG], ["log.(*logger).flush (log.go:18): receiving from a channel"]),
        ([LOG.replace("log.init.0", "log.(*logger).init"), PUMP], 2),
    ],
    ids=["others wait", "nobody else", "a method of that name"],
)
def test_what_an_init_function_started_is_no_partner_of_a_test_where_others_are(findings, others, named):
    (found,) = findings("\n".join([TEST, *others]), rule="DT212", own_prefixes=("till", "log"))
    told = found.evidence["waits_with_it"]
    assert (len(told) if isinstance(named, int) else told) == named
