"""Headlines of crashes in comments and indented blocks, glued to other output, and calls right below them."""

import pytest

from debugtext.pieces.text import Piece
from debugtext.reading import read
from debugtext.unwrapping.unwrap import _cut_at_blank_line

THROWN = "fatal error: sync: unlock of unlocked mutex"
ASLEEP = "fatal error: all goroutines are asleep - deadlock!"
LIMIT = "runtime: goroutine stack exceeds 1000000000-byte limit"
FAULT = "[signal SIGSEGV: segmentation violation code=0x1 addr=0x7 pc=0x45b83c]"
DUMP = "goroutine 1 [semacquire]:\nsync.(*WaitGroup).Wait(0xc000010)\n\t/go/src/sync/waitgroup.go:118 +0x48\n"


def crashes(text):
    """The reason of each crash, and its functions."""
    return [
        (capture.body.reason, [frame.function for each in capture.body.goroutines for frame in each.stack.frames])
        for capture in read(text.encode()).captures
        if capture.format == "crash"
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"Why?\n//\n//\t{THROWN}\n//\tshop.(*Cart).Close(...) cart.go:8\n//\n// Lock twice\n", id="a comment"
        ),
        pytest.param(f"/*\n\tit died:\n\t{THROWN}\n\tshop.(*Cart).Close(...) cart.go:8\n\n*/\n", id="tabs"),
        pytest.param(f"a_test.go:6: out:\n    {THROWN}\n    shop.(*Cart).Close(0xc01)\nok\n", id="indented"),
        pytest.param(f"{THROWN}\nshop.(*Cart).Close(0xc01)\n\nThat is it.\n", id="flush"),
        pytest.param(f"{THROWN}\n  shop.(*Cart).Close\n", id="a method alone"),
        pytest.param(f"{THROWN}\n  ...cart.go:8 shop.(*Cart).Close      (twice)\n", id="a location first"),
    ],
)
def test_calls_below_a_headline_are_a_stack(text):
    assert crashes(text) == [("sync: unlock of unlocked mutex", ["shop.(*Cart).Close"])]


def test_a_creator_may_stand_below_such_calls():
    calls = "shop.(*Cart).Close(0xc01)\nshop.wait.func1()   shop/wait.go:8\ncreated by shop.wait in goroutine 1\n"
    told = [("sync: unlock of unlocked mutex", ["shop.(*Cart).Close", "shop.wait.func1"])]
    assert crashes(f"{THROWN}\n{calls}") == told


def test_frames_below_a_headline_may_be_a_way_of_calls():
    lines = (LIMIT, "fatal error: stack overflow", "  xml.(*Decoder).get", "  site.load → site.parse")
    text = "".join(f"//\t{line}\n" for line in lines) + "//\n// so\n"
    assert crashes(text) == [("stack overflow", ["xml.(*Decoder).get", "site.parse", "site.load"])]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"\tx: 5\n\tunexpected fault address 0x7\n\tfatal error: fault\n\t{FAULT}\n\n*/\n", id="both sides"
        ),
        pytest.param(f"// it says\n//\tfatal error: fault\n//\t{FAULT}\n", id="below"),
    ],
)
def test_a_line_of_the_runtime_beside_it_tells_a_headline(text):
    assert crashes(text) == [("fault", [])]


@pytest.mark.parametrize("glue", ["i:1i:4", "i:1 i:4 ", "done 5", "Ausgabe: "])
@pytest.mark.parametrize("indent", ["\t", "        "])
def test_a_headline_glued_to_output_is_one_above_a_goroutine(glue, indent):
    text = f"{glue}{ASLEEP}\n\n{DUMP}".replace("\t", indent)
    assert crashes(text) == [("all goroutines are asleep - deadlock!", ["sync.(*WaitGroup).Wait"])]


def test_a_headline_farther_in_than_its_goroutine_is_one():
    text = f"// \t{ASLEEP}\n\n// " + DUMP.replace("\n\t", "\n        ").rstrip("\n").replace("\n", "\n// ") + "\n"
    assert crashes(text) == [("all goroutines are asleep - deadlock!", ["sync.(*WaitGroup).Wait"])]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"x := 1\n//\t{THROWN}\n//\tis what you get.\n", id="a comment"),
        pytest.param("x := 1\n// panic: x\n// foo.Bar()\n", id="code in a comment"),
        pytest.param(f"    {ASLEEP}\n\nis printed when all wait.\n", id="Markdown"),
        pytest.param(f"I see {ASLEEP}\nsync.(*Mutex).Lock(0x1)\n", id="prose"),
        pytest.param("x.c:1:10: fatal error: x.h: No such file\n", id="the compiler of C"),
    ],
)
def test_what_is_spoken_of_is_no_crash(text):
    assert crashes(text) == []


def test_the_panics_of_a_chain_stay_where_they_are():
    text = f"panic: one [recovered]\n\tpanic: two\n{FAULT}\n\n{DUMP}"
    [(reason, _)] = crashes(text)
    assert reason == "two"


def test_the_lines_keep_their_numbers(numbered):
    text = f"Why?\n    {THROWN}\n    shop.(*Cart).Close(0xc01)\nok\n"
    assert (2, THROWN) in numbered(text)
    assert (3, "shop.(*Cart).Close(0xc01)") in numbered(text)


@pytest.mark.parametrize(
    "lead",
    [
        "12-01 09:15:02.417 1207 1291 E GoLog   : ",
        "2026-11-21T02:10:53.000000004Z stderr F ",
        "shop_1  | ",
        "09:15:02 ERROR ",
        "Nov 21 09:15:02 host shop[77]: ",
    ],
)
def test_a_line_of_a_log_may_be_a_headline_that_is_always_the_same(lead):
    assert crashes(f"It says:\n{lead}{THROWN}\nWhy?\n") == [("sync: unlock of unlocked mutex", [])]
    assert crashes(f"{lead}{THROWN}") == [("sync: unlock of unlocked mutex", [])]


@pytest.mark.parametrize("above", ["", "    - alert: Died\n      expr: died > 0\n"])
@pytest.mark.parametrize("lead", ["      message: ", "      - summary: "])
def test_a_key_of_an_alerting_rule_is_no_prefix_of_a_log(above, lead):
    assert crashes(f"{above}{lead}fatal error: concurrent map writes\n        severity: high\n") == []


@pytest.mark.parametrize(
    "line", [f"At 09:15:02 we got {THROWN}", "09:15:02 ERROR fatal error: no such file", f"see x.go: {THROWN}"]
)
def test_words_about_a_crash_are_none(line):
    assert crashes(f"Hello\n{line}\nWhy?\n") == []


@pytest.mark.parametrize(
    ("headline", "reason"),
    [
        (f"**{ASLEEP}**", "all goroutines are asleep - deadlock!"),
        (f"{ASLEEP}**", "all goroutines are asleep - deadlock!"),
        (f"`{ASLEEP}`", "all goroutines are asleep - deadlock!"),
        ("••••panic: no seat left", "no seat left"),
        ("..S.F.panic: no seat left", "no seat left"),
        ("✓✓✗panic: no seat left", "no seat left"),
        ("panic: no `seat`", "no `seat`"),
        ("panic: no **seat**", "no **seat**"),
    ],
)
def test_marks_at_a_headline_are_not_its_own(headline, reason):
    assert crashes(f"Look:\n{headline}\n\n{DUMP}") == [(reason, ["sync.(*WaitGroup).Wait"])]
    assert crashes(f"{headline}\n\n{DUMP}") == [(reason, ["sync.(*WaitGroup).Wait"])]


@pytest.mark.parametrize(
    "headline",
    [
        "**fatal error**: all goroutines are asleep - deadlock!",
        "fatal **error:** all goroutines are asleep - deadlock!",
        "fatal __error__: all goroutines are asleep - deadlock!",
        "**fatal** **error:** all goroutines are asleep - deadlock!",
        "fatal <b>error:</b> all goroutines are asleep - deadlock!",
        "fatal <mark>error</mark>: all goroutines are asleep - deadlock!",
        "Nov 21 09:15:02 host shop[77]: fatal **error:** all goroutines are asleep - deadlock!",
    ],
)
def test_words_of_a_headline_may_be_bold(headline):
    told = [("all goroutines are asleep - deadlock!", ["sync.(*WaitGroup).Wait"])]
    assert crashes(f"{headline}\n\n{DUMP}") == told
    assert crashes(f"Look:\n{headline}\n{DUMP}") == told


def test_bold_words_without_a_stack_are_spoken_of():
    assert crashes("It was a **fatal error**: no seat left\n\nSo it is.\n") == []


@pytest.mark.parametrize("mark", ["**", "__", "`"])
def test_a_marked_headline_stands_above_a_stack_without_a_header(mark):
    place = "\t/src/shop/cart.go:18 +0xa9\n"
    text = f"{mark}panic: no seat left{mark}\n\n{{first}}shop.(*Cart).Put(0x1)\n{place}shop.Run()\n{place}"
    [crash] = read(text.format(first="").encode()).captures
    [stack] = crash.body.runtime_tracebacks
    assert [frame.function for frame in stack.frames] == ["shop.(*Cart).Put", "shop.Run"]
    assert crashes(text.format(first=place))[0][0] == "no seat left"


def test_a_headline_in_code_without_a_goroutine_is_spoken_of():
    assert crashes("Look at\n`panic: no seat left`\nin the list\n") == []


@pytest.mark.parametrize("title", ["message:", "message: ", "Stack trace:", "Output:\n"])
@pytest.mark.parametrize("mark", ["# ", "### ", "// ", ""])
def test_a_form_has_a_title_between_a_headline_and_its_goroutine(mark, title):
    text = f"{mark}fatal error: concurrent map writes\n\n{title}\n{DUMP}"
    assert crashes(text) == [("concurrent map writes", ["sync.(*WaitGroup).Wait"])]


PANICKED = "goroutine 7 [running]:\nshop.(*Cart).Close(0xc01)\n\t/src/cart.go:8 +0x1d\n"


@pytest.mark.parametrize(
    "lead",
    [" ", "Error: ", "stderr: ", "E ", "- ", "[web] ", "make: *** ", "2026/01/02 10:00:00  ", "it says (twice) "],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("above", ["", "served\n" * 30_000], ids=["alone", "in a log"])
def test_a_headline_behind_any_words_is_one_right_above_who_panicked(above, lead, between):
    assert crashes(f"{above}{lead}panic: no cart{between}{PANICKED}") == [("no cart", ["shop.(*Cart).Close"])]


@pytest.mark.parametrize(
    "line",
    [
        '* Fixed "fatal error: {}" in the shop (#7)',
        "INFO alert on `fatal error: {}`: seen 0 times",
        '2026-01-02T10:00:00Z INFO loaded pattern "fatal error: {}"',
        "docs/shop.md:12: fatal error: {}",
    ],
    ids=["a changelog", "an alert", "a log", "grep"],
)
def test_a_headline_that_is_quoted_twice_is_no_crash(line):
    assert crashes("".join(line.format(why) + "\n" for why in ("stack overflow", "concurrent map writes"))) == []


def test_the_line_about_a_signal_may_be_wrapped_between_its_words():
    signal = "[signal SIGSEGV: segmentation violation code=0x1 addr=0x8 pc\n=0x6638a3]\n"
    head = "panic: runtime error: invalid memory address or nil pointer \ndereference\n"
    [capture] = read(f"{head}{signal}\n{PANICKED}".encode()).captures
    assert (capture.body.signal.address, capture.body.signal.pc) == (8, 0x6638A3)


def test_who_prints_its_own_stack_has_not_crashed():
    stack = "runtime/debug.Stack()\n\t/go/src/runtime/debug/stack.go:26 +0x5e\n"
    body = PANICKED.replace("shop.(*Cart).Close(", f"{stack}shop.(*Cart).Close(")
    assert crashes(f"cart: panic: no cart\n{body}") == []
    assert crashes(f"cart: recovered panic: no cart\n\n{PANICKED}") == []


@pytest.mark.parametrize(
    "above",
    [
        "# panic: send on closed channel\n\nWhat I did: nothing.\n\n",
        "## panic: send on closed channel\nI saw this when I closed the pool.\n```\n",
        "- panic: send on closed channel\n\nI saw this when I closed the pool.\n\n```go\n",
        "It ended with panic: send on closed channel\n\n```\n",
        "Sometimes we see `panic: send on closed channel`:\n\n```\n",
    ],
    ids=["a title", "a title and a fence", "an item of a list", "behind words", "code in a sentence"],
)
def test_prose_and_fences_stand_between_a_titles_headline_and_who_panicked(above):
    captures = read(above + PANICKED).captures
    assert next(getattr(capture.body, "reason", "") for capture in captures) == "send on closed channel"


@pytest.mark.parametrize(
    "above",
    [
        "# panic: what it is\n\nThe word is explained here.\n\n",
        "We talked about `panic: gone` before.\n\nNow to something else.\n\n",
        "It is no panic: gone\n\nis what we want to read.\n\n",
    ],
    ids=["a title of another text", "code and prose", "words and prose"],
)
def test_headlines_far_above_who_waits_are_spoken_of(above):
    captures = read(above + PANICKED.replace("running", "chan send")).captures
    assert [capture.format for capture in captures] == ["goroutine-dump"]


YAML = "load config: yaml: unmarshal errors:\n  line 3: no int\n  line 9: no such field"
RUNS = "goroutine 1 [running]:\nmain.run(0x1)\n\t/src/main.go:12 +0x1d\n"


@pytest.mark.parametrize(
    "lead",
    [
        pytest.param("E1122 08:00:00.000000  12 x.go:1] ", id="klog"),
        pytest.param(".\\app.exe : ", id="PowerShell"),
        pytest.param("Error: ", id="a word"),
        pytest.param("      Message:      ", id="kubectl describe"),
        pytest.param("[22/11/2026, 08:00:00] Jane: ", id="a chat"),
        pytest.param("progress 99%", id="a print without a line end"),
    ],
)
def test_the_further_lines_of_a_message_stand_below_a_headline_behind_words(lead):
    assert crashes(f"started\n{lead}panic: {YAML}\n\n{RUNS}exit status 2\n") == [
        (YAML.partition("\n")[0], ["main.run"])
    ]


@pytest.mark.parametrize(
    ("between", "stack"),
    [
        pytest.param("2026/11/22 08:00:01 all is well", RUNS, id="a record with a time"),
        pytest.param("info: all is well", RUNS, id="a record like the one before"),
        pytest.param("all is well\n\nasked for a dump", RUNS, id="a paragraph"),
        pytest.param("all is well", RUNS.replace("main.run(0x1)", "runtime/pprof.writeAll()"), id="who writes a dump"),
        pytest.param("all is well", RUNS.replace("running", "select"), id="who waits"),
    ],
)
def test_a_panic_that_is_spoken_of_some_lines_above_a_goroutine_is_no_headline(between, stack):
    assert crashes(f"info: no panic: fine\n{between}\n\n{stack}") == []


@pytest.mark.parametrize("line", ["last panic: none", "panics since start: 0, last runtime error: never"])
@pytest.mark.parametrize("more", ["", "uptime: 5h\n"])
def test_a_page_of_a_servers_state_above_its_dump_tells_of_no_panic(line, more):
    assert crashes(f"{line}\n{more}\n{RUNS}") == []


@pytest.mark.parametrize("headline", ["panic: boom", "fatal error: boom"])
def test_a_headline_is_held_back_together_with_its_stack(monkeypatch, headline):
    above, crash = "words\n\n", f"{headline}\n\n{DUMP}"
    monkeypatch.setitem(_cut_at_blank_line.__globals__, "HELD", len(DUMP))
    complete, held = _cut_at_blank_line(Piece(above + crash, 1))
    assert (complete.text, held.text, held.first_line) == (above, crash, 3)
