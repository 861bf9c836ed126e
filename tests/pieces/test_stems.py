"""What a long text lacks is not searched for, and nothing that stands in it is lost by that."""

from pathlib import Path

import pytest

from debugtext import reading
from debugtext.errors import DebugtextError
from debugtext.formats import FORMATS, HEADLESS
from debugtext.pieces import stems
from debugtext.reading import read
from debugtext.unwrapping.lines import anchors
from debugtext.unwrapping.notations import encoded

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FOUND = [path.relative_to(SAMPLES) for path in sorted(SAMPLES.glob("*/*")) if path.suffix in (".txt", ".html", ".json")]
LINE = "2026-11-23T10:{:02d}:07.123Z INFO worker.go:{} order handled, three of five items shipped\n"
LOG = "".join(LINE.format(number % 60, number) for number in range(900))
WORDS = sorted(
    {needle for known in (*FORMATS, HEADLESS) for needle in known.needles}
    | {needle for needle, _, _ in anchors._KINDS}
    | {needle for needles in encoded._BEHIND for needle in needles}
)


def told(text):
    """What a reading of a text says, without looking at what it lacks."""
    try:
        found = read(text)
    except DebugtextError as error:
        return str(error)
    return [(capture, capture.goroutines, capture.groups()) for capture in found.captures], found.problems


def looking_for_everything(monkeypatch):
    for module in (reading, anchors, encoded):
        monkeypatch.setattr(module, "lacks", lambda _text, _word: False)


def test_there_are_samples():
    assert len(FOUND) > 50


@pytest.mark.parametrize("sample", FOUND, ids=str)
def test_a_sample_within_a_long_log_is_found_as_without_the_shortcut(sample, monkeypatch):
    text = (SAMPLES / sample).read_bytes().decode("utf-8", "replace")
    log = f"{LOG}\n{text}\n{LOG}"
    assert len(log) > anchors.LONG
    found = told(log)
    looking_for_everything(monkeypatch)
    assert found == told(log)


@pytest.mark.parametrize("word", WORDS)
def test_no_text_with_a_word_lacks_it(word):
    assert stems.lacks(LOG, word)
    for text in (LOG + word, word + LOG, LOG[:7000] + word + LOG[7000:]):
        assert not stems.lacks(text, word)


def test_what_the_last_text_lacked_is_not_said_of_the_next():
    assert [stems.lacks(text, "goroutine ") for text in ("a", "goroutine 1", "b")] == [True, False, True]


def test_a_long_log_is_searched_once_for_each_stem(monkeypatch):
    asked = []
    find = stems._finder.__wrapped__

    def finder(stem):
        asked.append(stem)
        return find(stem)

    monkeypatch.setattr(stems, "_finder", finder)
    assert read(LOG + LOG).captures == ()
    assert len(asked) == len(set(asked)) < len(WORDS)
    assert {"oroutine", "panic", "0x"} <= set(asked)
