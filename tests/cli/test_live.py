"""What a watch shows while it runs."""

import io
import sys

from debugtext.cli.live.table import FOOT, Live
from debugtext.cli.options.of_reports import Options


class Terminal(io.StringIO):
    """Standard error that keeps what was written to it."""

    def isatty(self):
        return True


def test_the_last_three_events_are_shown_and_no_others_kept(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr("debugtext.cli.live.table.REST", 0.0)
    live = Live(Options("table", "never", "never", full=False, own=(), line_prefix=None, thresholds={}))
    for number in range(1, 6):
        live.happened("http://a", f"event {number}")
    last = sys.stderr.getvalue().rpartition("\x1b[J")[2].splitlines()
    assert [line.rpartition(": ")[2] for line in last[-4:]] == ["event 3", "event 4", "event 5", FOOT]
    assert len(live._events) == 3
