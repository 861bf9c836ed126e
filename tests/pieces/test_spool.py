"""What cannot be read a second time is kept, and comes back as it was."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from debugtext.pieces import spool

TEXTS = [f"goroutine {number} [select]:\n" * 400 for number in range(8)]


def _called(text):
    return text()


@pytest.fixture
def _often_switching():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_often_switching")
def test_threads_get_each_text_as_it_was_kept(monkeypatch):
    monkeypatch.setattr(spool, "IN_MEMORY_CHARACTERS", len(TEXTS[0]))
    spooled = spool.Spool()
    kept = [spooled.keep(text) for text in TEXTS]
    with ThreadPoolExecutor(4) as threads:
        wrong = [
            text[:20]
            for text, again in zip(TEXTS * 300, threads.map(_called, kept * 300), strict=True)
            if again != text
        ]
    assert wrong == []
