"""Ways of calls that people draw, without a goroutine's header."""

import pytest

from debugtext.reading import read

TREE = """\
What pprof shows:

runtime_SemacquireMutex
 └─ queue.(*Feeder).next
     └─ queue.(*Dumper).dump

They wait for each other.
"""
ARROWS = """\
a/queue.start.func4
  → a/queue.(*Feeder).roundTrip
  -> client.execute
  → client.Create / client.Update / …
"""


def samples(text):
    return [
        (sample.count, sample.line, sample.stack.functions)
        for capture in read(text.encode()).captures
        for sample in capture.body.samples
    ]


def test_a_way_drawn_as_a_tree_is_a_record():
    assert samples(TREE) == [(1, 3, ("sync.runtime_SemacquireMutex", "queue.(*Feeder).next", "queue.(*Dumper).dump"))]


def test_a_way_drawn_with_arrows_is_a_record():
    functions = ("a/queue.start.func4", "a/queue.(*Feeder).roundTrip", "client.execute", "client.Create")
    assert samples(ARROWS) == [(1, 1, functions)]


def test_names_with_remarks_below_one_that_waits_are_a_record():
    names = (
        "sync.(*Mutex).Lock",
        "(*Feeder).push.func1     onClose callback, wants f.mu",
        "queue.(*Pipe).Close",
        "queue.(*Feeder).next     holds f.mu",
    )
    functions = ("sync.(*Mutex).Lock", "(*Feeder).push.func1", "queue.(*Pipe).Close", "queue.(*Feeder).next")
    text = "\n".join(names)
    for whole in (text, f"It hangs:\n\n{text}\n\nand so on\n", f"It hangs:\n```\n{text}\n```\n"):
        [(count, _, found)] = samples(whole)
        assert (count, found) == (1, functions)


@pytest.mark.parametrize(
    "text",
    [
        "cmd\n └─ server\n     └─ main.go\n     └─ queue.(*Feeder).go\n",
        "The request comes in\n → queue.(*Feeder).next asks the disk\n → queue.(*Dumper).dump writes\n",
        "queue.(*Feeder).next\n → queue.(*Dumper).dump\n",
        "Calls:\n- queue.(*Feeder).next\n- queue.(*Dumper).dump\n- main.main\n",
        "app\n └─ github.com/a/b.v2\n     └─ gopkg.in/c.v3\n     └─ d.(*T).e is new\n",
        "sync.(*Mutex).Lock\nqueue.(*Feeder).next takes it\nqueue.(*Dumper).dump gives it back\n",
        "sync.(*Mutex).Lock\nsync.(*Mutex).Unlock\n",
        "- sync.(*Mutex).Lock\n- queue.(*Feeder).next\n- queue.(*Dumper).dump\n",
        "config.yaml\n -> queue.Name\n -> queue.Size\n -> queue.Path\n",
    ],
)
def test_what_else_people_draw_is_none(text):
    assert read(text.encode()).captures == ()
