"""Who writes to a connection that nobody reads any more."""

import pytest

from ..conftest import profile

MAIN = (1, ("internal/poll.(*FD).Accept", "main.main"))
READ = ("internal/poll.runtime_pollWait", "internal/poll.(*FD).Read", "net.(*conn).Read")


@pytest.mark.parametrize(
    ("writers", "readers", "reads", "told"),
    [
        pytest.param(60, 11, "hub.(*Client).readPump", True, id="most are left behind"),
        pytest.param(60, 30, "hub.(*Client).readPump", False, id="half of them"),
        pytest.param(15, 1, "hub.(*Client).readPump", False, id="few"),
        pytest.param(60, 11, "hub.(*Mux).readPump", False, id="a reader of another kind: it reads for several"),
        pytest.param(60, 0, "hub.(*Client).readPump", False, id="nobody reads"),
    ],
)
def test_writers_without_readers(alarms, writers, readers, reads, told):
    groups = [MAIN, (writers, ("runtime.chanrecv2", "hub.(*Client).writePump"))]
    groups += [(readers, (*READ, reads))] if readers else []
    text = profile(*groups, (70, ("runtime.selectgo", "hub.(*Room).loop")))
    assert alarms(text) == [("DT202", "hub.(*Client).writePump")] * told
