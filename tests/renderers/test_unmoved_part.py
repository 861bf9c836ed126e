"""Of which healthy series it is said that most of it stands where it stood."""

import pytest

from debugtext.analysis import analyze
from debugtext.comparing import follow
from debugtext.reading import read
from debugtext.renderers.markdown.report import render
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.unmoved_part import UNANSWERED, unmoved_part
from debugtext.renderers.verdicts import quiet_verdict
from debugtext.settings import Settings


def dump(*groups):
    """`dump((9, "main.f", "chan receive"))`."""
    each = [(function, state) for count, function, state in groups for _ in range(count)]
    return "\n".join(
        f"goroutine {number} [{state}]:\n{function}(0x1)\n\t/src/m.go:{len(function)} +0x1\n"
        f"created by main.main in goroutine 1\n\t/src/m.go:3 +0x1\n"
        for number, (function, state) in enumerate(each, 1)
    )


def texts(*dumps):
    return [read(text) for text in dumps]


REST = (3, "main.g", "select")


@pytest.mark.parametrize(
    ("dumps", "said"),
    [
        pytest.param(
            [dump((9, "main.f", "chan receive"), REST)] * 2,
            f"9 of 12 stand at main.f m.go:6, as many in both{UNANSWERED}",
            id="most of both",
        ),
        pytest.param(
            [dump((9, "main.f", "sleep"), REST)] * 2,
            "9 of 12 stand at main.f m.go:6, as many in both",
            id="sleepers are no leak",
        ),
        pytest.param(
            [dump((8, "main.f", "select"), REST), dump((9, "main.f", "select"), REST)], "", id="more than before"
        ),
        pytest.param([dump((6, "main.f", "select"), (6, "main.g", "select"))] * 2, "", id="half"),
        pytest.param([dump((5, "main.f", "select"))] * 2, "", id="few"),
        pytest.param([dump((9, "runtime.gopark", "select"))] * 2, "", id="the runtime's own"),
        pytest.param([dump((9, "main.f", "chan receive"), REST)], "", id="one text"),
    ],
)
def test_what_stands_where_it_stood(dumps, said):
    assert unmoved_part(analyze(texts(*dumps)))[0] == said


def test_of_more_texts_each_counts():
    calm = follow(texts(*[dump((9, "main.f", "chan receive"), REST)] * 3), Settings())
    assert unmoved_part(calm) == (f"9 of 12 stand at main.f m.go:6, as many in each{UNANSWERED}", "main.f m.go:6")
    moved = [dump((count, "main.f", "chan receive"), REST) for count in (9, 8, 9)]
    assert unmoved_part(follow(texts(*moved), Settings())) == ("", "")


def test_the_name_is_no_markup():
    dumps = texts(*[dump((9, "main.(*Set[<b>]).f", "chan receive"), (1, "main.main", "running"), REST)] * 2)
    report = analyze(dumps)
    assert "main.(*Set[<b>]).f" in quiet_verdict(report).sentence
    assert "main.(&#42;Set&#91;&#60;b&#62;&#93;).f" in render(report, RenderOptions())
