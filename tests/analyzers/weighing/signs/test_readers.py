"""Who writes to a connection that nobody reads any more."""

import pytest

from ....texts import profile

MAIN = (1, ("internal/poll.(*FD).Accept", "main.main"))
READ = ("internal/poll.runtime_pollWait", "internal/poll.(*FD).Read", "net.(*conn).Read")


@pytest.mark.parametrize(
    ("writers", "readers", "reads", "told"),
    [
        pytest.param(61, 11, "hub.(*Client).readPump", True, id="most are left behind"),
        pytest.param(61, 30, "hub.(*Client).readPump", False, id="half of them"),
        pytest.param(15, 1, "hub.(*Client).readPump", False, id="few"),
        pytest.param(61, 11, "hub.(*Mux).readPump", False, id="a reader of another kind: it reads for several"),
        pytest.param(61, 0, "hub.(*Client).readPump", False, id="nobody reads"),
    ],
)
def test_writers_without_readers(alarms, writers, readers, reads, told):
    groups = [MAIN, (writers, ("runtime.chanrecv2", "hub.(*Client).writePump"))]
    groups += [(readers, (*READ, reads))] if readers else []
    text = profile(*groups, (70, ("runtime.selectgo", "hub.(*Room).loop")))
    assert alarms(text) == [("DT202", "hub.(*Client).writePump")] * told


def test_a_reader_that_is_at_work_on_what_it_has_read_is_there(alarms):
    busy = ("sync.runtime_SemacquireMutex", "sync.(*Mutex).Lock", "hub.(*Room).Publish", "hub.(*Client).readPump")
    groups = [(61, ("runtime.chanrecv2", "hub.(*Client).writePump")), (11, (*READ, "hub.(*Client).readPump"))]
    text = profile(MAIN, *groups, (50, busy), (70, ("runtime.selectgo", "hub.(*Room).loop")))
    assert [rule for rule, _ in alarms(text) if rule == "DT202"] == []
