"""Outputs for CI, each read by something that we did not write, with any text of a dump in them."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from debugtext import render
from debugtext.records.captures import Problem, Reading
from debugtext.records.findings import Certainty, Finding, KnownFinding, Location, Severity, Verdict
from debugtext.records.frames import Frame, Stack
from debugtext.records.reports import Report

MEAN = (
    "::error::x",
    "\n::error file=a::x", "\r\n", "]]>", "<script>alert(1)</script>", "|", "`", "``", "%0A::add-mask::", ",",
    ":", "%",
    "\x1b[2J", "\x00", "\u202e", "\udc80", "\\", '"', "'", "=cmd()", "@all", "#1", "[a](b)", "![i](u)", "a, b: c",
    "&amp;", "<!--", "-->", "##[error]x", "\u2028", "\u0085", "{", "}", "$(id)", "http://a.example", "***", "\n\n# x\n",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(MEAN), st.text(max_size=4)), min_size=1, max_size=5).map("".join)


@st.composite
def reports(draw):
    text = draw(texts)
    other = draw(texts)
    frame = Frame(other, text, draw(st.integers(-1, 99)))
    finding = Finding(
        draw(st.sampled_from(["DT201", "OTHER"])), "stuck-senders", Verdict.LEAK, Certainty.LIKELY,
        draw(st.sampled_from(list(Severity))), text, (other, text), Location(text, 7), 3, other, 5,
        {"reason": text, "list": [other]}, other, Stack((frame,), created_by=frame),
        source=draw(st.sampled_from([None, Location(text, 9)])), known=draw(st.booleans()),
    )  # fmt: skip
    readings = (Reading(other, (), (Problem(3, text, text, other),)),)
    return Report(readings, (finding, finding), suppressed=(finding,), absent=(KnownFinding("DT201", "ab", text),))


@given(reports())
@hypothesis_settings(max_examples=40)
def test_any_text_leaves_every_output_what_it_is(report):
    """A name from a dump ends no field, line, element or command, and starts none."""
    for line in render(report, "jsonl").splitlines():
        assert json.loads(line)["type"] in {"finding", "suppressed"}
    assert len(render(report, "jsonl").split("\n")) == 4
    table = list(csv.DictReader(io.StringIO(render(report, "csv"), newline=""), strict=True))
    assert [row["type"] for row in table] == ["finding"] * 3
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in table for cell in row.values())
    commands = render(report, "github").split("\n")
    assert len(commands) == 3
    for command in commands[:2]:
        head, properties, _ = command.split("::", 2)
        assert not head
        assert [part.partition("=")[0].split()[-1] for part in properties.split(",")] == ["file", "line", "title"]
        assert not set(command) & set("\r\x1b\x00\u2028\x85")
    issues = json.loads(render(report, "gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == 2
    assert all(issue["location"]["lines"]["begin"] >= 1 and issue["location"]["path"] for issue in issues)
    for name in ("jsonl", "csv", "github", "gitlab", "junit", "sarif", "markdown", "prometheus", "json", "table"):
        render(report, name).encode("utf-8")


@given(reports())
@hypothesis_settings(max_examples=40)
def test_a_junit_reader_finds_a_case_a_rule(report):
    junitparser = pytest.importorskip("junitparser")
    xml = junitparser.JUnitXml.fromstring(render(report, "junit").encode())
    cases = [case for suite in xml for case in suite]
    assert len(cases) == xml.tests
    assert sum(bool(case.is_failure) for case in cases) == xml.failures <= 1


@given(reports())
@hypothesis_settings(max_examples=40)
def test_prometheus_own_parser_reads_every_sample(report):
    parser = pytest.importorskip("prometheus_client.parser")
    families = {
        family.name: family.samples for family in parser.text_string_to_metric_families(render(report, "prometheus"))
    }
    assert sum(sample.value for sample in families["debugtext_findings"]) == 3
    keys = [tuple(sorted(sample.labels.items())) for sample in families["debugtext_finding_count"]]
    assert len(keys) == len(set(keys))


@given(reports())
@hypothesis_settings(max_examples=40)
def test_markdown_has_no_markup_of_the_dump(report):
    """CommonMark with tables sees only the elements that we wrote, one table, and no link or picture."""
    markdown_it = pytest.importorskip("markdown_it")
    tokens = markdown_it.MarkdownIt("gfm-like", {"linkify": False}).parse(render(report, "markdown"))
    inline = [child for token in tokens for child in token.children or ()]
    html = {token.content for token in inline if token.type == "html_inline"}
    assert html <= {"<code>", "</code>", "<!-- -->"}
    blocks = [line for token in tokens if token.type == "html_block" for line in token.content.split("\n")]
    assert all(line == "" or line.startswith(("<details>", "<summary>", "</details>")) for line in blocks)
    assert all("<" not in line.removeprefix("<summary>").removesuffix("</summary>").replace("<!-- -->", "")
               for line in blocks if line.startswith("<summary>"))  # fmt: skip
    assert {child.type for child in inline} <= {
        "text",
        "html_inline",
        "text_special",
        "strong_open",
        "strong_close",
        "softbreak",
        "hardbreak",
    }
    assert sum(token.type == "table_open" for token in tokens) == 1
    assert sum(token.type == "tr_open" for token in tokens) == 3


@given(reports())
@hypothesis_settings(max_examples=15)
def test_sarif_fits_the_types_made_from_its_schema(report):
    sarif = pytest.importorskip("sarif_pydantic")
    text = render(report, "sarif")
    sarif.Sarif.model_validate_json(text)
    log = json.loads(text)
    states = [result["baselineState"] for result in log["runs"][0]["results"]]
    assert states[-1] == "absent"
    assert log["runs"][0]["results"][2]["suppressions"][0]["kind"] == "external"


def test_sarif_is_read_by_another_program():
    sarif = pytest.importorskip("sarif_pydantic")
    finding = Finding("DT201", "stuck-senders", Verdict.LEAK, Certainty.LIKELY, Severity.WARNING, "30 are stuck")
    log = sarif.Sarif.model_validate_json(render(Report((Reading("a.log", ()),), (finding,)), "sarif"))
    assert [result.rule_id for result in log.runs[0].results] == ["DT201"]


def test_more_than_ten_annotations_are_ten_and_the_last_names_the_others():
    found = [
        Finding(
            "DT201", "stuck-senders", Verdict.LEAK, Certainty.LIKELY, Severity.ERROR, f"leak {number}", (f"f{number}",)
        )
        for number in range(25)
    ]
    lines = render(Report((), tuple(found)), "github").splitlines()
    assert len(lines) == 10
    assert "16 more findings" in lines[-1]
    assert "leak 24" in lines[-1]
