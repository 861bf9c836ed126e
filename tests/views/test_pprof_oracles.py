"""`top` on binary profiles is what `go tool pprof -top` printed of them, line by line."""

import re
from itertools import islice

import pytest

from debugtext.formats.pprof.binary_profile import read_binary_profile
from debugtext.renderers.pprof.top import render_top
from debugtext.views.call_graph import call_graph
from debugtext.views.from_records import capture_table
from debugtext.views.options import ViewOptions

EVERYTHING = {"nodecount": 0, "nodefraction": 0.0}
SECTION = re.compile(r"^# sample_index=(\S+)\n", re.MULTILINE)
STEP = 5


def sections(oracle):
    """(kind, text) of each report in an oracle."""
    parts = SECTION.split(oracle.read_text("utf-8", "surrogateescape"))[1:]
    return zip(parts[::2], parts[1::2], strict=True)


@pytest.mark.shared
@pytest.mark.parametrize("kind", ["heap", "allocs", "goroutine", "goroutineleak", "block", "mutex", "threadcreate"])
def test_top_agrees_with_the_oracles(corpus, kind):
    oracles = sorted(corpus.rglob(f"{kind}.*.pb.gz.pprof-top.txt"))
    assert oracles
    for oracle in islice(oracles, 0, None, STEP):
        binary = oracle.with_name(oracle.name.removesuffix(".pprof-top.txt"))
        table = capture_table(read_binary_profile(binary.read_bytes(), hide_runtime=False))
        for name, expected in sections(oracle):
            printed = render_top(call_graph(table, ViewOptions(sample_index=name, **EVERYTHING)))
            assert printed.rstrip("\n") == _unescaped(expected).rstrip("\n"), f"{binary} {name}"


def _unescaped(text):
    """pprof prints `%2e` for the dots of the last path element; debugtext turns them back."""
    return text.replace("%2e", ".")
