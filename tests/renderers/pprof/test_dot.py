"""The picture of the calls."""

import pytest

from debugtext import read
from debugtext.errors import InputUnavailableError
from debugtext.renderers.pprof.dot import dot_color, render_dot
from debugtext.renderers.pprof.graphviz import svg
from debugtext.renderers.short_names import short_name
from debugtext.views.call_graph import call_graph
from debugtext.views.from_records import capture_table
from debugtext.views.options import ViewOptions
from debugtext.views.subtraction import subtract

TEXT = """\
goroutine profile: total 4
3 @ 0x1011 0x2021 0x3021
# labels: {"tenant":"say \\"hi\\""}
#	0x1010	example.com/app/v2/pkg.(*T).Wait+0x10	/src/t.go:8
#	0x2020	main.main+0x20	/src/m.go:2

1 @ 0x2021 0x3021
#	0x2020	main.main+0x20	/src/m.go:2

"""


def dot():
    [capture] = read(TEXT).captures
    return render_dot(call_graph(capture_table(capture), ViewOptions(), nodecount=80, visual=True))


def test_a_call_of_what_was_dropped_is_not_drawn():
    [before] = read(TEXT).captures
    [now] = read(TEXT.replace("1 @", "9 @").replace("3 @", "1 @")).captures
    table = subtract(capture_table(now), capture_table(before))
    graph = call_graph(table, ViewOptions(drop_negative=True), nodecount=80, visual=True)
    assert [line[:3] for line in render_dot(graph).splitlines()[3:-1]] == ["N1 "]


def test_boxes_and_arrows():
    assert dot() == (
        'digraph "unnamed" {\n'
        'node [style=filled fillcolor="#f8f8f8"]\n'
        'subgraph cluster_L { "Type: goroutine" [shape=box fontsize=16 label="Type: goroutine'
        "\\lShowing nodes accounting for 4, 100% of 4 total"
        '\\l\\lSee https://git.io/JfYMW for how to read the graph\\l"] }\n'
        'N1 [label="main\\nmain\\n1 (25.00%)\\nof 4 (100%)" id="node1" fontsize=18 shape=box '
        'tooltip="main.main (4)" color="#b20000" fillcolor="#edd5d5"]\n'
        'N2 [label="pkg\\n(*T)\\nWait\\n3 (75.00%)" id="node2" fontsize=24 shape=box '
        'tooltip="example.com/app/v2/pkg.(*T).Wait (3)" color="#b20e00" fillcolor="#edd7d5"]\n'
        'N2_0 [label = "tenant:say \\"hi\\"" id="N2_0" fontsize=8 shape=box3d tooltip="3"]\n'
        'N2 -> N2_0 [label=" 3" weight=100 tooltip="3" labeltooltip="3"]\n'
        'N1 -> N2 [label=" 3" weight=76 penwidth=4 color="#b20e00" '
        'tooltip="main.main -> example.com/app/v2/pkg.(*T).Wait (3)" '
        'labeltooltip="main.main -> example.com/app/v2/pkg.(*T).Wait (3)"]\n'
        "}\n"
    )


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("main.main", "main.main"),
        ("net/http.(*conn).serve", "http.(*conn).serve"),
        ("example.com/app/v2/pkg.(*T).Wait", "pkg.(*T).Wait"),
        ("example.com/app/v2.Run", "app.Run"),
        ("gopkg.in/yaml.v3.Unmarshal", "yaml.v3.Unmarshal"),
        ("main.Server.handle", "Server.handle"),
        ("main.Server.Handle", "main.Server.Handle"),
        ("main.f[go.shape.int/x]", "main.f[go.shape.int/x]"),
        ("a/b", "a/b"),
        ("", ""),
    ],
)
def test_names_in_boxes_are_short(function, expected):
    assert short_name(function) == expected


@pytest.mark.parametrize(
    ("score", "background", "expected"),
    [
        (0, False, "#b2b2b2"),
        (1, False, "#b20000"),
        (-1, False, "#00b200"),
        (0.05, True, "#edeae7"),
        (9, True, "#edd5d5"),
    ],
)
def test_colours(score, background, expected):
    assert dot_color(score, background=background) == expected


def test_without_graphviz_svg_is_refused_in_clear_words(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputUnavailableError, match="SVG needs Graphviz"):
        svg(dot())


def test_what_graphviz_says_is_passed_on(monkeypatch, tmp_path):
    program = tmp_path / "dot"
    program.write_text("#!/bin/sh\necho 'Error: <stdin>: syntax error in line 1' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputUnavailableError, match="could not draw the graph: Error: <stdin>: syntax error"):
        svg("digraph {")
