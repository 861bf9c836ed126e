"""Stacks with their last line first, without the header that would show it."""

from pathlib import Path

import pytest

from debugtext.pieces.text import Piece
from debugtext.reading import read
from debugtext.unwrapping.logs.upside_down import oldest_first

SAMPLES = Path(__file__).parents[2] / "samples"
STACK = [
    "example.com/a/store.(*Store).restore(0xc0)",
    "/src/a/store/store.go:345 +0x9e",
    "example.com/a/watch.(*Watch).restore(0xc0)",
    "/src/a/watch/watch.go:191 +0xae",
    "example.com/a/server.(*Server).apply(0xc0)",
    "/src/a/server/server.go:1207 +0xc2c",
    "example.com/a/fifo.(*fifo).run(0xc0)",
]
LOG = "Apr 26 18:18:57 node app[412644]: "
EXPECTED = [
    "example.com/a/store.(*Store).restore",
    "example.com/a/watch.(*Watch).restore",
    "example.com/a/server.(*Server).apply",
    "example.com/a/fifo.(*fifo).run",
]


def functions(lines):
    text = "It hangs:\n```\n" + "".join(f"{LOG}{line}\n" for line in lines) + "```\n"
    [capture] = read(text.encode()).captures
    [group] = capture.groups()
    return list(group.stack.functions)


def test_a_stack_of_a_journal_is_turned_round_where_packages_and_folders_tell():
    assert functions(STACK[::-1]) == EXPECTED


def test_a_stack_that_stands_the_right_way_up_stays_so():
    assert functions(STACK) == EXPECTED


RECOVERED = (
    "panic recovered:",
    "no cart",
    "/src/shop/cart.go:14 (0x49d0b2)",
    "\t(*Cart).Add: c.items[id]++",
    "/src/shop/main.go:40 (0x49d1c1)",
    "\tmain: cart.Add(7)",
)


@pytest.mark.parametrize(
    ("clocks", "is_turned"),
    [
        pytest.param(("05", "04", "03", "02", "01", "00"), True, id="each line older"),
        pytest.param(("05", "05", "05", "05", "03", "03"), True, id="several at once"),
        pytest.param(("05", "05", "05", "05", "05", "05"), False, id="all at once"),
        pytest.param(("00", "01", "02", "03", "04", "05"), False, id="each line newer"),
        pytest.param(("58", "59", "59", "59", "00", "01"), False, id="another minute"),
    ],
)
def test_times_before_the_lines_tell_what_is_first(clocks, is_turned, unwrapped):
    lines = RECOVERED[::-1] if is_turned else RECOVERED
    numbered = [f"02:10:{clock} api {line}" for clock, line in zip(clocks, lines, strict=True)]
    assert [line for line in unwrapped("\n".join(numbered) + "\n").split("\n") if line] == list(RECOVERED)


@pytest.mark.parametrize(
    ("leads", "is_turned"),
    [
        (("02:10:05 WARN", "02:10:04 INFO", "02:10:03 WARN"), True),
        (("[WARN]", "[INFO]", "[INFO]"), False),
        (("pod-2 |", "pod-1 |", "pod-1 |"), False),
        (("02:10:05 pod-2 |", "02:10:04 pod-2 |", "02:10:04 pod-1 |"), False),
    ],
)
def test_other_words_before_the_lines_tell_nothing(leads, is_turned):
    log = "".join(f"{lead} line {number}\n" for number, lead in enumerate(leads))
    bare = Piece("line 0\nline 1\nline 2\n", 7)
    turned = oldest_first(bare, log)
    assert (turned.text == "line 2\nline 1\nline 0\n", turned is bare) == (is_turned, not is_turned)
    assert [turned.line_at(index) for index in range(3)] == ([9, 8, 7] if is_turned else [7, 8, 9])


PROFILE = """goroutine profile: total 10
9 @ 0x424d69 0x487689 0x5f0413 0x48cc01
#	0x487688	sync.(*RWMutex).RLock+0x28	/usr/local/go/src/sync/rwmutex.go:71
#	0x5f0412	example.com/t.(*Tracks).LastKnown+0x12	/src/t/t.go:23
1 @ 0x4855ce 0x46501d 0x498308 0xbd0859 0x48cc01
#	0x498307	sync.(*WaitGroup).Wait+0x47	/usr/local/go/src/sync/waitgroup.go:118
#	0xbd0858	main.run.func2+0xb8	/src/main.go:337
""".splitlines()
LABELLED = """goroutine profile: total 5
3 @ 0x424d69 0x487689 0x5f0413 0x48cc01
# labels: {"a":"1"}
#	0x487688	sync.(*RWMutex).RLock+0x28	/usr/local/go/src/sync/rwmutex.go:71
#	0x5f0412	example.com/t.(*Tracks).LastKnown+0x12	/src/t/t.go:23
2 @ 0x424d69 0x487689 0x5f0413 0x48cc01
# labels: {"a":"2"}
#	0x487688	sync.(*RWMutex).RLock+0x28	/usr/local/go/src/sync/rwmutex.go:71
#	0x5f0412	example.com/t.(*Tracks).LastKnown+0x12	/src/t/t.go:23
""".splitlines()
LAST_KNOWN = ("sync.(*RWMutex).RLock", "example.com/t.(*Tracks).LastKnown")
RUN = ("sync.(*WaitGroup).Wait", "main.run.func2")


@pytest.mark.parametrize("lead", ["", "Mar 01 22:10:53 host app[81963]: "])
@pytest.mark.parametrize("step", [pytest.param(1, id="as printed"), pytest.param(-1, id="newest first")])
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(PROFILE, [(9, LAST_KNOWN), (1, RUN)], id="two stacks"),
        pytest.param(PROFILE[1:], [(9, LAST_KNOWN), (1, RUN)], id="no title"),
        pytest.param(LABELLED, [(3, LAST_KNOWN), (2, LAST_KNOWN)], id="labels, one stack"),
    ],
)
def test_the_addresses_of_a_profile_without_blank_lines_tell_whose_the_frames_are(lead, step, lines, expected):
    [capture] = read("".join(f"{lead}{line}\n" for line in lines[::step]).encode()).captures
    assert [(sample.count, sample.stack.functions) for sample in capture.body.samples] == expected
    assert capture.problems == ()
    assert (capture.first_line, capture.last_line) == (1, len(lines))


def test_frames_of_which_no_address_is_known_belong_to_the_sample_above():
    lines = [line.replace("#\t0x", "#\t0x9") for line in PROFILE]
    [capture] = read("".join(f"app: {line}\n" for line in lines).encode()).captures
    assert [(sample.count, sample.stack.functions) for sample in capture.body.samples] == [(9, LAST_KNOWN), (1, RUN)]


NEWEST_FIRST = """\
goroutine 1 [chan receive, 17 minutes]:
\t/src/shop/pool.go:54 +0x1e6
created by example.com/shop.(*Pool).start in goroutine 1
\t/src/shop/client.go:22 +0xb7
example.com/shop.(*Client).loop(0xc000297a30)
\t/src/shop/client.go:191 +0x8a5
example.com/shop.(*Client).poll(0xc000297a30)
\t/usr/local/go/src/sync/rwmutex.go:212 +0x46
sync.(*RWMutex).Unlock(0xc000297ad8)
"""


@pytest.mark.parametrize("stamp", ["", "2026-04-28 12:18:42.448\t\n"], ids=["bare", "a time above each line"])
def test_who_started_a_goroutine_tells_where_the_header_is_cut_off(stamp):
    """The header that is there is that of the goroutine printed behind it, whose stack is cut off."""
    text = "".join(f"{stamp}{line}\n" for line in NEWEST_FIRST.splitlines())
    [capture] = read(text.encode()).captures
    stack = next(group.stack for group in capture.groups() if group.stack.functions)
    names = ["sync.(*RWMutex).Unlock", "example.com/shop.(*Client).poll", "example.com/shop.(*Client).loop"]
    assert (list(stack.functions), stack.created_by.line) == (names, 54)


def test_a_race_report_without_times_is_turned_round():
    lines = (SAMPLES / "race/test-race-go1.19.txt").read_text("utf-8").removesuffix("\n").split("\n")
    plain, turned = (read("\n".join(order)).captures for order in (lines, lines[::-1]))
    assert [_accesses(capture) for capture in turned] == [_accesses(capture) for capture in plain]
    assert not any(capture.truncated or capture.problems for capture in turned)


def _accesses(capture):
    return [(access.operation, access.frames) for access in capture.body.accesses]


def test_a_creator_that_has_lost_its_place_does_not_turn_a_log_round():
    """Headers with their calls below tell that the oldest line comes first, whatever stands below one creator."""
    goroutine = ("goroutine {} [chan receive]:", "main.work(0x1)", "\t/src/work.go:{} +0x1d")
    lines = [line.format(number) for number in (5, 6, 7) for line in goroutine]
    lines[3:3] = [
        "\t/src/a.go:1 +0x1dcut",
        "\t/src/b.go:2 +0x1d",
        "created by main.start in goroutine 1",
        *lines[2:0:-1],
    ]
    text = "".join(f"2026-01-02T03:04:{second:02}Z app | {line}\n" for second, line in enumerate(lines))
    (capture,) = read(text).captures
    assert [goroutine.id for goroutine in capture.body.goroutines] == [5, 6, 7]
