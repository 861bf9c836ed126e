"""Every view agrees with a live `go tool pprof`, and pprof reads our own binary profiles as it reads Go's."""

import os
import re
import subprocess

import pytest

from debugtext import read
from debugtext.converters import convert
from debugtext.formats.pprof.binary_profile import read_binary_profile
from debugtext.renderers.pprof.dot import render_dot
from debugtext.renderers.pprof.tags import render_tags
from debugtext.renderers.pprof.top import render_top
from debugtext.renderers.pprof.traces import render_traces
from debugtext.renderers.pprof.tree import render_tree
from debugtext.views.call_graph import call_graph
from debugtext.views.from_records import capture_table
from debugtext.views.options import ViewOptions
from debugtext.views.places import Granularity
from debugtext.views.subtraction import subtract

pytestmark = pytest.mark.shared

ABOUT_THE_BINARY = re.compile(r"(?m)^(?:File|Build ID|Time|Doc): .*\n")
LEGEND = re.compile(r"(?m)^(?:digraph .*|subgraph cluster_L .*)\n")
VIEWS = {
    "top": lambda table, options: render_top(call_graph(table, options)),
    "tree": lambda table, options: render_tree(call_graph(table, options, nodecount=80)),
    "traces": render_traces,
    "tags": render_tags,
    "dot": lambda table, options: render_dot(call_graph(table, options, nodecount=80, visual=True)),
}
PROFILES = ("go1.27/map-grow/heap.gc.06.pb.gz", "go1.19/big-stacks/allocs.01.pb.gz", "go1.27/contention/mutex.03.pb.gz")
HEAP, EARLIER = "go1.27/map-grow/heap.gc.06.pb.gz", "go1.27/map-grow/heap.gc.01.pb.gz"


@pytest.fixture
def pprof(go):
    """Runs `go tool pprof`; without the lines about the binary."""

    def run(view, profile, *options):
        environment = {**os.environ, "TZ": "UTC", "GOTOOLCHAIN": "local"}
        printed = subprocess.check_output(
            [go, "tool", "pprof", f"-{view}", *options, profile], env=environment, stderr=subprocess.DEVNULL
        )
        return ABOUT_THE_BINARY.sub("", printed.decode("utf-8", "surrogateescape").replace("%2e", "."))

    return run


def table_of(path):
    return capture_table(read_binary_profile(path.read_bytes(), hide_runtime=False))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("profile", PROFILES)
def test_a_view_is_printed_as_pprof_prints_it(corpus, pprof, profile, view):
    ours = VIEWS[view](table_of(corpus / profile), ViewOptions())
    theirs = pprof(view, corpus / profile)
    assert LEGEND.sub("", ours) == LEGEND.sub("", theirs)


@pytest.mark.parametrize(
    ("options", "flags"),
    [
        ({"focus": "http", "ignore": "Index"}, ["-focus=http", "-ignore=Index"]),
        ({"hide": "^runtime", "cum": True}, ["-hide=^runtime", "-cum"]),
        ({"show_from": "serve", "granularity": Granularity.LINES}, ["-show_from=serve", "-lines"]),
        ({"show": "http", "nodecount": 3, "unit": "MB"}, ["-show=http", "-nodecount=3", "-unit=MB"]),
        ({"prune_from": "serve", "granularity": Granularity.FILEFUNCTIONS}, ["-prune_from=serve", "-filefunctions"]),
        ({"tagroot": "bytes", "nodecount": 9}, ["-tagroot=bytes", "-nodecount=9"]),
        ({"tagleaf": "bytes", "trim": False}, ["-tagleaf=bytes", "-trim=false"]),
        ({"noinlines": True, "granularity": Granularity.ADDRESSES}, ["-noinlines", "-addresses"]),
        ({"tagfocus": "bytes=8kb:", "relative_percentages": True}, ["-tagfocus=bytes=8kb:", "-relative_percentages"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_filters_mean_what_pprof_s_mean(corpus, pprof, options, flags):
    kind = {"sample_index": "alloc_space"}
    ours = VIEWS["tree"](table_of(corpus / HEAP), ViewOptions(**options, **kind))
    assert ours == pprof("tree", corpus / HEAP, "-sample_index=alloc_space", *flags)


@pytest.mark.parametrize("view", ["top", "traces", "tags"])
@pytest.mark.parametrize("flag", ["base", "diff_base"])
def test_a_base_is_subtracted_as_pprof_does(corpus, pprof, flag, view):
    table = subtract(table_of(corpus / HEAP), table_of(corpus / EARLIER), diff=flag == "diff_base")
    assert VIEWS[view](table, ViewOptions()) == pprof(view, corpus / HEAP, f"-{flag}={corpus / EARLIER}")


@pytest.mark.parametrize("options", [{"tagshow": "bytes"}, {"taghide": "bytes"}], ids=str)
def test_labels_are_left_out_as_pprof_does(corpus, pprof, options):
    flags = [f"-{name}={value}" for name, value in options.items()]
    assert VIEWS["traces"](table_of(corpus / HEAP), ViewOptions(**options)) == pprof("traces", corpus / HEAP, *flags)


@pytest.mark.parametrize("view", ["top", "tree"])
def test_pprof_shows_our_profile_of_the_text_as_it_shows_go_s_own(corpus, pprof, tmp_path, view):
    [capture] = read(corpus / "go1.27/map-grow/heap.debug1.gc.06.txt").captures
    ours = tmp_path / "heap.pb.gz"
    ours.write_bytes(b"".join(convert(capture, "pprof")))
    for kind in ("alloc_objects", "alloc_space", "inuse_objects", "inuse_space"):
        flag = f"-sample_index={kind}"
        assert pprof(view, ours, flag) == pprof(view, corpus / HEAP, flag)


def test_pprof_reads_a_dump_with_states_and_waits(corpus, pprof, tmp_path):
    [capture] = read(corpus / "go1.27/chan-send/goroutine.debug2.03.txt").captures
    ours = tmp_path / "goroutines.pb.gz"
    ours.write_bytes(b"".join(convert(capture, "pprof")))
    assert "of 33 total" in pprof("top", ours)
    assert "5400s" in pprof("top", ours, "-sample_index=wait", "-unit=s")
    assert " 30 (90.91%): chan send\n" in pprof("tags", ours)
