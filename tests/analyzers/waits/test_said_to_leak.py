"""Goroutines of which the words right above them say that they leak: the only evidence, where there is no other."""

import pytest

SAID = "After Stop we see these leaked goroutines:\n\n"
LOOP = ("chan receive", "shop.(*Hub).loop(0x1)")


def test_each_function_is_told_with_the_words(dump, findings):
    text = dump(("running", "main.dump()"), LOOP, LOOP, ("select", "shop.follow(0x1)")).partition("\n\n")[2]
    first, second = findings(SAID + text)
    assert (first.rule, first.title, str(first.severity)) == (
        "DT220",
        "2 goroutines in shop.(*Hub).loop, receiving from a channel: the text calls them a leak",
        "warning",
    )
    assert second.title == "1 goroutine in shop.follow, select: the text calls it a leak"
    assert first.evidence == {"goroutines": 2, "said_above": "After Stop we see these leaked goroutines:"}


@pytest.mark.parametrize(
    ("above", "goroutines"),
    [
        ("After Stop we see these goroutines:\n", [("select", "main.main()"), LOOP]),
        (SAID, [("chan receive", "main.main()"), LOOP]),
        (SAID.replace("these", "no"), [("select", "shop.follow(0x1)")]),
    ],
    ids=["no word of it", "a whole dump", "no leak"],
)
def test_other_words_and_whole_dumps_say_nothing(dump, findings, above, goroutines):
    assert findings(above + dump(*goroutines), rule="DT220") == []


def test_many_are_looked_at_as_always(dump, findings):
    text = dump(("running", "main.dump()"), *[LOOP] * 6).partition("\n\n")[2]
    assert findings(SAID + text, rule="DT220") == []


def test_what_another_rule_tells_is_not_told_again(dump, findings):
    text = dump(("running", "main.dump()"), ("chan send, 90 minutes", "shop.ask(0x1)")).partition("\n\n")[2]
    assert "DT220" not in [found.rule for found in findings(SAID + text)]
