"""Markdown in a real Chromium, made a page by GitHub's own library: what a reader sees, and that nothing in it acts."""

import pytest

import debugtext
from debugtext import render
from debugtext.records.findings import Certainty, Finding, Location, Severity, Verdict
from debugtext.records.reports import Report

pytestmark = pytest.mark.browser
PAGE = "<!doctype html><meta charset=utf-8><title>summary</title><body style='width:880px'>{}</body>"
EVIL = "main.f|`a`</code></summary><img src=x onerror=document.title='owned'><script>document.title='owned'</script>"
LINK = "www.example.com [a](http://a.example) <http://a.example> @all #1"


@pytest.fixture
def summary(browser, tmp_path):
    cmarkgfm = pytest.importorskip("cmarkgfm")

    def open_(report):
        html = cmarkgfm.github_flavored_markdown_to_html(render(report, "markdown"), cmarkgfm.Options.CMARK_OPT_UNSAFE)
        page = tmp_path / "summary.html"
        page.write_text(PAGE.format(html), "utf-8")
        browser.get(page.as_uri())
        return browser

    return open_


def cells(browser, row):
    script = "return [...document.querySelectorAll('table')[0].rows[arguments[0]].cells].map(cell => cell.innerText)"
    return browser.execute_script(script, row)


def test_a_reader_sees_the_verdict_a_table_and_what_unfolds(summary, samples):
    report = debugtext.analyze([debugtext.read(samples / "dump" / "chan-send-go1.27.txt", name="job.log")])
    browser = summary(report)
    assert cells(browser, 0) == ["severity", "finding", "place", "rule"]
    severity, finding, place, rule = cells(browser, 1)
    assert (severity, place, rule) == ("warning", f"job.log:{report.findings[0].first_line}", "DT201")
    assert finding.startswith("leak, likely: 30 goroutines blocked in example.com/leaky/fetch.First.func1")
    details = browser.find_element("tag name", "details")
    assert not details.find_element("tag name", "ul").is_displayed()
    details.find_element("tag name", "summary").click()
    assert "function: example.com/leaky/fetch.First.func1" in details.find_element("tag name", "ul").text
    assert browser.execute_script("return document.documentElement.scrollWidth <= 912")


@pytest.mark.parametrize("text", [EVIL, LINK])
def test_nothing_of_a_dump_acts(summary, text):
    finding = Finding(
        "DT201", "stuck-senders", Verdict.LEAK, Certainty.LIKELY, Severity.ERROR, text, (text,), Location(text, 7),
        advice=text, evidence={"reason": text}, reason=text,
    )  # fmt: skip
    browser = summary(Report((), (finding,), suppressed=(finding,)))
    assert browser.title == "summary"
    assert browser.execute_script("return document.querySelectorAll('img, script, a, svg, iframe, form').length") == 0
    assert cells(browser, 1)[1].split() == f"leak, likely: {text}".split()
    assert len(browser.find_elements("tag name", "details")) == 1
