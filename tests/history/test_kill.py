"""kill -9 while a watch writes: the store always opens, and nothing that was committed is lost."""

import os
import signal
import subprocess
import sys
import time

import pytest

from debugtext.growth.snapshots import GOROUTINES
from debugtext.history.store import Store

WRITER = """
import sys
from pathlib import Path
from debugtext.growth.snapshots import GOROUTINES, Snapshot, Weight
from debugtext.history.store import Store
from debugtext.records.frames import Frame, Stack

with Store(Path(sys.argv[1])) as store:
    at = len(store.entries())
    while True:
        stacks = [Stack((Frame(f"main.f{at % 97}.{i}"),)) for i in range(30)]
        weights = tuple(Weight(stack, i) for i, stack in enumerate(stacks))
        store.add("http://x", Snapshot("http://x", float(at), {GOROUTINES: weights}), bytes(20_000))
        at += 1
        print(at, flush=True)  # after the commit: from here on it must not be lost
"""
ROUNDS = 12


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_nothing_committed_is_lost(tmp_path):
    path = tmp_path / "history.sqlite"
    committed = 0
    for round_ in range(ROUNDS):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:
            writer.stdout.readline()  # it writes now
            time.sleep(0.003 + 0.011 * round_)
            os.kill(writer.pid, signal.SIGKILL)
            lines = writer.stdout.read().split()
        committed = max(committed, *(int(line) for line in lines)) if lines else committed
        with Store(path) as store:
            entries, snapshots = store.entries(), store.snapshots("http://x")
            assert committed <= len(entries) <= committed + 1  # at most the one whose commit nobody could hear of
            assert [entry.taken_at for entry in entries] == [float(at) for at in range(len(entries))]
            assert all(one.total(GOROUTINES) == sum(range(30)) for one in snapshots)
            assert store.text(entries[-1].number) == bytes(20_000)
        committed = len(entries)
    assert committed > ROUNDS
