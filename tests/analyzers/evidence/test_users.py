"""Own goroutines beside a library's: as many, in all texts, are those that use its objects."""

import pytest

from ..conftest import goroutine

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
    assert found.is_own is (first != LIBRARY)


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
