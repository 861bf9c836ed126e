"""What scripts are told of a text in which nothing alarms: why there is no verdict, or what it alone cannot tell."""

import json

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read
from debugtext.renderers import render


def said(count, others, total=None):
    """The words that the JSON adds about a profile of workers that wait, and of some others at places of their own."""
    waits = f"{count} @ 0x1 0x2\n#\t0x1\tshop.worker+0x1\t/src/shop/worker.go:7\n\n"
    beside = "".join(f"1 @ 0x{i:x}\n#\t0x{i:x}\tshop.step{i}+0x1\t/src/shop/a.go:{i}\n\n" for i in range(3, 3 + others))
    text = f"goroutine profile: total {total or count + others}\n{waits}{beside}"
    found = json.loads(render(analyze([read(text)]), "json"))
    return {key: found[key] for key in ("remark", "doubt") if key in found}


def test_of_one_place_with_most_a_second_text_would_tell_more():
    assert set(said(30, 3)) == {"remark"}
    assert said(30, 3)["remark"].startswith("30 of 33 stand at shop.worker worker.go:7: a second text would tell")


@pytest.mark.parametrize(("count", "others"), [(10, 30), (3, 2)], ids=["a part", "few"])
def test_nothing_is_remarked_of_less(count, others):
    assert said(count, others) == {}


def test_a_doubt_says_it_all():
    assert set(said(30, 3, total=90)) == {"doubt"}
