"""The words right above a dump: which of them say that its goroutines leak, are stuck, or very many."""

import pytest

from debugtext.captions import caption_above
from debugtext.reading import read
from debugtext.records.captures import Caption

GOROUTINE = "goroutine 7 [select]:\nmain.wait(0x1)\n\t/src/main.go:9 +0x1\n"


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        ("Leaked goroutine:\n", "Leaked goroutine:"),
        ("It has 3 leaks after stop:\n\n```go\n", "It has 3 leaks after stop:"),
        ("The tests are flaky. This is the leak:\n", "This is the leak:"),
        ("> **Leaked goroutines:**\n", "Leaked goroutines:"),
        ("泄漏的协程\uff1a\n", "泄漏的协程\uff1a"),
        ("A memory leak. Here is the profile:\n", ""),
        ("We have leaked goroutines.\n", ""),
        (
            "The following goroutine should be the source of the leak.\n",
            "The following goroutine should be the source of the leak",
        ),
        ("There are no leaks:\n", ""),
        ("This doesn't leak:\n", ""),
        ("Since the leak is fixed:\n", ""),
        ("Leaked goroutines:\nand here is another one:\n", ""),
        ("", ""),
    ],
)
def test_words_that_end_in_a_colon_and_speak_of_a_leak(above, caption):
    text = above + GOROUTINE
    said = Caption(caption, "leak") if caption else None
    assert caption_above(text, len(above)) == said
    (capture,) = read(text).captures
    assert capture.caption == said


@pytest.mark.parametrize(
    ("above", "says"),
    [
        ("It is stuck here:", "stuck"),
        ("After a minute the test hangs in the following goroutine", "stuck"),
        ("两个协程死锁\uff1a", "stuck"),
        ("A changing state:", ""),
        ("It is no longer stuck:", ""),
        ("There are over 4000 goroutines like this:", "many"),
        ("We see 12,345 goroutines blocked in:", "many"),
        ("After a day there were 10k goroutines with this stack:", "many"),
        ("pprof shows thousands of these:", "many"),
        ("Hundreds of goroutines leak here:", "leak"),
        ("There are 12 goroutines like this:", ""),
        ("I see many goroutines like this:", "many"),
        ("There are lots of these:", "many"),
        ("Many thanks:", ""),
        ("我们可以看到大量的类似信息", "many"),
        ("大量日志", ""),
        ("A worker of goroutines 4000 bytes each:", ""),
        ("Port 8080: goroutines of the server:", ""),
    ],
)
def test_words_that_speak_of_what_hangs_or_of_very_many(above, says):
    said = caption_above(f"{above}\n\n{GOROUTINE}", len(above) + 2)
    assert (said.says if said else "") == says


def test_of_a_goroutine_without_its_header_the_words_stand_above_the_call():
    (capture,) = read("We see this leak:\n" + GOROUTINE.partition("\n")[2]).captures
    assert capture.caption == Caption("We see this leak:", "leak")


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        ("In rare cases Close() hangs forever. The trace points to it.\n\nThe stack trace:\n",
         Caption("In rare cases Close() hangs forever", "stuck")),
        ("It hangs.\nIt is old.\nThe port is 80.\nThe stack trace:\n", None),
        ("It hangs.\nHere is my configuration:\n", None),
        ("It never hangs.\nHere is a goroutine dump:\n", None),
        ("The sign is a dump with thousands of the following\n",
         Caption("The sign is a dump with thousands of the following", "many")),
    ],
    ids=["a sentence before", "too far above", "of something else", "denied", "thousands"],
)  # fmt: skip
def test_the_sentences_before_one_that_shows_a_stack_tell_what_is_wrong(above, caption):
    assert caption_above(above + GOROUTINE, len(above)) == caption
