"""The page in a real Chromium: clicks, searches, zooms; nothing in a dump runs; nothing leaves the page."""

import json

import pytest

from debugtext.analysis import analyze_each
from debugtext.comparing import compare_two
from debugtext.reading import read
from debugtext.renderers._renderer import RenderOptions
from debugtext.renderers.html_report import HtmlRenderer
from debugtext.settings import Settings

pytestmark = pytest.mark.browser
EVIL = "</script><img src=x onerror=document.title='owned'>"


@pytest.fixture
def opened(browser, tmp_path):
    def open_(report):
        file = tmp_path / "page.html"
        file.write_text(HtmlRenderer(RenderOptions()).render(report), "utf-8")
        browser.get_log("performance")
        browser.get(file.as_uri())
        return browser

    yield open_
    assert browser.get_log("browser") == []


def texts(browser, selector):
    script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)"
    return browser.execute_script(script, selector)


def one(browser, selector):
    return browser.find_element("css selector", selector)


def test_verdict_zoom_search_and_sorting(opened, samples):
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    page = opened(analyze_each((read(samples / "dump/chan-send-go1.27.txt"),)))
    assert texts(page, "h1") == ["leak"]
    before = len(texts(page, ".flame .box"))
    box = next(b for b in page.find_elements("css selector", ".flame .box") if b.text == "fetch.First.func1")
    box.click()
    assert len(texts(page, ".flame .box")) == 2 < before
    assert "30, 91% of all" in one(page, ".detail").text
    one(page, ".flame").send_keys(Keys.ESCAPE)
    assert len(texts(page, ".flame .box")) == before
    one(page, ".flame").send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    assert one(page, ".back").is_displayed()
    one(page, ".back").click()
    one(page, ".bar input").send_keys("first.FUNC")
    assert (texts(page, ".found"), len(texts(page, ".flame .match"))) == (["30, 91% of all"], 1)
    head = next(h for h in page.find_elements("css selector", "th button") if h.text == "count")
    head.click()
    head.click()
    assert texts(page, "td.number")[0].startswith("1")
    page.find_elements("css selector", "td summary")[0].click()
    WebDriverWait(page, 5).until(lambda browser: texts(browser, "td .stack li"))


def test_nothing_is_requested_and_a_phone_needs_no_scrolling_aside(opened, samples):
    page = opened(compare_two([read(samples / f"heap/map-grow-go1.27-{n}.txt") for n in (1, 2)], Settings()))
    events = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    urls = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    assert [url.partition(":")[0] for url in urls] == ["file"]
    assert texts(page, ".flame .more3")
    metrics = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    assert page.execute_script("return document.documentElement.scrollWidth") == 390
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_markup_in_labels_functions_and_messages_is_text(opened, samples):
    text = (samples / "dump/chan-send-go1.27.txt").read_text("utf-8")
    text = text.replace("chan send", f"chan send {EVIL}").replace("/src/leaky/fetch", f"/src/{EVIL}")
    label = (
        f'goroutine profile: total 3\n3 @ 0x1 0x2\n# labels: {{"user":{json.dumps(EVIL)}}}\n'
        f"#\t0x1\tmain.{EVIL}+0x1\t/a.go:1\n"
    )
    for source in (text, label):
        page = opened(analyze_each((read(source.encode()),)))
        assert (texts(page, "img"), page.title != "owned") == ([], True)
        assert any("onerror" in shown for shown in texts(page, "main"))
