"""The page: nothing is loaded, nothing of a dump becomes markup, large dumps stay small, equal inputs equal pages."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debugtext.analysis import analyze_each, together
from debugtext.comparing import compare_two, follow
from debugtext.project.baseline import against
from debugtext.reading import read
from debugtext.records.captures import Capture
from debugtext.records.findings import KnownFinding
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import GoroutineDump, State
from debugtext.renderers import render
from debugtext.renderers.html.report import json_in_script
from debugtext.renderers.html.svg_flame import flame_svg
from debugtext.renderers.options import RenderOptions
from debugtext.settings import Settings

LEAK = "dump/chan-send-go1.27.txt"
EMPTY = "heap/rate0-go1.21.txt"
BEFORE, AFTER = "heap/map-grow-go1.27-1.txt", "heap/map-grow-go1.27-2.txt"


def page_of(report):
    return render(report, "html")


def data_in(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])


def reading(samples, name):
    return read(samples / name, name=name)


@pytest.fixture
def leak(samples):
    return analyze_each((reading(samples, LEAK),))


def test_the_page_loads_nothing(leak):
    page = page_of(leak)
    assert re.findall(r"\b(?:src|href|action)\s*=|@import|url\(|fetch\(|XMLHttpRequest|innerHTML|eval\(", page) == []
    assert set(re.findall(r"https?://[^\s\"'<]+", page)) == {"http://www.w3.org/2000/svg"}


def test_only_the_style_and_the_script_of_the_page_may_run(leak):
    page = page_of(leak)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    style, script = (
        re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1],
        re.search(r"<script>(.*?)</script>", page, re.DOTALL)[1],
    )
    hashes = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in (script, style)]
    assert policy == (
        f"default-src 'none'; script-src {hashes[0]}; style-src {hashes[1]}; base-uri 'none'; form-action 'none'"
    )


@given(st.text() | st.sampled_from(["</script><img onerror=alert(1)>", "<!--<script>", "a\u2028b", "\udcff]]>&amp;"]))
def test_any_text_of_a_dump_is_only_text(name):
    """Nothing in data can end the script element or begin another one; what can be shown comes back as it was."""
    embedded = json_in_script({name: [name]})
    assert not set(embedded) & set("<>&\u2028\u2029")
    embedded.encode()
    if name.isprintable():
        assert json.loads(embedded) == {name: [name]}


def test_equal_inputs_give_equal_pages(samples):
    pages = {page_of(analyze_each((reading(samples, LEAK),))) for _ in range(2)}
    assert len(pages) == 1


def test_the_verdict_comes_first(leak, samples):
    data = data_in(page_of(leak))
    assert data["verdict"] == {"word": "leak", "mood": "warn", "text": "1 finding (1 likely) in 33 goroutines."}
    assert [(one["rule"], one["certainty"]) for one in data["findings"]] == [("DT201", "likely")]
    empty = data_in(page_of(analyze_each((reading(samples, EMPTY),))))
    assert (empty["verdict"]["word"], empty["verdict"]["text"]) == ("no verdict", "Nothing was recorded.")


def test_of_snapshots_only_the_last_is_called_healthy(samples):
    calm = follow([reading(samples, "dump/idle-pool-go1.26.txt")] * 2, Settings(), 60)
    told = data_in(page_of(calm))["verdict"]["text"]
    assert told.startswith("Nothing wrong found in the last of 2 texts; 64 of 67 stand at idle.(*Pool).worker ")
    assert told.endswith(" tells which. They were read as snapshots of one program.")


def test_texts_of_several_programs_are_compared_each_with_its_own(samples):
    """The flame graph of one that stays as it is shows no growth, whatever another one of the page held first."""
    small, large = reading(samples, BEFORE), reading(samples, AFTER)
    data = data_in(page_of(together([compare_two([small, large]), compare_two([large, large])])))
    assert data["verdict"]["text"] == "1 finding (1 likely) in the last texts of 2 programs."
    grown, same = data["texts"]
    assert sum(map(sum, grown["flame"]["base"])) < sum(map(sum, same["flame"]["base"]))


def test_goroutines_by_stack_and_by_creator(leak):
    text = data_in(page_of(leak))["texts"][0]
    assert next((row["count"], row["state"]) for row in text["groups"]["rows"]) == (30, "chan send")
    assert [row[:4] for row in text["creators"]] == [
        [-1, 1, 33, "main.main"],
        [0, 30, 30, "example.com/leaky/fetch.First.func1"],
        [0, 1, 2, "net/http.(*conn).serve"],
        [2, 1, 1, "net/http.(*connReader).backgroundRead"],
    ]


@pytest.mark.parametrize("name", [LEAK, "crash/sigquit-labels-go1.27.txt", "goroutine/baseline-go1.27.txt"])
def test_a_stack_is_shown_by_the_same_frame_as_in_the_table(samples, name):
    report = analyze_each((reading(samples, name),))
    where = [row["where"][0] for row in data_in(page_of(report))["texts"][0]["groups"]["rows"]]
    table = render(report, "table", RenderOptions(full=True)).rpartition(" where\n")[2]
    shown = [function for function in where if f" {function} " in table or f" {function}\n" in table]
    assert shown == where
    assert sorted(where, key=table.index) == where


def test_who_waits_for_whom(samples):
    data = data_in(page_of(analyze_each((reading(samples, "dump/lock-order-go1.27.txt"),))))
    assert [len(one["chain"]) for one in data["findings"] if one["rule"] == "DT301"] == [4]
    first = data["locks"][0]
    assert (first["circle"], first["holder"]["goroutine"], first["waiters"][0]["goroutine"]) == (True, 9, 8)
    assert first["waiters"][0]["holds"][0]["waiters"][0]["closes"]
    assert (first["holder"]["place"], first["waiters"][0]["place"]) == ("bank.go:129", "bank.go:129")


def test_two_places_of_one_function_are_told_apart():
    lock = "goroutine {} [sync.Mutex.Lock]:\nsync.(*Mutex).Lock(0xc000012000)\n\t/go/mutex.go:46 +0x1d\n"
    frame = "main.transfer(0xc000012000)\n\t/src/main.go:{} +0x1d\n\n"
    dump = "".join((lock + frame).format(number, line) for number, line in ((7, 10), (8, 10), (9, 13)))
    (found,) = data_in(page_of(analyze_each((read(dump),))))["locks"]
    assert [(one["count"], one["place"]) for one in found["waiters"]] == [(2, "main.go:10"), (1, "main.go:13")]


@pytest.mark.parametrize(("name", "kind"), [("sigquit-go1.27", "goroutine dump"), ("oom-go1.27", "crash report")])
def test_a_dump_that_a_signal_asked_for_is_no_crash(samples, name, kind):
    assert data_in(page_of(analyze_each((reading(samples, f"crash/{name}.txt"),))))["texts"][0]["kind"] == kind


def test_all_lines_of_a_panic_are_shown(samples):
    (text,) = data_in(page_of(analyze_each((reading(samples, "crash/panic-multiline-go1.27.txt"),))))["texts"]
    assert text["message"] == ["first line", "second line", "", "goroutine 1 [running]:", "looks like a dump"]


def test_every_reason_is_shown(leak):
    assert len(data_in(page_of(leak))["findings"][0]["reasons"]) == 5


def test_what_a_baseline_knows_and_what_is_gone(leak):
    known = KnownFinding("DT201", leak.findings[0].fingerprint), KnownFinding("DT101", "0", "it <leaked>")
    data = data_in(page_of(against(leak, known)))
    assert ([one["known"] for one in data["findings"]], data["gone"]) == ([True], ["DT101 it <leaked>"])


def test_a_base_gives_differences_and_a_flame_graph_with_before(samples):
    data = data_in(page_of(compare_two((reading(samples, BEFORE), reading(samples, AFTER)), Settings())))
    assert data["changes"][0]["name"] == "memory in use"
    flame = data["texts"][0]["flame"]
    kind = flame["kind"]
    assert (flame["base"][kind][0], flame["values"][kind][0]) == tuple(
        data["changes"][0][k] for k in ("before", "after")
    )


def test_several_snapshots_give_trends(samples):
    series = [reading(samples, name) for name in (BEFORE, BEFORE, AFTER, AFTER, AFTER, AFTER)]
    data = data_in(page_of(follow(series, Settings(), 60)))
    assert (data["trends"][0]["name"], data["changes"]) == ("memory in use", [])
    assert len(data["trends"][0]["totals"][0]["values"]) == 6


def test_two_snapshots_are_too_few_for_trends(samples):
    data = data_in(page_of(follow([reading(samples, name) for name in (BEFORE, AFTER)], Settings(), 60)))
    assert (data["trends"], data["changes"][0]["name"]) == ([], "memory in use")


def test_100_000_goroutines_on_20_000_stacks_are_less_than_2_mb(make_goroutines, make_report):
    names = [f"example.com/team/shop/internal/module{n % 97}.(*Worker{n}).handleRequest" for n in range(20_000)]
    roots = [Frame(f"example.com/team/shop/cmd.run{n}", "/src/shop/cmd/run.go", n) for n in range(50)]
    columns = make_goroutines()
    stacks = [
        Stack((Frame("runtime.gopark"), Frame(name, f"/src/shop/{n}.go", n), roots[n % 50]), created_by=roots[n % 50])
        for n, name in enumerate(names)
    ]
    filled = make_goroutines((1, State("chan send", 3), stacks[0]))
    columns.headers, columns.stacks = filled.headers, stacks
    for n in range(100_000):
        columns.ids.append(n + 1)
        columns.header_numbers.append(0)
        columns.stack_numbers.append(n % len(stacks))
        columns.parent_ids.append(n // 3)
        columns.lines.append(n + 1)
    start = perf_counter()
    page = page_of(make_report(Capture("goroutine-dump", 1, 900_000, GoroutineDump(columns))))
    assert len(page.encode()) < 2_000_000
    assert perf_counter() - start < 30
    text = data_in(page)["texts"][0]
    assert text["groups"]["more"] == [19_600, 98_000]
    assert (
        sum(text["flame"]["values"][0][i] for i, parent in enumerate(text["flame"]["parent"]) if parent == 0) == 100_000
    )
    assert any("more)" in name for name, _, _ in text["flame"]["names"])


def test_the_picture_alone(leak, samples):
    from xml.etree.ElementTree import fromstring

    picture = fromstring(flame_svg(leak))
    titles = [title.text for title in picture.iter("{http://www.w3.org/2000/svg}title")]
    assert titles[:2] == ["all · 33, 100% of all", "example.com/leaky/fetch.First.func1 · 30, 91% of all"]
    assert flame_svg(analyze_each((reading(samples, EMPTY),))) == ""


def test_of_several_series_the_newest_text_of_each_kind_is_drawn(samples):
    heaps = follow([reading(samples, name) for name in (BEFORE, AFTER)], Settings(), 60)
    dumps = follow([reading(samples, f"dump/chan-send-go1.{minor}.txt") for minor in (19, 27)], Settings(), 60)
    texts = data_in(page_of(together([heaps, dumps])))["texts"]
    assert [(one["kind"], one["input"], bool(one["flame"]["base"])) for one in texts] == [
        ("heap profile", AFTER, True),
        ("goroutine dump", LEAK, True),
    ]
