"""The page in a real Chromium: clicks, searches, zooms; nothing in a dump runs; nothing leaves the page."""

import json
from dataclasses import replace
from threading import Thread

import pytest

from debugtext.analysis import analyze_each
from debugtext.cli.live.serving import PageServer
from debugtext.comparing import compare_two
from debugtext.reading import read
from debugtext.records.captures import Capture, Problem, Reading
from debugtext.records.counts import CountProfile, CountSample
from debugtext.records.frames import Frame, Stack
from debugtext.records.growth import Forecast
from debugtext.renderers import render
from debugtext.settings import Settings

pytestmark = pytest.mark.browser
EVIL = "</script><img src=x onerror=document.title='owned'>"


@pytest.fixture
def opened(browser, tmp_path):
    def open_(report):
        file = tmp_path / "page.html"
        file.write_text(render(report, "html"), "utf-8")
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


def test_when_a_limit_is_reached_is_told(opened, samples):
    report = analyze_each((read(samples / "heap/map-grow-go1.24.txt"),))
    page = opened(replace(report, forecasts=(Forecast("held_bytes", "bytes", 4 << 30, 5 << 20, 5400.0),)))
    assert "At this pace the limit of 4 GiB is reached in 90 min: memory now 5 MiB." in texts(page, "p.more")


def test_verdict_zoom_search_and_sorting(opened, samples):
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    page = opened(analyze_each((read(samples / "dump/chan-send-go1.27.txt"),)))
    assert texts(page, "h1") == ["leak"]
    before = len(texts(page, ".flame .box"))
    box = next(b for b in page.find_elements("css selector", ".flame .box") if b.text == "fetch.First.func1")
    assert box.get_attribute("title") == (
        "example.com/leaky/fetch.First.func1 · 30, 91% of all\n/src/leaky/fetch/fetch.go:24"
    )
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
    sent = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    # Chromium's own first page may still be loading.
    urls = [one["request"]["url"] for one in sent if not one["documentURL"].startswith("chrome")]
    assert [url.partition(":")[0] for url in urls] == ["file"]
    assert texts(page, ".flame .more3")
    metrics = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    assert page.execute_script("return document.documentElement.scrollWidth") == 390
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize(
    "name", ["dump/io-wait-go1.19.txt", "crash/panic-multiline-go1.27.txt", "dump/etcd-go1.16.txt"]
)
def test_long_words_do_not_widen_a_phone(browser, opened, samples, name):
    text = (samples / name).read_text("utf-8").replace("example.com/", f"example.com/{'verylongname' * 9}/")
    metrics = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    page = opened(analyze_each((read(text.encode()),)))
    assert page.execute_script("return document.documentElement.scrollWidth") == 390
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_markup_in_labels_functions_and_messages_is_text(opened, samples):
    text = (samples / "dump/chan-send-go1.27.txt").read_text("utf-8")
    text = text.replace("chan send", f"chan send {EVIL}").replace("/src/leaky/fetch", f"/src/{EVIL}")
    stack = Stack((Frame(f"main.{EVIL}", f"/{EVIL}.go", 3),), created_by=Frame(EVIL))
    profile = CountProfile("goroutine", 3, (CountSample(3, stack, 2, ((EVIL, EVIL),)),))
    problem = Problem(1, EVIL, EVIL, EVIL)
    capture = Capture("goroutine-profile", 1, 3, profile, (problem,))
    for reading in (read(text.encode()), Reading(EVIL, (capture,), (problem,))):
        page = opened(analyze_each((reading,)))
        assert (texts(page, "img"), page.title != "owned") == ([], True)
    for part in ("main header", ".flame", "table code", "table .label", ".problems"):
        assert "script><img src=x onerror" in texts(page, part)[0], part


def test_who_waits_for_whom_is_drawn(opened, samples):
    page = opened(analyze_each((read(samples / "dump/lock-order-go1.27.txt"),)))
    assert len(texts(page, ".web.circle")) == 6
    first = texts(page, ".web")[0]
    assert "goroutine 8 waits in " in first
    assert first.endswith("back to the top")
    assert "[object" not in texts(page, "main")[0]


def test_a_zoom_a_search_and_an_order_stay_over_a_reload_of_serve(browser, samples):
    from selenium.webdriver.support.ui import WebDriverWait

    page = render(analyze_each((read(samples / "dump/chan-send-go1.27.txt"),)), "html")
    with PageServer(lambda: page, "token", 0, every_seconds=1) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        browser.get(server.address)
        next(b for b in browser.find_elements("css selector", ".flame .box") if b.text == "fetch.First.func1").click()
        browser.execute_script(
            "const search = document.querySelector('.bar input'); search.value = 'first';"
            "search.dispatchEvent(new Event('input')); document.querySelectorAll('th button')[3].click();"
            "window.beforeReload = true"
        )
        WebDriverWait(browser, 10).until(lambda one: one.execute_script("return window.beforeReload === undefined"))
        assert len(texts(browser, ".flame .box")) == 2
        assert (one(browser, ".bar input").get_attribute("value"), texts(browser, ".found")) == (
            "first",
            ["30, 91% of all"],
        )
        assert texts(browser, "th[aria-sort]") == ["where"]
        browser.get("about:blank")
        server.shutdown()
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["code", "state", "change"])
def test_every_text_can_be_read_against_its_ground(opened, samples, scheme, colour):
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    dump = analyze_each((read(samples / "dump/lock-order-go1.27.txt"),))
    grown = compare_two([read(samples / f"heap/map-grow-go1.27-{n}.txt") for n in (1, 2)], Settings())
    page = opened(grown if colour == "change" else dump)
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    page.execute_script(
        "const select = [...document.querySelectorAll('.bar select')].pop(); select.value = arguments[0];"
        "select.dispatchEvent(new Event('change'))",
        colour,
    )
    assert page.execute_script(TOO_FAINT) == []
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


# WCAG 2.2, 1.4.3: a contrast of 4.5 to 1 at least.
TOO_FAINT = r"""
const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
const linear = (part) => part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
const light = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
function ground(element) {
  for (let one = element; one; one = one.parentElement) {
    const colour = numbers(getComputedStyle(one).backgroundColor);
    if (colour.length < 4 || colour[3] > 0) return colour;
  }
}
return [...document.querySelectorAll("main *")].filter((one) => one.getClientRects().length
  && [...one.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim())).map((one) => {
  const [text, behind] = [light(numbers(getComputedStyle(one).color)), light(ground(one))];
  return [one.className, (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05)];
}).filter(([, contrast]) => contrast < 4.5);
"""
