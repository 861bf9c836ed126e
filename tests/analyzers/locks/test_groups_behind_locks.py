"""Who holds a lock while it waits for a WaitGroup: of goroutines that wait for that lock, none can go on."""

import pytest

from ...texts import goroutine
from .test_locks import waiting_for

PLAZA = 0xC000010000
GROUP = ("sync.WaitGroup.Wait, 5 minutes", "sync.(*WaitGroup).Wait(0x1)")
PASSES = (f"toll.(*Plaza).pass({PLAZA:#x})", f"toll.(*Plaza).lane({PLAZA:#x})")
RING = "which waits for {}, who wait for this lock: none of them can go on"


@pytest.mark.parametrize(
    ("waits", "passes", "created_by", "ring"),
    [
        pytest.param("Close", PASSES, "toll.(*Plaza).Open", "toll.(*Plaza).pass", id="its type's"),
        pytest.param("Sweep", PASSES[:1], "toll.(*Plaza).Sweep", "toll.(*Plaza).pass", id="it has started them"),
        pytest.param("Close", PASSES, "toll.main", "", id="started by others"),
        pytest.param("Close", (PASSES[0], "toll.serve(0x1)"), "toll.(*Plaza).Open", "", id="others' code"),
    ],
)
def test_workers_that_wait_for_their_waiters_lock(findings, waits, passes, created_by, ring):
    holder = goroutine(7, *GROUP, f"toll.(*Plaza).{waits}({PLAZA:#x})", created_by="toll.main")
    workers = [goroutine(number, *waiting_for(PLAZA, *passes), created_by=created_by) for number in range(20, 24)]
    (found,) = findings("\n".join([holder, *workers]), rule="DT303")
    assert found.functions[0] == f"toll.(*Plaza).{waits}"
    assert found.evidence["chain"][2:] == ([RING.format(ring)] if ring else [])
