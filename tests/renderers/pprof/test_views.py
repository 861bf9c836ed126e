"""top, tree, peek, traces and tags, character by character as `go tool pprof` prints them."""

import re

import pytest

from debugtext import read
from debugtext.errors import SettingsError
from debugtext.renderers.pprof.tags import render_tags
from debugtext.renderers.pprof.top import render_top
from debugtext.renderers.pprof.traces import render_traces
from debugtext.renderers.pprof.tree import render_tree
from debugtext.views.call_graph import call_graph
from debugtext.views.from_records import capture_table
from debugtext.views.options import ViewOptions

HEAP = """\
heap profile: 2: 8240 [3: 16432] @ heap/2
1: 8192 [2: 16384] @ 0x1011 0x1012 0x2021
#	0x1010	main.grow+0x10	/src/m.go:8
#	0x1011	main.fill+0x11	/src/m.go:5
#	0x2020	main.main+0x20	/src/m.go:2

1: 48 [1: 48] @ 0x2025
#	0x2024	main.main+0x24	/src/m.go:3

"""

LABELLED = """\
goroutine profile: total 7
4 @ 0x1011 0x2021
# labels: {"tenant":"acme", "path":"/x y"}
#	0x1010	main.worker+0x10	/src/m.go:8

3 @ 0x1011 0x2021
# labels: {"tenant":"\\x1b[31mred"}
#	0x1010	main.worker+0x10	/src/m.go:8

"""


def table(text):
    [capture] = read(text).captures
    return capture_table(capture)


def test_top():
    assert render_top(call_graph(table(HEAP), ViewOptions())) == (
        "Type: inuse_space\n"
        "Showing nodes accounting for 8.05kB, 100% of 8.05kB total\n"
        "      flat  flat%   sum%        cum   cum%\n"
        "       8kB 99.42% 99.42%        8kB 99.42%  main.grow (inline)\n"
        "    0.05kB  0.58%   100%     8.05kB   100%  main.main\n"
        "         0     0%   100%        8kB 99.42%  main.fill\n"
    )


def test_top_says_what_it_left_out_and_which_filters_it_had():
    options = ViewOptions(
        nodefraction=0.6, focus="grow|main", ignore="no" * 50, sample_index="inuse_objects", nodecount=1
    )
    assert render_top(call_graph(table(HEAP), options)) == (
        "Type: inuse_objects\n"
        "Active filters:\n"
        "   focus=grow|main\n"
        f"   ignore={'no' * 36}n…\n"
        "Showing nodes accounting for 1, 50.00% of 2 total\n"
        "Showing top 1 nodes out of 3\n"
        "      flat  flat%   sum%        cum   cum%\n"
        "         1 50.00% 50.00%          1 50.00%  main.grow\n"
    )


def test_an_empty_profile():
    assert render_top(call_graph(table("heap profile: 0: 0 [0: 1] @ heap/1048576\n\n"), ViewOptions())) == (
        "Type: inuse_space\nShowing nodes accounting for 0, 0% of 0 total\n      flat  flat%   sum%        cum   cum%\n"
    )


def test_tree():
    bar = "----------------------------------------------------------+-------------\n"
    assert render_tree(call_graph(table(HEAP), ViewOptions())) == (
        "Type: inuse_space\n"
        "Showing nodes accounting for 8.05kB, 100% of 8.05kB total\n"
        + bar
        + "      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t \n"
        + bar
        + "                                               8kB   100% |   main.fill (inline)\n"
        "       8kB 99.42% 99.42%        8kB 99.42%                | main.grow\n"
        + bar
        + "    0.05kB  0.58%   100%     8.05kB   100%                | main.main\n"
        "                                               8kB 99.42% |   main.fill\n"
        + bar
        + "                                               8kB   100% |   main.main\n"
        "         0     0%   100%        8kB 99.42%                | main.fill\n"
        "                                               8kB   100% |   main.grow (inline)\n" + bar
    )


def test_peek_shows_the_matching_functions_alone():
    printed = render_tree(call_graph(table(HEAP), ViewOptions(trim=False)), re.compile("fill"))
    assert re.findall(r"\| (\S+)$", printed, re.MULTILINE) == ["main.fill"]
    with pytest.raises(SettingsError, match="no matches found for regexp: nothing"):
        render_tree(call_graph(table(HEAP), ViewOptions(trim=False)), re.compile("nothing"))


def test_traces():
    bar = "-----------+-------------------------------------------------------\n"
    assert render_traces(table(HEAP), ViewOptions()) == (
        "Type: inuse_space\n"
        + bar
        + "     bytes:  8kB\n       8kB   main.grow (inline)\n             main.fill\n             main.main\n"
        + bar
        + "     bytes:  48B\n       48B   main.main\n"
        + bar
    )


def test_labels_stand_above_a_trace_and_cannot_reach_the_terminal():
    printed = render_traces(table(LABELLED), ViewOptions())
    assert "      path:  /x y\n    tenant:  acme\n         4   main.worker\n" in printed
    assert "    tenant:  \\x1b[31mred\n         3   main.worker\n" in printed
    assert "\x1b" not in printed


def test_tags():
    assert render_tags(table(LABELLED), ViewOptions()) == (
        " path: Total 4 of 7 (57.14%)\n"
        "       4 (57.14%): /x y\n"
        "\n"
        " tenant: Total 7 of 7 (  100%)\n"
        "         4 (57.14%): acme\n"
        "         3 (42.86%): \\x1b[31mred\n"
        "\n"
    )


def test_goroutines_of_a_dump_say_what_they_wait_for():
    dump = "goroutine 7 [select, 3 minutes]:\nmain.worker(0x1)\n\t/src/m.go:12 +0x25\n"
    graph = call_graph(table(dump), ViewOptions())
    assert render_top(graph).endswith("  main.worker   [select, 3 minutes]\n")
    assert "| main.worker   [select, 3 minutes]\n" in render_tree(graph)
