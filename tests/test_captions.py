"""The words right above a dump: which of them say that its goroutines leak."""

import pytest

from debugtext.captions import caption_above
from debugtext.reading import read

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
    assert caption_above(text, len(above)) == caption
    (capture,) = read(text).captures
    assert capture.caption == caption


def test_of_a_goroutine_without_its_header_the_words_stand_above_the_call():
    (capture,) = read("We see this leak:\n" + GOROUTINE.partition("\n")[2]).captures
    assert capture.caption == "We see this leak:"
