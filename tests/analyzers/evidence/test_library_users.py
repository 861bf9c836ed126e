"""Own goroutines beside a library's: as many, in all texts, are those that use its objects."""

import pytest

from ...texts import goroutine, profile

READS = ("IO wait", "internal/poll.runtime_pollWait(0x1)", "github.com/fsnotify/fsnotify.(*inotify).readEvents(0x1)")
FOLLOWS = ("select", "shop.(*Settings).follow(0x1)")
LIBRARY = "github.com/fsnotify/fsnotify.(*inotify).readEvents"


def dump(*groups: tuple[int, tuple[str, ...]], created_by: str = "github.com/fsnotify/fsnotify.newBackend") -> str:
    every = [one for times, one in groups for _ in range(times)]
    starters = {READS: created_by, FOLLOWS: "shop.openSettings"}
    return "\n".join(goroutine(n, *one, created_by=starters.get(one, "")) for n, one in enumerate(every, 1))


@pytest.mark.parametrize(
    ("groups", "first"),
    [
        pytest.param([(60, READS), (60, FOLLOWS)], "shop.(*Settings).follow", id="one for each"),
        pytest.param([(60, READS), (62, FOLLOWS)], "shop.(*Settings).follow", id="two more"),
        pytest.param([(60, READS), (80, FOLLOWS)], LIBRARY, id="twenty more"),
        pytest.param([(60, READS), (60, ("sleep", "time.Sleep(0x1)", "shop.poll(0x1)"))], LIBRARY, id="asleep"),
        pytest.param(
            [(60, READS), (60, FOLLOWS), (61, ("select", "shop.serve(0x1)"))], "shop.(*Settings).follow", id="nearest"
        ),
    ],
)
def test_the_own_function_of_equal_number_comes_first(findings, groups, first):
    found = findings(dump(*groups), rule="DT211", own_prefixes=("shop",))[0]
    assert found.functions[0] == first
    assert LIBRARY in found.functions[:2]
    assert found.count == 60
    assert (", beside " in found.title) is (first != LIBRARY)
    assert found.title.endswith("; your code that made them is not in the text") is (first == LIBRARY)
    assert found.is_own is (first != LIBRARY)


KEPT = ("chan receive", "net/http.(*persistConn).readLoop(0x1)")
ANSWERS = ("IO wait", "net.(*conn).Write(0x1)", "shop.serve(0x1)", "net/http.(*conn).serve(0x1)")


@pytest.mark.parametrize(
    ("handler", "first"),
    [
        pytest.param(ANSWERS, "net/http.(*persistConn).readLoop", id="writes its answer"),
        pytest.param(("select", *ANSWERS[2:]), "shop.serve", id="waits for something else"),
    ],
)
def test_who_only_answers_a_request_is_nobodys_client(findings, handler, first):
    found = findings(dump((60, KEPT), (60, handler)), rule="DT211", own_prefixes=("shop",))[0]
    assert found.functions[0] == first


def test_in_all_texts_the_numbers_are_equal(findings):
    now = dump((60, READS), (60, FOLLOWS))
    assert (
        findings(dump((30, READS), (30, FOLLOWS)), now, rule="DT211", own_prefixes=("shop",))[0].functions[0]
        == "shop.(*Settings).follow"
    )
    assert (
        findings(dump((30, READS), (50, FOLLOWS)), now, rule="DT211", own_prefixes=("shop",))[0].functions[0] == LIBRARY
    )


def test_who_has_made_it_is_told_rather(findings):
    found = findings(dump((60, READS), (60, FOLLOWS), created_by="shop.watch"), rule="DT211", own_prefixes=("shop",))[0]
    assert found.functions[:2] == (LIBRARY, "shop.watch")


COPIES = ("io.Copy(0x1)", "os/exec.(*Cmd).writerDescriptor.func1()", "os/exec.(*Cmd).Start.func2()")
WRITES = ("select, 4 minutes", "io.(*pipe).write(0x1)", "io.(*PipeWriter).Write(0x1)", *COPIES)
RUNS = (
    "chan receive, 4 minutes",
    "os/exec.(*Cmd).awaitGoroutines(0x1)",
    "os/exec.(*Cmd).Wait(0x1)",
    "shop.export(0x1)",
)


def test_who_has_started_a_librarys_goroutine_is_named_by_its_id(findings):
    writer = goroutine(9, *WRITES, created_by="os/exec.(*Cmd).Start").replace("in goroutine 1", "in goroutine 7")
    text = "\n".join([goroutine(1, "chan receive", "main.main()"), goroutine(7, *RUNS), writer])
    (found,) = findings(text, rule="DT201")
    assert found.functions[:2] == ("shop.export", "os/exec.(*Cmd).Start.func2")
    assert found.title.endswith("writing to a pipe for 4 min, beside 1 in shop.export")
    (other,) = findings(text.replace("in goroutine 7", "in goroutine 1"), rule="DT201")
    assert other.functions[0] == "main.main"
    (unknown,) = findings(text.replace("in goroutine 7", "in goroutine 3"), rule="DT201")
    assert unknown.functions[0] == "os/exec.(*Cmd).Start.func2"


def test_in_a_profile_as_many_own_ones_are_those_that_wait_for_the_writers(findings):
    groups = [
        (count, tuple(call.partition("(0x")[0].removesuffix("()") for call in calls[1:]))
        for count, calls in ((12, WRITES), (12, RUNS))
    ]
    (found,) = findings(profile(*groups), rule="DT201")
    assert found.functions[:2] == ("shop.export", "os/exec.(*Cmd).Start.func2")
    assert found.count == 12
